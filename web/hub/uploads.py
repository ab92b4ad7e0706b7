"""What somebody brought as a file, between looking and taking over: the file, and a plan or what is wrong, for a day."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from catalogue.exchange.formats import FileFormat
from catalogue.exchange.import_file import ImportFile
from catalogue.exchange.importing import ImportPlan
from catalogue.exchange.plans import plan_document, plan_from
from catalogue.exchange.problems import ImportProblem, ImportRefused, problem_from

KEPT = timedelta(hours=24)
_TOKEN = re.compile(r"[0-9a-f]{32}")

Document = dict[str, Any]
"""`organisation_id`; `name` and `format` of the file; what was `said` of its columns; and a `plan`, or `problems` and `total`."""


def document_of(organisation_id: int, name: str, file_format: FileFormat, said: Mapping[str, str]) -> Document:
    """The beginning of one, before anybody looked at the file."""
    return {"organisation_id": organisation_id, "name": name, "format": file_format, "said": dict(said)}


def keep_file(instance_dir: Path, document: Document, content: bytes, now: datetime) -> str:
    """Keeps a file, and throws away what was kept for too long; returns its token."""
    folder = instance_dir / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.stat().st_mtime < (now - KEPT).timestamp():
            path.unlink(missing_ok=True)
    token = secrets.token_hex(16)
    _write(_content(instance_dir, token), content, now)
    _keep(instance_dir, token, document, now)
    return token


def keep_plan(instance_dir: Path, token: str, document: Document, plan: ImportPlan, now: datetime) -> None:
    """Keeps what a file would change beside it."""
    _keep(instance_dir, token, document | {"plan": plan_document(plan)}, now)


def keep_refusal(instance_dir: Path, token: str, document: Document, refused: ImportRefused, now: datetime) -> None:
    """Keeps what is wrong with a file beside it."""
    problems = [asdict(problem) for problem in refused.problems]
    _keep(instance_dir, token, document | {"problems": problems, "total": refused.total}, now)


def kept(instance_dir: Path, organisation_id: int, token: str) -> Document | None:
    """What was kept for an organisation under a token; None where nothing is, or it is another's."""
    if not _TOKEN.fullmatch(token) or not _path(instance_dir, token).is_file():
        return None
    document: Document = json.loads(_path(instance_dir, token).read_text(encoding="utf-8"))
    return document if document["organisation_id"] == organisation_id else None


def file_in(instance_dir: Path, token: str, document: Document) -> ImportFile:
    """The file that was kept, with what was said of its columns."""
    return ImportFile(_content(instance_dir, token), FileFormat(document["format"]), document["said"])


def plan_in(document: Document, *, publish: bool) -> ImportPlan:
    """The plan that was kept; to publish, it also puts online what stands there already."""
    plan = plan_from(document["plan"])
    return replace(plan, publish=True, changed=[*plan.changed, *plan.offline]) if publish else plan


def problems_in(document: Document) -> list[ImportProblem]:
    """What was wrong."""
    return [problem_from(problem) for problem in document["problems"]]


def left_open_in(document: Document) -> list[ImportProblem]:
    """What stands in the file, and is not taken along if the plan that was kept is written."""
    return [problem_from(problem) for problem in document["plan"]["left_open"]]


def forget(instance_dir: Path, token: str) -> None:
    """Throws one away."""
    _path(instance_dir, token).unlink(missing_ok=True)
    _content(instance_dir, token).unlink(missing_ok=True)


def _keep(instance_dir: Path, token: str, document: Document, now: datetime) -> None:
    _write(_path(instance_dir, token), json.dumps(document, ensure_ascii=False).encode(), now)


def _write(path: Path, content: bytes, now: datetime) -> None:
    path.write_bytes(content)
    path.chmod(0o600)
    os.utime(path, (now.timestamp(), now.timestamp()))  # the same clock as the one that throws old ones away


def _path(instance_dir: Path, token: str) -> Path:
    return instance_dir / "uploads" / f"{token}.json"


def _content(instance_dir: Path, token: str) -> Path:
    return instance_dir / "uploads" / f"{token}.file"
