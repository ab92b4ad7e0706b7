"""Files that browsers and search engines ask for by a fixed address: the icon, `robots.txt` and the map of the site."""

from __future__ import annotations

from math import ceil
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Blueprint, Response, abort, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from catalogue import overview
from web.security.address import site_address
from web.wiring import services

MODULES_A_PART = 10_000
"""Search engines read at most 50,000 addresses in one file."""

FIXED_PAGES = (
    "browse.home",
    "browse.search",
    "learner.start",
    "browse.hubs",
    "radar.overview",
    "demands.overview",
    "browse.about",
    "browse.accessibility",
    "browse.privacy",
    "site.how_we_rank",
    "site.help_page",
    "site.funding",
    "site.contact",
    "joining.ask",
    "open_education.docs",
)
PRIVATE_PATHS = ("/profiel/", "/account", "/inloggen", "/hub$", "/adviseur", "/taal/", "/api/", "/ooapi/", "/modules?")
"""Pages about one visitor, and searches, of which there is no end. The matches are not among them: without answers there is nothing but a
way to the questions."""

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"

bp = Blueprint("addresses", __name__)


@bp.get("/favicon.ico")
def favicon() -> AnyResponse:
    """The icon, for browsers that look no further."""
    return redirect(url_for("static", filename="icon.svg"), 301)


@bp.get("/robots.txt")
def robots() -> Response:
    """What search engines may read."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE_PATHS)]
    lines += [f"# DCAT: {_whole('dcat.as_json_ld')}", f"Sitemap: {_whole('addresses.sitemap')}"]
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@bp.get("/sitemap.xml")
def sitemap() -> Response:
    """The parts of the map of the site."""
    with services().database.reading() as session:
        parts = max(1, ceil(overview.count_published(session) / MODULES_A_PART))
    root = Element("sitemapindex", xmlns=_SITEMAP)
    for part in range(1, parts + 1):
        SubElement(SubElement(root, "sitemap"), "loc").text = _whole("addresses.sitemap_part", part=part)
    return _xml(root)


@bp.get("/sitemap-<int:part>.xml")
def sitemap_part(part: int) -> Response:
    """One part of the map: modules with the day of their last change; the first part holds the other pages too."""
    root = Element("urlset", xmlns=_SITEMAP)
    with services().database.reading() as session:
        modules = overview.published_slugs(session, MODULES_A_PART, (part - 1) * MODULES_A_PART) if part else []
        if part == 1:
            pages = [_whole(endpoint) for endpoint in FIXED_PAGES]
            pages += [_whole("browse.hub", slug=hub.slug) for hub in overview.hubs(session)]
            pages += [_whole("browse.provider", slug=one.slug) for one in overview.organisations(session, None)]
            for address in pages:
                SubElement(SubElement(root, "url"), "loc").text = address
    for slug, changed_on in modules:
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = _whole("browse.module", slug=slug)
        SubElement(entry, "lastmod").text = changed_on.isoformat()
    return _xml(root) if len(root) else abort(404)


def _whole(endpoint: str, **values: object) -> str:
    return site_address() + url_for(endpoint, **values)  # type: ignore[arg-type]


def _xml(root: Element) -> Response:
    return Response(tostring(root, encoding="utf-8", xml_declaration=True), content_type="application/xml; charset=utf-8")
