"""Routes for advisors."""

from __future__ import annotations

from flask import Blueprint, render_template, session

from web.accounts.models import RoleName
from web.learner.answers import Answers
from web.learner.forms import ForgetForm
from web.security.access import role_required

bp = Blueprint("advisor", __name__, url_prefix="/adviseur")


@bp.get("")
@role_required(RoleName.ADVISOR)
def start() -> str:
    """How to use Leerwijzer in a talk with a client."""
    return render_template("advisor/start.html", answers=Answers.from_session(session), forget_form=ForgetForm())
