"""What could take the place of a module in the path of a client, as template values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from sqlalchemy.orm import Session

from catalogue.models import Module
from catalogue.modules import modules_by_id
from matching.replacing import Replacement, replacements
from web import words
from web.advisor.matching.paths import PathQuestion
from web.browse.cards import Card, card
from web.languages import _, ngettext
from web.learner.paths import FoundPaths
from web.wiring import services

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Option:
    """Another path: the modules that come instead, the names of others that go too, each with its language, and what differs."""

    cards: Sequence[Card]
    gone: Sequence[tuple[str, str]]
    differences: Sequence[str]


def options(session: Session, question: PathQuestion, shown: FoundPaths, module_id: int) -> list[Option]:
    """The best paths without one of the modules of the path that is shown; looking for them takes up to a second."""
    parts, form = services(), question.form
    choices = {"prefers_stacks": form.stapel.data, "keeps_to_goal": bool(form.keeps_to_goal) or shown.with_beside is not None}
    planner = parts.matcher.planner(question.profile, parts.today(), form.budget_eur, **choices)
    found = replacements(planner, shown.shown, module_id)
    modules = {**shown.modules, **modules_by_id(session, {key for one in found for key in one.instead})}
    return [_option(one, modules) for one in found]


def _option(one: Replacement, modules: Mapping[int, Module]) -> Option:
    today, plans = services().today(), {plan.module_id: plan for plan in one.path.modules}

    def shown(module: Module) -> Card:
        plan = plans[module.id]
        return card(module, today, module.edition(plan.edition_id), plan.distance_km)

    return Option(
        cards=[shown(modules[key]) for key in one.instead if key in modules],
        gone=[(modules[key].title, modules[key].language) for key in one.gone if key in modules],
        differences=_differences(one),
    )


def _differences(one: Replacement) -> list[str]:
    texts, euros = [], ceil(abs(one.more_eur))
    if round(one.more_coverage * 100):
        share = words.percent(abs(one.more_coverage))
        more, less = _("%(share)s meer van het doel", share=share), _("%(share)s minder van het doel", share=share)
        texts.append(more if one.more_coverage > 0 else less)
    if euros:
        price = words.price(euros)
        texts.append(_("%(price)s duurder", price=price) if one.more_eur > 0 else _("%(price)s goedkoper", price=price))
    if one.more_days:
        weeks = ngettext("%(num)s week", "%(num)s weken", ceil(abs(one.more_days) / DAYS_A_WEEK))
        texts.append(_("%(weeks)s later klaar", weeks=weeks) if one.more_days > 0 else _("%(weeks)s eerder klaar", weeks=weeks))
    return texts or [_("even duur en even snel")]
