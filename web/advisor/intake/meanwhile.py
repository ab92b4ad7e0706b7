"""Whether a step of the intake says something else by now than when its page was made. Only the answers of that step are compared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from web.advisor.intake.merge import GOAL, GROUPS
from web.advisor.intake.steps import Step
from web.advisor.intake.talk import Talk
from web.learner.answers import Answers

WISHES = ("budget_eur", "hours_per_week", "near", "max_km", "formats", "moments", "start_after", "finish_by")
OF_ANSWERS: Mapping[Step, tuple[str, ...]] = {
    Step.WORK: ("occupation",),
    Step.SKILLS: ("skills",),
    Step.GOAL: GROUPS[GOAL],
    Step.WISHES: WISHES,
    Step.LANGUAGE: ("languages",),
}
OF_TALK: Mapping[Step, tuple[str, ...]] = {
    Step.SITUATION: ("route",),
    Step.WORK: ("work",),
    Step.ENERGY: ("energy", "drains"),
    Step.LANGUAGE: ("dutch", "digital"),
    Step.BARRIERS: ("barriers", "barriers_text"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """All that was told; `situation` stands in the dossier itself."""

    situation: str
    talk: Talk
    answers: Answers

    def version(self, step: Step) -> str:
        """What names the answers of a step: two that say the same have the same."""
        values = (
            *(getattr(self.answers, name) for name in OF_ANSWERS.get(step, ())),
            *(getattr(self.talk, name) for name in OF_TALK.get(step, ())),
            *((self.situation,) if step is Step.SITUATION else ()),
        )
        written = json.dumps(values, sort_keys=True, default=str)
        return blake2b(written.encode(), digest_size=8).hexdigest()
