"""The modules that somebody keeps: a plain value, the same in a guest's session and beside an account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

MAX_ITEMS = 100
MAX_NOTE_CHARS = 1_000


class ListFull(ValueError):
    """A list holds at most MAX_ITEMS modules."""


@dataclass(frozen=True, slots=True)
class SavedItem:
    """One module, by public id, with the chosen edition ("" where none is) and a note.

    `start` is how that edition started when it was chosen, in the notation of `Start`; "" where nobody kept that.
    """

    module: str
    edition: str = ""
    start: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SavedList:
    """Kept modules, the one saved last first; each stands there once."""

    items: tuple[SavedItem, ...] = ()

    @classmethod
    def of(cls, stored: Iterable[Mapping[str, Any]] | None) -> Self:
        """The list that `stored` gave."""
        names = {one.name for one in fields(SavedItem)}
        return cls(tuple(SavedItem(**{name: str(one[name]) for name in names & one.keys()}) for one in stored or ()))

    def stored(self) -> list[dict[str, Any]]:
        """As plain values, for a session or a column."""
        return [asdict(item) for item in self.items]

    def __len__(self) -> int:
        return len(self.items)

    def __contains__(self, module: object) -> bool:
        return any(item.module == module for item in self.items)

    def editions(self) -> frozenset[str]:
        """The chosen editions."""
        return frozenset(item.edition for item in self.items if item.edition)

    def with_item(self, new: SavedItem) -> Self:
        """With an item on top; a module that is there already stays where it is, with the edition when one is given. Raises ListFull."""
        if new.module in self:
            return self.changed(new.module, edition=new.edition, start=new.start) if new.edition else self
        if len(self) >= MAX_ITEMS:
            raise ListFull
        return replace(self, items=(new, *self.items))

    def with_items(self, new: Sequence[SavedItem]) -> Self:
        """With several items, the first of them on top. Raises ListFull."""
        kept = self
        for item in reversed(new):
            kept = kept.with_item(item)
        return kept

    def without(self, module: str) -> Self:
        """Without a module."""
        return replace(self, items=tuple(item for item in self.items if item.module != module))

    def changed(self, module: str, **values: str) -> Self:
        """With other values for a module; the same list where it is not on it."""
        return replace(self, items=tuple(replace(item, **values) if item.module == module else item for item in self.items))

    def joined(self, others: Sequence[SavedItem]) -> Self:
        """With items of another list behind: of a module on both the edition and note of this list count, unless it has none.

        What is beyond MAX_ITEMS is left out.
        """
        theirs = {item.module: item for item in others}
        own = tuple(_together(item, theirs.get(item.module, item)) for item in self.items)
        return replace(self, items=(*own, *(item for item in others if item.module not in self))[:MAX_ITEMS])


def _together(own: SavedItem, other: SavedItem) -> SavedItem:
    """An item with what the other one says where it says nothing itself."""
    chosen = own if own.edition else other
    return replace(own, edition=chosen.edition, start=chosen.start, note=own.note or other.note)
