"""Letters: into a folder or to a mail server, and never with a line that somebody else added."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.conftest import NOW
from web.accounts.mail import MailNotSafe, deliver
from web.settings import Settings

EMAIL = "noor@example.org"
PAYLOAD = {"id": "5f2c", "to": EMAIL, "subject": "Een vraag: één?", "text": "Dag,\n\n.begint met een punt\n"}


@pytest.mark.parametrize(
    "change", [{"subject": "Dag\r\nBcc: x@example.org"}, {"to": f"{EMAIL}\nBcc: x@example.org"}, {"to": f"{EMAIL}, x@example.org"}]
)
def test_nobody_adds_a_line_to_the_head_of_a_letter(tmp_path: Path, change: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"."):
        deliver(Settings(instance_dir=tmp_path), PAYLOAD | change, NOW)
    assert not list(tmp_path.glob("mail/*"))


def test_a_letter_that_is_delivered_twice_is_one_letter(tmp_path: Path) -> None:
    for minutes in (0, 5):
        deliver(Settings(instance_dir=tmp_path), PAYLOAD, NOW + timedelta(minutes=minutes))
    (path,) = (tmp_path / "mail").glob("*.eml")
    assert path.stat().st_mode & 0o077 == 0
    assert ".begint met een punt" in path.read_text()


class _MailServer(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as one letter takes."""

    timeout = 5

    def handle(self) -> None:
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline():
            verb = line.split()[0].upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.server.letters.append(letter)  # type: ignore[attr-defined]
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
            if verb == b"QUIT":
                return


@pytest.fixture
def mail_server() -> Iterator[socketserver.TCPServer]:
    """A mail server without encryption; `letters` holds what came in."""
    with socketserver.TCPServer(("127.0.0.1", 0), _MailServer) as server:
        server.letters = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_letters_go_to_a_mail_server(tmp_path: Path, mail_server: socketserver.TCPServer) -> None:
    address = f"127.0.0.1:{mail_server.server_address[1]}"
    deliver(Settings(instance_dir=tmp_path, smtp_url=f"smtp://{address}"), PAYLOAD, NOW)  # type: ignore[arg-type]
    (raw,) = mail_server.letters  # type: ignore[attr-defined]
    letter = message_from_bytes(raw, policy=policy.default)
    assert (letter["To"], letter["Subject"]) == (EMAIL, PAYLOAD["subject"])
    assert not (tmp_path / "mail").exists()
    with pytest.raises(MailNotSafe):
        deliver(Settings(instance_dir=tmp_path, smtp_url=f"smtp://noor:geheim@{address}"), PAYLOAD, NOW)  # type: ignore[arg-type]
