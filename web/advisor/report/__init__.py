"""The advice report: what goes into it, its versions, as page and as PDF."""
