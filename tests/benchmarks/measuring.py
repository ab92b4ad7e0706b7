"""Measuring two ways beside each other: interleaved, so that what else the machine does hits both alike, and ratios first."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing. `ratio` is the peer's 95th percentile over ours (above 1: we are faster), None where there is no peer."""

    what: str
    who: str
    p50: float
    p95: float
    unit: str = "ms"
    ratio: float | None = None


@dataclass(slots=True)
class Report:
    """The figures of one benchmark, as they come."""

    name: str
    size: str
    figures: list[Figure] = field(default_factory=list)

    def add(self, what: str, who: str, values: Sequence[float], unit: str = "ms", ratio: float | None = None) -> None:
        """Adds the middle and the 95th percentile of `values`."""
        p50, p95 = (round(float(np.percentile(values, share)), 3) for share in (50, 95))
        self.figures.append(Figure(what, who, p50, p95, unit, None if ratio is None else round(ratio, 2)))

    def compare(self, what: str, times: Mapping[str, Sequence[float]], unit: str = "ms") -> None:
        """Adds one figure for each way; the first is ours, the others get their ratio to it."""
        ours, *_ = times.values()
        for number, (who, values) in enumerate(times.items()):
            ratio = float(np.percentile(values, 95) / np.percentile(ours, 95)) if number else None
            self.add(what, who, values, unit, ratio)


def interleaved(
    questions: Iterable[Any], ways: Mapping[str, Callable[[Any], object]], few: Mapping[str, int] | None = None
) -> dict[str, list[float]]:
    """Milliseconds of each way for each question, the ways taking turns; asks everything once before, so that nobody starts cold.

    `few` says which ways are so slow that they only get the first so many questions.
    """
    asked = [
        (question, [(who, way) for who, way in ways.items() if number < (few or {}).get(who, number + 1)])
        for number, question in enumerate(questions)
    ]
    for question, own in asked:
        for _, way in own:
            way(question)
    times: dict[str, list[float]] = {who: [] for who in ways}
    for number, (question, own) in enumerate(asked):
        for who, way in own[number % len(own) :] + own[: number % len(own)]:
            started = time.perf_counter()
            way(question)
            times[who].append((time.perf_counter() - started) * 1000)
    return times


def seconds(action: Callable[[], object]) -> float:
    """How long one run takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def command_cost(instance: Path, *command: str) -> tuple[float, float]:
    """Seconds and peak megabytes of one `flask` command in a process of its own. Raises RuntimeError, as `python_cost` does."""
    return python_cost("tests.benchmarks.quiet", *command, INSTANCE_DIR=str(instance), FLASK_APP="wsgi", LOG_LEVEL="error")


def python_cost(module: str, *arguments: str, **environment: str) -> tuple[float, float]:
    """Seconds and peak megabytes of one of our modules, which prints the latter as its last word.

    Raises:
        RuntimeError: it fails; the message is what it said.
    """
    started = time.perf_counter()
    command = [sys.executable, "-m", module, *arguments]
    ended = subprocess.run(command, env=os.environ | environment, cwd=ROOT, capture_output=True, text=True, check=False)
    took = time.perf_counter() - started
    if ended.returncode:
        raise RuntimeError(f"{module} {' '.join(arguments)} ended with {ended.returncode}: {ended.stderr}")
    return took, float(ended.stdout.split()[-1])


def own_peak_mb() -> float:
    """The most memory that this process had so far, without what its parent had when it began, which `getrusage` counts too."""
    status = Path("/proc/self/status").read_text(encoding="ascii") if sys.platform == "linux" else ""
    peak = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")), None)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if peak is None else peak) / 1024


def table(reports: Iterable[Report]) -> str:
    """The figures as text, ratios first."""
    lines = [f"{'ratio':>8}  {'p50':>10} {'p95':>10}      {'':<34} what"]
    for report in reports:
        lines.append(f"\n{report.name} ({report.size})")
        for figure in report.figures:
            ratio = f"{figure.ratio:.2f} x" if figure.ratio is not None else ""
            lines.append(f"{ratio:>8}  {figure.p50:>10,.2f} {figure.p95:>10,.2f} {figure.unit:<4} {figure.who:<34} {figure.what}")
    return "\n".join(lines)


def write(reports: Iterable[Report], day: date, machine: str) -> None:
    """Writes one small file a benchmark."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    for report in reports:
        content = {"date": day.isoformat(), "machine": machine, "load": round(os.getloadavg()[0], 1)} | asdict(report)
        (RESULTS / f"{report.name}.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def this_machine() -> str:
    """A few words on where the figures were measured."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}"
