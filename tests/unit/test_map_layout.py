"""Maps as geometry: nothing overlaps, nothing leaves the frame, and the same places always give the same drawing."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.points import Point, distance_km
from web.maps.drawing import OWN_RADIUS, SMALL, WIDE, Drawing, drawing
from web.maps.land import DOT, land_path
from web.maps.layout import LEAST_SPAN_KM, Circle, Spot, Style, Window, plane, text_width, window_around

BREDA, EINDHOVEN, GRONINGEN = Point(51.5879, 4.7784), Point(51.4386, 5.4752), Point(53.2188, 6.5665)
STYLES = pytest.mark.parametrize("style", [WIDE, SMALL], ids=["wide", "small"])

points = st.builds(Point, st.floats(50.8, 53.5), st.floats(3.4, 7.2))
names = st.text("abcdefghijklmnoprstuvwz -'ABM", min_size=2, max_size=22)
some_places = st.lists(st.tuples(points, names, st.integers(1, 12_000)), min_size=1, max_size=75)


def spot(point: Point, name: str, count: int, key: str = "") -> Spot:
    return Spot(key or name, name, *plane(point), count)


def spots(places: list[tuple[Point, str, int]]) -> list[Spot]:
    return [spot(point, name, count, str(number)) for number, (point, name, count) in enumerate(places)]


def box_of(circle: Circle) -> tuple[float, float, float, float]:
    assert circle.name
    return circle.name.left, circle.name.top, circle.name.left + circle.name.width, circle.name.top + circle.name.height


def distance_to_box(x: float, y: float, box: tuple[float, float, float, float]) -> float:
    """An oracle of its own: the nearest of many points of the edge and the inside."""
    left, top, right, bottom = box
    return min(math.dist((x, y), (left + (right - left) * i / 60, top + (bottom - top) * j / 12)) for i in range(61) for j in range(13))


def assert_sound(shown: Drawing) -> None:
    window, marks = shown.window, [(one.x, one.y, one.radius) for one in shown.circles]
    if shown.own:
        marks.append((shown.own.x, shown.own.y, OWN_RADIUS))
    for one, other in combinations(marks, 2):
        assert math.dist(one[:2], other[:2]) >= one[2] + other[2] - 1e-6
    for x, y, radius in marks:
        assert radius <= x <= window.width - radius
        assert radius <= y <= window.height - radius
    boxes = [box_of(one) for one in shown.circles if one.name]
    for left, top, right, bottom in boxes:
        assert left >= 0
        assert top >= 0
        assert right <= window.width
        assert bottom <= window.height
        assert all(distance_to_box(x, y, (left, top, right, bottom)) >= radius - 1e-6 for x, y, radius in marks)
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@STYLES
@settings(max_examples=60, deadline=None)
@given(places=some_places, near=st.none() | points, radius_km=st.sampled_from([0.0, 5.0, 50.0, 500.0]))
def test_nothing_overlaps_or_leaves_the_frame(
    style: Style, places: list[tuple[Point, str, int]], near: Point | None, radius_km: float
) -> None:
    shown = drawing(spots(places), [], style, near, radius_km)
    assert_sound(shown)
    assert shown.window.height <= style.tallest + 1e-6
    assert shown.circles


@settings(max_examples=60, deadline=None)
@given(places=some_places)
def test_a_cluster_stands_for_all_that_is_near_it(places: list[tuple[Point, str, int]]) -> None:
    shown = drawing(spots(places), [], SMALL, None, 0)
    keys = [key for one in shown.circles for key in (one.spot.key, *one.spot.others)]
    assert len(keys) == len(set(keys))
    counts = {str(number): count for number, (_point, _name, count) in enumerate(places)}
    for one in shown.circles:
        assert one.spot.count == sum(counts[key] for key in (one.spot.key, *one.spot.others))
        assert all(counts[key] <= counts[one.spot.key] for key in one.spot.others)
        assert one.spot.name.endswith(f" +{len(one.spot.others)}") == bool(one.spot.others)


@STYLES
@settings(max_examples=15, deadline=None)
@given(places=some_places, order=st.randoms(use_true_random=False))
def test_the_order_in_which_places_come_changes_nothing(style: Style, places: list[tuple[Point, str, int]], order: object) -> None:
    given_spots = spots(places)
    shuffled = list(given_spots)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    assert drawing(given_spots, [], style, BREDA, 25) == drawing(shuffled, [], style, BREDA, 25)


@STYLES
def test_places_with_room_stand_exactly_where_they_are(style: Style) -> None:
    shown = drawing([spot(BREDA, "Breda", 9), spot(GRONINGEN, "Groningen", 4)], [], style, None, 0)
    (breda, groningen) = shown.circles
    assert [(one.x, one.y) for one in shown.circles] == [one.home for one in shown.circles]
    assert not breda.is_away
    assert breda.y > groningen.y
    assert breda.x < groningen.x
    drawn_km = math.dist(breda.home, groningen.home) / shown.window.scale
    assert drawn_km == pytest.approx(distance_km(BREDA, GRONINGEN), rel=0.01)


def test_the_larger_circle_stays_nearer_to_its_place() -> None:
    near_breda = Point(BREDA.latitude + 0.02, BREDA.longitude)
    shown = drawing([spot(BREDA, "Breda", 90), spot(near_breda, "Teteringen", 2), spot(GRONINGEN, "Groningen", 1)], [], WIDE, None, 0)
    moved = {one.spot.name: math.dist((one.x, one.y), one.home) for one in shown.circles}
    assert 0 < moved["Breda"] < moved["Teteringen"]


def test_areas_follow_counts_and_each_number_fits() -> None:
    many = spot(BREDA, "Breda", 12_000), spot(EINDHOVEN, "Eindhoven", 6_000), spot(GRONINGEN, "Groningen", 1)
    largest, half, least = drawing(many, [], WIDE, None, 0).circles
    assert half.radius**2 - WIDE.least_radius**2 == pytest.approx((largest.radius**2 - WIDE.least_radius**2) / 2, rel=0.01)
    assert least.radius == pytest.approx(WIDE.least_radius, rel=0.01)
    assert all(text_width(str(one.spot.count), WIDE.letters) < 2 * one.radius for one in (largest, half, least))


def test_a_long_name_does_not_run_into_a_circle_far_away() -> None:
    row = [(51.0, 6.0, "AA"), (51.0, 3.5, "A" * 16), (51.0, 7.125, "AA")]
    assert_sound(drawing([spot(Point(north, east), name, 1, f"{east}") for north, east, name in row], [], SMALL, None, 0))


def test_places_at_the_same_point_are_all_drawn() -> None:
    shown = drawing([spot(BREDA, f"Breda {number}", 3) for number in range(5)], [], WIDE, BREDA, 0)
    assert len(shown.circles) == 5
    assert_sound(shown)


def test_what_has_no_room_is_left_out_and_the_rest_stays_sound() -> None:
    crowd = [spot(Point(52 + number % 20 / 1000, 5 + number // 20 / 1000), f"Plaats {number}", number + 1) for number in range(400)]
    shown = drawing(crowd, [], WIDE, None, 0)
    assert 0 < len(shown.circles) < 400
    assert shown.circles[0].spot.count == 400
    assert_sound(shown)


@STYLES
def test_the_radius_is_seen_whole_and_to_scale(style: Style) -> None:
    shown = drawing([spot(BREDA, "Breda", 3)], [], style, EINDHOVEN, 50)
    assert shown.own
    assert shown.own.reach == pytest.approx(50 * shown.window.scale)
    assert shown.own.reach <= shown.own.x <= shown.window.width - shown.own.reach
    assert shown.own.reach <= shown.own.y <= shown.window.height - shown.own.reach


@STYLES
@pytest.mark.parametrize("places", [[BREDA], [BREDA, EINDHOVEN], [BREDA, GRONINGEN]])
def test_the_bar_has_a_round_length_and_fits(style: Style, places: list[Point]) -> None:
    shown = drawing([spot(point, f"{number}", 1) for number, point in enumerate(places)], [], style, None, 0)
    assert shown.bar == pytest.approx(shown.bar_km * shown.window.scale)
    assert style.width / 12 < shown.bar <= style.width / 4


def test_one_place_is_not_enlarged_without_end() -> None:
    window = window_around([plane(BREDA)], WIDE)
    assert (window.width - 2 * WIDE.margin) / window.scale == pytest.approx(LEAST_SPAN_KM)


def test_a_map_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="unpack"):
        drawing([], [], WIDE, None, 0)


def test_land_lies_around_postcodes_alone() -> None:
    window = Window(west=0, north=0, scale=2, width=120, height=90)
    path = land_path([(30, 20)], window)
    rows = [[float(number) for number in part.replace("h", " ").split()] for part in path.split("M")[1:]]
    dots = [(left + DOT * step, top) for left, top, length in rows for step in range(int(length / DOT) + 1)]
    assert (60, 42) in dots
    assert all(math.dist(dot, (60, 40)) < 2 * DOT for dot in dots)
    assert land_path([(900, 900)], window) == ""
    assert land_path([], window) == ""
