"""The parts of matching on arrays, each against numbers that can be checked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from catalogue.starts import Start
from catalogue.vocabulary import StartType
from matching.core import components as fit
from matching.core.arrays import DIRECT, FIXED, ROLLING, Gap, ModuleArrays, ShapeMismatch, Wishes
from matching.core.editions import first_starts
from matching.core.exclusions import Exclusion
from matching.core.gap import unclosed_skills, width
from matching.core.order import page
from matching.core.ranking import ranking
from matching.core.score import weights_for
from matching.core.weights import CHANGEABLE, MOST_EMPHASIS, TABLE, Component, EmphasisOutOfBounds, check_emphasis
from matching.taxonomy import rarity
from tests.matching_cases import TODAY, PlainEdition, PlainModule, edition_arrays, gap, module_arrays, steps_to

GAP = gap(held={0: 1, 2: 3}, goal={0: (3, 1.0), 1: (2, 0.5), 2: (3, 1.0)})


def coverage(wanted: Gap, modules: ModuleArrays) -> np.ndarray:
    return fit.gap_coverage(steps_to(wanted, modules), np.array([fit.full_steps(wanted)]))


def test_a_gap_counts_weighted_steps_from_held_to_goal() -> None:
    assert width(GAP) == 2 * 1.0 + 2 * 0.5


def test_a_module_closes_up_to_the_goal_and_surplus_earns_nothing() -> None:
    modules = module_arrays([PlainModule(1, {0: 2}), PlainModule(2, {0: 4, 1: 1}), PlainModule(3, {2: 4, 5: 4})])
    assert steps_to(GAP, modules).closed.tolist() == [1.0, 2.5, 0.0]


def test_a_step_that_is_asked_at_entry_is_not_closed_by_the_module_itself() -> None:
    modules = module_arrays([PlainModule(1, {0: 3}, required={0: 2}), PlainModule(2, {1: 2}, required={1: 2})])
    assert steps_to(GAP, modules).closed.tolist() == [1.0, 0.0]
    assert modules.taught_steps.tolist() == [1.0, 0.0]


def test_coverage_is_nothing_for_nothing_all_for_all_and_all_at_eight_steps_of_a_wide_gap() -> None:
    whole = module_arrays([PlainModule(1, {0: 3, 1: 2}), PlainModule(2, {5: 1})])
    assert coverage(GAP, whole).tolist() == [pytest.approx(1.0), 0.0]
    wide = gap({}, dict.fromkeys(range(1000), (4, 1.0)), n_skills=1000)
    several = module_arrays([PlainModule(1, {0: 4, 1: 2}), PlainModule(2, {0: 4, 1: 4}), PlainModule(3, {0: 4, 1: 4, 2: 4})], n_skills=1000)
    assert coverage(wide, several).tolist() == [0.75, 1.0, 1.0]


def test_focus_weighs_what_is_needed_against_what_is_beside_it_and_long_modules_teach_more_than_they_name() -> None:
    core = gap({}, {0: (3, 1.0), 1: (4, 0.25)})
    modules = module_arrays(
        [
            PlainModule(1, {0: 3}, hours=24),
            PlainModule(2, {0: 3, 5: 3}, hours=None),
            PlainModule(3, {1: 4, 5: 1}, hours=40),
            PlainModule(4, {1: 4, 5: 1}, hours=240),
            PlainModule(5, {}, hours=10),
        ]
    )
    assert fit.focus(steps_to(core, modules)).tolist() == pytest.approx([1.0, 0.5, 0.5, 1 / 17, 0.0])
    assert fit.on_goal(np.array([1.0, 0.3, 0.15, 0.0])).tolist() == [1.0, 1.0, 0.5, 0.0]


def test_a_long_course_for_another_trade_comes_after_a_short_one_for_just_that_skill() -> None:
    """Hand tools and safe working, of one's own goal: 240 hours of stand building, or seven hours of just that."""
    wanted = gap({}, {0: (3, 1.0), 1: (3, 0.2), 2: (3, 0.3)})
    stand = PlainModule(1, {1: 3, 2: 2, 4: 3, 5: 2}, hours=240)
    short = PlainModule(2, {2: 2}, hours=7)
    found = ranking(module_arrays([stand, short]), edition_arrays([stand, short]), wanted, Wishes(today=TODAY))
    assert found.module.tolist() == [1, 0]
    assert found.on_goal[1] < 0.5 < found.on_goal[0] == 1.0


