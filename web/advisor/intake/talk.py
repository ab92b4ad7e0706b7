"""What a dossier holds of the client's answers: those that a learner gives too, and what only a talk asks. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Self

from web.advisor.guidance_model import Intake
from web.advisor.intake.answer_codes import TOO_LITTLE_DUTCH
from web.advisor.model import Dossier
from web.learner.answers import Answers

DUTCH_CODE = "nl"
MOST_WORK = 8
MOST_YEARS_CHARS = 40


@dataclass(frozen=True, slots=True)
class Work:
    """A job of the client: the occupation that it is, by its public id ("" where none was found), its name, and for how long."""

    occupation: str = ""
    name: str = ""
    years: str = ""


@dataclass(frozen=True, slots=True)
class Talk:
    """What only a talk asks. Every value may be missing: "" and () mean that it was not asked, or not answered."""

    route: str = ""
    """By which way somebody comes in, a code of `web.advisor.intake.answer_codes.ROUTES`."""
    work: tuple[Work, ...] = ()
    """The last one first."""
    energy: str = ""
    """What gives energy, in own words."""
    drains: str = ""
    """What takes it."""
    dutch: str = ""
    """How well the client reads and speaks Dutch, a code of `web.advisor.intake.answer_codes.DUTCH`."""
    digital: str = ""
    """How well the client finds the way with a computer, a code of `web.advisor.intake.answer_codes.DIGITAL`."""
    barriers: tuple[str, ...] = ()
    """What stands in the way, codes of `web.advisor.intake.answer_codes.BARRIERS`."""
    barriers_text: str = ""
    done: tuple[str, ...] = ()
    """The steps that were answered, codes of `web.advisor.intake.steps.Step`."""
    skipped: tuple[str, ...] = ()

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """The talk that `stored` gave."""
        values = {name: stored[name] for name in _NAMES & stored.keys()}
        for name in ("barriers", "done", "skipped"):
            values[name] = tuple(values.get(name, ()))
        values["work"] = tuple(Work(**one) for one in values.get("work", ()))
        return cls(**values)

    def stored(self) -> dict[str, Any]:
        """As values that JSON knows."""
        return asdict(self)


_NAMES = {one.name for one in fields(Talk)}


def answers_of(dossier: Dossier) -> Answers:
    """The client's answers; none where nothing was asked yet."""
    return Answers.from_stored(dossier.intake.answers) if dossier.intake else Answers()


def talk_of(dossier: Dossier) -> Talk:
    """What only the talks asked; nothing where there was none yet."""
    return Talk.of(dossier.intake.talk) if dossier.intake else Talk()


def own_language_of(dossier: Dossier) -> str:
    """The language that the client reads best, as far as the talk tells: Dutch, unless lessons may not be in Dutch, or the client knows
    little of it and lessons may be in another language. The language of whoever looks at a page says nothing of it."""
    answers = answers_of(dossier)
    others = [code for code in answers.languages if code != DUTCH_CODE]
    is_hard = talk_of(dossier).dutch in TOO_LITTLE_DUTCH or DUTCH_CODE not in answers.languages
    return others[0] if others and is_hard else DUTCH_CODE


def keep_intake(dossier: Dossier, now: datetime, *, answers: Answers | None = None, talk: Talk | None = None) -> None:
    """Keeps answers, or the talk, or both; what is None stays as it was. Paths that followed from other answers are forgotten."""
    if dossier.intake is None:
        dossier.intake = Intake(answers={}, talk={}, paths={}, changed_at=now)
    if answers is not None:
        dossier.intake.answers, dossier.intake.paths = answers.stored(), {}
    if talk is not None:
        dossier.intake.talk = talk.stored()
    dossier.intake.changed_at = now
