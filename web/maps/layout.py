"""Where circles and names stand on a map. Pure geometry: the same places always give the same drawing.

Places are given in km on a plane (`plane`) and drawn in units of the drawing, x to the east and y to the south. Circles stand where the
places are, and give way to each other as little as is needed; names stand where nothing else does, or not at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from catalogue.points import Point

KM_PER_DEGREE = 111.2
MIDDLE_LATITUDE = 52.2
"""Of the Netherlands: there a degree to the east and one to the north get their true lengths."""
LEAST_SPAN_KM = 50.0
GAP = 2.0
"""Units between two circles, and around names."""
SLIGHT = GAP / 8
"""Nearer than GAP by this much is near enough to it: circles that push each other to and fro come to rest."""
ROUNDS = 60
MOST_DRAWN = 100
"""Of more places only those with most modules are drawn."""
DIGIT_WIDTH = 0.58
LINE = 1.25
"""Height of a line of text, in letters."""
NARROW, BROAD = frozenset("fijlrtIJ'-. "), frozenset("mwMW")
"""Letters that are much narrower or broader than the others."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to draw: where it is in km, and how many modules are there; `others`: keys of the places around that it stands for too."""

    key: str
    name: str
    east: float
    south: float
    count: int
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes in units: of the whole, of the smallest and the largest circle, of letters.

    `is_clustered`: where circles would overlap, one stands for all. Else they give way to each other, which takes room.
    """

    width: float
    tallest: float
    least_radius: float
    most_radius: float
    letters: float
    is_clustered: bool = False

    @property
    def margin(self) -> float:
        """What stays free at the edges, so that the circle of a place at the edge fits; and a name below it, where names stand close by."""
        return self.most_radius + 2 * GAP + (LINE * self.letters if self.is_clustered else 0)


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the plane that is drawn."""

    west: float
    north: float
    scale: float
    """Units a km."""
    width: float
    height: float

    def at(self, east: float, south: float) -> tuple[float, float]:
        """Km on the plane in units of the drawing."""
        return (east - self.west) * self.scale, (south - self.north) * self.scale


