"""Reports: drawn up, written, signed by who presides, presented, published; who may, in each state."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from consultations.annual_reports.models import AnnualReport
from consultations.annual_reports.permissions import can_draw_up, can_read_publicly, parts_of
from consultations.annual_reports.selectors.reports import report_content, report_page
from consultations.annual_reports.services import reports
from consultations.annual_reports.states import LIFE
from consultations.councils.models import OfficeTerm
from consultations.meetings.services.minutes import content_hash
from consultations.meetings.states import Part
from core.states import RefusedTransition
from tests.factories.annual_reports import (
    drawn_up,
    held,
    old_council,
    president_of,
    published,
    signed,
)
from tests.factories.councils import director_of, member_of, secretary_of
from tests.factories.days import last_year
from tests.factories.process import person
from tests.states import walk

pytestmark = pytest.mark.django_db
STATES = tuple(map(str, AnnualReport.State))
PARTS = {"nobody": frozenset(), **{one.value: frozenset({one}) for one in Part}}
EVERYONE = set(PARTS) - {"nobody"}
KEEPERS = {"president", "secretary", "clerk"}
TABLE = {
    "read": dict.fromkeys(STATES, EVERYONE),
    "write": {"draft": KEEPERS},
    "sign": {"draft": {"president"}},
    "attach_signed": {"draft": KEEPERS},
    "correct": {key: {"president", "clerk"} for key in ("signed", "published")},
    "present": dict.fromkeys(("signed", "published"), KEEPERS),
    "publish": {"signed": {"president", "clerk"}},
    "withdraw": {"published": {"president", "clerk"}},
}


def test_every_verb_state_and_part() -> None:
    assert walk(LIFE, TABLE, PARTS) == len(TABLE) * len(STATES) * len(PARTS)


def test_parts_by_actor() -> None:
    council = old_council()
    president = president_of(council)
    assert parts_of(president, council) == {Part.PRESIDENT, Part.MEMBER}
    assert parts_of(secretary_of(council), council) == {Part.CLERK}
    assert parts_of(director_of(council), council) == {Part.CLERK}
    assert parts_of(member_of(council), council) == {Part.MEMBER}
    for nobody in (AnonymousUser(), person(), secretary_of(old_council())):
        assert parts_of(nobody, council) == frozenset()
        assert not can_draw_up(nobody, council)


def test_drawing_up_twice_finds_the_same() -> None:
    council = old_council()
    secretary = secretary_of(council)
    first = reports.draw_up_report(actor=secretary, council=council, year=last_year())
    assert reports.draw_up_report(actor=secretary, council=council, year=last_year()) == first
    with pytest.raises(PermissionDenied):
        reports.draw_up_report(actor=member_of(council), council=council, year=last_year())


@pytest.mark.parametrize("given", [lambda: 1999, lambda: last_year() - 3, lambda: last_year() + 2])
def test_a_year_before_the_council_or_to_come_is_refused(given: Callable[[], int]) -> None:
    with pytest.raises(ValidationError):
        reports.draw_up_report(actor=None, council=old_council(), year=given())


def test_each_change_is_a_draft_and_nothing_written_is_lost() -> None:
    report = drawn_up()
    secretary = secretary_of(report.council)
    reports.write_report(actor=secretary, report=report, texts={"opening": "Une belle année."}, read_number=0)
    reports.write_report(actor=secretary, report=report, texts={"opening": "Une belle année."}, read_number=1)
    reports.write_report(actor=secretary, report=report, texts={"outlook": "Le jardin."}, read_number=1)
    assert [one.texts for one in report.drafts.all()] == [
        {"opening": "Une belle année."},
        {"outlook": "Le jardin."},
    ]
    with pytest.raises(ValidationError, match="entre-temps"):
        reports.write_report(actor=secretary, report=report, texts={"opening": "x"}, read_number=1)
    with pytest.raises(ValidationError):
        reports.write_report(actor=secretary, report=report, texts={"opening": "x" * 10_001})


def test_the_president_in_office_signs_what_they_read() -> None:
    report = drawn_up()
    held(report.council, datetime.date(last_year(), 3, 4))
    president = president_of(report.council)
    digest = content_hash(report_content(report))
    with pytest.raises(PermissionDenied):
        reports.sign_report(actor=president, report=report, read_hash=digest, has_second_factor=False)
    held(report.council, datetime.date(last_year(), 6, 4))
    with pytest.raises(ValidationError):
        reports.sign_report(actor=president, report=report, read_hash=digest, has_second_factor=True)
    digest = content_hash(report_content(report))
    version = reports.sign_report(actor=president, report=report, read_hash=digest, has_second_factor=True)
    assert version.content["figures"]["required"] == 3
    held(report.council, datetime.date(last_year(), 9, 4))
    report.refresh_from_db()
    assert report_page(report).figures.held == 2
    with pytest.raises(RefusedTransition):
        reports.write_report(actor=president, report=report, texts={"opening": "Trop tard"})


def test_a_deposed_president_does_not_sign() -> None:
    report = drawn_up()
    president = president_of(report.council)
    OfficeTerm.objects.update(ended_on=timezone.localdate() - datetime.timedelta(days=1))
    digest = content_hash(report_content(report))
    with pytest.raises(PermissionDenied):
        reports.sign_report(actor=president, report=report, read_hash=digest, has_second_factor=True)


def test_a_year_under_way_is_not_signed() -> None:
    report = drawn_up(year=timezone.localdate().year)
    digest = content_hash(report_content(report))
    with pytest.raises(ValidationError, match=str(report.year)):
        reports.sign_report(
            actor=president_of(report.council), report=report, read_hash=digest, has_second_factor=True
        )


def test_signed_on_paper_then_corrected_keeps_both_versions() -> None:
    report = drawn_up()
    secretary = secretary_of(report.council)
    scan = SimpleUploadedFile("rapport.pdf", b"%PDF-1.4", "application/pdf")
    reports.attach_signed_report(actor=secretary, report=report, scan=scan)
    with pytest.raises(ValidationError):
        reports.correct_report(actor=secretary, report=report, reason=" ")
    reports.correct_report(actor=secretary, report=report, reason="Une réunion oubliée")
    signed(report)
    assert [one.number for one in report.versions.all()] == [1, 2]
    assert report.versions.get(number=1).scan


def test_published_and_withdrawn() -> None:
    report = published()
    assert can_read_publicly(AnonymousUser(), report)
    reports.withdraw_report(actor=None, report=report)
    report.refresh_from_db()
    assert (report.state, report.published_on) == ("signed", None)
    assert not can_read_publicly(AnonymousUser(), report)
    report.council.is_public = False
    report.state = "published"
    assert not can_read_publicly(AnonymousUser(), report)


def test_presented_on_a_day_that_has_come() -> None:
    report = signed(drawn_up())
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    for day in (tomorrow, datetime.date(last_year() - 1, 12, 31)):
        with pytest.raises(ValidationError):
            reports.present_report(actor=None, report=report, presented_on=day)
    today = timezone.localdate()
    assert reports.present_report(actor=None, report=report, presented_on=today).presented_on == today


def test_actors_of_another_council_may_nothing() -> None:
    report = drawn_up()
    other: User = secretary_of(old_council())
    with pytest.raises(PermissionDenied):
        reports.write_report(actor=other, report=report, texts={"opening": "Bonjour"})
