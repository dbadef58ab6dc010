"""What is late is named, with where it is put right; nothing else is."""

import datetime

import pytest
from django.utils import timezone

from consultations.annual_reports.selectors.late import Late, late_in, late_of
from consultations.annual_reports.services import reports
from consultations.councils.models import Council
from consultations.opinions.models import Opinion
from tests.factories import opinions
from tests.factories.annual_reports import drawn_up, held, old_council, released_survey, signed
from tests.factories.days import last_year

pytestmark = pytest.mark.django_db
D = datetime.date


def summer() -> D:
    return D(last_year() + 1, 7, 10)


def codes(of: Council, on: datetime.date | None = None) -> list[str]:
    return [one.code for one in late_of(of, on or summer())]


def done(**fields: object) -> Council:
    """A council that did everything: meetings of last year and of this one, its report signed."""
    made = old_council(**fields)
    for year in (last_year(), last_year() + 1):
        for month in (2, 5, 6):
            held(made, D(year, month, 3))
    signed(drawn_up(made))
    return made


def test_a_council_that_did_everything_is_late_in_nothing() -> None:
    assert codes(done()) == []


def test_meetings_missing_last_year_and_this_one() -> None:
    council = old_council()
    held(council, D(last_year(), 3, 3))
    words = [one for one in late_of(council, summer()) if one.code == "meetings"]
    assert [one.text for one in words] == [
        f"{last_year()} : 1 réunion tenue ; il en fallait 3 à cette date.",
        f"{last_year() + 1} : 0 réunion tenue ; il en fallait 1 à cette date.",
    ]
    assert all(one.url.endswith(f"/{council.slug}/nouvelle/") for one in words)


def test_minutes_a_later_meeting_should_have_adopted() -> None:
    council = done()
    last = council.meetings.latest("held_at")
    council.meetings.filter(pk=last.pk).update(state="minutes_signed")
    assert codes(council) == []
    first = council.meetings.filter(held_at__year=last_year() + 1).earliest("held_at")
    council.meetings.filter(pk=first.pk).update(state="minutes_signed")
    assert codes(council) == ["minutes"]
    assert codes(council, D(last_year() + 1, 12, 25)).count("minutes") == 2


def test_a_report_is_late_after_its_day_unless_signed() -> None:
    council = done()
    reports.correct_report(actor=None, report=council.annual_reports.get(), reason="Un chiffre")
    assert codes(council, D(last_year() + 1, 3, 31)) == []
    assert "report" in codes(council, D(last_year() + 1, 4, 1))
    council.bylaw_versions.create(
        valid_from=D(last_year(), 1, 1), values={"annual_report_due_days": 200}, reason="décidé"
    )
    assert "report" not in codes(council, summer())


def test_a_survey_of_last_year_not_examined() -> None:
    council = done()
    released_survey(council, D(last_year() + 1, 2, 1))
    assert codes(council) == []
    released_survey(council, D(last_year(), 2, 1))
    assert codes(council) == ["survey"]


def test_an_answer_overdue_is_the_body_s_and_hides_a_title_kept_to_members() -> None:
    council = done()
    today = timezone.localdate()
    sent = opinions.sent(council, ago=80)
    found = [one for one in late_of(council, today) if one.code == "answer"]
    assert len(found) == 1 and sent.title in found[0].text and found[0].is_public
    Opinion.objects.update(is_public=False)
    assert [one.is_public for one in late_of(council, today) if one.code == "answer"] == [False]


def test_only_the_casf_asks_for_meetings_and_reports() -> None:
    council = old_council(kind="citizens")
    released_survey(council, D(last_year(), 2, 1))
    assert codes(council) == ["survey"]


def test_a_dissolved_council_owes_no_meeting() -> None:
    council = old_council(dissolved_on=D(last_year(), 12, 31))
    assert "meetings" not in codes(council)


def test_many_at_once(django_assert_max_num_queries: object) -> None:
    councils = [done() for _one in range(3)]
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        found: list[list[Late]] = list(late_in(councils, summer()).values())
    assert found == [[], [], []]
