"""What somebody brought as a file, between looking and taking over: a plan, or what is wrong, for a day."""

from __future__ import annotations

import json
import os
import re
import secrets
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from catalogue.exchange.importing import ImportPlan
from catalogue.exchange.plans import plan_document, plan_from
from catalogue.exchange.problems import ImportProblem, ImportRefused, problem_from

KEPT = timedelta(hours=24)
_TOKEN = re.compile(r"[0-9a-f]{32}")


def keep_plan(instance_dir: Path, organisation_id: int, name: str, plan: ImportPlan, now: datetime) -> str:
    """Keeps a plan; returns its token."""
    return _keep(instance_dir, {"organisation_id": organisation_id, "name": name, "plan": plan_document(plan)}, now)


def keep_refusal(instance_dir: Path, organisation_id: int, name: str, refused: ImportRefused, now: datetime) -> str:
    """Keeps what is wrong with a file; returns its token."""
    problems = [asdict(problem) for problem in refused.problems]
    return _keep(instance_dir, {"organisation_id": organisation_id, "name": name, "problems": problems, "total": refused.total}, now)


def kept(instance_dir: Path, organisation_id: int, token: str) -> dict[str, Any] | None:
    """What was kept for an organisation under a token; None where nothing is, or it is another's."""
    path = _folder(instance_dir) / f"{token}.json"
    if not _TOKEN.fullmatch(token) or not path.is_file():
        return None
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document if document["organisation_id"] == organisation_id else None


def plan_in(document: dict[str, Any], *, publish: bool) -> ImportPlan:
    """The plan that was kept; to publish, it also puts online what stands there already."""
    plan = plan_from(document["plan"])
    return replace(plan, publish=True, changed=[*plan.changed, *plan.offline]) if publish else plan


def problems_in(document: dict[str, Any]) -> list[ImportProblem]:
    """What was wrong."""
    return [problem_from(problem) for problem in document["problems"]]


def forget(instance_dir: Path, token: str) -> None:
    """Throws one away."""
    (_folder(instance_dir) / f"{token}.json").unlink(missing_ok=True)


def _keep(instance_dir: Path, document: dict[str, Any], now: datetime) -> str:
    folder = _folder(instance_dir)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in folder.glob("*.json"):
        if path.stat().st_mtime < (now - KEPT).timestamp():
            path.unlink(missing_ok=True)
    token = secrets.token_hex(16)
    path = folder / f"{token}.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    path.chmod(0o600)
    os.utime(path, (now.timestamp(), now.timestamp()))  # the same clock as the one that throws old ones away
    return token


def _folder(instance_dir: Path) -> Path:
    return instance_dir / "uploads"
