"""Asking other sites: over a real connection to a site on this machine, and never to anything inside."""

from __future__ import annotations

import ast
import gzip
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, cycle
from pathlib import Path

import pytest

from catalogue.outbound.addresses import MOST_URL_CHARS, is_public
from catalogue.outbound.fetching import MOST_REDIRECTS, Outbound, connection
from catalogue.outbound.troubles import OutboundFailed, Trouble
from tests.architecture import ROOT, code_files
from tests.hostile_addresses import INSIDE_V4, INSIDE_V6, UNFIT, hosts_inside
from tests.other_site import HOST, PUBLIC, OtherSite, head, other_site, whole

URL = f"http://{HOST}/feed.csv"
BODY = b"titel\nSolderen\n"
REFUSED_INSIDE = {Trouble.NOT_PUBLIC, Trouble.HOST_UNKNOWN, Trouble.ADDRESS_NOT_ALLOWED}


@pytest.fixture
def site() -> Iterator[OtherSite]:
    with other_site() as found:
        yield found


@pytest.fixture
def into(tmp_path: Path) -> Path:
    return tmp_path / "fetched"


def refused(outbound: Outbound, url: str, into: Path) -> OutboundFailed:
    with pytest.raises(OutboundFailed) as caught:
        outbound.fetch(url, into)
    return caught.value


def test_a_file_is_fetched_whole(site: OtherSite, into: Path) -> None:
    site.answer = whole(BODY, 'ETag: "1"', "Last-Modified: Mon, 23 Nov 2026 08:00:00 GMT")
    fetched = site.outbound().fetch(f"{URL}?jaar=2027", into)
    assert (fetched.is_new, fetched.etag, fetched.last_modified) == (True, '"1"', "Mon, 23 Nov 2026 08:00:00 GMT")
    assert into.read_bytes() == BODY
    assert site.connected == [(PUBLIC, 80)]
    (asked,) = site.asked
    assert (asked["path"], asked["host"], asked["user-agent"]) == ("/feed.csv?jaar=2027", HOST, "Leerwijzer")
    assert "if-none-match" not in asked


def test_what_did_not_change_is_not_fetched_again(site: OtherSite, into: Path) -> None:
    site.answer = whole(b"", 'ETag: "1"', status="304 Not Modified")
    fetched = site.outbound().fetch(URL, into, '"1"', "Mon, 23 Nov 2026 08:00:00 GMT")
    assert not fetched.is_new
    assert not into.exists()
    assert (site.asked[0]["if-none-match"], site.asked[0]["if-modified-since"]) == ('"1"', "Mon, 23 Nov 2026 08:00:00 GMT")
    assert refused(site.outbound(), URL, into).trouble is Trouble.STATUS  # nothing was fetched before: then this is no answer


PACKED = [gzip.compress(BODY), gzip.compress(BODY[:5]) + gzip.compress(BODY[5:]), gzip.compress(b"a" * 300_000)]


@pytest.mark.parametrize("packed", PACKED, ids=["whole", "in two", "much of the same"])
def test_a_packed_file_is_unpacked(site: OtherSite, into: Path, packed: bytes) -> None:
    site.answer = whole(packed, "Content-Encoding: gzip")
    site.outbound().fetch(URL, into)
    assert into.read_bytes() == gzip.decompress(packed)


def test_an_answer_in_pieces_is_put_together(site: OtherSite, into: Path) -> None:
    chunks = b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in (BODY[:3], BODY[3:], b""))
    site.answer = lambda line, _asked: line.sendall(head("Transfer-Encoding: chunked") + chunks)
    site.outbound().fetch(URL, into)
    assert into.read_bytes() == BODY


def test_a_redirect_is_followed(site: OtherSite, into: Path) -> None:
    def answer(line: socket.socket, asked: Mapping[str, str]) -> None:
        found = whole(BODY) if asked["path"] == "/new.csv" else whole(b"", "Location: /new.csv", status="301 Moved")
        found(line, asked)

    site.answer = answer
    site.outbound().fetch(URL, into)
    assert into.read_bytes() == BODY


