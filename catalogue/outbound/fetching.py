"""Fetching one file from another site: the only place from where Leerwijzer asks other sites anything.

A name is resolved once, everything that it resolves to is checked, and the connection is made to an address that was checked: a name that
points elsewhere a moment later changes nothing. Every redirect goes the same way. Proxies of the environment are not used.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from pathlib import Path

from catalogue.outbound.addresses import DEFAULT_PORTS, Target, followed, is_public, target_of
from catalogue.outbound.body import decoded, pieces
from catalogue.outbound.timed import Deadline, TimedSocket
from catalogue.outbound.troubles import OutboundFailed, Trouble

MOST_REDIRECTS = 3
MOST_BYTES = 50_000_000
MOST_SECONDS = 60.0
CONNECT_SECONDS = 5.0

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_WEB_PAGES = frozenset({"text/html", "application/xhtml+xml"})

Resolve = Callable[[str, int], Sequence[str]]
"""All numeric addresses of a host. Raises OSError or UnicodeError when it has none."""
Connect = Callable[[str, int, float], socket.socket]
"""A connection to a numeric address and port within so many seconds. Raises OSError."""


def addresses_of(host: str, port: int) -> list[str]:
    """What the system knows about a name, without doubles; how long it may take is a setting of the system."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def connection(address: str, port: int, seconds: float) -> socket.socket:
    """A TCP connection to a numeric address."""
    return socket.create_connection((address, port), seconds)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a site answered. Not `is_new`: nothing was written, since nothing changed. `etag` and `last_modified` are for the next time."""

    is_new: bool
    etag: str
    last_modified: str


@dataclass(frozen=True, slots=True)
class Outbound:
    """Asks other sites.

    Attributes:
        agent: how we call ourselves.
        schemes, ports, hosts: what may be asked; no hosts means any.
        is_allowed: whether a numeric address may be asked.
        resolve, connect, tls: how names become addresses, addresses connections, and connections safe.
        takes_pages: whether a web page is an answer, and not a way to sign in that stands where a file should be.
        most_bytes, most_seconds: of one file, unpacked; of one fetch, redirects and all.
    """

    agent: str
    schemes: frozenset[str] = frozenset({"https"})
    ports: frozenset[int] = frozenset(DEFAULT_PORTS.values())
    hosts: frozenset[str] = frozenset()
    is_allowed: Callable[[str], bool] = is_public
    resolve: Resolve = addresses_of
    connect: Connect = connection
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context
    takes_pages: bool = False
    most_bytes: int = MOST_BYTES
    most_seconds: float = MOST_SECONDS

    def check(self, url: str) -> None:
        """Looks whether an address may be asked as it is written, and asks nobody. Raises OutboundFailed."""
        target_of(url, self.schemes, self.ports, self.hosts)

    def fetch(self, url: str, into: Path, etag: str = "", last_modified: str = "") -> Fetched:
        """Writes what stands at an address into a file, whole or not at all.

        Args:
            url: the address.
            into: the file; after an error it may hold a part.
            etag, last_modified: of what one has already; then only what changed since is fetched.

        Raises:
            OutboundFailed: nothing was fetched.
        """
        deadline = Deadline(self.most_seconds)
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in asked.items() if value}
        for _hop in range(MOST_REDIRECTS + 1):
            with _troubles(), self._answer(url, headers, deadline) as answer:
                if answer.status not in _REDIRECTS:
                    return self._taken(answer, into, has_one=bool(headers))
                url = followed(url, answer.headers.get("Location", ""))
        raise OutboundFailed(Trouble.REDIRECTS, str(MOST_REDIRECTS))

    @contextmanager
    def _answer(self, url: str, headers: Mapping[str, str], deadline: Deadline) -> Iterator[HTTPResponse]:
        target = target_of(url, self.schemes, self.ports, self.hosts)
        with ExitStack() as closing:
            line = closing.enter_context(self._connected(target, deadline))
            if target.scheme == "https":
                line = closing.enter_context(self.tls().wrap_socket(line, server_hostname=target.host))
            http = HTTPConnection(target.host, target.port)
            http.sock = TimedSocket(line, deadline)
            ours = {"Host": target.host_header, "User-Agent": self.agent, "Accept": "*/*", "Accept-Encoding": "gzip", "Connection": "close"}
            http.request("GET", target.path, headers=ours | dict(headers))
            yield closing.enter_context(http.getresponse())

    def _connected(self, target: Target, deadline: Deadline) -> socket.socket:
        """A connection to the first address that answers. Nobody is asked when one of them may not be: whoever leads there means it."""
        try:
            addresses = self.resolve(target.host, target.port)
        except (OSError, UnicodeError):
            raise OutboundFailed(Trouble.HOST_UNKNOWN, target.host) from None
        if not addresses or not all(map(self.is_allowed, addresses)):
            raise OutboundFailed(Trouble.NOT_PUBLIC, target.host)
        for address in addresses:
            try:
                return self.connect(address, target.port, deadline.seconds(CONNECT_SECONDS))
            except OSError:
                continue
        raise OutboundFailed(Trouble.NOT_REACHED, target.host)

    def _taken(self, answer: HTTPResponse, into: Path, *, has_one: bool) -> Fetched:
        if answer.status in _BUSY:
            raise OutboundFailed(Trouble.BUSY, str(answer.status), answer.headers.get("Retry-After", ""))
        is_new = not (has_one and answer.status == 304)
        if is_new and answer.status != 200:
            raise OutboundFailed(Trouble.STATUS, str(answer.status))
        if is_new:
            if not self.takes_pages and answer.headers.get_content_type() in _WEB_PAGES:
                raise OutboundFailed(Trouble.WEB_PAGE)
            self._write(answer, into)
        return Fetched(is_new, answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))

    def _write(self, answer: HTTPResponse, into: Path) -> None:
        size = 0
        with into.open("wb") as file:
            for piece in decoded(pieces(answer, self.most_bytes), answer.headers.get("Content-Encoding", "")):
                size += file.write(piece)
                if size > self.most_bytes:
                    raise OutboundFailed(Trouble.TOO_LARGE, f"{self.most_bytes // 1_000_000} MB")


@contextmanager
def _troubles() -> Iterator[None]:
    """Makes one kind of error of all that a network can do."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise OutboundFailed(Trouble.CERTIFICATE, error.verify_message) from error
    except TimeoutError as error:
        raise OutboundFailed(Trouble.TOO_SLOW) from error
    except (IncompleteRead, ConnectionError, ssl.SSLEOFError) as error:
        raise OutboundFailed(Trouble.CUT_OFF) from error
    except ssl.SSLError as error:
        raise OutboundFailed(Trouble.CERTIFICATE, error.reason or "") from error
    except OSError as error:
        raise OutboundFailed(Trouble.NOT_REACHED) from error
    except (HTTPException, ValueError) as error:
        raise OutboundFailed(Trouble.NOT_HTTP, type(error).__name__) from error
