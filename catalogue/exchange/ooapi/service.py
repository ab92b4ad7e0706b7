"""All courses and offerings of a service of the Open Onderwijs API, as one file: each list to its last page, or nothing at all.

The address is that of the service, under which `/courses` stands, or of one organisation in it. Of an organisation two lists are enough; of
a service the offerings are asked course by course, for there is no list of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from catalogue.exchange.feed_problems import FeedProblem, HarvestFailed
from catalogue.exchange.harvest import Ask
from catalogue.exchange.jsonl_file import json_value
from catalogue.exchange.problems import BadCell

PAGE_SIZE = 250
LOOKS_BACK = timedelta(days=365)
"""Services list what is still to come, unless they are asked from when: what began in this time may still run or be joined."""

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a version calls its lists and keys; `outcomes` is "" where outcomes stand in the courses themselves."""

    organisations: str
    offerings: str
    offering_key: str
    outcomes: str = ""


V5 = Dialect("organizations", "offerings", "offeringId")
V6 = Dialect("organisations", "course-offerings", "courseOfferingId", "learning-outcomes")


def write_service(ask: Ask, url: str, dialect: Dialect, today: date, into: Path) -> None:
    """Writes all that a service lists into a file that `catalogue.exchange.ooapi.file` reads.

    Raises:
        OutboundFailed, HarvestFailed: something is missing; nothing is to be used.
    """
    url = url.rstrip("/")
    since = {"since": (today - LOOKS_BACK).isoformat()}
    courses = list(_items(ask, f"{url}/courses", "courseId", {}))
    service, _slash, organisation = url.rpartition(f"/{dialect.organisations}/")
    if service and organisation and "/" not in organisation:
        offerings = list(_items(ask, f"{url}/{dialect.offerings}", dialect.offering_key, since))
        of_these = {course["courseId"] for course in courses}
        offerings = [one for one in offerings if _course_of(one) in of_these]
    else:
        service, offerings = url, []
        for course in courses:
            address = f"{url}/courses/{quote(course['courseId'], safe='')}/{dialect.offerings}"
            offerings += _items(ask, address, dialect.offering_key, since)
    outcomes: list[Item] = []
    if dialect.outcomes and any(course.get("learningOutcomeIds") for course in courses):
        outcomes = list(_items(ask, f"{service}/{dialect.outcomes}", "learningOutcomeId", {}))
    document = {"courses": courses, "offerings": offerings, "learningOutcomes": outcomes}
    into.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def _items(ask: Ask, url: str, key: str, asked: dict[str, str]) -> Iterator[Item]:
    """All items of a list, page after page.

    A list is whole when each page says that it is the one that was asked for, all but the last are full, no item comes twice (then the list
    moved on while it was read, and another one was missed), and the last page is where the list says that it ends.
    """
    seen: set[str] = set()
    number, has_more = 1, True
    while has_more:
        address = f"{url}?{urlencode(asked | {'pageSize': PAGE_SIZE, 'pageNumber': number})}"
        page = _page(ask(address), address)
        items, has_more = page["items"], page["hasNextPage"]
        total = page.get("totalPages")
        ends_elsewhere = isinstance(total, int) and has_more != (number < total)
        if page["pageNumber"] != number or ends_elsewhere or (has_more and len(items) < max(page["pageSize"], 1)):
            raise HarvestFailed(FeedProblem.HALF_LIST, address)
        for item in items:
            if not isinstance(item.get(key), str) or item[key] in seen:
                raise HarvestFailed(FeedProblem.HALF_LIST, address)
            seen.add(item[key])
            yield item
        number += 1


def _page(content: bytes, address: str) -> dict[str, Any]:
    try:
        page = json_value(content.removeprefix(b"\xef\xbb\xbf"))
    except BadCell:
        raise HarvestFailed(FeedProblem.NOT_A_LIST, address) from None
    shape = {"items": list, "hasNextPage": bool, "pageNumber": int, "pageSize": int}
    if not isinstance(page, dict) or not all(isinstance(page.get(name), kind) for name, kind in shape.items()):
        raise HarvestFailed(FeedProblem.NOT_A_LIST, address)
    if not all(isinstance(item, dict) for item in page["items"]):
        raise HarvestFailed(FeedProblem.NOT_A_LIST, address)
    return page


def _course_of(offering: Item) -> object:
    """The id of the course of an offering, which stands there itself or as a whole course."""
    course = offering.get("course", offering.get("courseId"))
    return course.get("courseId") if isinstance(course, dict) else course
