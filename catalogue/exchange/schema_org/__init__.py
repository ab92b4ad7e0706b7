"""Courses as web pages describe them, in the vocabulary of schema.org: read from the pages of others, and written into ours."""
