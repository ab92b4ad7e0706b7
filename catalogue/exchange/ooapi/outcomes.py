"""The learning outcomes of version 6: what providers wrote of their modules, and the skills that modules teach."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Integer, func, or_, select
from sqlalchemy.orm import Session

from catalogue.exchange.ooapi.lists import Asked, Page
from catalogue.exchange.ooapi.v6 import module_uid
from catalogue.models import Module, ModuleSkill, Skill
from catalogue.vocabulary import Status

MOST_OUTCOMES = 256
"""As many outcomes of one module can be found by their ids."""

Outcome = Skill | tuple[Module, int]
"""A skill, or what a module says at this place of its outcomes."""

_PUBLISHED = Module.status == Status.PUBLISHED
_TAUGHT = (
    select(ModuleSkill).join(Module).where(ModuleSkill.skill_id == Skill.id, ModuleSkill.role == ModuleSkill.TAUGHT, _PUBLISHED).exists()
)


def outcome(session: Session, uid: str) -> Outcome | None:
    """The outcome with this id; None when no published module has it."""
    skill = session.scalars(select(Skill).where(Skill.uid == uid, _TAUGHT)).one_or_none()
    if skill:
        return skill
    numbers = {module_uid(uid, number): number for number in range(MOST_OUTCOMES)}
    found = session.scalars(select(Module).where(Module.uid.in_(numbers), _PUBLISHED))
    return next(((module, number) for module in found if (number := numbers[module.uid]) < len(module.outcomes)), None)


def outcome_page(session: Session, asked: Asked) -> Page[Outcome]:
    """Skills by name, then what modules say, oldest module first."""
    skills = _skill_ids(session, asked)
    stated = _stated(session, asked)
    keys: list[int | tuple[int, int]] = [*skills, *stated]
    page = keys[asked.first : asked.first + asked.size]
    rows = {skill.id: skill for skill in session.scalars(select(Skill).where(Skill.id.in_([one for one in page if isinstance(one, int)])))}
    stating = {one[0] for one in page if isinstance(one, tuple)}
    modules = {module.id: module for module in session.scalars(select(Module).where(Module.id.in_(stating)))}
    found: list[Outcome] = [rows[one] if isinstance(one, int) else (modules[one[0]], one[1]) for one in page]
    return Page(found, len(skills) + len(stated))


def _skill_ids(session: Session, asked: Asked) -> Sequence[int]:
    statement = select(Skill.id).where(_TAUGHT).order_by(func.lower(Skill.label_nl), Skill.id)
    if asked.text:
        statement = statement.where(or_(*(label.icontains(asked.text, autoescape=True) for label in (Skill.label_nl, Skill.label_en))))
    return session.scalars(statement).all()


def _stated(session: Session, asked: Asked) -> list[tuple[int, int]]:
    """The id of the module and the place of each outcome. The texts themselves are read only when one is looked for."""
    online = select(Module.id).where(_PUBLISHED).order_by(Module.id)
    if not asked.text:
        counts = session.execute(online.add_columns(func.json_array_length(Module.outcomes, type_=Integer)))
        return [(module_id, number) for module_id, count in counts for number in range(count or 0)]
    wanted = asked.text.casefold()
    texts = session.execute(online.add_columns(Module.outcomes))
    return [(module_id, number) for module_id, said in texts for number, text in enumerate(said) if wanted in text.casefold()]
