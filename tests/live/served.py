"""Real servers with echo rooms: processes that can be killed, on a database and a Redis of their own."""

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg

from tests.environment import ROOT, free_port, python_environment, stopping, wait_for

PREPARE = """
import django, json, sys
django.setup()
from django.core.management import call_command
call_command("migrate", run_syncdb=True, verbosity=0)
from consultations.live.identity import cookie_name
from consultations.live.services import join_room, open_room
room = open_room(kind="echo", key="1")
cookies = [f"{cookie_name(room)}={join_room(room=room, college='residents').token}" for _ in range(int(sys.argv[1]))]
print(json.dumps({"room": str(room.pk), "cookies": cookies}))
"""
READ = """
import django, json
django.setup()
from consultations.live.models import Event
print(json.dumps([[e.seq, e.payload["text"]] for e in Event.objects.filter(kind="said").order_by("seq")]))
"""


@dataclass
class Hall:
    """A room and the devices that joined it, served by as many processes as wanted."""

    folder: Path
    variables: dict[str, str]
    room: str = ""
    cookies: list[str] = field(default_factory=list)

    def prepare(self, devices: int) -> None:
        said = json.loads(self.python(PREPARE, str(devices)))
        self.room, self.cookies = said["room"], said["cookies"]

    def python(self, code: str, *arguments: str) -> str:
        command = [sys.executable, "-c", code, *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment(), check=True, capture_output=True, text=True
        )
        return done.stdout

    def environment(self, **more: str) -> dict[str, str]:
        return python_environment(
            DJANGO_SETTINGS_MODULE="tests.live.settings", VAR_DIR=str(self.folder), **(self.variables | more)
        )

    def log(self) -> list[tuple[int, str]]:
        """What the database holds: each place and its words."""
        return [(seq, text) for seq, text in json.loads(self.python(READ))]

    @property
    def path(self) -> str:
        return f"/direct/{self.room}/"


DEVICES = 4
SERVER = os.environ.get("DATABASE_URL", "").rpartition("/")[0]
ON_POSTGRESQL = SERVER.startswith("postgres")


def new_database(folder: Path, template: str = "") -> str:
    """The address of a database of its own, empty or a copy, where the other tests have theirs."""
    if not ON_POSTGRESQL:
        if template:
            shutil.copy(template.removeprefix("sqlite:///"), folder / "hall.sqlite3")
        return f"sqlite:///{folder / 'hall.sqlite3'}"
    name, source = f"hall_{uuid4().hex}", template.rpartition("/")[2] or "template1"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {source}")  # type: ignore[arg-type]
    return f"{SERVER}/{name}"


@cache
def prepared() -> Hall:
    """A room and its devices, made once: each hall takes a copy."""
    folder = Path(tempfile.mkdtemp(prefix="diapason-hall-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    hall = Hall(folder, {"DATABASE_URL": new_database(folder), "REDIS_URL": ""})
    hall.prepare(DEVICES)
    return hall


def a_hall(folder: Path, **variables: str) -> Hall:
    """A room that four devices have joined, on a database of its own."""
    made = prepared()
    own = {"DATABASE_URL": new_database(folder, made.variables["DATABASE_URL"]), "REDIS_URL": ""}
    return Hall(folder, own | variables, made.room, list(made.cookies))


class Server:
    """One process of the product, which may be killed and started again on the same port."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.port = hall, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "uvicorn", "config.asgi:application", "--port", str(self.port)]
        environment = self.hall.environment(PUBLIC_URL=f"http://127.0.0.1:{self.port}")
        with (self.hall.folder / f"server-{self.port}.log").open("ab") as log:
            options: dict[str, Any] = {"cwd": ROOT, "env": environment, "stdout": log, "stderr": log}
            self.process = subprocess.Popen([*command, "--log-level", "warning"], **options)
        wait_for(self.port, self.process, "uvicorn")

    def kill(self) -> None:
        """As a machine that loses its power does."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            with stopping(self.process):
                pass


@contextmanager
def serving(hall: Hall, count: int = 1) -> Iterator[list[Server]]:
    """That many processes over one database."""
    servers = [Server(hall) for _ in range(count)]
    try:
        for server in servers:
            server.start()
        yield servers
    finally:
        for server in servers:
            server.stop()
