"""What the pages of all steps of the intake have in common: the door, keeping an answer, and where to go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import redirect as to
from flask import render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from web.advisor.doors import Opened, advisors_door
from web.advisor.dossiers import add_note
from web.advisor.intake.forms import StepForm
from web.advisor.intake.presenters import QUESTION, STEP_TITLES, step_links
from web.advisor.intake.prompts import prompts_of
from web.advisor.intake.steps import Step, after, answered
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

    @property
    def session(self) -> Session:
        """The transaction."""
        return self.opened.session

    def keep(self, form: StepForm, *, answers: Answers | None = None, talk: Talk | None = None) -> None:
        """Keeps what was told, and the note that came with it."""
        dossier, now = self.opened.dossier, self.opened.now
        keep_intake(dossier, now, answers=answers, talk=talk)
        self.opened.noted("answered", "intake")
        if form.note_text.data:
            add_note(dossier, services().today(), form.note_text.data)
            self.opened.noted("noted", "note")

    def onward(self, form: StepForm, *, answers: Answers | None = None, talk: Talk | None = None) -> Response:
        """Keeps what was told, marks the step as answered, and goes on with the next one that is open, or with the overview."""
        told = answered(talk or self.talk, self.step)
        self.keep(form, answers=answers, talk=told)
        return to(step_address(self.opened.dossier.uid, after(told, self.step)), 303)

    def again(self, form: StepForm, anchor: str, *, answers: Answers | None = None, talk: Talk | None = None) -> Response:
        """Keeps what was told, and shows the step anew from `anchor`: something was looked for there."""
        self.keep(form, answers=answers, talk=talk)
        return to(url_for(f"advisor.intake_{self.step}", uid=self.opened.dossier.uid, _anchor=anchor), 303)

    def page(self, form: StepForm, **values: object) -> str:
        """The page of the step."""
        dossier = self.opened.dossier
        return render_template(
            f"advisor/intake/{self.step}.html",
            form=form,
            uid=dossier.uid,
            name=dossier.client_name,
            step=self.step,
            heading=STEP_TITLES[self.step],
            steps=step_links(dossier.uid, self.talk, self.step),
            prompts=prompts_of(self.talk.route, self.step),
            **values,
        )


@contextmanager
def at_step(uid: str, step: Step) -> Iterator[AtStep]:
    """Opens a dossier for its advisor at a step; raises what `advisors_door` does."""
    with advisors_door(uid, "intake") as opened:
        yield AtStep(opened, step, talk_of(opened.dossier), answers_of(opened.dossier))


def step_address(uid: str, step: Step | None) -> str:
    """Where the question of a step is, so that the next press of Tab is in its first field; the overview for None."""
    return url_for(f"advisor.intake_{step}", uid=uid, _anchor=QUESTION) if step else url_for("advisor.intake", uid=uid)
