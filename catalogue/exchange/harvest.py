"""Asking one site for many things after each other, within one budget: half of it is as good as nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import monotonic

from catalogue.exchange.feed_problems import FeedProblem, HarvestFailed
from catalogue.outbound.fetching import Outbound
from catalogue.outbound.troubles import OutboundFailed, Trouble

MOST_REQUESTS = 5_000
MOST_SECONDS = 600.0


Ask = Callable[[str], bytes]
"""What stands at an address. Raises OutboundFailed or HarvestFailed; `Harvest.get` is one."""


class Harvest:
    """One visit to a site. All that is fetched goes the safe way of `Outbound`, each address anew.

    Args:
        outbound: asks; its `most_bytes` hold for everything together.
        folder: where an answer stands until it is read.
    """

    def __init__(self, outbound: Outbound, folder: Path) -> None:
        self._outbound, self._path = outbound, folder / "answer"
        self._requests, self._bytes, self._end = MOST_REQUESTS, outbound.most_bytes, monotonic() + MOST_SECONDS

    def get(self, url: str) -> bytes:
        """What stands at an address.

        Raises:
            OutboundFailed: it could not be fetched, or more came than everything together may be.
            HarvestFailed: TOO_MANY_REQUESTS or TOO_LONG, when the visit has used up what it may.
        """
        self._requests -= 1
        left = self._end - monotonic()
        if self._requests < 0:
            raise HarvestFailed(FeedProblem.TOO_MANY_REQUESTS, str(MOST_REQUESTS))
        if left <= 0:
            raise HarvestFailed(FeedProblem.TOO_LONG)
        asking = replace(self._outbound, most_bytes=self._bytes, most_seconds=min(left, self._outbound.most_seconds))
        try:
            asking.fetch(url, self._path)
        except OutboundFailed as failed:
            if failed.trouble is Trouble.TOO_LARGE:
                raise OutboundFailed(Trouble.TOO_LARGE, f"{self._outbound.most_bytes // 1_000_000} MB") from None
            raise
        content = self._path.read_bytes()
        self._bytes -= len(content)
        return content
