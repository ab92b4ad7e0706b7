"""What advisor and client do together: the list of modules, what was learned before, and files."""
