"""Small forms on pages that nobody is known on yet: protected by where the request comes from, not by a token.

A token would need a session and a cookie for everybody who looks at a list of modules. Every browser says in `Origin` which site sent a
form, and a page elsewhere cannot change that.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import request

from web.security import csrf

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def from_this_site() -> bool:
    """Whether the browser says that a page of this very site sent the request."""
    return request.headers.get("Origin", "") == request.host_url.rstrip("/")


def token_or_origin(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Lets a view take forms of this site without a token; what comes from elsewhere, or does not say, still needs one (400)."""

    @wraps(view)
    def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        if not from_this_site():
            csrf.protect()
        return view(*args, **kwargs)

    csrf.exempt(guarded)
    return guarded
