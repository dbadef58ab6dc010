"""Who may do what with an action sheet: one table of actors and states, and one of fields."""

import re

import pytest

from consultations.actions.fields import FIELDS, KINDS
from consultations.actions.models import State
from consultations.actions.permissions import can, can_create_sheet_for, can_read_sheet, parts_of, row_fields
from consultations.actions.states import LIFE, Part
from tests.factories import actions as make
from tests.factories.actions import ACTORS
from tests.factories.process import body, person, place
from tests.repository import ROOT
from tests.states import walk

pytestmark = pytest.mark.django_db

W, S, E, P = Part.WRITER, Part.STEWARD, Part.OFFICIAL, Part.PARTNER
F, M, R = Part.FUNDER, Part.MEMBER, Part.READER
INSIDE, WRITERS, DECIDERS, STEWARDS, TELLERS = {W, S, E, P, F}, {W, S}, {S, E}, {S}, {W, S, P}
DRAFTS, EVERY = ("proposed", "writing", "comments"), tuple(State.values)
RUNNING = ("adopted", "under_way", "suspended", "done")
TALK = {"proposed": INSIDE, "writing": INSIDE, "comments": {M}}
TABLE: dict[str, dict[str, set[Part]]] = {
    "read_draft": dict.fromkeys(EVERY, INSIDE),
    "edit": dict.fromkeys(DRAFTS, WRITERS),
    "carry": dict.fromkeys(RUNNING, WRITERS),
    "tell": dict.fromkeys((*DRAFTS, *RUNNING, "evaluated"), TELLERS),
    "correct": dict.fromkeys(EVERY, WRITERS),
    "comment": TALK,
    "suggest": TALK,
    "decide": dict.fromkeys(DRAFTS, WRITERS),
    "name_version": dict.fromkeys(EVERY, WRITERS),
    "assign": dict.fromkeys((*DRAFTS, *RUNNING), STEWARDS),
    "announce": {"proposed": WRITERS, "writing": WRITERS},
    "start": {"proposed": WRITERS},
    "open_comments": {"writing": WRITERS},
    "resume": {"comments": WRITERS},
    "adopt": {"comments": DECIDERS},
    "revise": {"adopted": {S}, "suspended": {S}},
    "begin": {"adopted": WRITERS},
    "suspend": {"adopted": {W, S, E}, "under_way": {W, S, E}},
    "take_again": {"suspended": WRITERS},
    "finish": {"under_way": WRITERS},
    "abandon": dict.fromkeys((*DRAFTS, "adopted", "under_way", "suspended"), DECIDERS),
    "score": {"under_way": WRITERS, "done": WRITERS},
    "evaluate": {"done": WRITERS},
    "reopen": {"abandoned": {S}, "done": {S}, "evaluated": {S}},
    "delete": {"proposed": WRITERS},
}


def test_every_verb_in_every_state_for_every_part() -> None:
    parts = {str(part): frozenset({part}) for part in Part}
    assert walk(LIFE, TABLE, parts) == len(TABLE) * len(EVERY) * len(Part)


def test_the_document_holds_the_same_table() -> None:
    written = (ROOT / "docs" / "actions.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| `(\w+)` \|.*$", written, re.MULTILINE)
    assert found == [line.name for line in LIFE.transitions]
    for line in LIFE.transitions:
        states = [str(one) for one in State if one in line.sources]
        who = ", ".join(str(part) for part in Part if line.may(frozenset({part}), None))
        where = "every" if len(states) == len(State) else ", ".join(states)
        assert f"| `{line.name}` | {where} | {line.target or '–'} | {who} |" in written


def test_nothing_is_final_but_abandoned_and_evaluated_sheets_only_come_back() -> None:
    assert LIFE.final == frozenset()
    for state in ("abandoned", "evaluated"):
        assert {line.name for line in LIFE.transitions if state in line.sources and line.moves} == {"reopen"}


PARTS: dict[str, set[Part]] = {
    "visitor": {R},
    "member": {R, M},
    "professional elsewhere": {R, M},
    "organiser elsewhere": {R, M},
    "organiser of yesterday": {R, M},
    "analyst here": {R, M},
    "professional of the lead": {R, M, W},
    "director of the lead": {R, M, W},
    "person in charge": {R, M, W},
    "professional of a partner": {R, M, P},
    "funder of the sheet": {R, M, F},
    "funder of the place": {R, M, F},
    "official of the place": {R, M, E},
    "organiser of the place": {R, M, S},
    "superuser": {R, M, S},
}


@pytest.mark.parametrize("actor", ACTORS)
def test_what_each_actor_is_to_a_sheet(actor: str) -> None:
    sheet = make.sheet()
    user = ACTORS[actor](sheet)
    sheet.refresh_from_db()
    assert parts_of(user, sheet) == PARTS[actor]
    assert can("edit", user, sheet) is bool(PARTS[actor] & WRITERS)


@pytest.mark.parametrize("actor", ACTORS)
def test_a_sheet_is_read_by_anyone_once_announced_and_before_by_those_it_concerns(actor: str) -> None:
    sheet = make.sheet()
    user = ACTORS[actor](sheet)
    sheet.refresh_from_db()
    assert can_read_sheet(user, sheet) is bool(PARTS[actor] & INSIDE)
    sheet.announced_on = make.LONG_AGO
    assert can_read_sheet(user, sheet)


NONE: dict[str, set[str]] = {}
FOLLOWED = {
    "step": {"done_on"},
    "funding": {"secured", "spent"},
    "partner": {"agreement"},
    "measure": {"value", "on", "source"},
    "comparison": set(FIELDS["comparison"]),
}
ALL_FIELDS = {kind: set(names) for kind, names in FIELDS.items()}
WRITABLE = {
    **dict.fromkeys(DRAFTS, ALL_FIELDS),
    **dict.fromkeys(RUNNING, FOLLOWED),
    "abandoned": NONE,
    "evaluated": NONE,
}


@pytest.mark.parametrize("state", EVERY)
@pytest.mark.parametrize("kind", KINDS)
def test_fields_of_lines_by_state(kind: str, state: str) -> None:
    sheet = make.sheet(state)
    assert row_fields(make.worker_of(sheet.lead), sheet, kind) == WRITABLE[state].get(kind, set())
    for actor in (
        "visitor",
        "member",
        "professional of a partner",
        "funder of the place",
        "official of the place",
    ):
        assert row_fields(ACTORS[actor](sheet), sheet, kind) == set(), actor


def test_who_may_propose_a_sheet() -> None:
    here, elsewhere = place("Duras"), place("Agen")
    lead = body(here)
    assert can_create_sheet_for(make.steward_of(here), here, None)
    assert can_create_sheet_for(make.worker_of(lead), here, lead)
    assert not can_create_sheet_for(make.worker_of(lead), here, None)
    assert not can_create_sheet_for(make.worker_of(lead), here, body(elsewhere))
    assert not can_create_sheet_for(make.steward_of(elsewhere), here, lead)
    assert not can_create_sheet_for(person(), here, lead)
