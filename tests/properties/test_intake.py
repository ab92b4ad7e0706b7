"""Whatever is told in a talk: it is kept as it was, and answers brought together lose nothing unasked."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from web.advisor.intake.answer_codes import BARRIERS, DIGITAL, DUTCH, ROUTES
from web.advisor.intake.merge import GOAL, GROUPS, SKILLS, compared, merged, part
from web.advisor.intake.steps import State, Step, after, answered, first_open, skipped, state_of, steps_of
from web.advisor.intake.talk import MOST_WORK, Talk, Work
from web.advisor.intake.work import confirmed, last_occupation, with_work, work_of
from web.learner.answers import MAX_SKILLS, Answers

checked = settings(max_examples=200, deadline=None, database=None)
texts = st.text(max_size=12)
some = st.sampled_from([f"uid-{number}" for number in range(6)])
levels = st.dictionaries(some, st.integers(0, 4), max_size=6)
jobs = st.builds(Work, occupation=st.one_of(st.just(""), some), name=texts, years=texts)
routes = st.sampled_from(["", "gone", *ROUTES])
steps = st.lists(st.sampled_from(list(Step)), unique=True).map(lambda chosen: tuple(one.value for one in chosen))
talks = st.builds(
    Talk,
    route=routes,
    work=st.lists(jobs, max_size=4).map(tuple),
    energy=texts,
    drains=texts,
    dutch=st.sampled_from(["", *DUTCH]),
    digital=st.sampled_from(["", *DIGITAL]),
    barriers=st.lists(st.sampled_from(list(BARRIERS)), unique=True).map(tuple),
    barriers_text=texts,
    done=steps,
    skipped=steps,
)
answer_sets = st.builds(
    Answers,
    occupation=st.one_of(st.just(""), some),
    skills=levels,
    goal_kind=st.sampled_from(["", "occupation", "skills", "theme", "text"]),
    goal_occupation=st.one_of(st.just(""), some),
    goal_skills=levels,
    goal_text=texts,
    budget_eur=st.one_of(st.none(), st.floats(0, 1000)),
    near=st.sampled_from(["", "Breda", "4811"]),
    max_km=st.one_of(st.none(), st.integers(1, 50)),
    languages=st.sampled_from([(), ("nl",), ("nl", "en")]),
    formats=st.sampled_from([(), ("online",)]),
    start_after=st.one_of(st.none(), st.just(date(2027, 2, 1))),
)
replacing = st.sets(st.sampled_from(list(GROUPS)))


@checked
@given(talk=talks)
def test_a_talk_comes_back_as_it_was(talk: Talk) -> None:
    assert Talk.of(json.loads(json.dumps(talk.stored()))) == talk
    assert Talk.of({**talk.stored(), "from a later version": 1}) == talk


@checked
@given(talk=talks, step=st.sampled_from(list(Step)))
def test_every_step_is_reached_and_told_once(talk: Talk, step: Step) -> None:
    assert sorted(steps_of(talk.route)) == sorted(Step)
    done = answered(talk, step)
    assert state_of(done, step) is State.DONE
    assert skipped(done, step) == done
    assert state_of(skipped(talk, step), step) is not State.OPEN
    following = after(done, step)
    assert following is None or (state_of(done, following) is State.OPEN and following != step)


@given(route=routes)
def test_who_answers_or_skips_every_step_comes_to_the_end(route: str) -> None:
    talk, walked = Talk(route=route), []
    step = first_open(talk)
    while step:
        walked.append(step)
        talk = answered(talk, step) if len(walked) % 2 else skipped(talk, step)
        step = after(talk, step)
    assert walked == list(steps_of(route))
    assert first_open(talk) is None


@checked
@given(kept=answer_sets, given=answer_sets, replaced=replacing)
def test_bringing_together_loses_nothing_unasked(kept: Answers, given: Answers, replaced: set[str]) -> None:
    together, comparison = merged(kept, given, replaced), compared(kept, given)
    for group in GROUPS:
        if group == SKILLS:
            continue
        taken = group in comparison.fills or (group in comparison.differs and group in replaced)
        assert part(together, group) == part(given if taken else kept, group), group
    assert together.skills.keys() == kept.skills.keys() | given.skills.keys()
    for uid, level in together.skills.items():
        from_given = uid in given.skills and (SKILLS in replaced or uid not in kept.skills)
        assert level == (given if from_given else kept).skills[uid]
    assert merged(together, given, replaced) == together
    assert not compared(together, given).fills
    if replaced == set(GROUPS):
        assert compared(together, given).is_empty
    if kept.has_goal and GOAL not in replaced:
        assert together.goal_text == kept.goal_text


@checked
@given(work=st.lists(jobs, max_size=6), more=st.lists(jobs, max_size=6), occupation=st.one_of(st.just(""), some))
def test_a_work_history_names_each_work_once(work: list[Work], more: list[Work], occupation: str) -> None:
    together = with_work(work, more)
    names = [one.occupation or one.name.casefold() for one in together]
    assert len(names) == len(set(names)) <= MOST_WORK
    assert with_work(together, []) == together
    if work:
        assert together[0] == work[0]
    shown = work_of(Talk(work=together), Answers(occupation=occupation))
    assert not occupation or occupation in {one.occupation for one in shown}
    assert last_occupation(shown) == next((one.occupation for one in shown if one.occupation), "")


@given(held=st.integers(0, 200), lacking=st.integers(0, 200))
def test_what_somebody_can_has_room_before_what_they_cannot(held: int, lacking: int) -> None:
    given = {f"no-{number}": 0 for number in range(lacking)} | {f"yes-{number}": 3 for number in range(held)}
    kept = confirmed({}, given)
    assert len(kept) == min(held + lacking, MAX_SKILLS)
    assert sum(level > 0 for level in kept.values()) == min(held, MAX_SKILLS)
