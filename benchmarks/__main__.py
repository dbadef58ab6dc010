"""Run the benches one after the other, each in a process and on a database of its own; print one table.

`python -m benchmarks` runs them all, `python -m benchmarks submission arriving` these two. `python -m benchmarks soak
--minutes 60` fills a room for an hour with people who come and go.

The JSON of each run is kept in `.benchmarks/`, which git ignores.
"""

import argparse
import datetime
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.environment import ROOT, find_program, private_postgresql, python_environment, say

BENCHES = [
    f"benchmarks.{name}"
    for name in (
        "submission",
        "voting",
        "cms_page",
        "broadcast",
        "arriving",
        "cowriting",
        "lineage",
        "directory",
        "directory_import",
        "steering",
    )
]
LONG = ["benchmarks.soak"]  # only when it is asked for by name
KEPT = ROOT / ".benchmarks"


def databases(stack: ExitStack, folder: str) -> Iterator[tuple[str, str]]:
    """SQLite in a file, and PostgreSQL where it is installed."""
    yield "SQLite", f"sqlite:///{folder}/bench.sqlite3"
    if find_program("initdb"):
        yield "PostgreSQL", stack.enter_context(private_postgresql(safe=True))
    else:
        say("bench: PostgreSQL is not installed, its lines are left out")


def measure(bench: str, database: str, url: str, folder: str) -> list[dict[str, object]]:
    """The lines one bench prints for one database."""
    say(f"bench: {bench.removeprefix('benchmarks.')} on {database}")
    environment = python_environment(
        DJANGO_SETTINGS_MODULE="benchmarks.settings", DATABASE_URL=url, VAR_DIR=folder, REDIS_URL=""
    )
    command = [sys.executable, "-m", bench]
    output = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE).stdout
    return [{"database": database, **line} for line in json.loads(output)]


def table(lines: list[dict[str, object]]) -> str:
    """Fixed columns, a mark where the budget is missed."""
    heads = ["database", "what", "ours", "bare", "ratio", "budget", "held"]
    cells = [heads, *([str(line.get(head, "")) for head in heads] for line in lines)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells
    )


def read_arguments() -> tuple[list[str], float]:
    """The benches named, none for all of them; how long a soak lasts."""
    known = [bench.split(".")[1] for bench in [*BENCHES, *LONG]]
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", help=f"Among {', '.join(known)}; none for all but soak.")
    parser.add_argument("--minutes", type=float, default=10, help="How long a soak lasts.")
    found = parser.parse_args()
    if unknown := set(found.names) - set(known):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    return found.names, found.minutes


def main() -> int:
    """0 when every budget is held."""
    names, minutes = read_arguments()
    os.environ["SOAK_MINUTES"] = str(minutes)
    wanted = [bench for bench in [*BENCHES, *LONG] if bench.split(".")[1] in names] or BENCHES
    lines: list[dict[str, object]] = []
    with ExitStack() as stack, tempfile.TemporaryDirectory(prefix="diapason-bench-") as folder:
        for database, url in databases(stack, folder):
            for bench in wanted:
                lines += measure(bench, database, url, folder)
    KEPT.mkdir(exist_ok=True)
    moment = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S")
    Path(KEPT / f"{moment}.json").write_text(json.dumps(lines, indent=1), encoding="utf-8")
    say(f"\n{table(lines)}\n\nCPU of the server process, in milliseconds, median of the best rounds.")
    return 0 if all(line["held"] == "yes" for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
