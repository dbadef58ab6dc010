"""The running product, as `make run` starts it, with a database of its own."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.environment import ROOT, free_port, python_environment, stopping

PATIENCE = 180.0  # seconds: migrations and demo data included
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]


@contextmanager
def served_product(folder: Path) -> Iterator[str]:
    """Its address, once it is ready; everything it writes goes to `folder`."""
    port = free_port()
    environment = python_environment(
        DJANGO_SETTINGS_MODULE="config.settings.dev",
        VAR_DIR=str(folder),
        DATABASE_URL=f"sqlite:///{folder / 'journeys.sqlite3'}",
        REDIS_URL="",
        PUBLIC_URL=f"http://127.0.0.1:{port}",
        HOST="127.0.0.1",
        PORT=str(port),
    )
    command = [sys.executable, "manage.py", "serve", "--prepare"]
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        with stopping(process):
            address = f"http://127.0.0.1:{port}"
            wait_until_ready(address, process, folder / "serve.log")
            yield address


def wait_until_ready(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until `/readyz` says so; raises with the end of the log otherwise."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError(f"The product did not start:\n{log.read_text()[-3000:]}")
