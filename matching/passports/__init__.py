"""The skills passport: skills with their evidence, digital badges read and checked without the network, and the passport as a file."""
