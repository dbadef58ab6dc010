"""`python -m tests.run`, that is `make test`: everything, on both databases, then in a browser.

Ends with one line in pytest's own words that adds the runs up, and exits with an error when one failed.
"""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

from tests.environment import (
    ROOT,
    find_program,
    install_missing_packages,
    private_postgresql,
    private_redis,
    python_environment,
    say,
)

SUMMARY = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed|deselected)")
ONCE = ("demo", "directory/exchange/test_hsds_live.py")  # long, and what a database cannot change in them
CORES = str(min(os.cpu_count() or 1, 4))


def run_pytest(title: str, arguments: list[str], **variables: str) -> tuple[int, Counter[str]]:
    """Run pytest, showing its output as it comes; its exit code and what it counted."""
    say(f"\ntest: {title}")
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    process = subprocess.Popen(
        command, cwd=ROOT, env=python_environment(**variables), stdout=subprocess.PIPE, text=True
    )
    last = ""
    for line in process.stdout or ():
        sys.stdout.write(line)
        sys.stdout.flush()
        last = line if SUMMARY.search(line) else last
    counts: Counter[str] = Counter()
    for number, word in SUMMARY.findall(last):
        counts[word.rstrip("s") if word.startswith("error") else word] += int(number)
    return process.wait(), counts


def runs(stack: ExitStack, extra: list[str]) -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """Each run: its title, pytest's arguments and its environment."""
    everything = ["-n", CORES, "--dist", "worksteal", "--ignore=tests/journeys", *extra]
    yield "on SQLite", everything, {"DATABASE_URL": "sqlite://:memory:", "REDIS_URL": ""}
    if find_program("initdb") and find_program("redis-server"):
        database, redis = stack.enter_context(private_postgresql()), stack.enter_context(private_redis())
        yield (
            "on PostgreSQL and Redis",
            [*everything, "--with-services", *(f"--ignore=tests/{path}" for path in ONCE)],
            {"DATABASE_URL": database, "REDIS_URL": redis},
        )
    else:
        say("\ntest: left out: PostgreSQL and Redis (postgresql and redis-server are not installed)")
    if find_program("chromium"):
        yield "journeys in Chromium", ["tests/journeys", *extra], {}
    else:
        say("\ntest: left out: journeys in a browser (chromium is not installed)")


def main() -> int:
    """Run everything; 0 only when every run passed."""
    started, totals, worst = time.monotonic(), Counter[str](), 0
    install_missing_packages()
    with ExitStack() as stack:
        for title, arguments, variables in runs(stack, sys.argv[1:]):
            code, counts = run_pytest(title, arguments, **variables)
            totals += counts
            worst = worst or code
    counted = ", ".join(f"{number} {word}" for word, number in sorted(totals.items()))
    say(f"\n===== {counted or 'no tests ran'} in {time.monotonic() - started:.2f}s =====")
    return worst


if __name__ == "__main__":
    sys.exit(main())
