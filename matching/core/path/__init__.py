"""Paths: which modules, in which order and when, reach a goal at the least cost, hours, days or travel (docs/path.md)."""
