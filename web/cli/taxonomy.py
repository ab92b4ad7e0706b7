"""`taxonomy`: skills and occupations from official classifications."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from catalogue.skills.esco import import_esco as write_esco
from catalogue.skills.esco_files import LANGUAGES, EscoFilesBroken, language_of, read_esco
from web.cli.progress import shown_progress
from web.wiring import services


@click.group("taxonomy")
def commands() -> None:
    """Skills and occupations."""


@commands.command("import-esco")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES), help="Of the files; without it their names tell.")
@with_appcontext
def import_esco(folder: Path, language: str | None) -> None:
    """Imports an official ESCO download (CSV). All or nothing; running it again changes nothing."""
    try:
        with shown_progress() as progress:
            files = read_esco(folder, language or language_of(folder), progress)
            with services().database.writing() as session:
                report = write_esco(session, files, progress)
    except EscoFilesBroken as error:
        raise click.ClickException(f"nothing was imported.\n{error}") from None
    for count in report.counts:
        repeated = f", {count.repeated:,} repeated in the file" if count.repeated else ""
        skipped = count.read - count.added - count.changed - count.repeated
        same = f", {skipped:,} unchanged" if skipped > 0 else ""
        click.echo(f"{count.noun}: {count.read:,} read, {count.added:,} added, {count.changed:,} changed{same}{repeated}")
    if report.nameless:
        click.echo(f"{report.nameless:,} skills have no name yet; import the English labels to name them.")
    click.echo("No change." if report.is_unchanged else "The taxonomy is up to date.")
    click.echo("This service uses the ESCO classification of the European Commission.")
