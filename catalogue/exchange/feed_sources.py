"""What stands at the address of a feed, as one file on this machine: a file is fetched, a service or a site is read to its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from catalogue.exchange.feeds import FeedKind
from catalogue.exchange.formats import FileFormat
from catalogue.exchange.harvest import Harvest
from catalogue.exchange.ooapi.service import V5, V6, write_service
from catalogue.exchange.schema_org.site import write_site
from catalogue.models import Feed
from catalogue.outbound.fetching import Fetched, Outbound

_FORMATS = {FeedKind.OOAPI_V5: FileFormat.OOAPI, FeedKind.OEAPI_V6: FileFormat.OOAPI, FeedKind.PAGES: FileFormat.JSONL}


def format_of_feed(feed: Feed) -> FileFormat:
    """What the file that `fetch_feed` writes is to be read as."""
    kind = FeedKind(feed.file_format)
    return _FORMATS.get(kind) or FileFormat(kind.value)


def fetch_feed(feed: Feed, outbound: Outbound, path: Path, today: date) -> Fetched:
    """Writes what a feed brings into a file, whole or not at all; not when it is what was there the last time.

    A file has an ETag. Of many answers none can tell whether the whole is the same, so that the whole is fetched and compared.

    Raises:
        OutboundFailed, HarvestFailed: nothing was fetched that may be used.
    """
    kind = FeedKind(feed.file_format)
    match kind:
        case FeedKind.OOAPI_V5 | FeedKind.OEAPI_V6:
            ask = Harvest(outbound, path.parent).get
            write_service(ask, feed.url, V5 if kind is FeedKind.OOAPI_V5 else V6, today, path)
        case FeedKind.PAGES:
            write_site(Harvest(replace(outbound, takes_pages=True), path.parent).get, feed.url, path)
        case _:
            return outbound.fetch(feed.url, path, feed.etag, feed.last_modified)
    digest = sha256(path.read_bytes()).hexdigest()
    return Fetched(is_new=digest != feed.etag, etag=digest, last_modified="")
