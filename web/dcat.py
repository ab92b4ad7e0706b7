"""The description of the catalogue and its services for other catalogues, in both notations."""

from __future__ import annotations

from json import dumps

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from catalogue.exchange.dcat import Site, description
from catalogue.exchange.turtle import turtle
from catalogue.overview import last_change
from web.security.address import site_address
from web.wiring import services

JSON_LD, TURTLE = "application/ld+json", "text/turtle"

bp = Blueprint("dcat", __name__)


@bp.get("/dcat")
def negotiated() -> AnyResponse:
    """The notation that is asked for; JSON-LD when none is."""
    wanted = request.accept_mimetypes.best_match([JSON_LD, "application/json", TURTLE], JSON_LD)
    answer = redirect(url_for(".as_turtle" if wanted == TURTLE else ".as_json_ld"), 303)
    answer.vary.add("Accept")
    return answer


@bp.get("/dcat.jsonld")
def as_json_ld() -> Response:
    """The description as JSON-LD."""
    return Response(dumps(description(_site()), indent=1, ensure_ascii=False), content_type=JSON_LD)


@bp.get("/dcat.ttl")
def as_turtle() -> Response:
    """The description as Turtle."""
    return Response(turtle(description(_site())), content_type=f"{TURTLE}; charset=utf-8")


def _site() -> Site:
    settings = services().settings
    endpoints = {
        "contact": "site.contact",
        "modules": "browse.search",
        "api": "api_docs.docs",
        "api description": "api-docs.openapi_json",
        "ooapi 5": "ooapi_v5.service",
        "ooapi 6": "ooapi_v6.service",
    }
    with services().database.reading() as session:
        modified = last_change(session) or services().now()
    names = {name: url_for(endpoint) for name, endpoint in endpoints.items()}
    return Site(site_address(), settings.contact_email, settings.data_licence, modified, names)
