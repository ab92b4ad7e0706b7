"""How modules are found: the port, queries as they are understood, engines and indexing."""
