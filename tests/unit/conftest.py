"""What the tests of words share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel


@pytest.fixture
def dutch() -> Iterator[None]:
    """A request in Dutch."""
    app = Flask("web")
    Babel(app, default_locale="nl")
    with app.test_request_context():
        yield
