"""`index`: the search index."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from catalogue.search import indexing
from catalogue.search.port import SearchUnavailable
from web.cli.progress import shown_progress
from web.wiring import services

MOST_SHOWN = 10


@click.group("index")
def commands() -> None:
    """The search index, which follows the database."""


@commands.command()
@with_appcontext
def rebuild() -> None:
    """Makes a new index beside the old one, and switches to it in one step."""
    parts = services()
    try:
        with shown_progress() as progress:
            count = indexing.rebuild(parts.database, parts.search, progress)
            parts.meanings.fill(progress=progress)
    except SearchUnavailable as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{count:,} modules in the index.")


@commands.command()
@with_appcontext
def sync() -> None:
    """Brings waiting changes into the index now, instead of waiting for `jobs run`."""
    parts = services()
    click.echo(f"{indexing.sync(parts.database, parts.search, parts.now(), parts.meanings):,} modules brought up to date.")
    if left := indexing.waiting(parts.database):
        if not parts.search.is_ready():
            raise click.ClickException("there is no index yet: run `flask --app wsgi index rebuild`")
        raise click.ClickException(f"{left:,} changes are still waiting: they failed and are tried again, or another worker has them")


@commands.command()
@with_appcontext
def check() -> None:
    """Compares the index with the database; ends with 1 when they differ."""
    parts = services()
    try:
        difference = indexing.check(parts.database, parts.search)
    except SearchUnavailable as error:
        raise click.ClickException(str(error)) from error
    if difference.is_none:
        click.echo("Index and database hold the same modules.")
        return
    for what, ids in (("not in the index", difference.missing), ("in the index, but not published", difference.surplus)):
        if ids:
            some = ", ".join(map(str, sorted(ids)[:MOST_SHOWN]))
            click.echo(f"{len(ids):,} modules are {what}: {some}{', ...' if len(ids) > MOST_SHOWN else ''}")
    raise click.exceptions.Exit(1)
