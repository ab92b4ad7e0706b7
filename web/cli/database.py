"""`db`: the schema."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from web.migrations.upgrade import upgrade as run_migrations
from web.wiring import services


@click.group("db")
def commands() -> None:
    """The database schema."""


@commands.command()
@with_appcontext
def upgrade() -> None:
    """Brings the database to the newest schema."""
    settings = services().settings
    if not settings.database_url:
        settings.instance_dir.mkdir(parents=True, exist_ok=True)
    run_migrations(settings.resolved_database_url)
    click.echo("The database has the newest schema.")
