"""From draft to published, and what is checked on the way."""
