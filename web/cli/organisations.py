"""`organisations`: who may offer modules here."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from catalogue.organisations import OrganisationExists, SlugNotAllowed, add_organisation, organisations
from catalogue.vocabulary import OrganisationKind
from web.wiring import services


@click.group("organisations")
def commands() -> None:
    """Organisations that offer modules."""


@commands.command()
@click.argument("slug")
@click.argument("name")
@click.option("--kind", type=click.Choice([kind.value for kind in OrganisationKind]), default="private", show_default=True)
@with_appcontext
def add(slug: str, name: str, kind: str) -> None:
    """Adds an organisation, so that its modules can be imported."""
    try:
        with services().database.writing() as session:
            add_organisation(session, slug, name, OrganisationKind(kind))
    except (OrganisationExists, SlugNotAllowed) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Added {name} as {slug}.")


@commands.command("list")
@with_appcontext
def list_() -> None:
    """Lists all organisations."""
    with services().database.reading() as session:
        for organisation in organisations(session):
            click.echo(f"{organisation.slug:<32} {organisation.name}")
