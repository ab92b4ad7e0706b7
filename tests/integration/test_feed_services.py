"""Feeds that are a service or a site: read to the end or not at all. Whatever goes wrong on the way, the catalogue stays as it was."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select, update

from catalogue.database import Database
from catalogue.exchange import harvest
from catalogue.exchange.feed_problems import FeedProblem, rows_of
from catalogue.exchange.feeds import FIRST_PAUSE, FeedKind
from catalogue.exchange.ooapi.service import V5, V6, Dialect, write_service
from catalogue.models import Edition, Module, Organisation
from catalogue.outbound.troubles import Trouble
from catalogue.vocabulary import Format, Level, Status
from tests.accounts import parts_of
from tests.conftest import NOW
from tests.feeds import HOUR, World, sends
from tests.integration.test_ooapi_harvest import Document, empty, imported, providers, told
from tests.integration.test_ooapi_harvest import answers as all_answers
from tests.other_site import HOST, Answer, head, other_site, whole

SERVICE = f"http://{HOST}/ooapi/v5"
SITE = f"http://{HOST}/sitemap.xml"
N_COURSES = 260
"""Two pages of a list."""

Answers = Callable[[str, Mapping[str, list[str]]], Answer]
"""What a site answers at a path, to a question."""


def as_json(document: object, *headers: str) -> Answer:
    return whole(json.dumps(document).encode(), "Content-Type: application/json", *headers)


def page_of(items: list[Document], asked: Mapping[str, list[str]], /, **changes: object) -> Document:
    size, number = int(asked["pageSize"][0]), int(asked["pageNumber"][0])
    total = max(1, -(-len(items) // size))
    shown = items[(number - 1) * size : number * size]
    page = {"pageSize": size, "pageNumber": number, "hasPreviousPage": number > 1, "hasNextPage": number < total, "totalPages": total}
    return page | {"items": shown} | changes


def course(number: int, title: str = "Solderen", **more: object) -> Document:
    return {
        "courseId": f"c{number}",
        "primaryCode": {"codeType": "identifier", "code": f"S{number}"},
        "name": [{"language": "nl-NL", "value": f"{title} {number}"}],
        "description": [{"language": "nl-NL", "value": "U leert solderen."}],
        "teachingLanguage": "nld",
        "level": "secondary vocational education 3",
    } | more


def offering(number: int) -> Document:
    return {
        "offeringId": f"o{number}",
        "offeringType": "course",
        "course": f"c{number}",
        "startDate": "2027-02-08",
        "endDate": "2027-03-08",
        "modeOfDelivery": ["online"],
        "priceInformation": [{"costType": "total costs", "amount": "95.00", "currency": "EUR"}],
    }


def service(path: str, asked: Mapping[str, list[str]], title: str = "Solderen") -> Answer:
    """A service with courses of which each tenth is given once."""
    if path == "/ooapi/v5/courses":
        return as_json(page_of([course(number, title) for number in range(N_COURSES)], asked))
    number = int(path.split("/")[4].removeprefix("c"))
    return as_json(page_of([offering(number)] if number % 10 == 0 else [], asked))


def page(number: int, title: str = "Lassen") -> bytes:
    offers = {"@type": "Offer", "price": 95, "priceCurrency": "EUR"}
    runs = [{"@type": "CourseInstance", "courseMode": "online", "startDate": "2027-02-08"}]
    document = {"@type": "Course", "name": f"{title} {number}", "courseCode": f"L{number}", "offers": offers, "hasCourseInstance": runs}
    return f'<!doctype html><script type="application/ld+json">{json.dumps(document)}</script>'.encode()


def sitemap(*paths: str) -> bytes:
    listed = "".join(f"<url><loc>http://{HOST}{path}</loc></url>" for path in paths)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'.encode()


def site_of_pages(path: str, _asked: Mapping[str, list[str]], title: str = "Lassen") -> Answer:
    """A site with a page about itself, and ten about courses."""
    if path == "/sitemap.xml":
        return whole(sitemap("/over", *(f"/cursus/{number}" for number in range(10))), "Content-Type: application/xml")
    body = b"<!doctype html><p>Wij zijn een school." if path == "/over" else page(int(path.rsplit("/", 1)[1]), title)
    return whole(body, "Content-Type: text/html; charset=utf-8")


def routed(answers: Answers) -> Answer:
    def answer(line: socket.socket, request: Mapping[str, str]) -> None:
        parts = urlsplit(request["path"])
        answers(parts.path, parse_qs(parts.query))(line, request)

    return answer


KINDS: dict[FeedKind, tuple[str, Answers]] = {FeedKind.OOAPI_V5: (SERVICE, service), FeedKind.PAGES: (SITE, site_of_pages)}


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, sqlite_database: Database) -> Iterator[tuple[World, Answers]]:
    url, answers = KINDS[request.param]
    with other_site() as site:
        found = World(sqlite_database, site)
        found.change(file_format=request.param.value, url=url)
        yield found, answers


def test_a_service_or_site_is_read_to_its_end(world: tuple[World, Answers]) -> None:
    found, answers = world
    assert found.read(routed(answers)).problem == {}
    with found.database.reading() as session:
        modules = session.scalars(select(Module).order_by(Module.id)).all()
        editions = session.scalars(select(Edition)).all()
    if answers is service:
        assert [module.external_id for module in modules] == [f"S{number}" for number in range(N_COURSES)]
        assert {(module.level, module.language, module.status) for module in modules} == {(Level.MBO_3, "nl", Status.PUBLISHED)}
        assert len(editions) == 26
        assert len(found.site.asked) == 2 + N_COURSES
    else:
        assert [module.external_id for module in modules] == [f"L{number}" for number in range(10)]
        assert len(editions) == 10
    assert {(one.format, one.price_cents, str(one.start)) for one in editions} == {(Format.ONLINE, 9500, "2027-02-08")}
    before = found.rows()
    assert found.read(routed(answers)).problem == {}
    assert found.rows() == before
    assert found.feed().difference == {"added": 0, "changed": 0, "gone": 0, "unchanged": len(modules)}


def test_what_we_have_no_word_for_is_kept_while_it_stands_there(sqlite_database: Database) -> None:
    """A service that did not change is not read again; what it leaves open stays told."""

    def answers(path: str, asked: Mapping[str, list[str]]) -> Answer:
        courses = [course(number, level=level) for number, level in enumerate(("undefined", "doctoral"))]
        return as_json(page_of(courses if path.endswith("/courses") else [], asked))

    with other_site() as site:
        found = World(sqlite_database, site)
        found.change(file_format=FeedKind.OOAPI_V5.value, url=SERVICE)
        for unchanged in (0, 2):
            assert found.read(routed(answers)).problem == {}
            kept = found.feed().difference
            assert [(one.row, one.field, one.value) for one in rows_of(kept)] == [(2, "level", "doctoral")]
            assert kept["unchanged"] == unchanged


def broken(answers: Answers, where: str, answer: Answer) -> Answers:
    """The same site, which answers another thing at one address; all titles would be others."""

    def answering(path: str, asked: Mapping[str, list[str]]) -> Answer:
        here = f"{path}?{asked.get('pageNumber', ['1'])[0]}"
        return answer if here in (where, f"{where}?1") else answers(path, asked, title="Anders")  # type: ignore[call-arg]

    return answering


HALF = page(4)[:-40]
AT_THE_END = {service: f"/ooapi/v5/courses/c{N_COURSES - 1}/offerings", site_of_pages: "/cursus/9"}
BAD: dict[str, tuple[Answer, str]] = {
    "500": (whole(b"{}", status="500 Internal Server Error"), Trouble.STATUS),
    "403": (whole(b"{}", status="403 Forbidden"), Trouble.STATUS),
    "429": (whole(b"", "Retry-After: 7200", status="429 Too Many Requests"), Trouble.BUSY),
    "hangs up": (sends(), Trouble.CUT_OFF),
    "says nothing": (sends(then_wait=1.5), Trouble.TOO_SLOW),
    "half of it": (sends(head(f"Content-Length: {len(HALF) + 40}"), HALF), Trouble.CUT_OFF),
    "no length": (sends(head("Connection: close"), HALF), Trouble.NO_LENGTH),
    "too much": (whole(b" " * 3_000_000), Trouble.TOO_LARGE),
    "a way inside": (whole(b"", "Location: http://169.254.169.254/latest/", status="302 Found"), Trouble.NOT_PUBLIC),
}


@pytest.mark.parametrize("how", BAD)
def test_one_bad_answer_at_the_end_changes_nothing(world: tuple[World, Answers], how: str) -> None:
    found, answers = world
    answer, code = BAD[how]
    assert found.read(routed(answers)).problem == {}
    before = found.rows()
    seconds = 0.6 if code == Trouble.TOO_SLOW else 30.0  # a busy machine is slow too
    outcome = found.read(routed(broken(answers, AT_THE_END[answers], answer)), most_seconds=seconds, most_bytes=2_500_000)
    assert (outcome.problem["code"], outcome.error) == (code, None)
    assert found.rows() == before
    assert found.feed().next_at == found.clock() + (2 * HOUR if how == "429" else FIRST_PAUSE)
    assert found.read(routed(answers)).problem == {}
    assert found.rows() == before


def listed(**changes: object) -> Answer:
    """The second page of the list of courses, with something about it changed."""
    asked = {"pageSize": ["250"], "pageNumber": ["2"]}
    return as_json(page_of([course(number, "Anders") for number in range(N_COURSES)], asked, **changes))


SECOND = [course(number, "Anders") for number in range(250, 260)]
HALF_LISTS: dict[str, tuple[Answer, str]] = {
    "the first page again": (listed(pageNumber=1), FeedProblem.HALF_LIST),
    "more pages than there are": (listed(totalPages=5), FeedProblem.HALF_LIST),
    "goes on without end": (listed(hasNextPage=True), FeedProblem.HALF_LIST),
    "a course twice": (listed(items=[*SECOND, course(3)]), FeedProblem.HALF_LIST),
    "no list": (as_json({"error": "sorry"}), FeedProblem.NOT_A_LIST),
    "a list of words": (listed(items=["c1"]), FeedProblem.NOT_A_LIST),
    "a course without an id": (listed(items=[{"name": []}]), FeedProblem.HALF_LIST),
    "a list of nothing": (listed(items=[], hasNextPage=True, totalPages=None), FeedProblem.HALF_LIST),
    "no JSON": (whole(b'{"items": ['), FeedProblem.NOT_A_LIST),
    "another encoding": (whole(json.dumps({"items": ["Café"]}, ensure_ascii=False).encode("cp1252")), FeedProblem.NOT_A_LIST),
    "a web page": (whole(b"<!doctype html><title>Log in</title>", "Content-Type: text/html"), Trouble.WEB_PAGE),
    "a price that is none": (listed(items=[course(1000, studyLoad={"studyLoadUnit": "ects", "value": "veel"}), *SECOND]), FeedProblem.ROWS),
}


@pytest.mark.parametrize("how", HALF_LISTS)
def test_half_a_list_changes_nothing(sqlite_database: Database, how: str) -> None:
    answer, code = HALF_LISTS[how]
    with other_site() as site:
        world = World(sqlite_database, site)
        world.change(file_format="ooapi-v5", url=SERVICE)
        assert world.read(routed(service)).problem == {}
        before = world.rows()
        assert world.read(routed(broken(service, "/ooapi/v5/courses?2", answer))).problem["code"] == code
        assert world.rows() == before


BAD_SITES: dict[str, tuple[str, Answer, str]] = {
    "an empty map": ("/sitemap.xml", whole(sitemap()), FeedProblem.ROWS),
    "half a map": ("/sitemap.xml", whole(sitemap("/cursus/1")[:-20]), FeedProblem.NOT_A_LIST),
    "a map that explodes": (
        "/sitemap.xml",
        whole(b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><urlset><url><loc>&a;</loc></url></urlset>'),
        FeedProblem.NOT_A_LIST,
    ),
    "a map of another site": ("/sitemap.xml", whole(sitemap("/over").replace(HOST.encode(), b"elders.example.org")), FeedProblem.ROWS),
    "a map of few pages": ("/sitemap.xml", whole(sitemap("/cursus/1")), FeedProblem.TOO_MANY_GONE),
    "a map without end": ("/sitemap.xml", whole(sitemap(*(f"/{number}" for number in range(2_001)))), FeedProblem.TOO_MANY_REQUESTS),
    "data that is none": ("/cursus/5", whole(b'<script type="application/ld+json">{"@type": </script>'), FeedProblem.BAD_PAGE),
}


@pytest.mark.parametrize("how", BAD_SITES)
def test_a_bad_site_changes_nothing(sqlite_database: Database, how: str) -> None:
    where, answer, code = BAD_SITES[how]
    with other_site() as site:
        world = World(sqlite_database, site)
        world.change(file_format="pages", url=SITE)
        assert world.read(routed(site_of_pages)).problem == {}
        before = world.rows()
        assert world.read(routed(broken(site_of_pages, where, answer))).problem["code"] == code
        assert world.rows() == before


def test_a_page_that_is_gone_takes_its_course_offline(sqlite_database: Database) -> None:
    with other_site() as site:
        world = World(sqlite_database, site)
        world.change(file_format="pages", url=SITE)
        world.read(routed(site_of_pages))
        gone = broken(site_of_pages, "/cursus/5", whole(b"", status="404 Not Found"))
        assert world.read(routed(gone)).problem == {}
        assert world.titles(Status.WITHDRAWN) == ["Lassen 5"]


def test_maps_of_maps_and_a_single_page_are_read_too(sqlite_database: Database) -> None:
    index = sitemap("/deel.xml").replace(b"urlset", b"sitemapindex").replace(b"url>", b"sitemap>")
    maps = {"/sitemap.xml": whole(index), "/deel.xml": whole(sitemap("/cursus/1", "/cursus/2"))}

    def answers(path: str, asked: Mapping[str, list[str]]) -> Answer:
        return maps.get(path) or site_of_pages(path, asked)

    with other_site() as site:
        world = World(sqlite_database, site)
        world.change(file_format="pages", url=SITE)
        assert world.read(routed(answers)).problem == {}
        assert world.titles() == ["Lassen 1", "Lassen 2"]
        world.change(url=f"http://{HOST}/cursus/7", most_gone_percent=100)
        assert world.read(routed(answers)).problem == {}
        assert world.titles() == ["Lassen 7"]


def test_a_slow_service_is_not_waited_for_without_end(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(path: str, asked: Mapping[str, list[str]]) -> Answer:
        time.sleep(0.05)
        return service(path, asked)

    monkeypatch.setattr(harvest, "MOST_REQUESTS", 9)
    with other_site() as site:
        world = World(sqlite_database, site)
        world.change(file_format="ooapi-v5", url=SERVICE)
        assert world.read(routed(slow)).problem == {"code": "too-many-requests", "value": "9"}
        monkeypatch.setattr(harvest, "MOST_REQUESTS", 900)
        monkeypatch.setattr(harvest, "MOST_SECONDS", 0.3)
        assert world.read(routed(slow)).problem["code"] in (FeedProblem.TOO_LONG, Trouble.TOO_SLOW)
        assert world.titles() == []


@pytest.mark.parametrize(("version", "dialect"), [("v5", V5), ("v6", V6)])
@pytest.mark.parametrize("is_of_one", [True, False])
def test_our_own_service_reads_into_an_equal_catalogue(
    own_seeded_app: Flask, tmp_path: Path, version: str, dialect: Dialect, is_of_one: bool
) -> None:
    client, path = own_seeded_app.test_client(), tmp_path / "all.json"
    slug = "avans"
    uid = providers(client)[slug]
    if not is_of_one:  # the courses of one provider, asked one by one
        with parts_of(own_seeded_app).database.writing() as session:
            mine = select(Organisation.id).where(Organisation.slug == slug).scalar_subquery()
            session.execute(update(Module).where(Module.organisation_id != mine).values(status=Status.DRAFT))
    before = all_answers(client, uid)
    url = f"https://ons.example/ooapi/{version}" + (f"/{dialect.organisations}/{uid}" if is_of_one else "")

    def ask(address: str) -> bytes:
        answer = client.get(address.removeprefix("https://ons.example"))
        assert answer.status_code == 200
        return answer.get_data()

    write_service(ask, url, dialect, NOW.date(), path)
    empty(own_seeded_app)
    imported(own_seeded_app, path, slug)
    assert told(all_answers(client, uid)) == told(before) != []
