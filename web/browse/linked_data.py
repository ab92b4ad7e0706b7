"""What pages say to search engines about themselves: JSON-LD in the vocabulary of schema.org."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import url_for

from catalogue.exchange.schema_org import ours
from catalogue.models import Module, Stack
from web.browse.cards import Card
from web.security.address import site_address
from web.wiring import services


def of_module(module: Module, stacks: Iterable[Stack]) -> dict[str, Any]:
    """What the page of a module is about."""
    return ours.module_page(module, stacks, _address, services().today())


def of_list(cards: Sequence[Card], page: int, per_page: int, total: int) -> dict[str, Any]:
    """One page of a list of modules."""
    pages = [(card.title, site_address() + url_for("browse.module", slug=card.slug)) for card in cards]
    return ours.item_list(pages, (page - 1) * per_page + 1, total)


def _address(module: Module) -> str:
    return site_address() + url_for("browse.module", slug=module.slug)
