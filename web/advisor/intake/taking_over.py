"""Answers that go from one place to another, of a browser into a dossier or back: first shown, then taken over as was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import SelectMultipleField

from web.advisor.intake.merge import SKILLS, compared, merged, new_skills, other_levels
from web.advisor.intake.presenters import GROUP_NAMES, Known, Line, group_lines, known_of
from web.learner.answers import Answers


class TakeForm(FlaskForm):  # type: ignore[misc]
    """What takes the place of what is there; everything else only fills what is empty."""

    replaced = SelectMultipleField(validate_choice=False, choices=[])


@dataclass(frozen=True, slots=True)
class Difference:
    """Something of which both say something else."""

    group: str
    name: str
    kept: Sequence[Line]
    given: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Offer:
    """What taking over would change: what is new, and what is there otherwise."""

    new: Sequence[tuple[str, Sequence[Line]]]
    differences: Sequence[Difference]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take over."""
        return not self.new and not self.differences


def offer(session: Session, kept: Answers, given: Answers) -> Offer:
    """What `given` would change in `kept`, in words."""
    known, comparison = known_of(session, kept, given), compared(kept, given)
    only_new = given.changed(skills=new_skills(kept, given))
    return Offer(
        [(str(GROUP_NAMES[group]), group_lines(group, only_new, known)) for group in comparison.fills],
        [_difference(group, kept, given, known) for group in comparison.differs],
    )


def taken(kept: Answers, given: Answers, form: TakeForm) -> Answers:
    """The answers after taking over."""
    return merged(kept, given, form.replaced.data or ())


def _difference(group: str, kept: Answers, given: Answers, known: Known) -> Difference:
    if group == SKILLS:
        others = other_levels(kept, given)
        kept, given = kept.changed(skills={uid: kept.skills[uid] for uid in others}), given.changed(skills=others)
    return Difference(group, str(GROUP_NAMES[group]), group_lines(group, kept, known), group_lines(group, given, known))