@dataclass(frozen=True, slots=True)
class Name:
    """A name beside its circle: the box that it stands in."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Circle:
    """A drawn place. `home` is where it really is; None for `name` where no room is left for it."""

    spot: Spot
    x: float
    y: float
    radius: float
    home: tuple[float, float]
    name: Name | None = None

    @property
    def is_away(self) -> bool:
        """Whether the circle had to leave its place."""
        return math.dist((self.x, self.y), self.home) > self.radius


def plane(point: Point) -> tuple[float, float]:
    """A point in km to the east and to the south of 0, 0; true to scale within half a percent all over the Netherlands."""
    return point.longitude * KM_PER_DEGREE * math.cos(math.radians(MIDDLE_LATITUDE)), -point.latitude * KM_PER_DEGREE


def window_around(points: Iterable[tuple[float, float]], style: Style) -> Window:
    """The largest drawing of all `points`, in km; at least LEAST_SPAN_KM wide. Raises ValueError without points."""
    easts, souths = zip(*points, strict=True)
    free = 2 * style.margin
    span_east, span_south = max(max(easts) - min(easts), LEAST_SPAN_KM), max(max(souths) - min(souths), LEAST_SPAN_KM / 2)
    scale = min((style.width - free) / span_east, (style.tallest - free) / span_south)
    height = span_south * scale + free
    west = (max(easts) + min(easts) - style.width / scale) / 2
    north = (max(souths) + min(souths) - height / scale) / 2
    return Window(west, north, scale, style.width, height)


def laid_out(spots: Iterable[Spot], window: Window, style: Style, taken: tuple[float, float, float] | None = None) -> list[Circle]:
    """Circles with names, the largest first. None overlap, and all lie within the window.

    Where there is no room for all, the smallest are left out.

    Args:
        taken: x, y and radius of a mark that stays where it is, and that nothing may cover.
    """
    ordered = sorted(spots, key=lambda spot: (-spot.count, spot.key))[:MOST_DRAWN]
    if style.is_clustered:
        ordered = _clustered(ordered, window, style)
    most = max((spot.count for spot in ordered), default=1)
    circles = [_circle(spot, most, window, style) for spot in ordered]
    apart = _without_overlap(_apart(circles, window, taken), taken)
    return _named(apart, window, style, taken)


def text_width(text: str, letters: float) -> float:
    """About how wide a text is, rather too much than too little, whatever sans serif the reader has."""
    return letters * sum(0.36 if sign in NARROW else 0.92 if sign in BROAD else 0.72 if sign.isupper() else DIGIT_WIDTH for sign in text)


def _clustered(spots: Sequence[Spot], window: Window, style: Style) -> list[Spot]:
    """The same places with those that would overlap a larger one taken up by the nearest such; `spots` come the largest first.

    The count of a cluster is the sum of its places: at least as many as there are, since a module can be in several.
    """
    most = max((spot.count for spot in spots), default=1)
    clusters: dict[str, tuple[Circle, list[Spot]]] = {}
    for spot in spots:
        circle = _circle(spot, most, window, style)
        gaps = {key: math.dist(circle.home, other.home) - other.radius - circle.radius for key, (other, _spots) in clusters.items()}
        near = min(gaps, key=lambda key: (gaps[key], key), default=None)
        if near is not None and gaps[near] < GAP:
            clusters[near][1].append(spot)
        else:
            clusters[spot.key] = circle, []
    joined = [
        replace(
            circle.spot,
            name=f"{circle.spot.name} +{len(others)}" if others else circle.spot.name,
            count=circle.spot.count + sum(other.count for other in others),
            others=tuple(other.key for other in others),
        )
        for circle, others in clusters.values()
    ]
    return sorted(joined, key=lambda spot: (-spot.count, spot.key))


def _circle(spot: Spot, most: int, window: Window, style: Style) -> Circle:
    """The area says how many, as far as a number and a finger fit on it."""
    least, largest = style.least_radius**2, style.most_radius**2
    radius = math.sqrt(least + (largest - least) * spot.count / most)
    needed = text_width(str(spot.count), style.letters) / 2 + GAP
    home = window.at(spot.east, spot.south)
    return Circle(spot, *home, max(radius, needed), home)


def _apart(circles: Sequence[Circle], window: Window, taken: tuple[float, float, float] | None) -> list[Circle]:
    """The circles pushed off each other, the smaller one of two the most."""
    x, y, radius = [one.x for one in circles], [one.y for one in circles], [one.radius for one in circles]
    reach = 2 * max(radius, default=0.0) + GAP
    for _round in range(ROUNDS):
        is_still = True
        order = sorted(range(len(circles)), key=lambda one: (x[one], one))
        for at, one in enumerate(order):
            for other in order[at + 1 :]:
                if x[other] - x[one] > reach:
                    break
                if abs(y[other] - y[one]) > reach:
                    continue
                east, south, overlap = _overlap((x[one], y[one], radius[one]), (x[other], y[other], radius[other]), one + other)
                if overlap > SLIGHT:
                    is_still = False
                    share = radius[other] ** 2 / (radius[one] ** 2 + radius[other] ** 2)
                    x[one], y[one] = x[one] - east * overlap * share, y[one] - south * overlap * share
                    x[other], y[other] = x[other] + east * overlap * (1 - share), y[other] + south * overlap * (1 - share)
            if taken:
                east, south, overlap = _overlap(taken, (x[one], y[one], radius[one]), one)
                if overlap > SLIGHT:
                    is_still = False
                    x[one], y[one] = x[one] + east * overlap, y[one] + south * overlap
            x[one] = min(max(x[one], radius[one] + 1), window.width - radius[one] - 1)
            y[one] = min(max(y[one], radius[one] + 1), window.height - radius[one] - 1)
        if is_still:
            break
    return [replace(circle, x=x[at], y=y[at]) for at, circle in enumerate(circles)]


def _overlap(one: tuple[float, float, float], other: tuple[float, float, float], number: int) -> tuple[float, float, float]:
    """The direction from one circle to another, and how far they are too near; of the same middle, any direction by `number`."""
    east, south = other[0] - one[0], other[1] - one[1]
    distance = math.hypot(east, south)
    if distance < 1e-6:
        east, south, distance = math.cos(number * 2.4), math.sin(number * 2.4), 1.0
        return east, south, one[2] + other[2] + GAP
    return east / distance, south / distance, one[2] + other[2] + GAP - distance


def _without_overlap(circles: Sequence[Circle], taken: tuple[float, float, float] | None) -> list[Circle]:
    """What had no room among the others falls off."""
    kept: list[Circle] = []
    for circle in circles:
        others = [(one.x, one.y, one.radius) for one in kept] + ([taken] if taken else [])
        if all(math.dist((circle.x, circle.y), other[:2]) >= circle.radius + other[2] for other in others):
            kept.append(circle)
    return kept


def _named(circles: Sequence[Circle], window: Window, style: Style, taken: tuple[float, float, float] | None) -> list[Circle]:
    """Each circle with its name where there is room for it; the largest circles choose first.

    The focus goes around a circle and its name together, so no other name stands in that frame.
    """
    marks = [(one.x, one.y, one.radius) for one in circles] + ([taken] if taken else [])
    names: list[Name] = []
    frames: list[Name] = []
    named = []
    for circle in circles:
        reach = circle.radius + text_width(circle.spot.name, style.letters) + 2 * style.letters
        near = [mark for mark in marks if math.dist(mark[:2], (circle.x, circle.y)) < reach + mark[2]]
        ways = ((name, _frame(circle, name)) for name in _ways(circle, style))
        free = (
            (name, frame) for name, frame in ways if _is_free(name, near, window) and not (_is_on(name, frames) or _is_on(frame, names))
        )
        name, frame = next(free, (None, None))
        names += [name] if name else []
        frames += [frame] if frame else []
        named.append(replace(circle, name=name))
    return named


def _ways(circle: Circle, style: Style) -> Iterator[Name]:
    """The boxes beside a circle, best first: right, left, below, above, and then the four corners.

    Not the corners where circles stand for many places: so far from its circle, a name may seem to be that of another.
    """
    width, height = text_width(circle.spot.name, style.letters), style.letters * LINE
    aside, down = circle.radius + GAP, height / 2
    slant = circle.radius * 0.75
    sides = ((aside, -down), (-aside - width, -down), (-width / 2, aside), (-width / 2, -aside - height))
    corners = ((slant, slant), (slant, -slant - height), (-slant - width, slant), (-slant - width, -slant - height))
    for left, top in (*sides, *(() if style.is_clustered else corners)):
        yield Name(circle.x + left, circle.y + top, width, height)


def _frame(circle: Circle, name: Name) -> Name:
    """The box around a circle and its name."""
    left, top = min(name.left, circle.x - circle.radius), min(name.top, circle.y - circle.radius)
    right, bottom = max(name.left + name.width, circle.x + circle.radius), max(name.top + name.height, circle.y + circle.radius)
    return Name(left, top, right - left, bottom - top)


def _is_free(name: Name, marks: Iterable[tuple[float, float, float]], window: Window) -> bool:
    right, bottom = name.left + name.width, name.top + name.height
    if name.left < GAP or name.top < GAP or right > window.width - GAP or bottom > window.height - GAP:
        return False
    return all(math.dist((x, y), (min(max(x, name.left), right), min(max(y, name.top), bottom))) >= radius for x, y, radius in marks)


def _is_on(box: Name, others: Iterable[Name]) -> bool:
    """Whether a box touches one of the others."""
    right, bottom = box.left + box.width, box.top + box.height
    return any(
        box.left < other.left + other.width + GAP and other.left < right + GAP and box.top < other.top + other.height and other.top < bottom
        for other in others
    )