def test_redirects_in_a_circle_end(site: OtherSite, into: Path) -> None:
    site.answer = whole(b"", f"Location: {URL}", status="302 Found")
    assert refused(site.outbound(), URL, into).trouble is Trouble.REDIRECTS
    assert len(site.connected) == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    ("status", "trouble"), [("429 Slow Down", Trouble.BUSY), ("503 Later", Trouble.BUSY), ("500 Oops", Trouble.STATUS)]
)
def test_a_site_that_cannot_answer_now(site: OtherSite, into: Path, status: str, trouble: Trouble) -> None:
    site.answer = whole(BODY, "Retry-After: 120", status=status)
    failed = refused(site.outbound(), URL, into)
    assert (failed.trouble, failed.value) == (trouble, status[:3])
    assert failed.retry_after == ("120" if trouble is Trouble.BUSY else "")
    assert not into.exists()


def test_time_is_spent_once(site: OtherSite, into: Path) -> None:
    """A byte now and then keeps no connection alive: not in the headers, not in the file, not over redirects."""

    def drip(line: socket.socket, _asked: Mapping[str, str]) -> None:
        line.sendall(head("Content-Length: 1000"))
        for _ in range(1000):
            line.sendall(b"a")
            time.sleep(0.05)

    def drip_headers(line: socket.socket, _asked: Mapping[str, str]) -> None:
        for byte in cycle(b"HTTP/1.1 200 OK\r\n"):
            line.sendall(bytes([byte]))
            time.sleep(0.05)

    def slow_circle(line: socket.socket, asked: Mapping[str, str]) -> None:
        time.sleep(0.3)
        whole(b"", f"Location: {URL}", status="302 Found")(line, asked)

    for site.answer in (drip, drip_headers, slow_circle, lambda _line, _asked: time.sleep(2)):
        begun = time.monotonic()
        assert refused(site.outbound(most_seconds=0.5), URL, into).trouble is Trouble.TOO_SLOW
        assert time.monotonic() - begun < 1.5


def test_size_is_limited_on_the_line_and_unpacked(site: OtherSite, into: Path) -> None:
    def endless(line: socket.socket, _asked: Mapping[str, str]) -> None:
        line.sendall(head("Transfer-Encoding: chunked"))
        while True:
            line.sendall(b"10000\r\n" + b"a" * 0x10000 + b"\r\n")

    most = 1_000_000
    bomb = gzip.compress(b"\0" * 100 * most)
    assert len(bomb) < most
    for site.answer in (
        endless,
        whole(bomb, "Content-Encoding: gzip"),
        whole(b"a" * (most + 1)),
        lambda line, _asked: line.sendall(head(f"Content-Length: {10**15}") + BODY),
    ):
        assert refused(site.outbound(most_bytes=most), URL, into).trouble is Trouble.TOO_LARGE
        assert not into.exists() or into.stat().st_size <= most + 100_000


def test_a_safe_connection_is_to_the_checked_address_and_for_the_name(tmp_path: Path, into: Path) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    making = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    subprocess.run([*making, *names, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate, key)
    with other_site(server) as site:
        site.answer = whole(BODY)
        outbound = site.outbound(tls=lambda: ssl.create_default_context(cafile=str(certificate)), resolve=lambda _host, _port: [PUBLIC])
        outbound.fetch(f"https://{HOST}/", into)
        assert (into.read_bytes(), site.connected, site.asked[0]["host"]) == (BODY, [(PUBLIC, 443)], HOST)
        assert refused(outbound, "https://other.example.org/", into).trouble is Trouble.CERTIFICATE
        assert refused(site.outbound(), f"https://{HOST}/", into).trouble is Trouble.CERTIFICATE
        assert len(site.asked) == 1


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "1.1.1.1", "145.100.0.1", "100.63.255.255", "100.128.0.1", "2a00:1450:400e::1", "2606:4700::1"]
)
def test_the_rest_of_the_internet_may_be_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", [*INSIDE_V4, *INSIDE_V6, "fe80::1%lo", "2a00::1%lo", "localhost", "", "2130706433"])
def test_what_lies_inside_may_not(address: str) -> None:
    assert not is_public(address)


