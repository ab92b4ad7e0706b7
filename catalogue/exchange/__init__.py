"""In and out: files (CSV, XLSX, JSON Lines), feeds, the Open Onderwijs API, schema.org, DCAT, and what a badge says."""
