"""Gunicorn around the application, with one process for background work beside it."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

THREADS = 4
REQUESTS_BEFORE_RENEWAL = 5000
TIMEOUT_SECONDS = 60


class _Server(BaseApplication):  # type: ignore[misc]
    """Serves an application that is loaded already, so that a start imports everything once."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self._app, self._options = app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._app


def settle() -> None:
    """Leaves what is loaded now out of every later collection of garbage: looking through word lists and taxonomy costs a visitor .25 s."""
    gc.collect()
    gc.freeze()


def serve(app: Flask, address: str, workers: int, warm_up: Callable[[], None], wind_up: Callable[[], None]) -> None:
    """Serves until a signal ends it; background work ends with it.

    Each worker runs `warm_up` beside its first requests, and `wind_up` when it ends.
    """
    helpers: list[subprocess.Popen[bytes]] = []

    def begin(_server: object) -> None:
        helpers.append(subprocess.Popen([sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"]))

    def end(_server: object) -> None:
        for helper in helpers:
            helper.terminate()
            helper.wait(timeout=10)

    def prepare() -> None:
        warm_up()
        settle()

    def begin_worker(_server: object, _worker: object) -> None:
        threading.Thread(target=prepare, name="warm-up", daemon=True).start()

    def end_worker(_server: object, _worker: object) -> None:
        wind_up()

    options = {
        "bind": address,
        "workers": workers,
        "threads": THREADS,
        "preload_app": True,
        "max_requests": REQUESTS_BEFORE_RENEWAL,
        "max_requests_jitter": REQUESTS_BEFORE_RENEWAL // 10,
        "timeout": TIMEOUT_SECONDS,
        "post_fork": begin_worker,
        "worker_exit": end_worker,
        "when_ready": begin,
        "on_exit": end,
        "loglevel": "warning",
    }
    _Server(app, options).run()