@pytest.fixture
def inside() -> Iterator[socket.socket]:
    """A door of this machine at which nobody may knock."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        yield listening


def test_no_connection_is_made_to_anything_inside(inside: socket.socket, into: Path) -> None:
    """Real names and real connections: only the rule stands between them and the open door."""
    made = []

    def counted(address: str, port: int, seconds: float) -> socket.socket:
        made.append(address)
        return connection(address, port, seconds)

    port = inside.getsockname()[1]
    outbound = Outbound("Leerwijzer", schemes=frozenset({"http"}), ports=frozenset({80, port}), connect=counted)
    hosts = hosts_inside()
    assert len(hosts) > 300
    for host in hosts:
        assert refused(outbound, f"http://{host.partition(':80')[0]}:{port}/", into).trouble in REFUSED_INSIDE, host
    for url in UNFIT:
        assert refused(outbound, url, into).trouble is Trouble.ADDRESS_NOT_ALLOWED, url
    assert made == []
    with pytest.raises(TimeoutError):
        inside.accept()
    with pytest.raises(OutboundFailed, match=Trouble.NOT_HTTP):  # the door is real: without the rule they would have come in
        _knock(replace(outbound, is_allowed=lambda _address: True), inside, into)


def _knock(outbound: Outbound, inside: socket.socket, into: Path) -> None:
    inside.settimeout(None)

    def open_door() -> None:
        line, _address = inside.accept()
        with line:
            line.recv(1000)
            line.sendall(b"nobody speaks HTTP here\r\n\r\n")

    threading.Thread(target=open_door, daemon=True).start()
    outbound.fetch(f"http://2130706433:{inside.getsockname()[1]}/", into)


def test_no_redirect_leads_inside(site: OtherSite, into: Path) -> None:
    targets = [*(f"http://{host}/" for host in hosts_inside()), *(url for url in UNFIT if url.isascii() and url.isprintable())]
    for target in targets:
        site.answer = whole(b"", f"Location: {target}", status="302 Found")
        failed = refused(site.outbound(), URL, into)
        assert failed.trouble in REFUSED_INSIDE | {Trouble.REDIRECTS}, target
    assert {address for address, _port in site.connected} == {PUBLIC}


def test_a_name_that_points_elsewhere_the_second_time_changes_nothing(site: OtherSite, into: Path) -> None:
    answers = chain([[PUBLIC]], cycle([["127.0.0.1"]]))
    asked = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    site.answer = whole(BODY)
    outbound = site.outbound(resolve=rebinding)
    outbound.fetch(URL, into)
    assert (asked, site.connected) == ([HOST], [(PUBLIC, 80)])
    assert refused(outbound, URL, into).trouble is Trouble.NOT_PUBLIC
    assert site.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize("addresses", [[], [PUBLIC, "127.0.0.1"], ["::1", PUBLIC], [PUBLIC, "64:ff9b::7f00:1"]])
def test_one_address_inside_among_others_is_enough_to_refuse(site: OtherSite, into: Path, addresses: list[str]) -> None:
    assert refused(site.outbound(resolve=lambda _host, _port: addresses), URL, into).trouble is Trouble.NOT_PUBLIC
    assert site.connected == []


def test_only_hosts_of_the_list_are_asked(site: OtherSite, into: Path) -> None:
    site.answer = whole(BODY)
    for hosts in ({"example.org"}, {HOST}):
        site.outbound(hosts=frozenset(hosts)).fetch(URL, into)
    for hosts in ({"example.com"}, {"a.example.org"}, {"ta.example.org"}, {f"www.{HOST}"}):
        assert refused(site.outbound(hosts=frozenset(hosts)), URL, into).trouble is Trouble.HOST_NOT_ALLOWED
    assert len(site.connected) == 2


def test_by_itself_only_https_is_asked_at_its_own_port(site: OtherSite) -> None:
    outbound = Outbound("Leerwijzer", connect=site.connect)
    outbound.check(f"https://{HOST}/feed.csv")
    for url in (URL, f"https://{HOST}:8443/", "https://" + "a" * MOST_URL_CHARS):
        with pytest.raises(OutboundFailed, match=Trouble.ADDRESS_NOT_ALLOWED):
            outbound.check(url)


def test_nothing_else_of_ours_asks_other_sites() -> None:
    """Whoever wants something of another site goes by `catalogue.outbound`."""
    networked = {"http.client", "urllib.request", "requests", "httpx", "urllib3", "aiohttp", "ftplib", "xmlrpc.client"}
    found = set()
    for path in code_files():
        if path.relative_to(ROOT).parts[0] not in ("catalogue", "matching", "seed", "web"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if networked.intersection(names):
                found.add(str(path.relative_to(ROOT)))
    assert found == {"catalogue/outbound/body.py", "catalogue/outbound/fetching.py"}
