"""`seed`: a catalogue to start with, and one of any size."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from seed.files import read
from seed.generate import NothingToGenerateFrom, generate_catalogue
from seed.load import load_seed
from web.cli.progress import shown_progress
from web.wiring import services


@click.group("seed")
def commands() -> None:
    """Example catalogues."""


@commands.command()
@with_appcontext
def load() -> None:
    """Loads the example catalogue; running it again changes nothing."""
    parts = services()
    with shown_progress() as progress, parts.database.writing() as session:
        report = load_seed(session, read(), parts.now(), progress)
    if report.is_unchanged:
        click.echo("The example catalogue was there already; nothing changed.")
        return
    for noun in report.added:
        if report.added[noun] or report.changed[noun]:
            click.echo(f"{noun}: {report.added[noun]:,} added, {report.changed[noun]:,} changed")


@commands.command()
@click.option("--modules", "count", type=click.IntRange(1, 5_000_000), required=True, help="How many modules.")
@click.option("--seed", "random_seed", type=int, default=1, show_default=True, help="The same number gives the same catalogue.")
@with_appcontext
def generate(count: int, random_seed: int) -> None:
    """Adds a synthetic catalogue of any size, for trying out and measuring."""
    parts = services()
    try:
        with shown_progress() as progress:
            added = generate_catalogue(parts.database, count, random_seed, parts.now(), progress)
    except NothingToGenerateFrom as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{added:,} modules added. Run `flask --app wsgi index rebuild` to find them.")
