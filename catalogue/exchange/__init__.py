"""In and out: CSV, XLSX, JSON Lines."""
