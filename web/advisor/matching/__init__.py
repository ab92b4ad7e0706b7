"""The matcher with a client: modules, other wishes and paths, and what advisor and client decide of them."""
