"""Real data to measure with, where it is present; it is not part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("LEERWIJZER_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data")

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the real data set is absent; set LEERWIJZER_SHARED_DATA to a folder with ESCO, course and evaluation files"
)

SPECIFICATIONS = SHARED.parent / "specs"

needs_specifications = pytest.mark.skipif(
    not SPECIFICATIONS.is_dir(), reason="the official specifications are absent; they stand beside the folder of LEERWIJZER_SHARED_DATA"
)
