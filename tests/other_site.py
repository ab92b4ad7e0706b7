"""A site of somebody else, on this machine: it answers as badly as a test wants, and is reached as if it stood on the internet."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from ssl import SSLContext

from catalogue.outbound.fetching import Outbound, addresses_of

HOST = "data.example.org"
PUBLIC = "93.184.216.34"
"""Where the name of the site points; `OtherSite.connect` leads there to this machine."""

Answer = Callable[[socket.socket, Mapping[str, str]], None]
"""Sends something, or nothing; gets the request's headers, with lower-case names, and the path as "path"."""


def whole(body: bytes, *headers: str, status: str = "200 OK") -> Answer:
    """An answer as it should be."""

    def answer(line: socket.socket, _asked: Mapping[str, str]) -> None:
        line.sendall(head(f"Content-Length: {len(body)}", *headers, status=status) + body)

    return answer


def head(*headers: str, status: str = "200 OK") -> bytes:
    """The beginning of an answer."""
    return "\r\n".join((f"HTTP/1.1 {status}", *headers, "", "")).encode("latin-1")


@dataclass
class OtherSite:
    """The site: what it answers next, what it was asked, and which addresses were connected to."""

    listening: socket.socket
    answer: Answer = field(default=whole(b""))
    asked: list[Mapping[str, str]] = field(default_factory=list)
    connected: list[tuple[str, int]] = field(default_factory=list)
    tls: SSLContext | None = None

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        """Notes where somebody goes, and takes who goes to the public address to this site; there is nothing anywhere else."""
        self.connected.append((address, port))
        if address != PUBLIC:
            raise ConnectionRefusedError
        return socket.create_connection(self.listening.getsockname(), seconds)

    def outbound(self, **others: object) -> Outbound:
        """What asks this site, and knows its name only; all rules are the real ones."""
        values = {"agent": "Leerwijzer", "schemes": frozenset({"http", "https"}), "resolve": resolve, "connect": self.connect}
        return Outbound(**values | others)  # type: ignore[arg-type]

    def serve(self) -> None:
        """Answers one after the other until the socket is closed."""
        with suppress(OSError):
            while True:
                line, _address = self.listening.accept()
                with suppress(OSError), line:
                    self._serve(line)

    def _serve(self, line: socket.socket) -> None:
        if self.tls:
            line = self.tls.wrap_socket(line, server_side=True)
        with line, line.makefile("rb") as incoming:
            first, *lines = iter(lambda: incoming.readline().decode("latin-1").rstrip("\r\n"), "")
            names = (one.partition(": ") for one in lines)
            request = {name.lower(): value for name, _colon, value in names} | {"path": first.split(" ")[1]}
            self.asked.append(request)
            self.answer(line, request)


def resolve(host: str, port: int) -> list[str]:
    """The site's own name leads to its public address; the rest is asked of the system."""
    return [PUBLIC] if host == HOST else addresses_of(host, port)


@contextmanager
def other_site(tls: SSLContext | None = None) -> Iterator[OtherSite]:
    """A site that serves until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        site = OtherSite(listening, tls=tls)
        server = threading.Thread(target=site.serve, daemon=True)
        server.start()
        yield site
        listening.shutdown(socket.SHUT_RDWR)
    server.join(5)
