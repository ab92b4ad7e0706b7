"""`organisations`: who may offer modules here."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from catalogue.organisations import (
    OrganisationExists,
    OrganisationUnknown,
    SlugNotAllowed,
    add_organisation,
    organisation_by_slug,
    organisations,
)
from catalogue.overview import hub_by_slug
from catalogue.publishing.hub_rules import appoint
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


@commands.command()
@click.argument("hub_slug", metavar="HUB")
@click.argument("slug", metavar="[ORGANISATION]", required=False)
@with_appcontext
def central(hub_slug: str, slug: str | None) -> None:
    """Makes an organisation the central team of a hub, which sets templates and rules; without one, the hub has no central team."""
    with services().database.writing() as session:
        hub = hub_by_slug(session, hub_slug)
        if hub is None:
            raise click.ClickException(f"there is no hub {hub_slug!r}")
        try:
            appoint(session, hub, organisation_by_slug(session, slug) if slug else None)
        except OrganisationUnknown as error:
            raise click.ClickException(str(error)) from None
    click.echo(f"{slug} is the central team of {hub_slug}." if slug else f"{hub_slug} has no central team.")


@commands.command("list")
@with_appcontext
def list_() -> None:
    """Lists all organisations."""
    with services().database.reading() as session:
        for organisation in organisations(session):
            click.echo(f"{organisation.slug:<32} {organisation.name}")
