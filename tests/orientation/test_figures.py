"""The figures of the four missions: nothing about too few people, not even by subtraction, on the page and in the file."""

import csv
import datetime
import io
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Role
from observatory.disclosure import INTERNAL, PUBLIC, Rule
from orientation.models import Coordination, HelpRequest, OrientationSignal, Sending
from orientation.selectors.figures import count_within, protect_parts, report_on
from orientation.services.asking import send_request
from tests.factories.orientation import draft, taker
from tests.factories.process import person, place

units = st.lists(st.integers(1, 30), max_size=25)
all_parts = st.dictionaries(st.sampled_from("abcdef"), units, min_size=1)
rules = st.sampled_from((INTERNAL, PUBLIC))


@given(all_parts, rules)
def test_what_is_hidden_is_about_enough_people_in_two_parts_or_is_everything(
    parts: dict[str, list[int]], rule: Rule
) -> None:
    shown = protect_parts(parts, rule)
    hidden = [name for name, value in shown.items() if value is None]
    assert all(shown[name] in {None, len(parts[name])} for name in parts)
    assert not any(rule.is_small(len(set(parts[name]))) for name, value in shown.items() if value is not None)
    people = {key for name in hidden for key in parts[name]}
    left = [name for name in parts if shown[name] is not None and parts[name]]
    assert not hidden or not left or (len(hidden) > 1 and not rule.is_small(len(people)))


@given(units, units, rules)
def test_a_part_is_shown_only_when_the_rest_is_not_small(
    mine: list[int], rest: list[int], rule: Rule
) -> None:
    value = count_within(mine, rest, rule)
    if value:
        assert not rule.is_small(len(set(mine))) and not rule.is_small(len(set(rest)))


def test_many_requests_of_few_people_are_still_few() -> None:
    assert protect_parts({"a": [1, 1, 1, 1, 1, 1], "b": []}, INTERNAL)["a"] is None


TODAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("today", "since", "until"),
    [
        (TODAY, datetime.date(2025, 11, 1), datetime.date(2026, 10, 31)),
        (datetime.date(2026, 1, 1), datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)),
        (datetime.date(2028, 2, 29), datetime.date(2027, 2, 1), datetime.date(2028, 1, 31)),
    ],
)
@pytest.mark.django_db
def test_only_complete_months_are_read(
    today: datetime.date, since: datetime.date, until: datetime.date
) -> None:
    report = report_on(today, INTERNAL)
    assert (report.since, report.until) == (since, until)


@pytest.fixture
def many() -> Iterator[None]:
    """Thirty requests of last month: twelve accepted, six refused, twelve still waiting."""
    commune = place()
    services = [taker(commune) for _number in range(2)]
    day = timezone.localdate().replace(day=1) - datetime.timedelta(days=15)
    for number in range(30):
        made, _code = send_request(actor=None, draft=draft(commune), services=services[:1])
        state = "accepted" if number < 12 else "refused" if number < 18 else "sent"
        HelpRequest.objects.filter(pk=made.pk).update(created_on=day)
        Sending.objects.filter(help_request=made).update(
            state=state,
            refusal="area" if state == "refused" else "",
            answered_on=day + datetime.timedelta(days=4) if state != "sent" else None,
        )
    yield


def values(rule: Rule) -> dict[str, int | None]:
    report = report_on(timezone.localdate(), rule)
    return {str(one.label): one.value for mission in report.missions for one in mission.figures}


@pytest.mark.django_db
@pytest.mark.usefixtures("many")
def test_those_who_run_the_service_see_from_five_people_and_everybody_from_eleven() -> None:
    own, everybody = values(INTERNAL), values(PUBLIC)
    assert list(own.values())[:3] == [30, 30, 12]
    refused = list(own)[3]
    assert own[refused] == 6
    assert everybody[refused] is None
    assert sum(value is None for value in list(everybody.values())[2:9]) == 2, "one more is hidden with it"
    assert list(own.values())[9] == 4, "the median of eighteen answers"


@pytest.mark.django_db
@pytest.mark.usefixtures("many")
def test_the_page_and_the_file_say_the_same_with_definitions_and_source(client: Client) -> None:
    client.force_login(person(Role.ADMINISTRATOR, on=place("Agen")))
    for page, file, least in (
        ("orientation:figures", "orientation:figures_csv", 11),
        ("orientation_desk:figures", "orientation_desk:figures_csv", 5),
    ):
        html, answer = client.get(reverse(page)).text, client.get(reverse(file))
        assert answer["Content-Type"].startswith("text/csv")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len({len(row) for row in rows}) == 1 and len(rows) > 20
        assert {row[7] for row in rows[1:]} == {str(least)}
        assert all(row[4] and row[8] for row in rows[1:])
        assert "28 mai 2025" in html
        refused = next(row for row in rows if row[1].startswith("refus"))
        assert refused[2].isdigit() == (least == 5)


@pytest.mark.django_db
def test_figures_of_nobody_are_a_page_too(client: Client) -> None:
    assert client.get(reverse("orientation:figures")).status_code == 200
    assert client.get(reverse("orientation:figures_csv")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 403),
        (Role.MEMBER, 403),
        (Role.PROFESSIONAL, 200),
        (Role.ORGANISER, 200),
        (Role.ANALYST, 200),
        (Role.OFFICIAL, 200),
        (Role.ADMINISTRATOR, 200),
    ],
)
def test_who_reads_the_figures_from_five_people(client: Client, role: Role | None, status: int) -> None:
    client.force_login(person(role, on=place()) if role else person())
    for name in ("figures", "figures_csv"):
        assert client.get(reverse(f"orientation_desk:{name}")).status_code == status


@pytest.mark.django_db
def test_one_person_with_many_needs_does_not_make_a_month() -> None:
    month = (timezone.localdate().replace(day=1) - datetime.timedelta(days=3)).replace(day=1)
    for number in range(8):
        OrientationSignal.objects.create(month=month, need=f"1.1.{number}", outcome="nothing", count=1)
    report = report_on(timezone.localdate(), INTERNAL)
    assert [one.value for one in report.months] == [None]
    OrientationSignal.objects.create(month=month, need="1.1.1", epci="A", outcome="full", count=4)
    assert [one.value for one in report_on(timezone.localdate(), INTERNAL).months] == [12]
    assert [one.value for one in report_on(timezone.localdate(), PUBLIC).months] == [None]


@pytest.mark.django_db
def test_a_path_of_this_month_changes_nothing_to_read_today() -> None:
    today = timezone.localdate()
    before = report_on(today, INTERNAL)
    OrientationSignal.objects.create(month=today.replace(day=1), need="1.1.1", outcome="nothing", count=50)
    request, _code = _one_today()
    Coordination.objects.create(help_request=request, why="several", asked_on=today)
    assert report_on(today, INTERNAL) == before


def _one_today() -> tuple[HelpRequest, str]:
    service = taker(place())
    return send_request(actor=None, draft=draft(service.coverage.get()), services=[service])
