"""`feeds`: addresses from where modules are fetched, again and again. See docs/import.md."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from catalogue.exchange import feeds
from catalogue.exchange.feed_problems import rows_of
from catalogue.exchange.feed_runs import COUNTS
from catalogue.exchange.feed_sources import format_of_feed
from catalogue.models import Feed
from catalogue.organisations import OrganisationUnknown, organisation_by_slug
from catalogue.outbound.troubles import OutboundFailed
from web.background import read_feed, sync_index
from web.problem_texts import problem_text
from web.wiring import services


@click.group("feeds")
def commands() -> None:
    """Addresses from where modules of an organisation are fetched, again and again."""


@commands.command()
@click.argument("url")
@click.option("--organisation", "slug", required=True, metavar="SLUG", help="Whose modules these are.")
@click.option("--format", "format_name", type=click.Choice([one.value for one in feeds.FeedKind]), required=True, help="What stands there.")
@click.option("--every", "every_hours", type=click.IntRange(feeds.LEAST_HOURS, feeds.MOST_HOURS), default=feeds.USUAL_HOURS,
              show_default=True, metavar="HOURS", help="How often it is fetched.")  # fmt: skip
@click.option("--most-gone", type=click.IntRange(0, 100), default=feeds.USUAL_GONE_PERCENT, show_default=True, metavar="PERCENT",
              help="Change nothing when more of its modules are gone at once.")  # fmt: skip
@click.option("--publish", is_flag=True, help="Put the modules online too.")
@with_appcontext
def add(*, url: str, slug: str, format_name: str, every_hours: int, most_gone: int, publish: bool) -> None:
    """Adds a feed; background work fetches it at once, and then again and again."""
    parts = services()
    try:
        parts.outbound.check(url)
        with parts.database.writing() as session:
            feed = feeds.add_feed(
                session,
                organisation_by_slug(session, slug).id,
                url,
                feeds.FeedKind(format_name),
                parts.now(),
                every_hours=every_hours,
                is_publishing=publish,
                most_gone_percent=most_gone,
            )
    except (OutboundFailed, OrganisationUnknown, feeds.FeedExists, feeds.TooManyFeeds) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Added feed {feed.id} of {slug}.")


@commands.command("list")
@with_appcontext
def list_() -> None:
    """Lists all feeds, and how each went."""
    with services().database.reading() as session:
        for feed in feeds.feeds(session):
            click.echo(f"{feed.id:>4}  {feed.organisation.slug:<32} {_state(feed):<44} {feed.url}")


@commands.command()
@click.argument("feed_id", metavar="FEED", type=int)
@click.option("--accept-gone", type=click.IntRange(0), default=0, metavar="N", help="So many modules may be gone this time.")
@with_appcontext
def run(feed_id: int, accept_gone: int) -> None:
    """Fetches one feed now, and reads it in full even when it did not change."""
    parts = services()
    try:
        with parts.database.writing() as session:
            feeds.ask_now(session, feeds.feed_by_id(session, feed_id), parts.now(), accept_gone)
    except feeds.FeedUnknown as error:
        raise click.ClickException(str(error)) from None
    outcome = read_feed(parts, feed_id)
    if outcome is None:
        raise click.ClickException(f"another process is fetching feed {feed_id}")
    sync_index(parts)
    with parts.database.reading() as session:
        feed = feeds.feed_by_id(session, feed_id)
    for one in rows_of(feed.problem or feed.difference):
        click.echo(problem_text(one, file_format=format_of_feed(feed)))
    if feed.problem:
        raise click.ClickException(f"nothing was changed: {_what(feed)}")
    click.echo(", ".join(f"{feed.difference[what]} {what}" for what in COUNTS))


@commands.command()
@click.argument("feed_id", metavar="FEED", type=int)
@with_appcontext
def remove(feed_id: int) -> None:
    """Forgets a feed; the modules that it brought stay."""
    try:
        with services().database.writing() as session:
            feeds.remove_feed(session, feeds.feed_by_id(session, feed_id))
    except feeds.FeedUnknown as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Removed feed {feed_id}.")


def _state(feed: Feed) -> str:
    if feed.problem:
        return f"{feed.failures} x {_what(feed)}"
    return f"good at {feed.good_at:%Y-%m-%d %H:%M} UTC" if feed.good_at else "not fetched yet"


def _what(feed: Feed) -> str:
    """The problem as a code with its values: "too-many-gone: 40 of 100"."""
    problem = feed.problem
    if "gone" in problem:
        return f"{problem['code']}: {problem['gone']} of {problem['total']}"
    told = problem.get("value") or problem.get("total")
    return f"{problem['code']}: {told}" if told else str(problem["code"])
