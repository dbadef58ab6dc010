"""Servers under measure: the same uvicorn with the same options for us and for the raw broadcast."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.environment import ROOT, free_port, python_environment, stopping, wait_for

OPTIONS = ["--log-level", "warning", "--no-access-log", "--ws-per-message-deflate", "false"]


@contextmanager
def served(application: str, **variables: str) -> Iterator[tuple[int, int]]:
    """The port and the process number of a server."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", application, "--port", str(port), *OPTIONS]
    environment = python_environment(PUBLIC_URL=f"http://127.0.0.1:{port}", **variables)
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=sys.stderr)
    with stopping(server):
        wait_for(port, server, application)
        yield port, server.pid


def memory_of(pid: int) -> int:
    """Resident bytes of a process."""
    for text in Path(f"/proc/{pid}/status").read_text().splitlines():
        if text.startswith("VmRSS:"):
            return int(text.split()[1]) * 1024
    return 0
