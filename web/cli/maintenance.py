"""`maintenance`: closes and opens the site."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from web.maintenance import sign
from web.wiring import services


@click.group("maintenance")
def commands() -> None:
    """Close the site for a while; visitors see that it comes back."""


@commands.command("on")
@with_appcontext
def on() -> None:
    """Closes the site."""
    services().settings.instance_dir.mkdir(parents=True, exist_ok=True)
    sign(services().settings.instance_dir).touch()
    click.echo("The site is closed. `maintenance off` opens it.")


@commands.command("off")
@with_appcontext
def off() -> None:
    """Opens the site again."""
    sign(services().settings.instance_dir).unlink(missing_ok=True)
    click.echo("The site is open.")
