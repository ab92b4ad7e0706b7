"""Asking other sites for something, without being led to where nobody outside may come."""
