"""The catalogue and its services described for other catalogues, such as data.overheid.nl: DCAT in the profile DCAT-AP-NL.

One document in the shape of JSON-LD, of which `catalogue.exchange.turtle` writes the other notation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

Node = dict[str, Any]

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_EU = "http://publications.europa.eu/resource/authority"
_LANGUAGES = [{"@id": f"{_EU}/language/{code}"} for code in ("NLD", "ENG")]
_JSON = {"@id": "https://www.iana.org/assignments/media-types/application/json"}


@dataclass(frozen=True, slots=True)
class Site:
    """What a description needs to know of an installation.

    Attributes:
        address: of the site, without a slash at its end.
        contact_email: who answers questions; "" leaves the page for contact.
        licence: address of the licence of the data.
        modified: when the published catalogue changed last.
        names: the paths of our pages and services: "contact", "api", "api description", "ooapi 5", "ooapi 6", "modules".
    """

    address: str
    contact_email: str
    licence: str
    modified: datetime
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class Service:
    """A service: its key here, its path by name, its title and text in both languages, its description for programs, and its standard."""

    key: str
    path: str
    title: tuple[str, str]
    text: tuple[str, str]
    described: str
    standard: str


_SERVICES = (
    Service(
        "ooapi-v5",
        "ooapi 5",
        ("Open Onderwijs API, versie 5", "Open Onderwijs API, version 5"),
        ("Aanbieders, leerlijnen, modules en uitvoeringen.", "Providers, programmes, courses and offerings."),
        "https://openonderwijsapi.nl/specification/v5/docs.html",
        "https://openonderwijsapi.nl/specification/v5/",
    ),
    Service(
        "oeapi-v6",
        "ooapi 6",
        ("Open Education API, versie 6", "Open Education API, version 6"),
        ("Hetzelfde, met leeruitkomsten en de adressen van vaardigheden.", "The same, with learning outcomes and the addresses of skills."),
        "https://openonderwijsapi.nl/v6.0/",
        "https://openonderwijsapi.nl/v6.0/",
    ),
    Service(
        "api",
        "api",
        ("API van Leerwijzer", "Leerwijzer API"),
        ("Zoek modules, en vind wat bij iemand past.", "Search courses, and find what fits a person."),
        "api description",
        "https://spec.openapis.org/oas/v3.1.0",
    ),
)


def description(site: Site) -> Node:
    """The whole description: the catalogue, its one dataset, a distribution for each service, and the services."""
    graph = [
        _catalogue(site),
        _dataset(site),
        *(_distribution(site, one) for one in _SERVICES),
        *(_service(site, one) for one in _SERVICES),
    ]
    return {"@context": PREFIXES, "@graph": graph}


def _catalogue(site: Site) -> Node:
    return _shared(site) | {
        "@id": _id(site, "catalogue"),
        "@type": "dcat:Catalog",
        "dct:title": _both("Catalogus van Leerwijzer", "Leerwijzer catalogue"),
        "dct:description": _both("Modules in mbo, hbo en wo voor wie werkt.", "Modular courses for people who work."),
        "dcat:themeTaxonomy": {"@id": f"{_EU}/data-theme"},
        "foaf:homepage": {"@id": f"{site.address}/"},
        "dcat:dataset": [{"@id": _id(site, "modules")}],
        "dcat:service": [{"@id": _id(site, one.key)} for one in _SERVICES],
    }


def _dataset(site: Site) -> Node:
    return _shared(site) | {
        "@id": _id(site, "modules"),
        "@type": "dcat:Dataset",
        "dct:identifier": _id(site, "modules"),
        "dct:title": _both("Modules en hun uitvoeringen", "Courses and their offerings"),
        "dct:description": _both(
            "Wat men leert, op welk niveau, hoe lang het duurt, wat het kost, en waar en wanneer men kan beginnen.",
            "What one learns, at which level, how long it takes, what it costs, and where and when one can begin.",
        ),
        "dcat:theme": {"@id": f"{_EU}/data-theme/EDUC"},
        "dcat:keyword": [*_both("opleidingen", "courses"), *_both("een leven lang leren", "lifelong learning")],
        "dct:accrualPeriodicity": {"@id": f"{_EU}/frequency/CONT"},
        "dct:spatial": {"@id": f"{_EU}/country/NLD"},
        "dcat:landingPage": {"@id": site.address + site.names["modules"]},
        "dcat:distribution": [{"@id": _id(site, f"{one.key}-data")} for one in _SERVICES],
    }


def _distribution(site: Site, service: Service) -> Node:
    return {
        "@id": _id(site, f"{service.key}-data"),
        "@type": "dcat:Distribution",
        "dct:title": _both(*service.title),
        "dct:description": _both(*service.text),
        "dcat:accessURL": {"@id": site.address + site.names[service.path]},
        "dcat:accessService": {"@id": _id(site, service.key)},
        "dcat:mediaType": _JSON,
        "dct:format": {"@id": f"{_EU}/file-type/JSON"},
        "dct:license": {"@id": site.licence},
        "dct:language": _LANGUAGES,
        "dct:modified": _moment(site),
        "dct:conformsTo": {"@id": service.standard},
    }


def _service(site: Site, service: Service) -> Node:
    described = site.address + site.names[service.described] if service.described in site.names else service.described
    return _shared(site) | {
        "@id": _id(site, service.key),
        "@type": "dcat:DataService",
        "dct:title": _both(*service.title),
        "dct:description": _both(*service.text),
        "dcat:theme": {"@id": f"{_EU}/data-theme/EDUC"},
        "dcat:endpointURL": {"@id": site.address + site.names[service.path]},
        "dcat:endpointDescription": {"@id": described},
        "dcat:servesDataset": {"@id": _id(site, "modules")},
        "dct:conformsTo": {"@id": service.standard},
    }


def _shared(site: Site) -> Node:
    """What the catalogue, its dataset and its services say alike."""
    contact: Node = {"@type": "vcard:Kind", "vcard:fn": "Leerwijzer", "vcard:hasURL": {"@id": site.address + site.names["contact"]}}
    if site.contact_email:
        contact["vcard:hasEmail"] = {"@id": f"mailto:{site.contact_email}"}
    return {
        "dct:publisher": {"@id": f"{site.address}/#publisher", "@type": "foaf:Agent", "foaf:name": "Leerwijzer"},
        "dcat:contactPoint": contact,
        "dct:license": {"@id": site.licence},
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dct:language": _LANGUAGES,
        "dct:modified": _moment(site),
    }


def _both(dutch: str, english: str) -> list[Node]:
    return [{"@value": dutch, "@language": "nl"}, {"@value": english, "@language": "en"}]


def _moment(site: Site) -> Node:
    return {"@value": site.modified.isoformat(timespec="seconds"), "@type": "xsd:dateTime"}


def _id(site: Site, key: str) -> str:
    return f"{site.address}/dcat#{key}"
