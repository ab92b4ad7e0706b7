"""Forms with a file: they may be larger than others, and only they."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import request

from matching.passports.exchange import MOST_FILE_BYTES
from web.security import csrf

BESIDE_THE_FILE_BYTES = 256 * 1024
"""For the other fields of the form."""

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def with_upload(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Lets a view take a file. The form token is checked here, since it stands in the body, which is read only after the limit is set."""

    @wraps(view)
    def guarded(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        request.max_content_length = MOST_FILE_BYTES + BESIDE_THE_FILE_BYTES
        if request.method == "POST":
            csrf.protect()
        return view(*args, **kwargs)

    csrf.exempt(guarded)
    return guarded
