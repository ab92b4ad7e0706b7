"""Scenarios over the seed catalogue: each says what a match with those wishes says, and suggestions bring what they promise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from catalogue.points import Point
from matching.advice.scenarios import NAMED_AMONG, compare
from matching.advice.suggestions import CLEARLY_MORE, suggested, widenings
from matching.core.exclusions import Exclusion
from matching.core.path.field import Objective
from matching.profiles.profile import Constraints, LearnerProfile
from matching.service import Matcher
from tests.fitter import TODAY, WISHES, fitter


@pytest.fixture
def learner(seeded_app: Flask) -> LearnerProfile:
    return fitter(seeded_app, WISHES)


def changed(**values: object) -> Constraints:
    return replace(WISHES, **values)  # type: ignore[arg-type]


SCENARIOS = (
    changed(budget_eur=2000.0),
    changed(max_km=None, formats=frozenset()),
    changed(near=Point(53.2, 5.8)),
    Constraints(),
    changed(budget_eur=0.0, max_km=1.0),
)


@pytest.mark.parametrize("wishes", [Constraints(), WISHES, replace(WISHES, moments=frozenset(), levels=frozenset(), formats=frozenset())])
def test_each_scenario_says_what_a_match_with_those_wishes_says(matcher: Matcher, learner: LearnerProfile, wishes: Constraints) -> None:
    wishes, *scenarios = (replace(one, hours_per_week=None) for one in (wishes, *SCENARIOS))
    learner = replace(learner, constraints=wishes)
    found = compare(matcher, learner, scenarios, TODAY, limit=4)
    now = matcher.match(learner, TODAY, limit=1000)
    fits_now = {match.module_id for match in now.matches}
    assert found.gap_skills == len(now.gap)
    for one, asked in zip((found.base, *found.outcomes), (wishes, *scenarios), strict=True):
        alone = matcher.match(replace(learner, constraints=asked), TODAY, limit=1000)
        fitting = {match.module_id for match in alone.matches}
        assert one.matches == alone.matches[:4]
        assert (one.total, one.excluded) == (alone.total, alone.excluded)
        assert (one.entering.total, one.leaving.total) == (len(fitting - fits_now), len(fits_now - fitting))
        for moves, result, others in ((one.entering, alone, fits_now), (one.leaving, now, fitting)):
            best = [match.module_id for match in result.matches[:NAMED_AMONG] if match.module_id not in others]
            assert [miss.module_id for miss in moves.modules] == best[:4]
        assert all(miss.wishes for moves in (one.entering, one.leaving) for miss in moves.modules)
        learned, learned_now = ({line.skill_id for line in result.gap if line.modules} for result in (alone, now))
        assert (set(one.opened), set(one.closed), one.closable) == (learned - learned_now, learned_now - learned, len(learned))
        assert found.named_modules() >= {match.module_id for match in one.matches}
    assert any(one.entering.total for one in found.outcomes) or wishes == Constraints()


def test_what_asks_too_many_hours_does_not_fit_and_more_hours_bring_it_in(matcher: Matcher, learner: LearnerProfile) -> None:
    few, free = Constraints(hours_per_week=4.0), Constraints()
    learner = replace(learner, constraints=few)
    found = compare(matcher, learner, [free], TODAY)
    [outcome] = found.outcomes
    assert outcome.entering.because.keys() == {Exclusion.HOURS_PER_WEEK}
    assert found.base.excluded[Exclusion.HOURS_PER_WEEK] == outcome.entering.total == outcome.total - found.base.total > 0
    assert outcome.total == matcher.match(learner, TODAY, 1).total, "in the list of matches the hours are no limit"
    for wishes, one in ((few, found.base), (free, outcome)):
        path = matcher.planner(replace(learner, constraints=wishes), TODAY, None).path(Objective.COST, 1.0)
        assert 0 < path.coverage <= one.joint_share + 1e-9
    [more] = suggested(matcher, learner, TODAY)
    assert more.constraints == Constraints(hours_per_week=8.0)
    assert more.gain.joint > 0


def test_a_suggestion_brings_what_it_promises_and_each_wish_is_suggested_once(matcher: Matcher, learner: LearnerProfile) -> None:
    wide = replace(
        learner,
        known_languages=frozenset({"nl", "en"}),
        constraints=changed(levels=frozenset(), formats=frozenset({"on-site", "blended"}), start_after=None),
    )
    found = suggested(matcher, wide, TODAY, limit=20)
    assert found == suggested(matcher, wide, TODAY, limit=20)
    merits = [(round(one.gain.joint + one.gain.best, 9), one.gain.modules) for one in found]
    assert merits == sorted(merits, reverse=True)
    compared = compare(matcher, wide, [one.constraints for one in found], TODAY)
    for one, outcome in zip(found, compared.outcomes, strict=True):
        assert outcome.entering.total == one.gain.modules > 0
        assert outcome.joint_share - compared.base.joint_share == pytest.approx(one.gain.joint, abs=1e-9)
        assert outcome.best_share - compared.base.best_share == pytest.approx(one.gain.best, abs=1e-9)
        assert not outcome.leaving.total
    alone, together = ([one for one in found if (len(one.wishes) > 1) is many] for many in (False, True))
    assert alone
    assert together
    for some in (alone, together):
        names = [name for one in some for name in one.wishes]
        assert len(set(names)) == len(names)
    best: dict[str, tuple[float, int]] = {}
    for name, option in widenings(wide.constraints, TODAY, wide.known_languages):
        [outcome] = compare(matcher, wide, [option], TODAY).outcomes
        share = outcome.joint_share - compared.base.joint_share + outcome.best_share - compared.base.best_share
        best[name] = max(best.get(name, (0.0, 0)), (round(share, 9), outcome.entering.total))
    assert {one.wishes: merit for one, merit in zip(found, merits, strict=True) if one in alone} == {
        (name,): merit for name, merit in best.items() if merit[1]
    }
    for one in together:
        share = round(one.gain.joint + one.gain.best, 9)
        assert share > CLEARLY_MORE * max((best[name][0] for name in one.wishes), default=0.0)


def test_every_wish_can_be_widened_and_no_wish_cannot(learner: LearnerProfile) -> None:
    assert not list(widenings(Constraints(), TODAY, ("nl", "en")))
    names = [name for name, _ in widenings(WISHES, TODAY, ("nl", "en"))]
    assert set(names) == {
        *("budget_eur", "max_km", "moments", "formats", "languages", "levels", "start_after", "finish_by", "hours_per_week")
    }
    for name, option in widenings(WISHES, TODAY, ("nl", "en")):
        assert option != learner.constraints
        assert replace(option, **{name: getattr(learner.constraints, name)}) == learner.constraints


def test_only_languages_that_somebody_knows_are_proposed(matcher: Matcher, learner: LearnerProfile) -> None:
    learner = replace(learner, constraints=Constraints(languages=frozenset({"nl"})))
    assert suggested(matcher, learner, TODAY) == ()
    assert all(one.wish is not Exclusion.LANGUAGE for one in matcher.what_if(learner, TODAY))
    [one] = suggested(matcher, replace(learner, known_languages=frozenset({"nl", "en"})), TODAY)
    assert one.constraints.languages == {"nl", "en"}
