"""One rule says what is late and what is silent; the database and the page agree with it on anything."""

import datetime
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultations.actions.lateness import RUNNING, Status, days_late, silent_days, step_status
from consultations.actions.models import ActionSheet, State
from consultations.actions.selectors.standing import (
    is_late,
    late_steps,
    silence_of,
    silent_sheets,
    status_of,
)
from tests.factories import actions as make

TODAY = datetime.date(2026, 11, 22)
DAYS = st.integers(-400, 400).map(lambda days: TODAY + datetime.timedelta(days=days))
STEPS = st.fixed_dictionaries(
    {
        "state": st.sampled_from(State.values),
        "starts_on": st.none() | DAYS,
        "ends_on": DAYS,
        "done_on": st.none() | DAYS,
    }
)


@given(STEPS)
def test_late_is_running_not_done_and_past_its_day(step: dict[str, Any]) -> None:
    late = step_status(**step, today=TODAY) == Status.LATE
    assert late is (step["state"] in RUNNING and step["done_on"] is None and step["ends_on"] < TODAY)


@given(STEPS, st.integers(0, 400))
def test_what_is_late_stays_late_until_it_is_done(step: dict[str, Any], more: int) -> None:
    later = TODAY + datetime.timedelta(days=more)
    if step_status(**step, today=TODAY) == Status.LATE:
        assert step_status(**step, today=later) == Status.LATE
        assert step_status(**{**step, "done_on": TODAY}, today=later) == Status.DONE


@given(STEPS)
def test_days_late_count_from_the_day_it_was_expected(step: dict[str, Any]) -> None:
    days = days_late(ends_on=step["ends_on"], done_on=step["done_on"], today=TODAY)
    assert days >= 0
    if step_status(**step, today=TODAY) == Status.LATE:
        assert step["ends_on"] + datetime.timedelta(days=days) == TODAY


@given(st.sampled_from(State.values), DAYS, st.none() | DAYS, st.integers(0, 365))
def test_silence_is_told_only_of_what_runs_and_only_past_the_limit(
    state: str, since: datetime.date, heard: datetime.date | None, limit: int
) -> None:
    days = silent_days(state=state, since=since, last_news_on=heard, limit=limit, today=TODAY)
    if days is not None:
        assert state in RUNNING and days > limit
        assert TODAY - datetime.timedelta(days=days) == (heard or since)
    elif state in RUNNING:
        assert (TODAY - (heard or since)).days <= limit


@pytest.mark.parametrize(
    ("state", "ends", "status"),
    [
        (State.UNDER_WAY, -1, Status.LATE),
        (State.UNDER_WAY, 0, Status.TO_COME),
        (State.ADOPTED, -1, Status.LATE),
        (State.WRITING, -1, Status.TO_COME),
        (State.SUSPENDED, -1, Status.STOPPED),
        (State.ABANDONED, 30, Status.STOPPED),
    ],
)
def test_the_day_itself_is_not_late(state: str, ends: int, status: Status) -> None:
    day = TODAY + datetime.timedelta(days=ends)
    assert step_status(state=state, starts_on=None, ends_on=day, done_on=None, today=TODAY) == status


@pytest.mark.django_db
def test_the_database_finds_the_same_late_steps_and_silent_sheets() -> None:
    today = timezone.localdate()
    patient, hasty = make.programme(no_news_days=200), make.programme(no_news_days=20)
    sheets = []
    for state in State.values:
        for programme in (None, patient, hasty):
            one = make.sheet(state, texts=False, programme=programme)
            for days, done in ((-5, None), (5, None), (-5, today)):
                make.step(one, days=days, done_on=done)
            sheets.append(one)
    for number, one in enumerate(sheets):
        heard = today - datetime.timedelta(days=number * 9) if number % 4 else None
        ActionSheet.objects.filter(pk=one.pk).update(last_news_on=heard)
    found = ActionSheet.objects.select_related("programme").prefetch_related("steps")
    late = {
        step.pk
        for one in found
        for step in one.steps.all()
        if status_of(step, one.state, today) == Status.LATE
    }
    assert set(late_steps(today).values_list("pk", flat=True)) == late and late
    assert set(ActionSheet.objects.filter(is_late(today))) == {
        one for one in found if any(step.pk in late for step in one.steps.all())
    }
    quiet = {one for one in found if silence_of(one, today) is not None}
    assert set(silent_sheets(ActionSheet.objects.all(), today)) == quiet and quiet
    with override_settings(ACTION_NO_NEWS_DAYS=10):
        quieter = {one for one in found if silence_of(one, today) is not None}
        assert set(silent_sheets(ActionSheet.objects.all(), today)) == quieter and quieter >= quiet
