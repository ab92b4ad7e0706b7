"""Runs one `flask` command without its progress lines, and prints the most memory that it had, in megabytes."""

from __future__ import annotations

import sys

from tests.benchmarks.measuring import own_peak_mb
from web.app import create_app
from web.settings import Settings

if __name__ == "__main__":
    result = create_app(Settings.from_env()).test_cli_runner().invoke(args=sys.argv[1:])
    if result.exit_code:
        sys.exit(result.output)
    print(own_peak_mb())
