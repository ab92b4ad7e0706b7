"""Routes for who manages an organisation: the keys with which its programs work here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from web import words
from web.accounts import api_tokens
from web.accounts.api_token_model import ApiToken
from web.hub.own import own_organisation
from web.hub.token_forms import SCOPES, RevokeForm, TokenForm
from web.languages import _
from web.logs import log
from web.security.access import Action, current_actor
from web.wiring import services

bp = Blueprint("tokens", __name__, url_prefix="/hub/organisaties/<slug>/sleutels")


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A key in words."""

    id: int
    name: str
    beginning: str
    scope: str
    until: str
    used: str
    is_over: bool


@bp.route("", methods=["GET", "POST"])
def overview(slug: str) -> str | Response:
    """The keys that there are; a POST makes one, and shows its text this one time."""
    organisation, form, parts, text = own_organisation(slug, Action.MANAGE), TokenForm(), services(), ""
    if form.validate_on_submit():
        try:
            with parts.database.writing() as session:
                asked = (organisation.id, form.name.data, form.scope.data, form.days.data)
                made, text = api_tokens.issue(session, *asked, parts.now())
                log.info("api token made", organisation=organisation.id, token=made.id, scope=made.scope, by=current_actor().account_id)
            form = TokenForm(formdata=None)
        except api_tokens.TooManyTokens:
            form.name.errors = [_("Er zijn er al %(most)s. Haal er eerst een weg.", most=api_tokens.MOST_TOKENS)]
    with parts.database.reading() as session:
        lines = [_line(one, parts.today()) for one in api_tokens.tokens_of(session, organisation.id)]
    return render_template("hub/tokens.html", organisation=organisation, form=form, lines=lines, text=text)


@bp.post("/haal-weg")
def revoke(slug: str) -> Response:
    """Takes a key away."""
    organisation, form = own_organisation(slug, Action.MANAGE), RevokeForm()
    if not form.validate_on_submit():
        abort(400)
    with services().database.writing() as session:
        is_gone = api_tokens.revoke(session, organisation.id, form.token.data)
    if is_gone:
        log.info("api token revoked", organisation=organisation.id, token=form.token.data)
    flash(_("De sleutel werkt niet meer."))
    return redirect(url_for(".overview", slug=slug), 303)


def _line(token: ApiToken, today: date) -> TokenLine:
    return TokenLine(
        id=token.id,
        name=token.name,
        beginning=token.beginning,
        scope=str(SCOPES[token.scope]),
        until=words.day(token.expires_on),
        used=words.day(token.used_on) if token.used_on else _("nog nooit"),
        is_over=token.expires_on < today,
    )