def test_what_closes_a_little_of_a_gap_among_much_else_is_beside_the_goal() -> None:
    goal = gap({}, {0: (2, 1.0)})
    modules = [
        PlainModule(1, {0: 2}, hours=20.0),
        PlainModule(2, {0: 1, 1: 4, 2: 4}, hours=20.0),
        PlainModule(3, {0: 1}, hours=240.0),
        PlainModule(4, {1: 4, 2: 4}, hours=20.0),
    ]
    assert fit.beside_goal(goal, module_arrays(modules)).tolist() == [1, 2]
    assert fit.beside_goal(gap({}, {}), module_arrays(modules)).tolist() == []


def test_without_a_gap_nothing_is_covered() -> None:
    assert coverage(gap({0: 3}, {0: (3, 1.0)}), module_arrays([PlainModule(1, {0: 4})])).tolist() == [0.0]


def test_net_hours_leave_out_the_share_that_is_known() -> None:
    modules = module_arrays([PlainModule(1, {0: 2, 1: 2}, hours=80), PlainModule(2, {0: 1}, hours=None), PlainModule(3, {}, hours=10)])
    hours = fit.net_hours(steps_to(GAP, modules))
    assert hours[0] == 60
    assert np.isnan(hours[1])
    assert hours[2] == 10


def test_skills_that_nobody_teaches_are_named() -> None:
    modules = module_arrays([PlainModule(1, {0: 1, 1: 1})])
    assert unclosed_skills(GAP, modules).tolist() == [0]


def test_level_fit_falls_outside_the_range_and_says_half_where_there_is_no_level() -> None:
    fits = fit.level_fit(np.array([3, 4, 5, 7, 8, np.nan]), np.array([2.0]), np.array([4.0]))
    assert fits.tolist() == pytest.approx([1, 1, 2 / 3, 0, 0, 0.5])


def test_arrays_of_different_skills_are_refused_with_both_lengths() -> None:
    with pytest.raises(ShapeMismatch) as refused:
        ranking(module_arrays([PlainModule(1, {0: 1})]), edition_arrays([PlainModule(1, {0: 1})]), gap({}, {}, n_skills=3), Wishes(TODAY))
    assert (refused.value.expected, refused.value.found) == (6, 3)
    assert "6" in str(refused.value)


def test_the_weights_sum_to_one_and_coverage_has_half() -> None:
    assert sum(weight.share for weight in TABLE.values()) == pytest.approx(1)
    assert TABLE[Component.GAP_COVERAGE].share == 0.5
    assert list(TABLE) == list(Component)
    shares = [weight.share for weight in TABLE.values()]
    assert shares == sorted(shares, reverse=True)
    assert all(weight.argument.endswith(".") for weight in TABLE.values())


def test_components_without_information_leave_their_weight_to_the_others() -> None:
    weights = weights_for([Component.GAP_COVERAGE, Component.ENTRY_READINESS])
    assert weights == {Component.GAP_COVERAGE: pytest.approx(0.5 / 0.64), Component.ENTRY_READINESS: pytest.approx(0.14 / 0.64)}


def test_what_is_a_matter_of_taste_may_count_up_to_three_times_and_the_rest_may_not_change() -> None:
    usual = weights_for(Component)
    weighed = weights_for(Component, {Component.PRICE_FIT: 3.0, Component.START_FIT: 0.0})
    assert sum(weighed.values()) == pytest.approx(1)
    assert weighed[Component.START_FIT] == 0
    assert weighed[Component.PRICE_FIT] / weighed[Component.FOCUS] == pytest.approx(3 * usual[Component.PRICE_FIT] / usual[Component.FOCUS])
    most = weights_for(Component, dict.fromkeys(CHANGEABLE, MOST_EMPHASIS))
    assert max(most, key=lambda component: most[component]) == Component.GAP_COVERAGE
    for component, factor in ((Component.GAP_COVERAGE, 1.0), (Component.PRICE_FIT, 3.1), (Component.PRICE_FIT, -0.1)):
        with pytest.raises(EmphasisOutOfBounds) as refused:
            check_emphasis({component: factor})
        assert (refused.value.component, refused.value.factor) == (component, factor)


