"""The modules that somebody keeps: a plain value, the same in a guest's session and beside an account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

MAX_ITEMS = 100
MAX_NOTE_CHARS = 1_000


class ListFull(ValueError):
    """There is no room for another module; `most` is how many there may be."""

    def __init__(self) -> None:
        super().__init__(f"a list holds at most {MAX_ITEMS} modules")
        self.most = MAX_ITEMS


@dataclass(frozen=True, slots=True)
class SavedItem:
    """One module, by public id, with the chosen edition ("" where none is) and a note."""

    module: str
    edition: str = ""
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

    def with_module(self, module: str, edition: str = "") -> Self:
        """With a module on top; one that is there already stays where it is, with the edition when one is given. Raises ListFull."""
        if module in self:
            return self.changed(module, edition=edition) if edition else self
        if len(self) >= MAX_ITEMS:
            raise ListFull
        return replace(self, items=(SavedItem(module, edition), *self.items))

    def with_modules(self, modules: Sequence[tuple[str, str]]) -> Self:
        """With several modules and their editions, the first of them on top. Raises ListFull."""
        kept = self
        for module, edition in reversed(modules):
            kept = kept.with_module(module, edition)
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
        own = tuple(
            replace(item, edition=item.edition or theirs[item.module].edition, note=item.note or theirs[item.module].note)
            if item.module in theirs
            else item
            for item in self.items
        )
        return replace(self, items=(*own, *(item for item in others if item.module not in self))[:MAX_ITEMS])
