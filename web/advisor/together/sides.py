"""Advisor and client work in the same parts of a dossier. What differs is the door and the addresses."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from catalogue.models import Module
from web.advisor.client_views import bp as client_bp
from web.advisor.doors import WRITABLE, Opened, advisors_door, clients_part
from web.advisor.model import Standing
from web.advisor.views import bp as advisor_bp
from web.security.uploads import with_upload

Answer = str | Response


@dataclass(frozen=True, slots=True)
class Side:
    """From which side somebody comes into a dossier; `key` is what its addresses name it by there."""

    is_client: bool
    key: str

    def door(self, part: str, standings: Collection[Standing] = WRITABLE) -> AbstractContextManager[Opened]:
        """The door on this side."""
        return (clients_part if self.is_client else advisors_door)(self.key, part, standings)

    def address(self, page: str, **values: Any) -> str:
        """Where a page of both sides is on this one."""
        return url_for(f"client.{page}", key=self.key, **values) if self.is_client else url_for(f"advisor.{page}", uid=self.key, **values)

    def module(self, module: Module) -> str:
        """The page of a module: the one in the dossier, which advisors have, else the one for everybody."""
        return url_for("browse.module", slug=module.slug) if self.is_client else self.address("module", module=module.uid)

    def back(self, page: str, **values: Any) -> Response:
        """Leads to a page after something was done."""
        return redirect(self.address(page, **values), 303)


def both_sides(
    path: str, methods: Collection[str] = ("GET",), *, takes_file: bool = False
) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Puts a view, which takes a Side, below the address of a dossier: for its advisor, and for the client whom it is about."""

    def decorate(view: Callable[..., Answer]) -> Callable[..., Answer]:
        @wraps(view)
        def for_advisor(uid: str, **values: Any) -> Answer:
            return view(Side(is_client=False, key=uid), **values)

        @wraps(view)
        def for_client(key: str, **values: Any) -> Answer:
            return view(Side(is_client=True, key=key), **values)

        name = view.__name__
        advisor_bp.add_url_rule(f"/dossiers/<uid>{path}", name, with_upload(for_advisor) if takes_file else for_advisor, methods=methods)
        client_bp.add_url_rule(f"/<key>{path}", name, with_upload(for_client) if takes_file else for_client, methods=methods)
        return view

    return decorate
