"""`accounts`: who may sign in."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext

from catalogue.organisations import OrganisationUnknown, organisation_by_slug
from web.accounts import passwords, people
from web.accounts.links import VALID, Purpose, new_link
from web.accounts.memberships import join
from web.accounts.models import Account, MemberRole, RoleName
from web.privacy.erasing import erase
from web.privacy.holding import Person
from web.second_step.keeping import switch_off
from web.wiring import services


@click.group("accounts")
def commands() -> None:
    """Who may sign in, and as what."""


@commands.command()
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in RoleName]), required=True)
@click.option("--organisation", "slugs", multiple=True, metavar="SLUG", help="Works for it; repeatable.")
@click.option(
    "--member-role",
    type=click.Choice([role.value for role in MemberRole]),
    help="What it does there; a new member is a manager, one that is there keeps its role.",
)
@click.option("--password", "asks_password", is_flag=True, help="Ask for a password.")
@click.option("--password-stdin", "reads_password", is_flag=True, help="Read a password from standard input.")
@with_appcontext
def add(email: str, role: str, slugs: tuple[str, ...], member_role: str | None, *, asks_password: bool, reads_password: bool) -> None:
    """Makes an account, or gives one that is there a role or an organisation more. Without a password it prints a link to sign in with."""
    parts = services()
    address = _normal(email)
    password = sys.stdin.readline().rstrip("\r\n") if reads_password else ""
    if asks_password:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if (asks_password or reads_password) and (fault := passwords.fault(password, address)):
        raise click.ClickException(f"this password is refused: {fault.replace('_', ' ')}. Nothing was changed.")
    chosen = passwords.hashed(password) if password else None
    with parts.database.writing() as session:
        try:
            organisations = [organisation_by_slug(session, slug) for slug in slugs]
        except OrganisationUnknown as error:
            raise click.ClickException(str(error)) from None
        account = people.ensure_account(session, address, parts.now(), role=RoleName(role))
        join(session, account, organisations, MemberRole(member_role) if member_role else None)
        people.confirm(account, parts.now())
        if chosen:
            people.set_password(session, account, chosen)
    click.echo(f"{address} may sign in as {', '.join(sorted(one.name for one in account.roles))}.")
    if not chosen:
        _show_link(account)


@commands.command()
@click.argument("email")
@with_appcontext
def link(email: str) -> None:
    """Prints a link to sign in with, for who gets no mail."""
    with services().database.reading() as session:
        _show_link(_known(people.account_by_email(session, _normal(email)), email))


@commands.command("list")
@with_appcontext
def list_() -> None:
    """Lists all accounts with their roles and organisations."""
    with services().database.reading() as session:
        for account in people.accounts(session):
            roles = ", ".join(sorted(role.name for role in account.roles))
            organisations = ", ".join(sorted(f"{one.organisation.slug} ({one.role})" for one in account.memberships))
            state = "" if account.confirmed_at else "  (not confirmed)"
            click.echo(f"{account.email:<40} {roles:<20} {organisations}{state}".rstrip())


@commands.command("second-step-off")
@click.argument("email")
@with_appcontext
def second_step_off(email: str) -> None:
    """Switches off the second step of who has lost both app and recovery codes. Be sure first who asks."""
    with services().database.writing() as session:
        switch_off(session, _known(people.account_by_email(session, _normal(email)), email).id)
    click.echo(f"{_normal(email)} signs in without a code.")


@commands.command()
@click.argument("email")
@with_appcontext
def remove(email: str) -> None:
    """Deletes an account with all that belongs to it."""
    parts = services()
    address = _normal(email)
    with parts.database.reading() as session:
        account = _known(people.account_by_email(session, address), email)
    erase(parts, Person(account.id, address))
    parts.database.scrub()
    click.echo(f"{address} is gone.")


def _normal(email: str) -> str:
    try:
        return people.normal_email(email)
    except people.EmailNotValid as error:
        raise click.ClickException(f"{email!r}: {error}") from None


def _known(account: Account | None, email: str) -> Account:
    if account is None:
        raise click.ClickException(f"there is no account {email}")
    return account


def _show_link(account: Account) -> None:
    minutes = int(VALID[Purpose.SIGN_IN].total_seconds() // 60)
    click.echo(f"Sign in once, within {minutes} minutes: {new_link(account, Purpose.SIGN_IN)}")
    click.echo(f"Another link: flask --app wsgi accounts link {account.email}")
