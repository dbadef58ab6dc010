"""What the front page of the site says of promises."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from consultations.actions.models import State
from consultations.actions.selectors.front import movers
from tests.factories import actions as make

pytestmark = pytest.mark.django_db


def heard(days: int, state: str = State.UNDER_WAY, **fields: Any) -> Any:
    """A sheet last heard of so many days ago."""
    sheet = make.sheet(state, **fields)
    sheet.state_since = sheet.last_news_on = timezone.localdate() - datetime.timedelta(days=days)
    sheet.save()
    return sheet


def test_what_is_done_what_moves_and_what_waits() -> None:
    done, moving, silent = heard(9, State.DONE), heard(2), heard(400)
    heard(12)
    found = movers()
    assert [one.title for one in found] == [done.title, moving.title, silent.title]
    assert found[2].tone == "late" and "400" in found[2].badge


def test_drafts_and_what_was_abandoned_are_not_there() -> None:
    for state in (State.PROPOSED, State.WRITING, State.COMMENTS, State.ABANDONED):
        heard(1, state)
    assert movers() == []


def test_a_late_step_is_told_and_the_latest_news_is_the_text() -> None:
    sheet = heard(1)
    make.step(sheet, days=-3)
    sheet.updates.create(text="Le minibus roule.", on=timezone.localdate())
    [found] = movers()
    assert (found.tone, found.text) == ("late", "Le minibus roule.")


def test_it_costs_the_same_for_any_number(django_assert_max_num_queries: Any) -> None:
    for days in range(8):
        heard(days)
    with django_assert_max_num_queries(2):
        movers()
