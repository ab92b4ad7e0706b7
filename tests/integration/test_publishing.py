"""Writing a module and moving it through publishing, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from catalogue.database import Database
from catalogue.models import IndexChange
from catalogue.organisations import organisation_by_slug
from catalogue.publishing.editing import step
from catalogue.publishing.slugs import ModuleSlugs
from catalogue.publishing.status import STEPS, StepNotAllowed, take_step
from catalogue.publishing.write import save_module
from catalogue.vocabulary import Status
from tests.conftest import NOW


def test_equal_titles_get_addresses_of_their_own(school: Database) -> None:
    with school.writing() as session:
        organisation = organisation_by_slug(session, "school")
        slugs = [
            save_module(session, organisation, {"external_id": f"{number}", "title": "Café: bouwen!"}, NOW).module.slug
            for number in range(14)
        ]
    assert slugs[:3] == ["cafe-bouwen", "cafe-bouwen-school", "cafe-bouwen-school-2"]
    assert len(set(slugs)) == 14
    with school.reading() as session:
        assert ModuleSlugs(session).new("???", "school", "0" * 36) == "module"


def test_only_the_steps_of_the_table_can_be_taken(school: Database) -> None:
    with school.writing() as session:
        organisation = organisation_by_slug(session, "school")
        row = save_module(session, organisation, {"external_id": "1", "title": "Lassen"}, NOW).module
        for current in Status:
            for wanted in Status:
                row.status = current
                if wanted is current:
                    assert not take_step(row, wanted, NOW)
                elif wanted in STEPS[current]:
                    assert take_step(row, wanted, NOW)
                else:
                    with pytest.raises(StepNotAllowed):
                        take_step(row, wanted, NOW)
        row.status = Status.PUBLISHED
        later = NOW + timedelta(days=1)
        changes = session.scalar(select(func.count()).select_from(IndexChange)) or 0
        step(session, row, Status.WITHDRAWN, later)
        assert (row.status, row.updated_at) == (Status.WITHDRAWN, later)
        assert session.scalar(select(func.count()).select_from(IndexChange)) == changes + 1
