"""Submissions a second of a real server: granian, one worker, several visitors at once."""

import http.client
import re
import subprocess
import sys
import threading
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.environment import ROOT, free_port, python_environment, stopping, wait_for
from tests.html_forms import forms_of

VISITORS, SECONDS, ROUNDS = 4, 4.0, 3
FRESH = re.compile(r'name="(csrfmiddlewaretoken|envoi)" value="([^"]+)"')


def submissions_per_second(paths: list[str]) -> list[float]:
    """The best of three rounds for each address, in turn, on one server."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "2", "--log-level", "error", "config.wsgi:application"),
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=python_environment(), stdout=sys.stderr)
    with stopping(server):
        wait_for(port, server, "granian")
        best = [0.0] * len(paths)
        for _ in range(ROUNDS):
            for place, path in enumerate(paths):
                best[place] = max(best[place], one_round(port, path))
    return best


def one_round(port: int, path: str) -> float:
    """Submissions a second over a few seconds."""
    counts = [0] * VISITORS
    until = time.monotonic() + SECONDS
    threads = [
        threading.Thread(target=keep_sending, args=(port, path, counts, place, until))
        for place in range(VISITORS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS


def keep_sending(port: int, path: str, counts: list[int], place: int, until: float) -> None:
    """A new visitor each time, on a connection kept open."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    fields: dict[str, str] = {}
    while time.monotonic() < until:
        status, headers, text = request(connection, "GET", path, {}, "")
        if not fields:
            fields = dict(forms_of(text, path)[0].filled())
        fields |= dict(FRESH.findall(text))
        cookies: SimpleCookie = SimpleCookie()
        for name, value in headers:
            if name.lower() == "set-cookie":
                cookies.load(value)
        sent = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items()),
        }
        status, _, _ = request(connection, "POST", path, sent, urlencode(fields))
        if status not in {302, 303}:
            raise RuntimeError(f"{path} answers {status} under load")
        counts[place] += 1


def request(
    connection: http.client.HTTPConnection, method: str, path: str, headers: dict[str, str], body: str
) -> tuple[int, list[tuple[str, str]], str]:
    """One exchange."""
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    return answer.status, answer.getheaders(), answer.read().decode()
