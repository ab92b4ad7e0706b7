"""The list of modules that advisor and client share. Functions take the dossier and never commit; who calls them writes the audit entry."""

from __future__ import annotations

from datetime import datetime

from web.advisor.guidance_model import Choice, ChoiceChange, Verdict
from web.advisor.model import Dossier

ADDED, REMOVED, REASONED = "added", "removed", "reasoned"
"""What is done with a module on the list; or the verdict that it got."""

MOST_CHOICES = 60
MOST_REASON_CHARS = 1_000


class ListFull(ValueError):
    """There is no room for another module."""


class ChangedMeanwhile(ValueError):
    """Somebody else changed this module on the list since the page was made."""


def choice_of(dossier: Dossier, module: str) -> Choice | None:
    """What stands on the list about a module, by its public id."""
    return next((one for one in dossier.choices if one.module == module), None)


def modules_with(dossier: Dossier, verdict: Verdict) -> frozenset[str]:
    """The modules, by their public ids, of which the list says so."""
    return frozenset(one.module for one in dossier.choices if one.verdict is verdict)


def no_longer_pinned(dossier: Dossier, since: datetime) -> list[str]:
    """The modules that were in the advice at a moment and are not so now, by their public ids."""
    now, then = modules_with(dossier, Verdict.PINNED), dict[str, str]()
    for one in sorted(dossier.changes, key=lambda change: change.id):
        if one.moment <= since and one.change != REASONED:
            then[one.module] = one.change
    return [module for module, change in then.items() if change == Verdict.PINNED and module not in now]


def choose(
    dossier: Dossier,
    module: str,
    verdict: Verdict,
    actor: str,
    now: datetime,
    *,
    reason_for: str | None = None,
    reason_against: str | None = None,
    seen: int | None = None,
) -> Choice:
    """Puts a module on the list, or changes what the list says of it, and keeps who did that.

    Args:
        actor: as in the audit trail.
        reason_for, reason_against: None leaves them as they are.
        seen: the version that whoever chooses looked at; None where it does not matter.

    Raises:
        ListFull: the list holds `MOST_CHOICES` modules.
        ChangedMeanwhile: the list says something else by now.
    """
    found = choice_of(dossier, module)
    if seen is not None and seen != (found.version if found else 0):
        raise ChangedMeanwhile
    if found is None:
        if len(dossier.choices) >= MOST_CHOICES:
            raise ListFull
        found = Choice(module=module, verdict=verdict, reason_for=reason_for or "", reason_against=reason_against or "")
        dossier.choices.append(found)
        _noted(dossier, module, ADDED if verdict is Verdict.MAYBE else verdict, actor, now)
        return found
    reasons = (found.reason_for if reason_for is None else reason_for, found.reason_against if reason_against is None else reason_against)
    if verdict is not found.verdict:
        _noted(dossier, module, verdict, actor, now)
    elif reasons != (found.reason_for, found.reason_against):
        _noted(dossier, module, REASONED, actor, now)
    found.verdict, (found.reason_for, found.reason_against) = verdict, reasons
    return found


def drop_choice(dossier: Dossier, module: str, actor: str, now: datetime, seen: int | None = None) -> bool:
    """Takes a module off the list; False where it is not on it. Raises ChangedMeanwhile, as `choose` does."""
    found = choice_of(dossier, module)
    if found is None:
        return False
    if seen is not None and seen != found.version:
        raise ChangedMeanwhile
    dossier.choices.remove(found)
    _noted(dossier, module, REMOVED, actor, now)
    return True


def _noted(dossier: Dossier, module: str, change: str, actor: str, now: datetime) -> None:
    dossier.changes.append(ChoiceChange(module=module, moment=now, actor=actor, change=str(change)))
