"""Programs that work for an organisation: the key that a request to the API brings."""

from __future__ import annotations

from flask import abort, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from web.accounts import api_tokens
from web.accounts.api_token_model import ApiToken, Scope
from web.languages import _
from web.logs import log
from web.wiring import services


def require_key(slug: str, scope: Scope) -> ApiToken:
    """The request's key, with its organisation; one that may do `scope` there.

    Ends the request with 401 without a key that works, with 404 for another organisation than the key's, and with 403 where the key may not
    do so much.
    """
    parts, given = services(), request.authorization
    text = given.token if given is not None and given.type == "bearer" else None
    with parts.database.reading() as session:
        found = api_tokens.token_behind(session, text, parts.today()) if text else None
    if found is None:
        raise Unauthorized(_("Stuur een sleutel mee die nog werkt."), www_authenticate=WWWAuthenticate("bearer", {"realm": "Leerwijzer"}))
    if found.organisation.slug != slug:
        abort(404, _("De sleutel hoort bij een andere organisatie."))
    require_scope(found, scope)
    _note_use(found)
    return found


def require_scope(token: ApiToken, scope: Scope) -> None:
    """Ends the request with 403 where the key may not do so much."""
    if not token.scope.covers(scope):
        log.warning("refused", token=token.id, scope=token.scope, asked=scope)
        abort(403, _("De sleutel mag dit niet. Neem er een die meer mag."))


def _note_use(token: ApiToken) -> None:
    """Keeps the day on which a key was last used; one write a day."""
    today = services().today()
    if token.used_on != today:
        with services().database.writing() as session:
            api_tokens.note_use(session, token.id, today)
