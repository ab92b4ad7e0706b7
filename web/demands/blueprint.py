"""The blueprint of all pages about demands."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("demands", __name__, url_prefix="/leervragen")
