"""Routes of one dossier, for the client whom it is about. Each goes through `clients_door`."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from web.accounts.letters import send
from web.advisor.doors import READABLE, LinkOver, NotNow, Opened, clients_door, clients_part
from web.advisor.dossier_views import page_of
from web.advisor.dossiers import answer_longer, give_consent, wipe_dossier, withdraw_consent
from web.advisor.letters import own_link
from web.advisor.model import ENDED, Standing
from web.advisor.people import clients_keys
from web.advisor.reading import dossiers_of_client, version_to_read
from web.audit.chain import last_look
from web.button import ButtonForm
from web.languages import _, language
from web.security.access import current_actor, role_required
from web.security.address import site_address
from web.security.attempts import limit
from web.security.headers import unlisted
from web.wiring import services

bp = Blueprint("client", __name__, url_prefix="/dossier")
bp.after_request(unlisted)


@bp.errorhandler(LinkOver)
def link_over(error: LinkOver) -> tuple[str, int]:
    """One answer for a link that is over, replaced or never was; another for the one with which the client agreed."""
    return render_template("client/link_over.html", has_agreed=error.has_agreed), 410


@bp.errorhandler(NotNow)
def not_now(error: NotNow) -> Response:
    """Back to the first page of the dossier, which says how it stands."""
    return redirect(url_for(".look", key=error.uid), 303)


@bp.get("")
@role_required()
def own() -> str:
    """The dossiers about who is signed in."""
    with services().database.reading() as session:
        dossiers = dossiers_of_client(session, current_actor().account_id or 0)
    return render_template("client/own.html", dossiers=dossiers)


@bp.get("/<key>")
def look(key: str) -> str:
    """What the advisor asks; and once the client agreed, all that the advisor sees, and who looked."""
    with clients_door(key, "dossier") as opened:
        page, shown = page_of(opened), shows_content(opened)
        reports = _to_read(opened) if shown else {}
    template = "client/asked.html" if page.standing is Standing.WAITING else "client/dossier.html"
    return render_template(template, page=page, key=key, form=ButtonForm(), shows_content=shown, site=site_address(), **reports)


def _to_read(opened: Opened) -> Mapping[str, int | None]:
    """The version of the report to read, and the one that was made after the client last looked at reports."""
    session, dossier = opened.session, opened.dossier
    report = version_to_read(session, dossier, language())
    looked = last_look(session, dossier.uid, "report", clients_keys(opened))
    return {"report": report, "new_report": version_to_read(session, dossier, language(), looked)}


def shows_content(opened: Opened) -> bool:
    """Whether the client may read what is in the dossier: with a link while the consent is valid, with the own account always."""
    is_own = opened.dossier.client_id is not None and opened.dossier.client_id == current_actor().account_id
    return is_own or opened.dossier.standing(services().today()) in READABLE


@bp.post("/<key>/akkoord")
def agree(key: str) -> str | Response:
    """The client agrees, and gets a link that nobody else knows."""
    limit("consent")
    with clients_door(key, "consent") as opened:
        dossier = opened.dossier
        if not ButtonForm().validate_on_submit() or dossier.standing(services().today()) is not Standing.WAITING:
            return redirect(url_for(".look", key=key), 303)
        token = give_consent(dossier, current_actor().account_id, opened.now)
        opened.noted("agreed", "consent")
        if dossier.client_email:
            send(opened.session, dossier.client_email, own_link(token), opened.now)
    flash(_("Uw toestemming is bewaard. Dank u wel."))
    return redirect(url_for(".look", key=token), 303)


@bp.post("/<key>/langer")
def longer(key: str) -> Response:
    """What the client says to a later last day."""
    is_yes = request.form.get("antwoord") == "ja"
    with clients_part(key, "consent", READABLE) as opened:
        if ButtonForm().validate_on_submit() and answer_longer(opened.dossier, opened.now, is_yes=is_yes):
            opened.noted("agreed-longer" if is_yes else "refused-longer", "consent")
            flash(_("Uw toestemming is bewaard. Dank u wel.") if is_yes else _("Uw antwoord is bewaard. Er verandert niets."))
    return redirect(url_for(".look", key=key), 303)


@bp.post("/<key>/trek-in")
def withdraw(key: str) -> Response:
    """The client wants it no more: at the next request the advisor is out."""
    with clients_door(key, "consent") as opened:
        if ButtonForm().validate_on_submit() and opened.dossier.standing(services().today()) not in ENDED:
            withdraw_consent(opened.dossier, opened.now)
            opened.noted("withdrew", "consent")
            flash(_("Uw toestemming is ingetrokken. Uw adviseur kan er nu niet meer in."))
    return redirect(url_for(".look", key=key), 303)


@bp.post("/<key>/wis")
def wipe(key: str) -> Response:
    """Deletes the whole dossier."""
    with clients_door(key, "dossier") as opened:
        if not ButtonForm().validate_on_submit():
            return redirect(url_for(".look", key=key), 303)
        opened.noted("wiped", "dossier")
        wipe_dossier(opened.session, opened.dossier)
    flash(_("Het dossier is gewist."))
    answer = redirect(url_for("browse.home"), 303)
    answer.call_on_close(services().database.scrub)
    return answer
