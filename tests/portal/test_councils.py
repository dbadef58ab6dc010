"""What the observatory says of councils: open acts, by place and year, without a threshold."""

import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from consultations.meetings.models import Meeting
from consultations.opinions.models import Opinion
from observatory.indicators.models import Fact, PublishedCell
from observatory.portal.council_figures import publish_council_figures, publish_due_council_figures
from observatory.portal.feeds.councils import ACTIVE, IN_TIME, MEETINGS
from tests.factories.councils import full_council
from tests.factories.days import days_ago
from tests.factories.opinions import answered, sent
from tests.factories.process import place

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> int:
    """One council that met twice; one answer in time, one late, one still awaited; another kept to members."""
    department = place("Lot-et-Garonne", "departement")
    commune = place("Agen", within=department)
    council, hidden = full_council(territory=commune), full_council(territory=commune, is_public=False)
    for number, of in enumerate((council, council, hidden), start=1):
        Meeting.objects.create(council=of, number=number, state="closed", held_at=timezone.now())
    answered(council), answered(hidden), sent(council)
    Opinion.objects.filter(state="answered").update(first_due_on=timezone.localdate())
    late = answered(council)
    Opinion.objects.filter(pk=late.pk).update(
        sent_on=days_ago(1), first_due_on=days_ago(0), answered_on=days_ago(-1)
    )
    return timezone.localdate().year


def value(code: str, level: str, year: int) -> float | None:
    """What is published of the place of this level."""
    cell = PublishedCell.objects.filter(indicator_code=code, level_code=level, period=str(year)).first()
    return cell.value if cell else None


@pytest.mark.parametrize("level", ["commune", "departement"])
def test_figures_of_a_place_and_of_what_holds_it(level: str, story: int) -> None:
    publish_council_figures()
    found = {code: value(code, level, story) for code in (ACTIVE, MEETINGS, IN_TIME)}
    assert found == {ACTIVE: 1, MEETINGS: 2, IN_TIME: 50}


def test_a_year_without_meetings_is_a_zero_and_a_share_of_nothing_is_absent(story: int) -> None:
    publish_council_figures()
    assert value(MEETINGS, "commune", story - 1) == 0
    assert value(IN_TIME, "commune", story - 1) is None


def test_the_same_acts_make_no_new_release_and_the_tick_looks_once_a_day(story: int) -> None:
    cache.clear()
    assert [publish_due_council_figures(), publish_due_council_figures()] == [1, 0]
    assert publish_council_figures() == publish_council_figures()
    Meeting.objects.create(
        council=Meeting.objects.filter(council__is_public=True)[0].council, number=9, state="closed",
        held_at=timezone.now() - datetime.timedelta(minutes=1),
    )  # fmt: skip
    again = publish_council_figures()
    assert again is not None and again.number == 2


def test_nothing_is_said_without_a_public_council() -> None:
    assert publish_council_figures() is None
    assert not Fact.objects.exists()
