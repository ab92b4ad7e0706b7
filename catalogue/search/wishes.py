"""What people type beside their subject: a place, a part of the week, the most that they want to pay, how heavy work may be.

"BHV den bosch zaterdag" asks for one edition that is in Den Bosch and in the weekend. Words look for modules, and the one with a day in
Breda and an evening in Den Bosch holds all of these; filters hold for one and the same edition. So such words become filters, each with
the text that is left when a person takes it back. How heavy work may be no module says: such words are looked for nowhere, since who
types "zonder tillen" wants no course in lifting.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from catalogue.language.dutch import folded, tokens, word_list
from catalogue.language.strain import STRAIN
from catalogue.moments import Moment, moments_within
from catalogue.points import Point
from catalogue.search.port import MAX_QUERY_CHARS, MAX_QUERY_TERMS, Query

NEARBY_KM = 25.0
"""How far "in the neighbourhood of" reaches."""
MOST_WORDS_IN_NAME = 4

_IN = frozenset({"in", "te", "at"})
_AROUND = frozenset({"bij", "nabij", "rond", "rondom", "omgeving", "regio", "buurt", "omstreken", "vlakbij", "dichtbij", "near", "around"})
_LINKS = frozenset({"van", "de", "in", "of"})
_AMOUNT = r"(?P<{name}>\d+(?:[.,]\d+)*)(?:,-)?"
_PRICE = re.compile(
    r"(?:\b(?:onder|tot|max|maximaal|hoogstens|minder dan|goedkoper dan|beneden|under|below|up to|less than|at most)(?: de)? "
    r"|(?<!meer dan )(?<!boven )(?<!vanaf )(?<!minstens )(?<!more than )(?<!over )(?<!\S))"  # "lassen 300 euro" says what one has.
    rf"(?:(?:€|eur|euro) ?{_AMOUNT.format(name='after')}|{_AMOUNT.format(name='before')} ?(?:€|euros?|eur))(?= |$)"
)
_FREE = re.compile(r"\b(?:gratis|kosteloos|kosteloze)\b")
_MOMENTS = (
    (Moment.EVENING, re.compile(r"(?:\b(?:in de|s) )?\bavond(?:s|en|uren)?\b|\bavond(?:cursus|opleiding|les|school)\w*\b|\bevenings?\b")),
    (Moment.WEEKEND, re.compile(r"(?:\bin het )?\bweek(?:ends?|einden?|endcursus\w*|endopleiding\w*)\b")),
    (Moment.DAYTIME, re.compile(r"\boverdag\b|\bdaytime\b")),
    (Moment.OWN_TIME, re.compile(r"(?:\b(?:in|op) (?:mijn|je|uw|m'n) )?\beigen tempo\b")),
)
_WEEKEND_DAYS = re.compile(r"\b(?:zater|zon)dag(?:en|s|avond|ochtend|middag)?\b|\b(?:satur|sun)days?\b")
_NO_WORD = " \t,.;:!?()\"'’‘`"


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that can be typed. `slug` where the catalogue has it as a place of editions, "" for any other place in the country."""

    slug: str
    name: str
    point: Point


PlaceNames = Mapping[str, NamedPlace]
"""Places by each of their names, as `place_key` writes it."""


