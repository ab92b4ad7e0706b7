"""Whether the process lives, and whether what it needs is well."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from catalogue.jobs import oldest_waiting_seconds
from web.wiring import services

bp = Blueprint("health", __name__)
SLOW_QUEUE_SECONDS = 600


@bp.get("/healthz")
def healthz() -> Response:
    """The process lives; asks nothing of anything else."""
    return jsonify(status="ok")


@bp.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Database, index and jobs. Only a database that does not answer makes it 503: without the index, search falls back."""
    parts = services()
    checks = {"database": parts.database.is_ready()}
    checks["index"] = parts.search.is_ready()
    if checks["database"]:
        with parts.database.reading() as session:
            checks["jobs"] = oldest_waiting_seconds(session, parts.now()) < SLOW_QUEUE_SECONDS
    status = "ok" if all(checks.values()) else "degraded" if checks["database"] else "down"
    return jsonify(status=status, checks=checks), 200 if checks["database"] else 503


@bp.get("/metrics")
def metrics() -> Response:
    """Counters for Prometheus; a proxy keeps this address inside."""
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
