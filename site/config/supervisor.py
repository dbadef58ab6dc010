"""Keeps several child processes alive as one command and stops them together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
STEADY_AFTER = 60.0  # seconds of life after which a crash is a new story
GRACE = 10.0  # seconds between asking a child to stop and killing it
STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@dataclass
class Child:
    """One process of the product: what it is called and how it starts."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restart_at: float = 0.0
    pause: float = FIRST_PAUSE


@dataclass
class Supervisor:
    """Starts the children, restarts the one that ends with a growing pause, stops all on a signal.

    Children run in their own session: Ctrl-C reaches the supervisor alone, which stops them in order.
    """

    children: list[Child]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    say: Callable[[str], None] = print
    is_stopping: bool = False

    def run(self) -> None:
        """Supervise until SIGINT or SIGTERM; returns once every child has ended."""
        previous = {name: signal.signal(name, self.ask_to_stop) for name in STOPPING_SIGNALS}
        try:
            while not self.is_stopping:
                for child in self.children:
                    self.keep_alive(child)
                time.sleep(0.2)
        finally:
            self.stop()
            for name, handler in previous.items():
                signal.signal(name, handler)

    def ask_to_stop(self, *_: object) -> None:
        """Signal handler: leave the loop at its next turn."""
        self.is_stopping = True

    def keep_alive(self, child: Child) -> None:
        """Start the child, or plan its return when it has ended by itself."""
        now = time.monotonic()
        if child.process is None:
            if now >= child.restart_at:
                child.started_at = now
                child.process = subprocess.Popen(  # noqa: S603
                    child.command, env=self.environment, start_new_session=True
                )
        elif (code := child.process.poll()) is not None:
            steady = now - child.started_at > STEADY_AFTER
            child.pause = FIRST_PAUSE if steady else min(child.pause * 2, LONGEST_PAUSE)
            child.restart_at, child.process = now + child.pause, None
            self.say(
                _("%(name)s ended with code %(code)s; starting again in %(pause).0f s")
                % {"name": child.name, "code": code, "pause": child.pause}
            )

    def stop(self) -> None:
        """Ask every child to end, then end those that do not."""
        running = [child.process for child in self.children if child.process]
        for process in running:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def python_environment(root: str) -> dict[str, str]:
    """The environment of a Python child: our two source roots, output shown at once."""
    return {**os.environ, "PYTHONPATH": f"{root}/site{os.pathsep}{root}", "PYTHONUNBUFFERED": "1"}


def python(*arguments: str) -> list[str]:
    """A command run by the interpreter that runs us."""
    return [sys.executable, *arguments]
