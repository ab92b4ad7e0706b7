"""Texts of the interface in other languages than Dutch, and the check that none is missing."""
