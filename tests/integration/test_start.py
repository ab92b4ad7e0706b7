"""`flask start`, what `make run` calls: from nothing to a served page, and quickly again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FIRST_SECONDS, SECOND_SECONDS = 120.0, 5.0 * 3
"""Limits with room for a busy machine; the figures on a quiet one stand in docs/figures.md."""


def test_a_start_prepares_everything_and_a_second_one_keeps_the_data(tmp_path: Path) -> None:
    with served(tmp_path, FIRST_SECONDS) as (address, _):
        assert "Leerwijzer" in read(f"{address}/")
        assert '"status":"ok"' in read(f"{address}/readyz")
        first = read(f"{address}/modules?q=warmtepomp")
        assert "warmtepomp" in first.lower()
    secret = (tmp_path / "secret_key").read_text()
    with served(tmp_path, SECOND_SECONDS) as (address, seconds):
        assert seconds < SECOND_SECONDS
        assert read(f"{address}/modules?q=warmtepomp").count("<h3") == first.count("<h3")
    assert (tmp_path / "secret_key").read_text() == secret


@contextmanager
def served(folder: Path, limit: float) -> Iterator[tuple[str, float]]:
    """Runs the command, and yields the address and how long it took until the first answer; checks that it ends when told to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"INSTANCE_DIR": str(folder), "LOG_LEVEL": "error"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "start", "--port", str(port)]
    begun = time.monotonic()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=Path(__file__).parents[2]
    )
    try:
        address = f"http://127.0.0.1:{port}"
        while not answers(address):
            assert process.poll() is None, process.communicate()[0]
            assert time.monotonic() - begun < limit, "no answer in time"
            time.sleep(0.1)
        yield address, time.monotonic() - begun
    finally:
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=30)
    assert "Traceback" not in output, output


def answers(address: str) -> bool:
    try:
        return read(f"{address}/healthz") != ""
    except OSError:
        return False


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - an address of this test
        return str(answer.read().decode())
