"""How modules are found: the port, Dutch text, engines and indexing."""
