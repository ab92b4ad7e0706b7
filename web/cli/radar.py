"""`radar`: what others expect of skills. See docs/radar.md."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from catalogue.counting.forecasts import forget_source, import_forecasts
from catalogue.exchange.problems import ImportRefused
from web.problem_texts import Language, refusal_text
from web.wiring import services


@click.group("radar")
def commands() -> None:
    """Forecasts of skills for the radar."""


@commands.command("import")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Of the messages about the file.")
@with_appcontext
def import_(path: Path, language: Language) -> None:
    """Imports forecasts (CSV), all or nothing. They take the place of what the same sources said before."""
    try:
        with services().database.writing() as session:
            read = import_forecasts(session, path)
    except ImportRefused as refused:
        raise click.ClickException(refusal_text(refused, language)) from None
    click.echo(f"{read.forecasts:,} forecasts of {read.sources:,} sources imported.")


@commands.command()
@click.argument("source")
@with_appcontext
def remove(source: str) -> None:
    """Deletes all forecasts of one source, by its name as the file had it."""
    with services().database.writing() as session:
        count = forget_source(session, source)
    if not count:
        raise click.ClickException(f"there are no forecasts of {source!r}")
    click.echo(f"{count:,} forecasts of {source} deleted.")
