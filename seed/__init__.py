"""A catalogue that anyone can start with, and a generator for any size."""