def test_lessons_in_the_own_language_and_a_known_proof_win_a_near_tie() -> None:
    modules = [PlainModule(1, {0: 3}, language=1), PlainModule(2, {0: 3}, language=0), PlainModule(3, {0: 3}, credential=1.0)]
    found = ranking(module_arrays(modules), edition_arrays(modules), GAP, Wishes(today=TODAY, own_language=1))
    assert found.module.tolist() == [0, 2, 1]
    assert found.values[Component.LANGUAGE_FIT].tolist() == [1.0, 0.0, 0.0]
    much = Wishes(today=TODAY, own_language=1, emphasis={Component.CREDENTIAL_FIT: 3.0, Component.LANGUAGE_FIT: 0.0})
    assert ranking(module_arrays(modules), edition_arrays(modules), GAP, much).module.tolist()[0] == 2


def test_ties_go_by_each_tie_break_in_turn_unknown_last_then_by_key() -> None:
    scores = np.array([0.5, 0.5, 0.5, 0.5, 0.9])
    price = np.array([np.nan, 100.0, 20.0, 20.0, 500.0])
    order = page(scores, (price,), np.array([1, 2, 9, 4, 5]), np.arange(5), limit=10)
    assert order.tolist() == [4, 3, 2, 1, 0]


def test_copies_of_a_course_wait_until_every_course_has_been_shown() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.6, 0.1])
    courses = np.array([7, 7, 7, 3, 4])
    assert page(scores, (), np.arange(5), courses, limit=2).tolist() == [0, 3]
    assert page(scores, (), np.arange(5), courses, limit=5).tolist() == [0, 3, 4, 1, 2]


def test_a_page_deep_in_many_ties_is_complete() -> None:
    n = 500
    order = page(np.full(n, 0.5), (), np.arange(n)[::-1].copy(), np.arange(n), limit=20, offset=40)
    assert order.tolist() == list(range(n - 41, n - 61, -1))


@pytest.mark.parametrize(
    "start",
    [
        Start(StartType.FIXED, on=date(2027, 2, 8)),
        Start(StartType.FIXED, on=date(2026, 11, 22)),
        Start(StartType.DIRECT),
        Start(StartType.AGREED),
        Start(StartType.WHEN_ENROLLED, when_enrolled=8),
        *(Start(StartType.ROLLING, on=date(2026, 11, 1) + timedelta(days=shift), every_weeks=3) for shift in range(-30, 60, 7)),
        Start(StartType.ROLLING, every_weeks=4),
    ],
    ids=str,
)
@pytest.mark.parametrize("earliest", [date(2026, 11, 23), date(2027, 1, 4)], ids=str)
def test_starts_are_those_of_the_catalogue(start: Start, earliest: date) -> None:
    edition = PlainEdition(
        start_type=list(StartType).index(start.type), start_on=start.on.toordinal() if start.on else 0, every_weeks=start.every_weeks or 0
    )
    found = first_starts(edition_arrays([PlainModule(1, {}, editions=[edition])]), np.array([0]), earliest.toordinal())[0]
    expected = start.next_start(earliest)
    assert np.isnan(found) if expected is None else found == expected.toordinal()


def test_wishes_hold_for_one_and_the_same_edition() -> None:
    cheap_and_far = PlainEdition(price_eur=100, place=2)
    dear_and_near = PlainEdition(price_eur=900, place=0)
    wish = Wishes(today=TODAY, budget_eur=300, near=(51.69, 5.30), max_km=20)
    modules = [PlainModule(1, {0: 3}, editions=[cheap_and_far, dear_and_near])]
    found = ranking(module_arrays(modules), edition_arrays(modules), GAP, wish)
    assert found.total == 0
    assert found.excluded == {Exclusion.BUDGET: 1}


