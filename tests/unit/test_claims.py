"""What is missing in a claim, and what part of a module somebody has already."""

from __future__ import annotations

from datetime import date

import pytest

from matching.exemptions import exemption
from web.advisor.guidance_model import Claim, Evidence, Proof
from web.advisor.together.claims import CRITERION_OF, FRESH_YEARS, SHOWN_ALONE, Lack, lacks

TODAY = date(2026, 11, 23)
WHOLE = {"proof": Proof.WORK, "year": 2025, "text": "Een brief"}


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({}, ()),
        ({"text": "  \n"}, (Lack.NO_TEXT,)),
        ({"year": None}, (Lack.NO_YEAR,)),
        ({"year": TODAY.year - FRESH_YEARS}, ()),
        ({"year": TODAY.year - FRESH_YEARS - 1}, (Lack.OLD,)),
        ({"level": 2, "proof": Proof.COURSE}, ()),
        ({"level": 3, "proof": Proof.COURSE}, (Lack.BEYOND,)),
        ({"level": 4}, ()),
        ({"level": 4, "proof": Proof.DIPLOMA, "year": None, "text": ""}, (Lack.BEYOND, Lack.NO_YEAR, Lack.NO_TEXT)),
    ],
)
def test_what_is_missing(changed: dict[str, object], missing: tuple[Lack, ...]) -> None:
    claim = Claim(skill="een", level=changed.pop("level", 2), evidence=[Evidence(**(WHOLE | changed))])
    assert lacks(claim, TODAY) == missing
    assert set(lacks(claim, TODAY, is_taught=False)) == {*missing, Lack.NOT_TAUGHT}


@pytest.mark.parametrize(
    ("second", "missing"),
    [
        ({"proof": Proof.WORK, "year": 2026, "text": "Een brief"}, ()),
        ({"proof": Proof.REFERENCE, "year": None, "text": "De oude baas"}, (Lack.OLD,)),
        ({"proof": Proof.COURSE, "year": 2025, "text": "Nog een cursus"}, (Lack.BEYOND,)),
        ({"proof": Proof.DIPLOMA, "year": 2025, "text": ""}, (Lack.NO_TEXT,)),
    ],
)
def test_all_evidence_counts_together(second: dict[str, object], missing: tuple[Lack, ...]) -> None:
    first = Evidence(proof=Proof.COURSE, year=2011, text="Een cursus")
    claim = Claim(skill="een", level=4, evidence=[first])
    assert lacks(claim, TODAY) == (Lack.BEYOND, Lack.OLD)
    claim.evidence.append(Evidence(**second))
    assert lacks(claim, TODAY) == missing


def test_every_kind_and_every_lack_is_placed() -> None:
    assert set(SHOWN_ALONE) == set(Proof)
    assert set(CRITERION_OF) == set(Lack)


@pytest.mark.parametrize(
    ("asked", "held", "taught", "part"),
    [(0, 0, 3, None), (0, 2, 3, (0, 2, False)), (1, 3, 3, (1, 3, True)), (2, 2, 4, None), (0, 4, 2, (0, 2, True)), (1, 0, 2, None)],
)
def test_what_part_of_a_module_is_there(asked: int, held: int, taught: int, part: tuple[int, int, bool] | None) -> None:
    found = exemption(7, asked, held, taught)
    assert (found and (found.from_level, found.to_level, found.is_whole)) == part
