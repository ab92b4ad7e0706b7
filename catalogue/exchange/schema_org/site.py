"""All courses of a site, as one file: of one page, or of each page that a sitemap names."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from catalogue.exchange.feed_problems import FeedProblem, HarvestFailed
from catalogue.exchange.harvest import Ask
from catalogue.exchange.problems import BadCell
from catalogue.exchange.schema_org.course import entry_of
from catalogue.exchange.schema_org.page import courses_on
from catalogue.outbound.troubles import OutboundFailed, Trouble

MOST_PAGES = 2_000
MOST_MAPS = 50
_GONE = ("404", "410")


def write_site(ask: Ask, url: str, into: Path) -> None:
    """Writes the courses of a site into a file of JSON Lines in our own fields.

    A page that the sitemap names and that is not there (404 or 410) is a page that is gone; any other page that cannot be fetched or read
    makes the whole unusable. Of two pages about the same course the first counts. What no page speaks of is left out, and
    so stays as it is.

    Raises:
        OutboundFailed, HarvestFailed: nothing is to be used.
    """
    first = ask(url)
    addresses = _pages(ask, url, first)
    entries: dict[str, dict[str, object]] = {}
    for address in addresses or [url]:
        for entry in _entries(ask, address) if addresses else _read(first, url):
            entries.setdefault(str(entry["external_id"]), entry)
    told = {name for entry in entries.values() for name, value in entry.items() if value}
    kept = ({name: value for name, value in entry.items() if name in told} for entry in entries.values())
    lines = (json.dumps(entry, ensure_ascii=False) + "\n" for entry in kept)
    into.write_text("".join(lines), encoding="utf-8")


def _entries(ask: Ask, address: str) -> list[dict[str, object]]:
    try:
        return _read(ask(address), address)
    except OutboundFailed as failed:
        if failed.trouble is Trouble.STATUS and failed.value in _GONE:
            return []
        raise


def _read(content: bytes, address: str) -> list[dict[str, object]]:
    try:
        return [entry_of(course, address) for course in courses_on(content)]
    except BadCell:
        raise HarvestFailed(FeedProblem.BAD_PAGE, address) from None


def _pages(ask: Ask, url: str, content: bytes) -> list[str]:
    """The pages that a sitemap names, and the sitemaps that it names, one level deep; none where the answer is a page itself.

    Only pages of the same host count: nobody has us read the site of somebody else.
    """
    root = _xml(content, url)
    if root is None:
        return []
    maps = [root]
    if _name(root) == "sitemapindex":
        maps = [found for address in _locations(root, url, MOST_MAPS) if (found := _xml(ask(address), address)) is not None]
    pages = list(dict.fromkeys(page for one in maps for page in _locations(one, url, MOST_PAGES)))
    if len(pages) > MOST_PAGES:
        raise HarvestFailed(FeedProblem.TOO_MANY_REQUESTS, str(MOST_PAGES))
    return pages


def _xml(content: bytes, address: str) -> Element | None:
    """A sitemap; None for what is no XML at all, as most web pages. Raises HarvestFailed for half a sitemap."""
    begin = content[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not begin.startswith((b"<?xml", b"<urlset", b"<sitemapindex")) or b"<html" in begin:
        return None
    try:
        root: Element = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError):
        raise HarvestFailed(FeedProblem.NOT_A_LIST, address) from None
    if _name(root) not in ("urlset", "sitemapindex"):
        raise HarvestFailed(FeedProblem.NOT_A_LIST, address)
    return root


def _locations(root: Element, url: str, most: int) -> list[str]:
    host = urlsplit(url).hostname
    found = [(one.text or "").strip() for child in root for one in child if _name(one) == "loc"]
    if len(found) > most:
        raise HarvestFailed(FeedProblem.TOO_MANY_REQUESTS, str(most))
    return [address for address in found if urlsplit(address).hostname == host]


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
