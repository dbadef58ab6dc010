"""One command, several processes: what starts, starts again, and stops together."""

import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.management import CommandError

from config import supervisor
from config.management.commands.serve import refuse_taken_port
from config.supervisor import Child, Supervisor
from tests.environment import free_port


def test_child_that_crashes_is_started_again_with_a_longer_pause(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(supervisor, "FIRST_PAUSE", 0.01)
    starts = tmp_path / "starts"
    said: list[str] = []
    child = Child(
        "fragile", [sys.executable, "-c", f"open({str(starts)!r}, 'a').write('x'); exit(3)"], pause=0.01
    )
    watching = Supervisor([child], say=said.append)
    deadline = time.monotonic() + 20
    while len(said) < 2 and time.monotonic() < deadline:
        watching.keep_alive(child)
        time.sleep(0.01)
    watching.stop()
    assert starts.read_text().startswith("xx")
    assert "fragile s’est arrêté avec le code 3" in said[0]
    assert child.pause == pytest.approx(0.04)


def test_signal_stops_every_child() -> None:
    sleeper = [sys.executable, "-c", "import time; time.sleep(60)"]
    watching = Supervisor([Child("one", sleeper), Child("two", sleeper)])
    threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGTERM)).start()
    watching.run()
    assert [child.process.poll() for child in watching.children if child.process] == [-signal.SIGTERM] * 2


def test_taken_port_is_refused_with_a_remedy() -> None:
    with socket.socket() as other:
        port = free_port()
        other.bind(("127.0.0.1", port))
        other.listen()
        with pytest.raises(CommandError, match=f"PORT={port + 1} make run"):
            refuse_taken_port("127.0.0.1", port)
