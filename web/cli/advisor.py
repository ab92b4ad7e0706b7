"""`advisor`: whether the audit trail of the dossiers is whole. See docs/advisors.md."""

from __future__ import annotations

import re

import click
from flask.cli import with_appcontext

from web.audit.chain import verified
from web.wiring import services

MOST_SHOWN = 50
_KNOWN = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


@click.group("advisor")
def commands() -> None:
    """What advisors do with dossiers."""


@commands.command()
@click.option("--known", metavar="NUMBER:HASH", help="An entry as an earlier run printed it, kept outside of this database.")
@with_appcontext
def verify(known: str | None) -> None:
    """Finds entries of the audit trail that were altered, removed or put in. Keep the line that it prints in another place."""
    match = _KNOWN.fullmatch(known) if known else None
    if known and match is None:
        raise click.ClickException("--known takes NUMBER:HASH, as this command prints it.")
    with services().database.reading() as session:
        verdict = verified(session, (int(match[1]), match[2]) if match else None)
    click.echo(f"{verdict.count:,} entries. The last one is {verdict.count}:{verdict.hash}")
    for finding in verdict.findings[:MOST_SHOWN]:
        click.echo(f"entry {finding.number} was {finding.fault}", err=True)
    if (more := len(verdict.findings) - MOST_SHOWN) > 0:
        click.echo(f"and {more:,} more", err=True)
    if verdict.findings:
        raise click.ClickException("the audit trail is not as it was written.")
