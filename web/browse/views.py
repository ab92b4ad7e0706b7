"""Routes for everyone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from math import ceil

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from catalogue import overview
from catalogue.exchange.achievement import TYPES, achievement
from catalogue.models import Event, Module
from catalogue.modules import facet_labels, merged_module, modules_by_id, published_module, withdrawn_module
from catalogue.places import asked_place, places_by_slug, postcode_points
from web.browse import linked_data
from web.browse.addresses import asked_page, paging
from web.browse.cards import Card, card
from web.browse.forms import PER_PAGE, search_form
from web.browse.map_page import map_page
from web.browse.module_page import module_page
from web.browse.search_page import RADII_KM, search_page
from web.browse.way_back import way_back
from web.counting import happened, searched
from web.languages import language
from web.learner.answers import Answers
from web.learner.outcomes import fit_of
from web.privacy.browser import COOKIES
from web.privacy.inventory import INVENTORY
from web.security.access import Action, allows, current_actor
from web.security.address import site_address
from web.wiring import services

SIMILAR_MODULES = 3
COMPLETIONS = 4

bp = Blueprint("browse", __name__)


@bp.get("/")
def home() -> str:
    """Begins with a person's question."""
    with services().database.reading() as reading:
        return render_template(
            "browse/home.html",
            figures=services().figures.now(reading),
            themes=overview.themes_with_counts(reading),
            hubs=overview.hubs(reading),
        )


@bp.get("/modules")
def search() -> str:
    """Searches modules."""
    parts = services()
    with parts.database.reading() as reading:
        form = search_form(request.args, partial(asked_place, reading))
        answer = parts.module_search.answer(form.query(parts.today(), asked_page()))
        completions = parts.names.complete(form.q.data, limit=COMPLETIONS) if form.q.data else []
        searched(answer)
        page = search_page(form, answer, modules_by_id(reading, answer.module_ids), facet_labels(reading, language()), completions)
        told = linked_data.of_list(page.cards, page.paging.page, PER_PAGE, page.total)
    return render_template("browse/search.html", form=form, page=page, radii_km=RADII_KM, linked_data=told)


@bp.get("/kaart")
def search_map() -> str:
    """Where the modules of a search are; takes the same parameters as the search page."""
    parts = services()
    with parts.database.reading() as reading:
        form = search_form(request.args, partial(asked_place, reading))
        spread = parts.module_search.spread(form.query(parts.today(), 1))
        places = places_by_slug(reading, spread.places)
        found_in = partial(parts.module_search.found_in, spread)
        page = map_page(form, spread, places, postcode_points(reading), facet_labels(reading, language()), found_in)
    return render_template("browse/map.html", form=form, page=page, radii_km=RADII_KM)


@bp.get("/modules/<slug>")
def module(slug: str) -> ResponseReturnValue:
    """One module, with everything that decides."""
    parts = services()
    with parts.database.reading() as reading:
        found = published_module(reading, slug) or merged_module(reading, slug)
        if found is None:
            return _gone(reading, slug)
        if found.slug != slug:
            return redirect(url_for(".module", slug=found.slug), 301)
        happened(Event.SEEN, found)
        page = module_page(reading, found, parts.today())
        return render_template(
            "browse/module.html",
            module=found,
            page=page,
            linked_data=linked_data.of_module(found, page.stacks),
            may_adopt=allows(current_actor(), Action.ADOPT, found),
            similar=_similar(reading, found),
            back=way_back(),
            fit=fit_of(reading, Answers.from_session(session), found),
        )


@bp.get("/modules/<slug>/badge.json")
def badge_file(slug: str) -> Response:
    """What a badge for this module says, for who gives it out and for programs that read badges."""
    with services().database.reading() as reading:
        found = published_module(reading, slug)
        if found is None or found.credential not in TYPES:
            abort(404)
        site = site_address()
        address, provider = url_for(".badge_file", slug=found.slug), url_for(".provider", slug=found.organisation.slug)
        document = achievement(found, site + address, site + provider)
    return Response(json.dumps(document, ensure_ascii=False, indent=1), content_type="application/ld+json; charset=utf-8")


@bp.get("/modules/<slug>/naar-de-aanbieder")
def to_provider(slug: str) -> Response:
    """On to the page of a module at its provider, or to the provider's site."""
    with services().database.reading() as reading:
        found = published_module(reading, slug) or abort(404)
        address = found.url or found.organisation.url or abort(404)
        happened(Event.ASKED, found)
    return redirect(address, 303)


@bp.get("/aanbieders/<slug>")
def provider(slug: str) -> str:
    """One provider with its modules."""
    with services().database.reading() as reading:
        found = overview.organisation_by_slug(reading, slug) or abort(404)
        listed = _listed(reading, overview.published_ids(reading, organisation_id=found.id), slug)
        return render_template("browse/provider.html", provider=found, **listed)


@bp.get("/hubs")
def hubs() -> str:
    """All hubs."""
    with services().database.reading() as reading:
        return render_template("browse/hubs.html", hubs=overview.hubs(reading))


@bp.get("/hubs/<slug>")
def hub(slug: str) -> str:
    """One hub with its partners and modules."""
    with services().database.reading() as reading:
        found = overview.hub_by_slug(reading, slug) or abort(404)
        listed = _listed(reading, overview.published_ids(reading, hub_id=found.id), slug)
        return render_template("browse/hub.html", hub=found, **listed)


def _gone(reading: Session, slug: str) -> ResponseReturnValue:
    """What somebody reads who follows a link to a module that was taken offline."""
    left = withdrawn_module(reading, slug) or abort(404)
    return render_template("browse/gone.html", module=left, similar=_similar(reading, left)), 410


def _similar(reading: Session, module: Module) -> list[Card]:
    today = services().today()
    return [card(other, today) for other in _in_order(reading, overview.similar_ids(reading, module.id, SIMILAR_MODULES))]


def _in_order(reading: Session, ids: Sequence[int]) -> list[Module]:
    found = modules_by_id(reading, ids)
    return [found[key] for key in ids if key in found]


def _listed(reading: Session, ids: Sequence[int], slug: str) -> dict[str, object]:
    """One page out of a list of modules, as template values."""
    pages = max(1, ceil(len(ids) / PER_PAGE))
    page = asked_page(pages)
    modules = _in_order(reading, ids[(page - 1) * PER_PAGE : page * PER_PAGE])
    today = services().today()
    cards = [card(found, today) for found in modules]
    return {
        "total": len(ids),
        "cards": cards,
        "linked_data": linked_data.of_list(cards, page, PER_PAGE, len(ids)),
        "paging": paging(str(request.endpoint), MultiDict(), page, pages, slug=slug),
    }


@bp.get("/over")
def about() -> str:
    """What this site is and how it chooses."""
    with services().database.reading() as reading:
        return render_template(
            "browse/about.html", figures=services().figures.now(reading), contact_email=services().settings.contact_email
        )


@bp.get("/toegankelijkheid")
def accessibility() -> str:
    """How usable this site is for everyone."""
    return render_template("browse/accessibility.html")


@bp.get("/privacy")
def privacy() -> str:
    """What is kept of a visitor."""
    return render_template("browse/privacy.html", inventory=INVENTORY, cookies=COOKIES)
