"""Requests sent to the WSGI application in this process, and what they cost it."""

import gc
import io
import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from time import process_time
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.core.wsgi import get_wsgi_application

HOST = "127.0.0.1:8000"


@dataclass
class Answer:
    """What came back, and the CPU seconds it took the application."""

    status: int
    headers: dict[str, str]
    text: str
    seconds: float


@dataclass
class Visitor:
    """A browser without JavaScript: keeps cookies, follows nothing by itself."""

    application: Callable[..., Any]
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    spent: list[tuple[str, float]] = field(default_factory=list)

    def get(self, path: str) -> Answer:
        return self.send("GET", path, b"")

    def post(self, path: str, fields: list[tuple[str, str]]) -> Answer:
        return self.send("POST", path, urlencode(fields).encode())

    def send(self, method: str, address: str, body: bytes) -> Answer:
        """One request; only the application's own time is counted."""
        parts = urlsplit(address)
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "8000",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": HOST,
            "HTTP_REFERER": f"http://{HOST}{parts.path}",
            "HTTP_COOKIE": "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0),
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        started_with: dict[str, Any] = {}

        def start_response(status: str, headers: list[tuple[str, str]], error: Any = None) -> None:
            started_with.update(status=int(status.split()[0]), headers=headers)

        started = process_time()
        result = self.application(environ, start_response)
        content = b"".join(result)
        result.close()
        seconds = process_time() - started
        for name, value in started_with["headers"]:
            if name.lower() == "set-cookie":
                self.cookies.load(value)
        self.spent.append((method, seconds))
        return Answer(started_with["status"], dict(started_with["headers"]), content.decode(), seconds)


def visitors() -> Callable[[], Visitor]:
    """Opens visitors of one application."""
    application = get_wsgi_application()
    return lambda: Visitor(application)


def best_medians(rounds: int, repeat: int, *works: Callable[[], float]) -> list[float]:
    """Milliseconds of each: the lowest of its rounds' medians, since other work only ever adds to it.

    They are taken in turn, so that a busy moment of the machine weighs on all and their ratios hold.
    """
    medians = []
    for _ in range(rounds):
        gc.collect()
        turns = [[work() for work in works] for _ in range(repeat)]
        medians.append([statistics.median(times) for times in zip(*turns, strict=True)])
    return [1000 * min(times) for times in zip(*medians, strict=True)]


def line(
    what: str,
    ours: float,
    bare: float,
    *,
    most: float | None = None,
    least: float | None = None,
    limit: float | None = None,
    unit: str = "ms",
) -> dict[str, object]:
    """One line of the table: a ratio kept under `most` or over `least`, or a figure kept under `limit`."""
    ratio = ours / bare if bare else 0.0
    held = (
        (most is None or ratio <= most)
        and (least is None or ratio >= least)
        and (limit is None or ours <= limit)
    )
    budget = "told"
    if limit is not None:
        budget = f"≤ {limit:g} {unit}"
    elif most is not None:
        budget = f"≤ {most:g} ×"
    elif least is not None:
        budget = f"≥ {least:.0%}"
    return {
        "what": what,
        "ours": f"{ours:.2f} {unit}",
        "bare": f"{bare:.2f} {unit}" if bare else "",
        "ratio": f"{ratio:.2f}" if bare else "",
        "budget": budget,
        "held": "yes" if held else "NO",
    }
