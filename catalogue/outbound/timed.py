"""Time that is spent once: a server that sends a byte now and then is not waited for without end."""

from __future__ import annotations

import io
import socket
from time import monotonic
from typing import Any

from catalogue.outbound.troubles import OutboundFailed, Trouble

SILENT_SECONDS = 15.0
"""For so long nothing may come."""


class Deadline:
    """The moment at which everything together must be done, so many seconds from now."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    def seconds(self, most: float) -> float:
        """How long the next step may take: what is left, at most `most`. Raises OutboundFailed when nothing is."""
        left = self._end - monotonic()
        if left <= 0:
            raise OutboundFailed(Trouble.TOO_SLOW)
        return min(most, left)


class TimedSocket:
    """What `http.client` needs of a socket, with every step inside the deadline. Who made the connection closes it."""

    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        self._line, self._deadline = line, deadline

    def sendall(self, data: Any) -> None:
        """Sends all."""
        self._line.settimeout(self._deadline.seconds(SILENT_SECONDS))
        self._line.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """What comes, to read from."""
        return io.BufferedReader(_Incoming(self._line, self._deadline))

    def close(self) -> None:
        """Nothing: the answer is read after `http.client` has closed its side."""


class _Incoming(io.RawIOBase):
    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        self._line, self._deadline = line, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        self._line.settimeout(self._deadline.seconds(SILENT_SECONDS))
        return self._line.recv_into(buffer)