@dataclass(frozen=True, slots=True)
class TextWish:
    """One wish that words of a text express.

    Attributes:
        name: "place", "near", "moment", "max_price_eur" or "strain".
        value: a slug; the name of a place; a `Moment`; euro; the words.
        words: the numbers of the words that say so.
        keeps_words: whether the words also look for modules: a Saturday is more than a weekend.
        point: of "place" and "near".
    """

    name: str
    value: str | float
    words: range
    keeps_words: bool = False
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text taken apart: the words of its subject, and its wishes."""

    words: Sequence[str]
    wishes: Sequence[TextWish]

    @property
    def subject(self) -> str:
        """The text without the words of wishes."""
        gone = {number for wish in self.wishes if not wish.keeps_words for number in wish.words}
        return " ".join(word for number, word in enumerate(self.words) if number not in gone)

    @property
    def point(self) -> Point | None:
        """The place that the text asks for."""
        return next((wish.point for wish in self.wishes if wish.point), None)

    @property
    def anywhere(self) -> str:
        """The text as typed without the words that say where."""
        gone = {number for wish in self.wishes if wish.point for number in wish.words}
        return " ".join(word for number, word in enumerate(self.words) if number not in gone)

    def with_subject(self, subject: str) -> str:
        """Another subject with the same wishes."""
        said = [self.words[number] for wish in self.wishes if not wish.keeps_words for number in wish.words]
        return " ".join((subject, *said))

    def without(self, wish: TextWish) -> str:
        """The text as typed but for the words of one wish."""
        return " ".join(word for number, word in enumerate(self.words) if number not in wish.words)


def place_key(name: str) -> str:
    """A name of a place without spaces, signs and a leading 's or 't: "'s-Hertogenbosch" is "hertogenbosch"."""
    return "".join(word for parts in tokens(name) for word in parts if len(word) > 1)


def read_text(text: str, places: PlaceNames) -> ReadText:
    """Finds the wishes in a text. Where two read the same words, the first kind of `TextWish.name` counts."""
    words = text[:MAX_QUERY_CHARS].split()
    plain = [folded(word).strip(_NO_WORD) for word in words]
    found: list[TextWish] = []
    taken: set[int] = set()
    for wish in (*_places(words, plain, places), *_in_phrases(plain)):
        if taken.isdisjoint(wish.words):
            found.append(wish)
            taken.update(wish.words)
    return ReadText(words, found)


def wished_for(query: Query, read: ReadText) -> tuple[Query, ReadText]:
    """`query` with the wishes of its text as filters, and what was read for these; a filter that is there already is left as it is."""
    set_already = {*query.filters, *(("max_price_eur",) if query.max_price_eur is not None else ())}
    if query.near is not None or "place" in set_already:
        set_already |= {"place", "near"}
    read = replace(read, wishes=[wish for wish in read.wishes if wish.name not in set_already])
    if not read.wishes:
        return query, read
    filters = dict(query.filters)
    for name in ("place", "moment"):
        if values := {str(wish.value) for wish in read.wishes if wish.name == name}:
            filters[name] = moments_within(values) if name == "moment" else frozenset(values)
    query = replace(query, text=read.subject, filters=filters)
    for wish in read.wishes:
        if wish.name == "near":
            query = replace(query, near=wish.point, radius_km=query.radius_km or NEARBY_KM)
        elif wish.name == "max_price_eur":
            query = replace(query, max_price_eur=float(wish.value))
    return query, read


def _places(words: Sequence[str], plain: Sequence[str], places: PlaceNames) -> Iterator[TextWish]:
    """The longest names of places, with the words before them that lead to a place."""
    number = 0
    while number < min(len(words), 2 * MAX_QUERY_TERMS):
        for size in range(min(MOST_WORDS_IN_NAME, len(words) - number), 0, -1):
            place = places.get(place_key(" ".join(plain[number : number + size])))
            if place is None:
                continue
            first, is_around = _lead(plain, number)
            if not _is_meant(place, words[number], plain[number], is_led=first < number):
                continue
            covered = range(first, number + size)
            if is_around or not place.slug:
                yield TextWish("near", place.name, covered, point=place.point)
            else:
                yield TextWish("place", place.slug, covered, point=place.point)
            number += size - 1
            break
        number += 1


def _lead(plain: Sequence[str], number: int) -> tuple[int, bool]:
    """Where the words begin that lead to the name at `number`, and whether they ask for its surroundings: "in de buurt van Breda"."""
    first = number
    while first and plain[first - 1] in _LINKS | _IN | _AROUND:
        first -= 1
    is_around = not _AROUND.isdisjoint(plain[first:number])
    while first < number and plain[first] in _LINKS - _IN:
        first += 1
    is_led = is_around or (first < number and plain[number - 1] in _IN)
    return (first, is_around) if is_led else (number, False)


def _is_meant(place: NamedPlace, written: str, plain: str, *, is_led: bool) -> bool:
    """Whether a word is the name of a place here: "best" and "dieren" are words too, and few mean a hamlet that they do not lead to."""
    is_capital = written[:1].isupper()
    if plain in word_list("larger_than_a_place"):
        return False
    if plain in word_list("ordinary_places"):
        return is_led and (is_capital or bool(place.slug))
    return bool(place.slug) or is_led or is_capital


def _in_phrases(plain: Sequence[str]) -> Iterator[TextWish]:
    """Moments, prices and strain; a pattern sees the words with one space between."""
    line = " ".join(plain)
    starts = [0]
    for word in plain:
        starts.append(starts[-1] + len(word) + 1)

    def covered(match: re.Match[str]) -> range:
        return range(bisect_right(starts, match.start()) - 1, bisect_left(starts, match.end()))

    for match in _PRICE.finditer(line):
        yield TextWish("max_price_eur", _euro(match["after"] or match["before"]), covered(match))
    for match in _FREE.finditer(line):
        yield TextWish("max_price_eur", 0.0, covered(match))
    for moment, pattern in _MOMENTS:
        yield from (TextWish("moment", moment.value, covered(match)) for match in pattern.finditer(line))
    for match in _WEEKEND_DAYS.finditer(line):
        yield TextWish("moment", Moment.WEEKEND.value, covered(match), keeps_words=True)
    for match in STRAIN.finditer(line):
        yield TextWish("strain", match.group(0), covered(match))


def _euro(written: str) -> float:
    """A sign before exactly three digits keeps thousands apart."""
    return float(re.sub(r"[.,](?=\d{3}(?!\d))", "", written).replace(",", "."))


def place_names(places: Iterable[tuple[NamedPlace, Iterable[str]]]) -> PlaceNames:
    """Places, each with all of its names; of two with the same name the first counts."""
    found: dict[str, NamedPlace] = {}
    for place, names in places:
        for name in names:
            found.setdefault(place_key(name), place)
    found.pop("", None)
    return found
