"""Who fits what, and why. Knows nothing of Flask."""
