"""What the pages of all steps of the intake have in common: the door, keeping an answer, and where to go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Self

from flask import redirect as to
from flask import render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from web.advisor.doors import Opened, advisors_door
from web.advisor.dossiers import add_note
from web.advisor.intake.forms import StepForm
from web.advisor.intake.meanwhile import Said
from web.advisor.intake.presenters import QUESTION, STEP_TITLES, stands_at, step_links
from web.advisor.intake.prompts import prompts_of
from web.advisor.intake.steps import Step, after, answered, skipped
from web.advisor.intake.talk import Talk, answers_of, keep_intake, talk_of
from web.learner.answers import Answers
from web.wiring import services


@dataclass(frozen=True, slots=True)
class AtStep:
    """A step of the intake of an open dossier, with what was told so far."""

    opened: Opened
    step: Step
    talk: Talk
    answers: Answers

    @classmethod
    def of(cls, opened: Opened, step: Step) -> Self:
        """A step of the intake of a dossier that is open."""
        return cls(opened, step, talk_of(opened.dossier), answers_of(opened.dossier))

    @property
    def said(self) -> Said:
        """All that was told so far."""
        return Said(self.opened.dossier.situation, self.talk, self.answers)

    @property
    def session(self) -> Session:
        """The transaction."""
        return self.opened.session

    def kept(self, form: StepForm, told: Said) -> bool:
        """Keeps what was told, and the note that came with it; not where that would undo answers that nobody saw on this page."""
        dossier, now, version = self.opened.dossier, self.opened.now, self.said.version(self.step)
        if form.seen.data not in ("", version) and told.version(self.step) != version:
            form.is_overtaken, form.seen.data = True, version
            return False
        dossier.situation = told.situation
        keep_intake(dossier, now, answers=told.answers if told.answers != self.answers else None, talk=told.talk)
        self.opened.noted("answered", "intake")
        if form.note_text.data:
            add_note(dossier, services().today(), form.note_text.data)
            self.opened.noted("noted", "note")
        return True

    def onward(self, form: StepForm, **told: Any) -> Response | None:
        """Keeps what was told, marks the step as answered, and goes on with the next one that is open, or with the overview.

        Args:
            told: what changes of `Said`.

        Returns:
            None where somebody changed the step meanwhile; its page then says so.
        """
        said = replace(self.said, **told)
        talk = answered(said.talk, self.step)
        is_kept = self.kept(form, replace(said, talk=talk))
        return to(step_address(self.opened.dossier.uid, after(talk, self.step)), 303) if is_kept else None

    def again(self, form: StepForm, anchor: str, **told: Any) -> Response | None:
        """Keeps what was told, and shows the step anew from `anchor`: something was looked for there. Takes and returns as `onward`."""
        is_kept, uid = self.kept(form, replace(self.said, **told)), self.opened.dossier.uid
        return to(url_for(f"advisor.intake_{self.step}", uid=uid, _anchor=anchor), 303) if is_kept else None

    def skip(self) -> Response:
        """Leaves the step as it is, and goes on as `onward` does."""
        talk = skipped(self.talk, self.step)
        keep_intake(self.opened.dossier, self.opened.now, talk=talk)
        self.opened.noted("skipped-step", "intake")
        return to(step_address(self.opened.dossier.uid, after(talk, self.step)), 303)

    def page(self, form: StepForm, **values: object) -> str | Response:
        """The page of the step. Whoever skips it goes on, and is asked first where something was written."""
        if form.is_skipped and not form.is_written:
            return self.skip()
        dossier = self.opened.dossier
        if not form.is_submitted():
            form.seen.data = self.said.version(self.step)
        return render_template(
            f"advisor/intake/{self.step}.html",
            form=form,
            uid=dossier.uid,
            name=dossier.client_name,
            step=self.step,
            heading=STEP_TITLES[self.step],
            steps=step_links(dossier.uid, self.talk, self.step),
            prompts=prompts_of(self.talk.route, self.step),
            stands=stands_at(self.session, dossier, self.step) if form.is_overtaken else None,
            **values,
        )


@contextmanager
def at_step(uid: str, step: Step) -> Iterator[AtStep]:
    """Opens a dossier for its advisor at a step; raises what `advisors_door` does."""
    with advisors_door(uid, "intake") as opened:
        yield AtStep.of(opened, step)


def step_address(uid: str, step: Step | None) -> str:
    """Where the question of a step is, so that the next press of Tab is in its first field; the overview for None."""
    return url_for(f"advisor.intake_{step}", uid=uid, _anchor=QUESTION) if step else url_for("advisor.intake", uid=uid)
