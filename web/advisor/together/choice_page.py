"""The list of modules that advisor and client share, as template values; the same for both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from catalogue.models import Module
from web.accounts.presenters import moment
from web.advisor.guidance_model import Choice, ChoiceChange, Verdict
from web.advisor.matching.runs import Runs
from web.advisor.model import Dossier
from web.advisor.together.choices import ADDED, REASONED, REMOVED
from web.browse.cards import Card
from web.languages import _, lazy_gettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

MOST_CHANGES = 500
VERDICTS: Mapping[Verdict, LazyString] = {
    Verdict.PINNED: lazy_gettext("In het advies"),
    Verdict.MAYBE: lazy_gettext("Misschien"),
    Verdict.REJECTED: lazy_gettext("Past niet"),
}
"""What advisor and client think of a module, in the order in which it is shown."""
CHANGES: Mapping[str, LazyString] = {
    ADDED: lazy_gettext("op de lijst gezet"),
    REMOVED: lazy_gettext("van de lijst gehaald"),
    REASONED: lazy_gettext("redenen veranderd"),
    Verdict.PINNED.value: lazy_gettext("in het advies gezet"),
    Verdict.MAYBE.value: lazy_gettext("op misschien gezet"),
    Verdict.REJECTED.value: lazy_gettext("op past niet gezet"),
}
Text = tuple[str, str]
"""A text and the language that it is in."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed that could not be kept yet, and why not."""

    module: str
    verdict: Verdict
    reason_for: str
    reason_against: str
    problem: str
    field: str = "oordeel"
    """Beside which field the problem stands: the beginning of its id."""


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """Who did what with a module, and when."""

    who: str
    title: Text
    change: str
    when: str


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """A module on the list.

    Attributes:
        card: with the run that fits the wishes; None for one that is no longer on the site.
        problem: why no run fits; "" where one does.
        went_on: whether it was merged into the one on the card.
        last: the last change of it; None where nobody knows.
        typed: what was typed here and could not be kept; `version` is then what was seen by typing again.
    """

    uid: str
    card: Card | None
    problem: str
    title: Text
    went_on: bool
    verdict: Verdict | None
    reason_for: str
    reason_against: str
    version: int
    last: ChangeLine | None
    typed: Typed | None = None

    @property
    def word(self) -> str:
        """The verdict in words."""
        return str(VERDICTS[self.verdict]) if self.verdict else _("Van de lijst gehaald")


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A module that was found by its name, whether it is too far away, and whether it is on the list already."""

    card: Card
    is_far: bool
    is_listed: bool


@dataclass(frozen=True, slots=True)
class ChoicesPage:
    """Everything that the page of the list shows. `address` gives the address of another page on the same side."""

    name: str
    is_client: bool
    can_write: bool
    address: Callable[..., str]
    groups: Sequence[tuple[Verdict, str, Sequence[ChoiceLine]]]
    removed: ChoiceLine | None
    """What somebody typed about a module that was taken off the list meanwhile."""
    changes: Sequence[ChangeLine]
    typed: str
    found: Sequence[FoundLine] = field(default=())

    @property
    def verdicts(self) -> Mapping[Verdict, LazyString]:
        """What one can think of a module."""
        return VERDICTS

    @property
    def lines(self) -> list[ChoiceLine]:
        """All modules on the page."""
        return [line for _code, _word, lines in self.groups for line in lines] + ([self.removed] if self.removed else [])

    @property
    def cards(self) -> list[Card]:
        """Those that can be compared."""
        return [line.card for line in self.lines if line.card and line.verdict is not Verdict.REJECTED]


class Known:
    """What is known of the modules that a dossier names: `modules` by the public ids there, also merged ones; `titles` of all."""

    def __init__(self, modules: Mapping[str, Module], titles: Mapping[str, Text], names: Mapping[str, str], runs: Runs) -> None:
        self._modules, self._titles, self._names, self._runs = modules, titles, names, runs

    def title(self, uid: str) -> Text:
        """What a module is called, also when it is gone."""
        module = self._modules.get(uid)
        return (module.title, module.language) if module else self._titles.get(uid, (_("een module die er niet meer is"), ""))

    def change(self, one: ChoiceChange) -> ChangeLine:
        """A change in words."""
        return ChangeLine(self._names[one.actor], self.title(one.module), str(CHANGES.get(one.change, one.change)), moment(one.moment))

    def line(self, uid: str, choice: Choice | None, last: ChoiceChange | None, typed: Typed | None) -> ChoiceLine:
        """A module with what is thought of it."""
        module = self._modules.get(uid)
        return ChoiceLine(
            uid=uid,
            card=self._runs.card(module) if module else None,
            problem=self._runs.problem(module) if module else "",
            title=self.title(uid),
            went_on=module is not None and module.uid != uid,
            verdict=choice.verdict if choice else None,
            reason_for=choice.reason_for if choice else "",
            reason_against=choice.reason_against if choice else "",
            version=choice.version if choice else 0,
            last=self.change(last) if last else None,
            typed=typed,
        )


def grouped(
    dossier: Dossier, known: Known, typed: Typed | None
) -> tuple[Sequence[tuple[Verdict, str, Sequence[ChoiceLine]]], ChoiceLine | None]:
    """The modules by verdict, and by title within; and the one that was taken off while somebody typed about it."""
    last: dict[str, ChoiceChange] = {}
    for change in dossier.changes:  # the newest first
        last.setdefault(change.module, change)

    def line(uid: str, choice: Choice | None) -> ChoiceLine:
        return known.line(uid, choice, last.get(uid), typed if typed and typed.module == uid else None)

    lines = sorted((line(one.module, one) for one in dossier.choices), key=lambda one: (one.title[0].casefold(), one.uid))
    groups = [(code, str(word), [one for one in lines if one.verdict is code]) for code, word in VERDICTS.items()]
    is_gone = typed is not None and all(one.uid != typed.module for one in lines)
    return [group for group in groups if group[2]], line(typed.module, None) if typed and is_gone else None
