"""Routes of the caseload: which dossiers there are, a new one, and who the advisor is."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from web.accounts.letters import send
from web.accounts.models import RoleName
from web.advisor.caseload import Notice, Wanted, cases_of
from web.advisor.doors import ConsentOver, NotNow
from web.advisor.dossiers import Request, open_dossier
from web.advisor.forms import CardForm, NewDossierForm
from web.advisor.letters import clients_link, consent_asked, own_link
from web.advisor.model import Dossier, How
from web.advisor.people import keep_card
from web.advisor.presenters import FILTERS, caseload_page
from web.advisor.retention import deleted_at
from web.audit.chain import actor_key, noted
from web.button import ButtonForm
from web.errors import over
from web.fields import clean
from web.languages import _
from web.learner.answers import Answers
from web.qr import qr_code
from web.security.access import current_actor, guard
from web.security.attempts import limit
from web.wiring import local_day, services

MOST_NAME_CHARS = 80
bp = Blueprint("advisor", __name__, url_prefix="/adviseur")
guard(bp, RoleName.ADVISOR)
over(bp, ConsentOver, "advisor/consent_over.html")


@bp.errorhandler(NotNow)
def not_now(error: NotNow) -> Response:
    """Back to the page of the dossier, which says how it stands."""
    return redirect(url_for(".dossier", uid=error.uid), 303)


@bp.get("")
def start() -> str:
    """The own dossiers, what is due first on top; and how to use Leerwijzer in a talk with a client."""
    parts, account_id = services(), current_actor().account_id or 0
    with parts.database.writing() as writing:
        noted(writing, actor_key(writing, account_id), "", "listed", "caseload", parts.now())
        cases = cases_of(writing, account_id, parts.today())
    page = caseload_page(cases, _wanted(), parts.today())
    return render_template("advisor/start.html", page=page, answers=Answers.from_session(session), forget_form=ButtonForm())


def _wanted() -> Wanted:
    """What was asked for; what is not known is not asked."""
    standing, notices = request.args.get("toon", ""), {str(code): code for code in Notice}
    return Wanted(
        text=clean(request.args.get("naam"))[:MOST_NAME_CHARS],
        standing=standing if standing in FILTERS else "",
        notices=frozenset(notices[code] for code in request.args.getlist("let-op") if code in notices),
    )


@bp.route("/nieuw", methods=["GET", "POST"])
def new() -> str | Response:
    """Asks a client for consent, or records it; without that there is no dossier."""
    form = NewDossierForm(services().today())
    if not form.validate_on_submit():
        return render_template("advisor/new.html", form=form)
    limit("dossier", form.client_email.data)
    dossier, token = _opened(form.asked)
    return show_link(dossier, token)


@bp.get("/toestemming-op-papier")
def paper() -> str:
    """The question for consent to print and sign; nothing in it is of a client."""
    return render_template("advisor/paper.html")


@bp.route("/kaartje", methods=["GET", "POST"])
def card() -> str | Response:
    """Who the advisor is, for clients."""
    form = CardForm(obj=current_user.card)
    if not form.validate_on_submit():
        return render_template("advisor/card.html", form=form)
    with services().database.writing() as writing:
        keep_card(writing, current_user.id, form.name.data, form.organisation.data, form.phone.data)
        noted(writing, actor_key(writing, current_user.id), "", "wrote", "card", services().now())
    flash(_("Bewaard. Zo ziet uw klant u nu."))
    return redirect(url_for(".card"), 303)


def _opened(asked: Request) -> tuple[Dossier, str]:
    parts, account_id = services(), current_actor().account_id or 0
    with parts.database.writing() as writing:
        dossier, token = open_dossier(writing, asked, account_id, parts.now())
        noted(writing, actor_key(writing, account_id), dossier.uid, "opened", "consent", parts.now())
        if asked.client_email:
            last_day = local_day(deleted_at(dossier))
            letter = own_link(token) if asked.how is How.PAPER else consent_asked(token, last_day)
            send(writing, asked.client_email, letter, parts.now())
    return dossier, token


def show_link(dossier: Dossier, token: str) -> str:
    """The page that shows a client's link, once: to copy, and for the telephone of who sits beside the advisor."""
    link = clients_link(token)
    day, is_asked = local_day(deleted_at(dossier)), dossier.consent.given_at is None
    return render_template("advisor/made.html", dossier=dossier, link=link, picture=qr_code(link), last_day=day, is_asked=is_asked)
