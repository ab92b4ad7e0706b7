"""Routes about the site itself."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, render_template, send_file

from web.site import ranking, theme
from web.site.specimens import specimens
from web.wiring import services

bp = Blueprint("site", __name__)


@bp.get("/hoe-wij-kiezen")
def how_we_rank() -> str:
    """What counts, and how much, in search and in matches."""
    return render_template("site/ranking.html", matches=ranking.match_shares(), search=ranking.search_shares())


@bp.get("/hoe-wij-kiezen.json")
def ranking_record() -> Response:
    """The same for programs: a record for registers of algorithms."""
    return jsonify(ranking.record())


@bp.get("/hulp")
def help_page() -> str:
    """How to use the site."""
    return render_template("site/help.html")


@bp.get("/wie-betaalt-mee")
def funding() -> str:
    """Who may help to pay."""
    return render_template("site/funding.html")


@bp.get("/contact")
def contact() -> str:
    """Whom to ask what."""
    return render_template("site/contact.html", contact_email=services().settings.contact_email)


@bp.get("/stijl")
def style() -> str:
    """Every component in all its states, made by the macros that the pages use."""
    return render_template("site/style.html", tokens=theme.tokens(), **specimens())


@bp.get("/thema.css")
def theme_css() -> Response:
    """The stylesheet of whoever runs the site."""
    path = services().settings.theme_css
    if path is None:
        abort(404)
    return send_file(path.resolve(), mimetype="text/css", max_age=300)
