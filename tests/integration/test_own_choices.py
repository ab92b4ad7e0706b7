"""What a person pins or rejects, over the seed catalogue: the matcher keeps to it in every answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from catalogue.models import Module, Occupation
from catalogue.moments import JOINT
from catalogue.points import Point
from catalogue.vocabulary import Status
from matching import planning
from matching.advice.scenarios import compare
from matching.core.exclusions import Exclusion
from matching.core.path.field import Objective
from matching.core.path.pins import Obstacle
from matching.module_reach import Way
from matching.path_results import LeftOut
from matching.profiles.profile import Constraints, Goal, LearnerProfile, SkillLevel
from matching.replacing import replacements
from matching.service import Matcher
from tests.fitter import TODAY, WISHES, fitter


@pytest.fixture
def learner(seeded_app: Flask) -> LearnerProfile:
    return fitter(seeded_app, Constraints())


def test_what_is_rejected_is_in_no_answer(matcher: Matcher, learner: LearnerProfile) -> None:
    before = matcher.match(learner, TODAY, limit=1000)
    best = before.matches[0]
    bridge = next(one.bridge_module_id for match in before.matches for one in match.missing_at_entry if one.bridge_module_id)
    opening = matcher.explore(learner, TODAY).openings[0].module_id
    step = matcher.planner(learner, TODAY, None).path(Objective.COST, 0.5).modules[0].module_id
    rejected = frozenset({best.module_id, bridge, opening, step})
    choosy = replace(learner, rejected=rejected)

    found = matcher.match(choosy, TODAY, limit=1000)
    ranked = [match.module_id for match in before.matches]
    assert [match.module_id for match in found.matches] == [key for key in ranked if key not in rejected]
    assert found.excluded[Exclusion.REJECTED] == len(rejected.intersection(ranked)) == before.total - found.total
    assert not found.named_modules() & rejected
    closed = {step.skill_id for step in best.closes}
    supply, less = ({line.skill_id: line.modules for line in result.gap} for result in (before, found))
    assert all(less[skill] < supply[skill] for skill in closed)
    assert [(line.skill_id, line.held, line.goal) for line in found.gap] == [(line.skill_id, line.held, line.goal) for line in before.gap]

    assert rejected & matcher.explore(learner, TODAY).named_modules()
    assert not rejected & matcher.explore(choosy, TODAY).named_modules()
    comparison = compare(matcher, choosy, [Constraints()], TODAY, limit=1000)
    assert not rejected & comparison.named_modules()
    for path in matcher.planner(choosy, TODAY, None).alternatives(Objective.COST, 0.5).paths.values():
        assert path.modules
        assert not rejected & path.named_modules()
    assert not matcher.matches_of(choosy, TODAY, rejected)
    assert [one.module_id for one in matcher.rank_many([learner, choosy], TODAY, 5)[1]] == [one.module_id for one in found.matches[:5]]


def test_no_change_of_a_wish_brings_back_what_is_rejected(matcher: Matcher, learner: LearnerProfile) -> None:
    poor = replace(learner, constraints=Constraints(budget_eur=300.0))
    named = [one.module_id for one in matcher.what_if(poor, TODAY)]
    assert named
    choosy = replace(poor, rejected=frozenset(named))
    assert not {one.module_id for one in matcher.what_if(choosy, TODAY)} & set(named)
    assert matcher.what_if_of(poor, TODAY, named[0])
    assert matcher.what_if_of(choosy, TODAY, named[0]) is None


def test_rejecting_what_does_not_exist_changes_nothing(matcher: Matcher, learner: LearnerProfile) -> None:
    assert matcher.match(replace(learner, rejected=frozenset({10**9})), TODAY) == matcher.match(learner, TODAY)


def test_every_path_holds_what_is_pinned_and_says_what_it_cannot_hold(matcher: Matcher, learner: LearnerProfile) -> None:
    wish = Constraints(near=Point(51.69, 5.30), budget_eur=3000.0, languages=frozenset({"nl"}))
    learner = replace(learner, constraints=wish)
    before = matcher.planner(learner, TODAY, 3000.0).alternatives(Objective.COST, 0.6).paths
    there = {module.module_id for path in before.values() for module in path.modules}
    beside = next(match.module_id for match in matcher.match(learner, TODAY, limit=50).matches if match.module_id not in there)
    useless = replace(learner, goal=Goal(skills=(SkillLevel(matcher.match(learner, TODAY).matches[0].closes[0].skill_id, 4),)))
    gone, rejected = 10**9, before[Objective.COST].modules[0].module_id
    choosy = replace(learner, pinned=frozenset({beside, gone, rejected}), rejected=frozenset({rejected}))

    assert matcher.match(replace(learner, pinned=frozenset({beside})), TODAY) == matcher.match(learner, TODAY)
    for aim, path in matcher.planner(choosy, TODAY, 3000.0).alternatives(Objective.COST, 0.6).paths.items():
        keys = {module.module_id for module in path.modules}
        assert beside in keys
        assert rejected not in keys
        assert path.left_out == (LeftOut(gone, Obstacle.NOT_ONLINE), LeftOut(rejected, Obstacle.REJECTED))
        assert path.is_reached
        assert path.coverage >= 0.6
        if aim is Objective.COST and path.proven_optimal and before[aim].proven_optimal:
            assert path.price_eur >= before[aim].price_eur
    useless_too = matcher.planner(replace(useless, pinned=frozenset({beside})), TODAY, None).path(Objective.COST)
    assert beside in {module.module_id for module in useless_too.modules}


@pytest.mark.parametrize(("now", "goal", "budget_eur"), [("cv-monteur", "warmtepompinstallateur", 700.0), ("CNC-verspaner", "", 1500.0)])
def test_a_path_that_is_pinned_whole_ends_no_later_and_costs_no_more(
    seeded_app: Flask, matcher: Matcher, now: str, goal: str, budget_eur: float
) -> None:
    with seeded_app.extensions["leerwijzer"].database.reading() as session:
        keys = {one.label_nl: one.id for one in session.scalars(select(Occupation))}
    wish = Constraints(near=Point(51.69, 5.30), budget_eur=budget_eur, languages=frozenset({"nl"}))
    wanted = Goal(occupation_id=keys[goal]) if goal else Goal(text="iets met batterijen")
    learner = LearnerProfile(wanted, keys[now], constraints=wish)
    n_proven = 0
    for aim, path in matcher.planner(learner, TODAY, None).alternatives(Objective.COST, 0.6).paths.items():
        assert path.finish
        pinned = replace(learner, pinned=frozenset(module.module_id for module in path.modules))
        again = matcher.planner(pinned, TODAY, None).alternatives(aim, 0.6).paths[aim]
        if path.proven_optimal and again.proven_optimal:
            assert again.finish
            assert again.finish <= path.finish
            assert again.price_eur <= path.price_eur + 0.005
            n_proven += 1
    assert n_proven


def test_the_path_is_as_ever_where_nothing_is_pinned(matcher: Matcher, learner: LearnerProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "SECONDS", 60.0)  # a busy machine stops both searches elsewhere
    path = matcher.planner(learner, TODAY, None).path(Objective.COST, 0.5)
    assert path.proven_optimal
    assert path.left_out == ()
    again = matcher.planner(replace(learner, pinned=frozenset({10**9})), TODAY, None).path(Objective.COST, 0.5)
    assert replace(again, left_out=()) == path


def test_a_step_can_be_replaced(matcher: Matcher, learner: LearnerProfile) -> None:
    shown = matcher.planner(learner, TODAY, None).path(Objective.COST, 0.6)
    step = max(shown.modules, key=lambda module: len(module.closes))
    found = replacements(matcher.planner(learner, TODAY, None), shown, step.module_id)
    assert 1 <= len(found) <= 3
    for one in found:
        assert step.module_id not in {module.module_id for module in one.path.modules}
        assert one.instead or one.more_coverage <= 0
        assert (one.path.objective, one.path.wanted) == (Objective.COST, 0.6)
    assert len({one.instead for one in found}) == len(found)
    pinned = replace(learner, pinned=frozenset({step.module_id}), rejected=frozenset(found[0].instead))
    again = replacements(matcher.planner(pinned, TODAY, None), shown, step.module_id, limit=1)
    assert not set(again[0].instead) & pinned.rejected
    assert again[0].path.left_out == ()


def granted(wish: Constraints, way: Way) -> Constraints:
    """The wishes as they would be if those of a way gave way."""
    for change in way.changes:
        accepted = frozenset({change.code} if change.code else ())
        match change.wish:
            case Exclusion.BUDGET:
                wish = replace(wish, budget_eur=change.price_eur)
            case Exclusion.DISTANCE:
                wish = replace(wish, max_km=change.distance_km)
            case Exclusion.START_AFTER:
                wish = replace(wish, start_after=change.day)
            case Exclusion.FINISH_BY:
                wish = replace(wish, finish_by=change.day)
            case Exclusion.LANGUAGE:
                wish = replace(wish, languages=wish.languages | accepted)
            case Exclusion.FORMAT:
                wish = replace(wish, formats=wish.formats | accepted)
            case Exclusion.LEVEL:
                wish = replace(wish, levels=wish.levels | accepted)
            case Exclusion.MOMENT:
                wish = replace(wish, moments=wish.moments.union(*(code.split(JOINT) for code in accepted)))
    return wish


def test_the_way_to_any_module_is_whole(seeded_app: Flask, matcher: Matcher, learner: LearnerProfile) -> None:
    """Every wish that has to give way is named, and no other: with those granted the module is among the matches, if it helps at all."""
    with seeded_app.extensions["leerwijzer"].database.reading() as session:
        online = session.scalars(select(Module.id).where(Module.status == Status.PUBLISHED).order_by(Module.id)).all()
    learner = replace(learner, constraints=WISHES)
    usual = {match.module_id: match for match in matcher.match(replace(learner, constraints=Constraints()), TODAY, limit=1000).matches}
    within = {match.module_id for match in matcher.match(learner, TODAY, limit=1000).matches}
    n_ways = n_useless = n_prepared = 0
    for key in online[::7]:
        found = matcher.reach_of(learner, TODAY, key)
        assert found is not None
        assert (key in within) == (found.has_open_run and not found.ways and bool(found.closes))
        n_useless += not found.closes
        n_prepared += found.preparation is not None
        assert (found.preparation is None) == (not found.missing_at_entry)
        if found.closes and found.has_open_run:
            told = usual[key]
            assert found.closes == told.closes
            assert [(gap.skill_id, gap.asked) for gap in found.missing_at_entry] == [
                (gap.skill_id, gap.asked) for gap in told.missing_at_entry
            ]
        for way in found.ways[:2]:
            wider = replace(learner, constraints=granted(WISHES, way))
            assert bool(matcher.matches_of(wider, TODAY, [key])) == bool(found.closes)
            # Who begins earlier also ends earlier; then another edition may do.
            for change in way.changes if Exclusion.START_AFTER not in {one.wish for one in way.changes} else ():
                less = Way(way.edition_id, tuple(one for one in way.changes if one is not change))
                still = matcher.reach_of(replace(learner, constraints=granted(WISHES, less)), TODAY, key)
                assert still is not None
                assert still.ways
            n_ways += 1
    assert n_ways > 40
    assert n_useless > 5
    assert n_prepared > 5
    assert matcher.reach_of(learner, TODAY, 10**9) is None


def test_what_is_missing_at_entry_is_brought_by_bridges_and_by_a_path(matcher: Matcher, learner: LearnerProfile) -> None:
    blocked = [match for match in matcher.match(learner, TODAY, limit=200).matches if match.missing_at_entry]
    n_bridges = 0
    for match in blocked[:12]:
        found = matcher.reach_of(replace(learner, rejected=frozenset({match.module_id})), TODAY, match.module_id)
        assert found is not None
        assert found.missing_at_entry
        assert found.has_open_run
        assert not found.ways
        for gap, told in zip(found.missing_at_entry, match.missing_at_entry, strict=True):
            assert (gap.skill_id, gap.held, gap.asked) == (told.skill_id, told.held, told.asked)
            assert gap.bridge_ids[:1] == ((told.bridge_module_id,) if told.bridge_module_id else ())
            assert len(set(gap.bridge_ids)) == len(gap.bridge_ids) <= 3
            n_bridges += len(gap.bridge_ids)
        assert found.preparation is not None
        assert match.module_id not in {module.module_id for module in found.preparation.modules}
        asked = {gap.skill_id for gap in found.missing_at_entry}
        closed = {step.skill_id for module in found.preparation.modules for step in module.closes}
        assert closed <= asked
        assert found.preparation.is_reached == (closed == asked) or found.preparation.coverage < 1
        assert set(found.preparation.unreachable) <= asked - closed
    assert len(blocked) > 3
    assert n_bridges > 3
