"""Administration: `flask --app wsgi GROUP COMMAND`, one file a group."""

from __future__ import annotations

from flask import Flask

from web.cli import accounts, advisor, database, feeds, index, jobs, maintenance, modules, organisations, radar, seed, start, taxonomy


def init_app(app: Flask) -> None:
    """Adds the commands to `app`."""
    for group in (database, seed, taxonomy, modules, feeds, index, jobs, maintenance, accounts, organisations, radar, advisor):
        app.cli.add_command(group.commands)
    app.cli.add_command(start.start)
