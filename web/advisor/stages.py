"""How far a guidance is, in the order in which most go, and what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from web import words
from web.advisor.guidance_model import Verdict
from web.advisor.intake.steps import Step, first_open
from web.advisor.intake.talk import answers_of, talk_of
from web.advisor.model import Dossier
from web.languages import _, ngettext
from web.wiring import local_day


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a guidance: its name, where it is, how it stands in words, and whether there is something in it."""

    name: str
    address: str
    text: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """All stages, and what to do now: a text and an address."""

    stages: Sequence[Stage]
    next_text: str
    next_address: str


def progress_of(dossier: Dossier) -> Progress:
    """How far the guidance of a client is, for the advisor."""
    text, endpoint = _following(dossier)
    return Progress(list(_stages(dossier)), text, url_for(endpoint, uid=dossier.uid))


def _following(dossier: Dossier) -> tuple[str, str]:
    """What to do now, and the endpoint where that is."""
    talk, has_goal = talk_of(dossier), answers_of(dossier).has_goal
    if not talk.done and not has_goal:
        return _("Begin het gesprek"), "advisor.intake"
    if step := first_open(talk):
        return _("Ga verder met het gesprek"), f"advisor.intake_{step}"
    if not has_goal:
        return _("Vraag naar het doel"), "advisor.intake_goal"
    if all(one.verdict is not Verdict.PINNED for one in dossier.choices):
        return _("Kies modules"), "advisor.matches"
    return (_("Bekijk het verslag") if dossier.reports else _("Maak het verslag")), "advisor.report"


def _stages(dossier: Dossier) -> Iterator[Stage]:
    def stage(name: str, endpoint: str, text: str, *, is_done: bool) -> Stage:
        return Stage(name, url_for(endpoint, uid=dossier.uid), text, is_done)

    talk, answers = talk_of(dossier), answers_of(dossier)
    done, skills = len(talk.done), len(answers.known)
    told = [_("%(done)s van de %(all)s stappen", done=done, all=len(Step))] if done else []
    told += [ngettext("%(num)s vaardigheid", "%(num)s vaardigheden", skills)] if skills else []
    yield stage(_("Gesprek"), "advisor.intake", ", ".join(told) or _("nog niet begonnen"), is_done=done > 0)
    claims = ngettext("%(num)s vaardigheid met bewijs", "%(num)s vaardigheden met bewijs", len(dossier.claims))
    yield stage(_("Eerder geleerd"), "advisor.claims", claims if dossier.claims else _("nog niets"), is_done=bool(dossier.claims))
    missing = "" if answers.has_goal else _("eerst een doel kiezen")
    listed = _listed(dossier)
    yield stage(_("Matches"), "advisor.matches", missing or listed or _("nog niets gekozen"), is_done=bool(listed))
    has_path = bool(dossier.intake and dossier.intake.paths)
    yield stage(_("Leerroute"), "advisor.path", missing or (_("bekeken") if has_path else _("nog niet bekeken")), is_done=has_path)
    last = dossier.reports[0] if dossier.reports else None
    made = _("versie %(number)s van %(day)s", number=last.number, day=words.day(local_day(last.made_at))) if last else _("nog niet gemaakt")
    yield stage(_("Verslag"), "advisor.report", made, is_done=last is not None)


def _listed(dossier: Dossier) -> str:
    count = Counter(one.verdict for one in dossier.choices)
    told = [
        (Verdict.PINNED, _("%(num)s in het advies", num=count[Verdict.PINNED])),
        (Verdict.MAYBE, _("%(num)s misschien", num=count[Verdict.MAYBE])),
        (Verdict.REJECTED, ngettext("%(num)s past niet", "%(num)s passen niet", count[Verdict.REJECTED])),
    ]
    return ", ".join(text for verdict, text in told if count[verdict])
