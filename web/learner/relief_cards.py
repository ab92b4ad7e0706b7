"""What would bring a goal within reach: in words, as a change that one can take over at once, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from operator import add
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from matching.core.exclusions import Exclusion
from matching.core.path.reliefs import PINNED
from matching.path_results import PathRelief, PathResult
from web import words
from web.languages import _, ngettext
from web.learner.answers import Answers
from web.learner.path_form import PathForm
from web.learner.presenters import constraint_texts
from web.learner.scenario_cards import change_name
from web.learner.scenario_form import changed_by, code_of

DAYS_A_WEEK = 7
_ROUTE = "route_eur="
"""Begins the part of a code that says what the whole path may cost: a choice of the page, no wish."""

_EASED: Mapping[str, tuple[str, Callable[[Any, int], Any]]] = {
    Exclusion.BUDGET: ("budget_eur", add),
    Exclusion.HOURS_PER_WEEK: ("hours_per_week", add),
    Exclusion.DISTANCE: ("max_km", add),
    Exclusion.FINISH_BY: ("finish_by", lambda day, days: day + timedelta(weeks=ceil(days / DAYS_A_WEEK))),
    Exclusion.START_AFTER: ("start_after", lambda _day, _days: None),
    Exclusion.FORMAT: ("formats", lambda _codes, _more: ()),
    Exclusion.MOMENT: ("moments", lambda _codes, _more: ()),
}
"""The answer that each wish stands in, and how it gives way: by so much, or altogether."""


@dataclass(frozen=True, slots=True)
class ReliefLine:
    """What giving way in one wish, or in two together, would buy; `code` is that change, "" for one that is nobody's to take over."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class WayBack:
    """That wishes were changed, and the code of the change that puts them back."""

    text: str
    code: str


def relief_lines(path: PathResult, form: PathForm, answers: Answers | None) -> list[ReliefLine]:
    """What would bring more, the most first; to be taken over where the `answers` are told."""
    best_first = sorted(path.reliefs, key=lambda one: -one.coverage)
    return [ReliefLine(_relief(one, form), _code(one, form, answers) if answers else "") for one in best_first]


def without_relief(answers: Answers | None, form: PathForm) -> str:
    """Each wish and each two were tried as long as there was time: three may still help."""
    several = len(constraint_texts(answers) if answers else ()) + (form.budget_eur is not None) > 1
    return (
        _("Wij vonden geen wens die helpt, en geen twee die samen helpen.")
        if several
        else _("Er zijn nu niet genoeg modules. Meer geld of tijd helpt niet.")
    )


def eased(session: Session, now: Answers, form: PathForm, code: str) -> tuple[Answers, float | None]:
    """The answers, and what the whole path may cost, with what `code` changes; what makes no sense changes nothing."""
    wishes, has_route, route_eur = code.partition(_ROUTE)
    route = PathForm(MultiDict({"budget": route_eur}))
    is_understood = has_route and route.validate()
    return changed_by(session, now, wishes) or now, route.budget_eur if is_understood else form.budget_eur


def way_back(session: Session, now: Answers, form: PathForm, code: str) -> WayBack | None:
    """What was changed since the wishes that `code` leads back to; None where it leads nowhere else."""
    before, route_eur = eased(session, now, form, code)
    changed = [change_name(before, now)] if code_of(before, now) else []
    if route_eur != form.budget_eur:
        changed.append(_route_name(form.budget_eur))
    return WayBack(". ".join(changed), _written(code_of(now, before), route_eur)) if changed else None


def code_back(now: Answers, form: PathForm, then: Answers) -> str:
    """The code that leads from `then` to the wishes and choices of now."""
    return _written(code_of(then, now), form.budget_eur)


def _written(wishes: str, route_eur: float | None) -> str:
    return f"{wishes};{_ROUTE}{'' if route_eur is None else f'{route_eur:g}'}"


def _route_name(budget_eur: float | None) -> str:
    if budget_eur is None:
        return _("Zonder grens aan de prijs van de route")
    return _("De hele route mag %(price)s kosten", price=words.price(budget_eur))


def _code(one: PathRelief, form: PathForm, now: Answers) -> str:
    """The change as a code; "" where a wish is none that a visitor can set, or nothing changes."""
    then, route_eur = now, form.budget_eur
    for wish, amount in zip(one.wishes, one.amounts, strict=True):
        if wish not in _EASED:
            return ""
        name, ease = _EASED[wish]
        more, value = ceil(amount or 0), getattr(now, name)
        if wish == Exclusion.BUDGET and route_eur is not None:
            route_eur += more
            # What one module may cost gave way too, at most up to what they may cost together.
            value, more = (value if value is None else max(value, route_eur)), 0
        then = then.changed(**{name: value if value is None else ease(value, more)})
    return _written(code_of(now, then), route_eur) if (then, route_eur) != (now, form.budget_eur) else ""


def _relief(one: PathRelief, form: PathForm) -> str:
    """What giving way in one wish, or in two together, would buy, in a sentence."""
    share = words.percent(one.coverage)
    if one.wishes == (PINNED,):
        return _("Zonder de modules in het advies leert u %(share)s van wat u nog mist.", share=share)
    changes = words.all_of([_change(wish, ceil(amount or 0), form) for wish, amount in zip(one.wishes, one.amounts, strict=True)])
    return _("Met %(changes)s leert u %(share)s van wat u nog mist.", changes=changes, share=share)


def _change(wish: str, amount: int, form: PathForm) -> str:
    """By how much a wish gives way, after "with"; an amount of 0 is a wish that is no number."""
    if amount <= 0:
        return _("een ruimere keuze voor %(wish)s", wish=words.EXCLUSIONS[Exclusion(wish)])
    if wish == Exclusion.BUDGET:
        price = words.price(amount)
        return _("%(price)s meer per module", price=price) if form.budget_eur is None else _("%(price)s meer", price=price)
    if wish == Exclusion.DISTANCE:
        return _("hoogstens %(km)s km verder reizen", km=amount)
    if wish == Exclusion.FINISH_BY:
        return ngettext("%(num)s week meer tijd", "%(num)s weken meer tijd", ceil(amount / DAYS_A_WEEK))
    return _("%(hours)s per week meer", hours=words.hours(amount))
