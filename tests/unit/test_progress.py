"""How long work shows how far it is: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys

import pytest

from web.cli.progress import BAR_CHARS, shown_progress


def test_elsewhere_it_writes_a_line_at_the_start_and_the_end_of_a_stage(capsys: pytest.CaptureFixture[str]) -> None:
    with shown_progress() as progress:
        for done in range(0, 1001, 10):
            progress("read skills", done, 1000)
        progress("read skills", 1000, 1000)
        progress("write skills", 0, 2000)
        progress("write skills", 2000, 2000)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines() == [
        "read skills: 0 of 1,000",
        "read skills: 1,000 of 1,000",
        "write skills: 0 of 2,000",
        "write skills: 2,000 of 2,000",
    ]


def test_on_a_terminal_it_draws_a_bar_that_ends_full(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with shown_progress() as progress:
        for done in range(1001):
            progress("index", done, 1000)
    drawn = capsys.readouterr().err
    frames = drawn.strip().split("\r")
    assert frames[-1].rstrip() == f"{'index':<28} [{'#' * BAR_CHARS}] 1,000 / 1,000"
    assert f"[{' ' * BAR_CHARS}] 0 / 1,000" in frames[0]
    assert len(frames) < 50, "every step was drawn"
    assert drawn.endswith("\n")


def test_the_line_is_closed_when_the_work_fails(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)

    def work() -> None:
        with shown_progress() as progress:
            progress("index", 1, 10)
            raise RuntimeError("disk full")

    with pytest.raises(RuntimeError, match="disk full"):
        work()
    assert capsys.readouterr().err.endswith("\n")


def test_nothing_to_do_is_done(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with shown_progress() as progress:
        progress("index", 0, 0)
    assert f"[{'#' * BAR_CHARS}] 0 / 0" in capsys.readouterr().err
