"""Sessions, headers, form tokens and who may reach what."""
