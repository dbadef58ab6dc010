"""While many wrong codes arrive, a right one still opens: after a little work, or a short wait."""

import itertools
import re
import time

import pytest
from django.test import RequestFactory

from core import tolls

CODE, OTHER = "lilas-cerise-canard-pinson-42", "lilas-cerise-canard-pinson-43"


def paid(response):
    """What the page's script would post."""
    page = response.content.decode()
    ticket, bits = re.search(r'data-toll="([^"]+)" data-bits="(\d+)"', page).groups()
    proof = next(str(one) for one in itertools.count() if tolls.is_proof(ticket, str(one), int(bits)))
    code = re.search(r'name="code" value="([^"]+)"', page)[1]
    return {"code": code, "ticket": ticket, "proof": proof}


def asked(code=CODE, **posted):
    return tolls.ask_toll(RequestFactory().post("/", posted), "test", code)


@pytest.fixture
def flood(monkeypatch):
    monkeypatch.setattr(tolls, "LEAST_BITS", 4)
    for _time in range(tolls.FREE_PER_MINUTE):
        tolls.count_wrong("test")


def test_a_code_costs_nothing_in_calm():
    for _time in range(tolls.FREE_PER_MINUTE - 1):
        tolls.count_wrong("test")
    assert asked() is None


def test_another_kind_of_code_is_not_concerned(flood):
    assert tolls.ask_toll(RequestFactory().post("/"), "else", CODE) is None


def test_work_pays_for_one_code_only(flood):
    toll = asked()
    proof = next(str(one) for one in itertools.count() if tolls.is_proof(toll.ticket, str(one), toll.bits))
    assert asked(ticket=toll.ticket, proof=proof) is None
    assert asked(OTHER, ticket=toll.ticket, proof=proof) is not None


def test_waiting_pays_too_and_keeps_its_ticket(flood, monkeypatch):
    toll = asked()
    again = asked(ticket=toll.ticket)
    assert again.ticket == toll.ticket
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + toll.wait + 1)
    assert asked(ticket=toll.ticket) is None
    monkeypatch.setattr(time, "time", lambda: now + tolls.TICKET_SECONDS + 60)
    assert asked(ticket=toll.ticket) is not None


def test_sending_no_proof_is_never_a_proof():
    assert not any(tolls.is_proof(f"ticket-{number}", "", bits=1) for number in range(20))


@pytest.mark.parametrize("ticket", ["", "x", "a:b:c", "\x00", "é" * 900])
def test_a_forged_ticket_pays_nothing(flood, ticket):
    assert asked(ticket=ticket, proof="1") is not None


def test_more_wrong_codes_ask_for_more_up_to_a_limit(flood):
    first = asked()
    for _time in range(2000):
        tolls.count_wrong("test")
    later = asked()
    assert first.bits < later.bits <= tolls.MOST_BITS
    assert first.wait < later.wait <= tolls.MOST_WAIT
