"""`make bench`: the figures of docs/figures.md, measured again, with the peers beside us in the same run.

python -m tests.benchmarks [--modules N] [--only search,growth,match,scenarios,path,pages,taxonomy] [--esco] [--machine TEXT]
"""

from __future__ import annotations

import argparse
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from tests.benchmarks.duplicates import duplicates_report
from tests.benchmarks.growth import growth_report
from tests.benchmarks.match import match_report
from tests.benchmarks.measuring import Report, command_cost, python_cost, seconds, table, this_machine, write
from tests.benchmarks.pages import pages_report
from tests.benchmarks.path import path_reports
from tests.benchmarks.scenarios import scenarios_report
from tests.benchmarks.search import OURS, search_report
from tests.benchmarks.vectors import give_vectors
from tests.shared_data import SHARED
from web.app import create_app
from web.settings import Settings
from web.wiring import Services

PARTS = ("search", "match", "scenarios", "path", "pages", "taxonomy")
BY_NAME = ("growth", "duplicates")
"""Only when named: search over more modules than all peers can take, and near-copies among all modules."""


def main() -> None:
    """Measures, prints a table, and writes benchmarks/results."""
    parser = argparse.ArgumentParser(description="Leerwijzer's benchmarks")
    parser.add_argument("--modules", type=int, default=10_000, help="size of the generated catalogue")
    parser.add_argument("--only", default=",".join(PARTS), help="some of " + ", ".join(PARTS + BY_NAME))
    parser.add_argument("--esco", action="store_true", help="with the official taxonomy, which needs the real data set")
    parser.add_argument("--machine", default=this_machine(), help="a few words for the results")
    options = parser.parse_args()
    wanted = set(options.only.split(","))
    reports: list[Report] = []
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        app = create_app(Settings(instance_dir=instance, log_level="error"))
        parts: Services = app.extensions["leerwijzer"]
        run(app, "db", "upgrade")
        run(app, "seed", "load")
        if "search" in wanted:
            reports.append(search_report("search-seed", parts, Path(folder) / "seed", parts.today()))
            parts = create_app(Settings(instance_dir=instance, log_level="error")).extensions["leerwijzer"]
        if "path" in wanted:
            reports += path_reports("seed", parts)
        if options.esco:
            run(app, "taxonomy", "import-esco", str(SHARED / "esco-nl"))
            run(app, "taxonomy", "import-esco", str(SHARED / "esco-en"))
        generated = seconds(lambda: run(app, "seed", "generate", "--modules", str(options.modules)))
        if "search" in wanted:
            report_vectors = seconds(lambda: give_vectors(parts))
            reports.append(search_report(f"search-{options.modules}", parts, Path(folder) / "generated", parts.today()))
            reports[-1].add("generate the catalogue", "Leerwijzer", [generated], "s")
            reports[-1].add("make and write vectors", "Leerwijzer", [report_vectors], "s")
            reports[-1].add(
                "memory of a process that serves", "Leerwijzer", [serving_peak_mb(instance, Path(folder) / "generated" / OURS)], "MB"
            )
        if "growth" in wanted:
            give_vectors(parts)
            reports.append(growth_report(f"growth-{options.modules}", parts, Path(folder) / "growth", parts.today()))
            reports[-1].add("generate the catalogue", "Leerwijzer", [generated], "s")
            reports[-1].add(
                "memory of a process that serves", "Leerwijzer", [serving_peak_mb(instance, Path(folder) / "growth" / OURS)], "MB"
            )
        if "match" in wanted:
            reports.append(match_report(f"match-{options.modules}", parts))
            reports[-1].add("memory of a process that matches", "Leerwijzer", [matching_peak_mb(instance)], "MB")
        if "scenarios" in wanted:
            reports.append(scenarios_report(f"scenarios-{options.modules}", parts))
        if "path" in wanted:
            reports += path_reports(str(options.modules), parts)
        if "duplicates" in wanted:
            reports.append(duplicates_report(f"duplicates-{options.modules}", parts))
        if "pages" in wanted:
            run(app, "index", "rebuild")
            parts.skills.prepare()
            reports.append(pages_report("pages", app))
        if "taxonomy" in wanted:
            reports.append(taxonomy_report(Path(folder) / "taxonomy"))
        parts.database.close()
    print(table(reports))
    write(reports, datetime.now(UTC).date(), options.machine)


def serving_peak_mb(instance: Path, index: Path) -> float:
    """The most memory of a process that answers queries with words and meaning."""
    return python_cost("tests.benchmarks.serving", str(instance / "leerwijzer.sqlite"), str(index))[1]


def matching_peak_mb(instance: Path) -> float:
    """The most memory of a process that reads the arrays and matches."""
    return python_cost("tests.benchmarks.matching", str(instance / "leerwijzer.sqlite"))[1]


def taxonomy_report(instance: Path) -> Report:
    """Seconds and memory of importing an official ESCO download, once and again; needs the files of the real data set."""
    report = Report("taxonomy", "ESCO, Dutch and English")
    if not (SHARED / "esco-nl").is_dir():
        print("The real data set is absent (LEERWIJZER_SHARED_DATA): the taxonomy is not measured.")
        return report
    command_cost(instance, "db", "upgrade")
    command_cost(instance, "seed", "load")
    for what, name in (
        ("import ESCO in Dutch", "esco-nl"),
        ("import it again, no change", "esco-nl"),
        ("import English labels", "esco-en"),
    ):
        took, memory = command_cost(instance, "taxonomy", "import-esco", str(SHARED / name))
        report.add(what, "Leerwijzer", [took], "s")
        report.add(what, "Leerwijzer", [memory], "MB")
    return report


def run(app: Flask, *command: str) -> None:
    """Runs one command; a failure ends the benchmark."""
    result = app.test_cli_runner().invoke(args=list(command))
    if result.exit_code:
        raise SystemExit(result.output)


if __name__ == "__main__":
    os.environ.setdefault("LOG_LEVEL", "error")
    main()
