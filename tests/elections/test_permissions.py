"""Who may do what, in which state: every verb of the table, for each part a person may have."""

import pytest

from consultations.elections.models import Election
from consultations.elections.permissions import parts_of
from consultations.elections.states import LIFE, Part
from tests.factories import councils
from tests.factories import elections as made
from tests.factories.process import person

S = Election.State
CLERK, SCRUTINEER, MEMBER = Part.CLERK, Part.SCRUTINEER, Part.MEMBER
BOTH = {CLERK, SCRUTINEER, MEMBER}
TABLE = {
    "read": dict.fromkeys(S, BOTH),
    "edit": {S.DRAFT: {CLERK}},
    "enrol": {S.DRAFT: {CLERK}, S.CANDIDACIES: {CLERK}},
    "call": {S.DRAFT: {CLERK}},
    "stand": {S.CANDIDACIES: {CLERK}},
    "freeze": {S.CANDIDACIES: {CLERK}},
    "issue_codes": {S.ROLL_FROZEN: {CLERK}},
    "replace_code": {S.ROLL_FROZEN: {CLERK}, S.OPEN: {CLERK}},
    "open": {S.ROLL_FROZEN: {CLERK}},
    "mark_paper": {S.OPEN: {CLERK}},
    "close": {S.OPEN: {CLERK}},
    "enter_paper": {S.CLOSED: {SCRUTINEER}},
    "count": {S.CLOSED: {CLERK}},
    "draw_lots": {S.COUNTED: {CLERK}},
    "export": {S.COUNTED: BOTH, S.CONTESTED: BOTH, S.OFFICIAL: BOTH},
    "contest": {S.COUNTED: {CLERK}, S.OFFICIAL: {CLERK}},
    "uphold": {S.CONTESTED: {CLERK}},
    "make_official": {S.COUNTED: {CLERK}},
    "cancel": {
        S.DRAFT: {CLERK},
        S.CANDIDACIES: {CLERK},
        S.ROLL_FROZEN: {CLERK},
        S.CONTESTED: {CLERK},
    },
}


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("part", [None, *Part])
def test_every_verb_in_every_state_for_every_part(part, state):
    who = frozenset({part} - {None})
    allowed = {verb for verb in LIFE.verbs if LIFE.is_allowed(verb, who, state)}
    assert allowed == {verb for verb, states in TABLE.items() if part in states.get(state, ())}


@pytest.mark.django_db
def test_what_people_are_to_an_election():
    council = councils.full_council()
    election = made.election(council=council)
    secretary, member = councils.secretary_of(council), councils.member_of(council, "others")
    assert parts_of(secretary, election) == {CLERK, SCRUTINEER}
    assert parts_of(member, election) == {MEMBER, SCRUTINEER}
    assert parts_of(person(), election) == parts_of(None, election) == frozenset()
    election.candidates.create(number=1, name="x", user=member)
    assert parts_of(member, election) == {MEMBER}  # whoever stands reads no paper ballot
