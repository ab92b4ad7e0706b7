"""Documents and queries for the contract suite: some by hand, many generated."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from catalogue.points import Point
from catalogue.search.port import FACETS, EditionDocument, ModuleDocument, Query, Sort
from catalogue.starts import Start
from catalogue.vocabulary import Credential, Format, Kind, Level, StartType

TODAY = date(2026, 11, 23)
PLACES = {
    "breda": Point(51.58, 4.77),
    "eindhoven": Point(51.44, 5.47),
    "s-hertogenbosch": Point(51.70, 5.30),
    "groningen": Point(53.21, 6.56),
}
_WORDS = """
warmtepomp warmtepompen installatie installateur zonnepanelen batterij accu lassen laadpaal glasvezel onderhoud veilig werken
elektrisch groepenkast isolatie dak meten storing zoeken ontwerpen circulair slopen hout beton verwarming vloerverwarming koeling
water riool kabel netwerk software data programmeren robot zorg dementie gesprek plannen leiding geven café patiënt 's-Hertogenbosch
"""
WORDS = _WORDS.split()
THEMES, PROVIDERS = ("energie", "bouw", "digitaal", ""), ("curio", "avans", "summa")


def document(module_id: int, title: str = "Iets", *editions: EditionDocument, **values: Any) -> ModuleDocument:
    """A document by hand; what is not given is empty."""
    given = {
        "skills": (),
        "outcomes": "",
        "description": "",
        "provider_name": "",
        "place_names": (),
        "facets": {"level": "mbo-3", "theme": "energie", "provider": "curio", "kind": "module", "credential": "none", "language": "nl"},
        "hours": 40.0,
    }
    return ModuleDocument(module_id=module_id, title=title, editions=editions, **(given | values))


MOMENTS = ["", "daytime", "evening", "daytime+evening", "own-time"]


def edition(
    start: str = "direct", place: str = "", format_: str = Format.ON_SITE.value, price_eur: float | None = 100.0, moment: str = ""
) -> EditionDocument:
    """An edition by hand, its start in the notation of import files."""
    return EditionDocument(Start.parse(start), format_, place, moment, PLACES.get(place), price_eur)


def generated_documents(count: int, seed: int) -> list[ModuleDocument]:
    """Documents in which every value, every start type and every absence occurs."""
    chance = random.Random(seed)

    def text(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))

    def one_edition() -> EditionDocument:
        format_ = chance.choice(list(Format))
        place = "" if format_ is Format.ONLINE and chance.random() < 0.8 else chance.choice(list(PLACES))
        point = PLACES.get(place) if chance.random() < 0.9 else None
        price = chance.choice([None, 0.0, 95.0, 450.0, 1200.5])
        return EditionDocument(_start(chance), format_.value, place, chance.choice(MOMENTS), point, price)

    return [
        ModuleDocument(
            module_id=number * 7 + 1,
            title=text(6),
            skills=[text(3) for _ in range(chance.randint(0, 3))],
            outcomes=text(20),
            description=text(60),
            provider_name=chance.choice(PROVIDERS),
            place_names=[chance.choice(list(PLACES))],
            facets={
                "level": chance.choice(list(Level)).value,
                "theme": chance.choice(THEMES),
                "provider": chance.choice(PROVIDERS),
                "kind": chance.choice(list(Kind)).value,
                "credential": chance.choice(list(Credential)).value,
                "language": chance.choice(["nl", "en"]),
            },
            hours=chance.choice([None, 4.0, 40.0, 84.0]),
            editions=[one_edition() for _ in range(chance.randint(0, 4))],
            keywords=[chance.choice(["saturday-morning", "thursday-evening"])],
        )
        for number in range(count)
    ]


def generated_queries(count: int, seed: int) -> Sequence[Query]:
    """Queries with and without text, filters, ranges, a point, every order and several pages."""
    chance = random.Random(seed)
    values = {
        "level": [level.value for level in Level],
        "theme": ["energie", "bouw", "unknown"],
        "place": list(PLACES),
        "provider": list(PROVIDERS),
        "format": [format_.value for format_ in Format],
        "moment": MOMENTS,
        "kind": [kind.value for kind in Kind],
        "language": ["nl", "en"],
    }

    def maybe(value: Any) -> Any:
        return value if chance.random() < 0.25 else None

    texts = [
        "",
        "warmtepompinstallatie",
        "warmtepompp",
        "den bosch",
        "pv lasen",
        "zaterdag",
        "bestaatniet",
        "cafe",
        "patienten dementie",
        "monteur",
        "huis isoleren",
    ]
    return [
        Query(
            today=TODAY + timedelta(days=chance.choice([0, 0, 400])),
            text=chance.choice([*texts, *(" ".join(chance.choices(WORDS, k=chance.randint(1, 3))) for _ in range(6))]),
            filters={facet: frozenset(chance.sample(values[facet], k=min(2, len(values[facet])))) for facet in values if maybe(facet)},
            max_price_eur=maybe(450.0),
            max_hours=maybe(40.0),
            among=maybe(frozenset(chance.sample(range(1, 2_801, 7), 150))),
            start_before=maybe(date(2027, 3, 1)),
            near=chance.choice([None, PLACES["breda"], Point(52.0, 5.0)]),
            radius_km=chance.choice([None, 50.0]),
            sort=chance.choice(list(Sort)),
            page=chance.choice([1, 1, 2]),
            per_page=chance.choice([5, 20, 100]),
            alike={chance.randint(0, 400) * 7 + 1: chance.choice([0.2, 0.7, 1.0]) for _ in range(chance.choice([0, 0, 3, 30]))},
            facets=chance.choice([FACETS, FACETS, ("level", "place"), ()]),
        )
        for _ in range(count)
    ]


def _start(chance: random.Random) -> Start:
    day = date(2026, 6, 1) + timedelta(days=chance.randint(0, 400))
    kind = chance.choice(list(StartType))
    return {
        StartType.FIXED: Start(kind, on=day),
        StartType.ROLLING: Start(kind, on=chance.choice([None, day]), every_weeks=4),
        StartType.WHEN_ENROLLED: Start(kind, when_enrolled=8),
        StartType.DIRECT: Start(kind),
        StartType.AGREED: Start(kind),
    }[kind]
