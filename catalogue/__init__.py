"""What can be learned, who offers it, and how it is found. Knows nothing of Flask."""
