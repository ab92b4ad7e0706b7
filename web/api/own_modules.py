"""One organisation's own modules for its programs: read in every status, added, changed, published and withdrawn, with a key."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from flask import abort
from marshmallow import RAISE
from sqlalchemy.orm import Session

from catalogue.exchange.exporting import entry_of
from catalogue.exchange.formats import FileFormat
from catalogue.exchange.import_file import ImportFile
from catalogue.exchange.importing import ImportPlan, apply_plan, plan_import
from catalogue.exchange.problems import ImportProblem, ImportRefused
from catalogue.exchange.waiting import hold_online
from catalogue.models import Module, Organisation
from catalogue.modules import count_of_provider, modules_of_provider
from catalogue.publishing import editing
from catalogue.publishing.history import BY_PROGRAM
from catalogue.publishing.hub_rules import NotApproved
from catalogue.publishing.status import NotPublishable, StepNotAllowed
from catalogue.vocabulary import Status, Way
from web.accounts.api_token_model import Scope
from web.api.blueprint import Blueprint
from web.api.own_schemas import MOST_AT_ONCE, OwnModule, OwnPage, OwnQuery, PutAnswer, PutBody, StatusBody
from web.api.problems import invalid
from web.hub.limited_reader import LimitedReader
from web.hub.module_words import CHECKS
from web.languages import _, language
from web.problem_texts import problem_text
from web.security.keys import require_key, require_scope
from web.wiring import services

KEYS: list[dict[str, list[str]]] = [{"key": []}]
PUBLIC = frozenset({Status.PUBLISHED, Status.WITHDRAWN})
bp = Blueprint("api_own", __name__, description="An organisation's own modules, with a key that its manager makes")


@bp.get("/organisations/<string:slug>/modules")
@bp.doc(security=KEYS)
@bp.arguments(OwnQuery, location="query", unknown=RAISE)
@bp.response(200, OwnPage)
def own(asked: dict[str, Any], slug: str) -> dict[str, Any]:
    """One's own modules in every status, as PUT takes them. Scope: read."""
    organisation = require_key(slug, Scope.READ).organisation
    statuses = asked["status"] or list(Status)
    with services().database.reading() as session:
        found = modules_of_provider(session, organisation.id, statuses, asked["page"], asked["per_page"])
        total = count_of_provider(session, organisation.id, statuses)
        items = [_item(module) for module in found]
    return {"total": total, "page": asked["page"], "per_page": asked["per_page"], "items": items}


@bp.put("/organisations/<string:slug>/modules")
@bp.doc(security=KEYS)
@bp.arguments(PutBody)
@bp.response(200, PutAnswer)
def put(asked: dict[str, Any], slug: str) -> dict[str, Any]:
    """Adds and changes modules, all or nothing. Scope: write; what is online then waits for a person. With publish, it changes at once."""
    key, parts = require_key(slug, Scope.PUBLISH if asked["publish"] else Scope.WRITE), services()
    with parts.database.reading() as session:
        plan = _plan(session, key.organisation, asked["modules"], publish=asked["publish"])
    answer = {"added": len(plan.added), "changed": len(plan.changed), "unchanged": plan.n_unchanged, "waiting": 0}
    if asked["dry_run"]:
        return answer | {"dry_run": True}
    with parts.database.writing() as session:
        waiting = 0 if asked["publish"] else hold_online(session, plan, parts.now())
        apply_plan(session, plan, parts.now(), origin=BY_PROGRAM)
    return answer | {"changed": len(plan.changed), "waiting": waiting, "dry_run": False}


@bp.patch("/organisations/<string:slug>/modules/<string:uid>")
@bp.doc(security=KEYS)
@bp.arguments(StatusBody)
@bp.response(200, OwnModule)
def step(asked: dict[str, Any], slug: str, uid: str) -> dict[str, Any]:
    """Takes a module to another status. Scope: publish to bring it online, take it off, or change what was online; else write."""
    key, parts, wanted = require_key(slug, Scope.WRITE), services(), asked["status"]
    with parts.database.writing() as session:
        module = editing.module_to_edit(session, uid)
        if module is None or module.organisation_id != key.organisation_id:
            abort(404, _("Deze module is er niet bij uw organisatie."))
        if {wanted, module.status} & PUBLIC:
            require_scope(key, Scope.PUBLISH)
        try:
            editing.step(session, module, wanted, parts.now(), Way.PROGRAM)
        except NotApproved:
            raise invalid("status", _("Het centrale team van de hub moet eerst akkoord geven.")) from None
        except NotPublishable as missing:
            raise invalid("status", str(CHECKS[missing.checks[0]][1])) from None
        except StepNotAllowed as refusal:
            states = {"before": refusal.current, "after": refusal.wanted}
            raise invalid("status", _("Een module kan niet van %(before)s naar %(after)s.", **states)) from None
        return _item(module)


def _plan(session: Session, organisation: Organisation, modules: Sequence[Mapping[str, Any]], *, publish: bool) -> ImportPlan:
    """What the modules would change. Ends the request with 422 and every problem, by the position of its module."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "modules.jsonl"
        path.write_text("\n".join(json.dumps(module, ensure_ascii=False) for module in modules), encoding="utf-8")
        try:
            return plan_import(session, organisation, ImportFile(path, FileFormat.JSONL), LimitedReader(MOST_AT_ONCE), publish=publish)
        except ImportRefused as refusal:
            raise invalid("modules", _by_module(refusal.problems)) from None


def _by_module(problems: Sequence[ImportProblem]) -> dict[str, dict[str, list[str]]]:
    """The problems as sentences: by the position of the module in the request, from 0, and by field; "" for the whole."""
    found: dict[str, dict[str, list[str]]] = {}
    spoken = "en" if language() == "en" else "nl"
    for one in problems:
        position = str(one.row - 1) if one.row else ""
        told = found.setdefault(position, {}).setdefault(one.field, [])
        text = problem_text(one, spoken, on_a_page=True)  # type: ignore[arg-type]
        if text not in told:
            told.append(text)
    return found


def _item(module: Module) -> dict[str, Any]:
    standing = {"uid": module.uid, "slug": module.slug, "status": module.status, "updated_at": module.updated_at}
    return standing | {"fields_of_it": entry_of(module)}
