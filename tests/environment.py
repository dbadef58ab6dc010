"""What the whole run needs of the machine: packages, a private PostgreSQL, a private Redis."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = {"chromium": "chromium", "initdb": "postgresql", "redis-server": "redis-server"}
PATIENCE = 60.0


def say(message: str) -> None:
    """One line of progress."""
    print(message, flush=True)


def find_program(name: str) -> str | None:
    """Where a program is; Debian keeps PostgreSQL's outside the path."""
    candidates = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(candidates[0]) if candidates else shutil.which(name)


def install_missing_packages() -> None:
    """Install Debian's packages when allowed to; say what is left out when not."""
    missing = sorted(package for program, package in PACKAGES.items() if not find_program(program))
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        say(f"test: not root, so these are not installed and their tests are left out: {', '.join(missing)}")
        return
    say(f"test: installing {', '.join(missing)}")
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-q"], check=True, **quiet)  # type: ignore[call-overload]
    options = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *missing]
    subprocess.run(options, check=True, **quiet)  # type: ignore[call-overload]


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen[bytes], what: str) -> None:
    """Until something listens there; raises when the process ends or time runs out."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{what} ended with code {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{what} did not start in {PATIENCE:.0f} s")


@contextmanager
def stopping(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End the process when the block ends, whatever happens in it."""
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def private_postgresql(*, safe: bool = False) -> Iterator[str]:
    """The DATABASE_URL of a PostgreSQL of our own, in a temporary folder, gone afterwards.

    Writes are not waited for, unless `safe`: tests want speed, benches what production does.
    """
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="diapason-pg-") as folder:
        os.chmod(folder, 0o755)
        data = Path(folder) / "data"
        data.mkdir(mode=0o700)
        if as_postgres:
            shutil.chown(data, "postgres")
        initdb = [str(find_program("initdb")), "-D", str(data), "-U", "diapason", "-A", "trust", "-E", "UTF8"]
        subprocess.run(
            [*as_postgres, *initdb, "--locale=C.UTF-8", "--no-sync"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
        )
        port = free_port()
        fast = [] if safe else ["fsync=off", "full_page_writes=off", "synchronous_commit=off"]
        settings = [*fast, f"unix_socket_directories={data}"]
        server = [str(find_program("postgres")), "-D", str(data), "-p", str(port), "-h", "127.0.0.1"]
        options = [part for setting in settings for part in ("-c", setting)]
        log = (Path(folder) / "log").open("wb")
        process = subprocess.Popen([*as_postgres, *server, *options], stdout=log, stderr=log, cwd=folder)
        with log, stopping(process):
            wait_for(port, process, "PostgreSQL")
            yield f"postgres://diapason@127.0.0.1:{port}/postgres"


@contextmanager
def private_redis() -> Iterator[str]:
    """The REDIS_URL of a Redis of our own that writes nothing to disk."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    with stopping(process):
        wait_for(port, process, "Redis")
        yield f"redis://127.0.0.1:{port}/0"


def python_environment(**variables: str) -> dict[str, str]:
    """The environment of a Python that must find our packages."""
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}", **variables}
