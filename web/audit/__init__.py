"""Who looked into which dossier and what they did there: an append-only chain that shows when somebody touched it. See docs/advisors.md."""