def test_the_edition_that_fits_best_is_chosen() -> None:
    late, soon, past = (PlainEdition(FIXED, TODAY + days, weeks=4.0) for days in (150, 30, -5))
    modules = [PlainModule(1, {0: 3}, editions=[late, past, soon])]
    found = ranking(module_arrays(modules), edition_arrays(modules), GAP, Wishes(today=TODAY))
    assert found.offer.edition.tolist() == [2]
    assert found.offer.start.tolist() == [TODAY + 30]


def test_what_a_provider_does_not_state_removes_nothing_and_counts_halfway() -> None:
    modules = [PlainModule(1, {0: 3}, hours=None, editions=[PlainEdition(ROLLING, 0, 4, place=-1, format=-1, moment=-1)])]
    wish = Wishes(
        TODAY,
        budget_eur=10,
        hours_per_week=1,
        near=(51, 5),
        max_km=1,
        formats=frozenset({1}),
        moments=frozenset({1}),
        start_after=TODAY,
        finish_by=TODAY + 1,
    )
    found = ranking(module_arrays(modules), edition_arrays(modules), GAP, wish)
    assert found.total == 1
    assert {found.values[name][0] for name in (Component.PRICE_FIT, Component.HOURS_FIT, Component.DISTANCE_FIT)} == {0.5}


@pytest.mark.parametrize(("hours_per_week", "days"), [(None, 42), (80, 42), (8, 88)])
def test_an_end_counts_whole_days_at_the_pace_of_the_timetable_or_the_learner(hours_per_week: float | None, days: int) -> None:
    """100 hours at 8 a week take 12.5 weeks: 87.5 days, so the 88th day is the last."""
    modules = [PlainModule(1, {0: 3}, hours=100, editions=[PlainEdition(DIRECT, weeks=6.0)])]

    def total(last: int) -> int:
        wish = Wishes(TODAY, hours_per_week=hours_per_week, finish_by=last)
        return ranking(module_arrays(modules), edition_arrays(modules), GAP, wish).total

    assert total(TODAY + days) == 1
    assert total(TODAY + days - 1) == 0


def test_a_group_keeps_to_its_timetable_whatever_hours_the_learner_has() -> None:
    """160 hours in five weeks ask 32 a week of everybody; only who begins on a day of one's own can take 20 weeks."""
    kinds = [PlainEdition(FIXED, TODAY + 10, weeks=5.0), PlainEdition(DIRECT, weeks=5.0), PlainEdition(FIXED, TODAY + 10)]
    modules = [PlainModule(key, {0: 3}, hours=160, editions=[kind]) for key, kind in enumerate(kinds)]
    found = ranking(module_arrays(modules), edition_arrays(modules), GAP, Wishes(TODAY, hours_per_week=8))
    by_module = np.argsort(found.module)
    assert found.offer.asked_hours_per_week[by_module][:2].tolist() == [32.0, 8.0]
    assert np.isnan(found.offer.asked_hours_per_week[by_module][2])
    assert found.offer.weeks[by_module].tolist() == [5.0, 20.0, 20.0]
    assert found.offer.is_own_pace[by_module].tolist() == [False, True, True]
    assert found.values[Component.HOURS_FIT][by_module].tolist() == [0.25, 1.0, 0.5]


def test_an_empty_catalogue_gives_an_empty_ranking() -> None:
    found = ranking(module_arrays([]), edition_arrays([]), GAP, Wishes(today=TODAY))
    assert (found.total, found.module.tolist(), found.excluded) == (0, [], {})


def test_rarity_is_one_for_one_occupation_and_falls_with_more() -> None:
    values = rarity(np.array([0, 1, 10, 171]), 171)
    assert values[:2].tolist() == [1.0, 1.0]
    assert 1 > values[2] > values[3] > 0
    assert rarity(np.array([1]), 0).tolist() == [1.0]
