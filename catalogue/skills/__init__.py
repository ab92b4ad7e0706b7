"""The taxonomy, and from text to skills."""
