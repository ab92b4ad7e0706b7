"""The figures of the front page: true, counted once, and counted anew as soon as the catalogue changes."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from catalogue.models import Edition, Module, Organisation
from catalogue.overview import CountedFigures, figures
from catalogue.publishing.editing import step
from catalogue.vocabulary import StartType, Status
from tests.accounts import parts_of
from tests.conftest import NOW


def test_figures_are_those_of_the_published_modules(seeded_app: Flask) -> None:
    with parts_of(seeded_app).database.reading() as session:
        published = session.scalars(select(Module).where(Module.status == Status.PUBLISHED)).all()
        found = figures(session)

        def having(name: str, value: object) -> int:
            return sum(any(getattr(edition, name) == value for edition in module.editions) for module in published)

        assert (found.modules, found.free, found.direct) == (
            len(published),
            having("price_cents", 0),
            having("start_type", StartType.DIRECT),
        )
        assert found.examples == sum(module.is_example for module in published)
        assert found.providers == len({module.organisation_id for module in published}) <= len(session.scalars(select(Organisation)).all())
        assert 0 < found.free < found.modules


def test_a_withdrawn_module_is_counted_no_more(own_seeded_app: Flask) -> None:
    parts, counted = parts_of(own_seeded_app), CountedFigures()
    with parts.database.reading() as session:
        before = counted.now(session)
        assert counted.now(session) is before
        free = select(Module).where(Module.id.in_(select(Edition.module_id).where(Edition.price_cents == 0)))
        key = session.scalars(free.order_by(Module.id)).first()
        assert key
        module_id = key.id
    with parts.database.writing() as session:
        step(session, session.get_one(Module, module_id), Status.WITHDRAWN, NOW)
    with parts.database.reading() as session:
        after = counted.now(session)
    assert (after.modules, after.free) == (before.modules - 1, before.free - 1)
