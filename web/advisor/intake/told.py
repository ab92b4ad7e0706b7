"""What a talk about Dutch and the computer tells of skills, so that nobody is asked for it again."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from catalogue.skills.reads import skills_by_uri
from matching.profiles.profile import SkillSource
from web.advisor.intake.talk import Talk
from web.learner.answers import Answers

_ESCO = "http://data.europa.eu/esco/skill/"
SPEAKING = f"{_ESCO}c44b765b-76fb-4a16-be7e-9925beee072c"
READING = f"{_ESCO}96ab25a3-c89b-43ea-833b-26b637c3b6ed"
WRITING = f"{_ESCO}e35cfb6e-ea8e-4aef-aab9-3cbc7d79647b"
COMPUTER = f"{_ESCO}d15ce60f-ddab-41ce-ba56-398451b77b60"

LEVELS_OF_DUTCH: Mapping[str, Mapping[str, int]] = {
    "A1": {SPEAKING: 1, READING: 0, WRITING: 0},
    "A2": {SPEAKING: 2, READING: 1, WRITING: 1},
    "B1": {SPEAKING: 3, READING: 2, WRITING: 2},
    **{code: {SPEAKING: 3, READING: 3, WRITING: 3} for code in ("B2", "C1", "C2")},
}
"""By code of `answer_codes.DUTCH`, as courses of Dutch in the example catalogue have it: who comes from A2 to B1 reads at level 2 then."""

LEVEL_OF_DIGITAL: Mapping[str, int] = {"none": 0, "help": 2, "alone": 3, "well": 3}
"""By code of `answer_codes.DIGITAL`."""


def told_levels(session: Session, talk: Talk) -> dict[str, int]:
    """Levels by public id of the skill, as far as the taxonomy has these skills; none of what was not told."""
    levels = dict(LEVELS_OF_DUTCH.get(talk.dutch, {}))
    if talk.digital in LEVEL_OF_DIGITAL:
        levels[COMPUTER] = LEVEL_OF_DIGITAL[talk.digital]
    return {skill.uid: levels[uri] for uri, skill in skills_by_uri(session, levels).items()}


def with_told(session: Session, answers: Answers, talk: Talk) -> Answers:
    """The answers with what the talk tells beside them, as found by the advisor; what was said of a skill itself stays."""
    told = {uid: level for uid, level in told_levels(session, talk).items() if uid not in answers.skills}
    return answers.changed(skills={**answers.skills, **told}, sources={**answers.sources, **dict.fromkeys(told, SkillSource.ADVISOR.value)})
