"""Routes for administrators: which organisations ask to join, and the answer."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from catalogue.organisations import OrganisationExists, like_organisations
from web.accounts.models import RoleName
from web.audit.chain import actor_key, noted
from web.hub.own import form_session
from web.joining import asking
from web.joining.asking import AlreadyAnswered
from web.joining.forms import AnswerForm
from web.joining.model import Answer, JoinRequest
from web.joining.presenters import alike_lines, request_page, waiting_lines
from web.languages import _
from web.logs import log
from web.security.access import current_actor, role_required
from web.wiring import services

bp = Blueprint("join_requests", __name__, url_prefix="/hub/aanvragen")


@bp.errorhandler(AlreadyAnswered)
def already_answered(_error: AlreadyAnswered) -> Response:
    """Says that somebody else was faster."""
    flash(_("Deze aanvraag is al beantwoord of ingetrokken."), "refused")
    return redirect(url_for(".overview"), 303)


@bp.errorhandler(OrganisationExists)
def added_meanwhile(_error: OrganisationExists) -> Response:
    """Shows the request again, now with the organisation of that name that somebody else added at the same moment."""
    flash(_("Er kwam net een aanbieder met deze naam bij. Kijk of het dezelfde is, en antwoord dan opnieuw."), "refused")
    return redirect(request.path, 303)


@bp.get("")
@role_required(RoleName.ADMIN)
def overview() -> str:
    """What waits, and what was answered."""
    with services().database.reading() as session:
        lines = waiting_lines(session, asking.waiting(session))
        answered = [request_page(one) for one in asking.answered(session)]
    return render_template("joining/overview.html", lines=lines, answered=answered, days=asking.KEPT.days)


@bp.route("/<uid>", methods=["GET", "POST"])
@role_required(RoleName.ADMIN)
def look(uid: str) -> str | Response:
    """One request: what it says, which organisations it may be, and the answer."""
    with form_session() as session:
        asked = asking.request_by_uid(session, uid) or abort(404)
        alike = like_organisations(session, asked.name, asked.url, asked.kvk)
        form = AnswerForm(asked.name, alike)
        if form.validate_on_submit():
            _answer(session, asked, form)
            return redirect(url_for(".look", uid=uid), 303)
        page = request_page(asked)
    return render_template("joining/look.html", form=form, page=page, alike=alike_lines(alike))


def _answer(session: Session, asked: JoinRequest, form: AnswerForm) -> None:
    """Gives the answer that was chosen, and writes down who did."""
    now, actor = services().now(), current_actor().account_id or abort(403)
    if form.is_refused:
        asking.decline(session, asked, form.reason.data, now)
        flash(_("De aanvraag is afgewezen. Uw reden is per mail onderweg."))
    else:
        asking.accept(session, asked, form.organisation, now)
        flash(_("De aanvraag is goedgekeurd. De mail is onderweg."))
    answer = Answer.DECLINED if form.is_refused else Answer.ACCEPTED
    noted(session, actor_key(session, actor), "", answer, asked.uid, now)
    log.info("join request answered", request=asked.uid, answer=answer, by=actor)
