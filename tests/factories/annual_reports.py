"""Meetings held in past years, a released satisfaction survey, reports in any state."""

import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from consultations.annual_reports.models import AnnualReport
from consultations.annual_reports.selectors.reports import report_content
from consultations.annual_reports.services import reports
from consultations.councils.models import Council
from consultations.councils.selectors import office_holder
from consultations.meetings.models import Attendance, Meeting
from consultations.meetings.services.minutes import content_hash
from consultations.surveys.models import Survey
from observatory.indicators.models import Release
from tests.factories.councils import establishment_of, full_council
from tests.factories.days import last_year
from tests.factories.meetings import with_account
from tests.factories.process import ConsultationFactory


def old_council(**fields: Any) -> Council:
    """The reference council, in place two years before last year's end, all mandates since its creation."""
    made = full_council(**{"created_on": datetime.date(last_year() - 1, 1, 1), **fields})
    first = datetime.date(last_year() - 1, 1, 2)
    made.mandates.update(starts_on=first, ends_on=datetime.date(last_year() + 2, 1, 1))
    made.founding_acts.update(signed_on=first, valid_from=first)
    for one in made.mandates.all():
        one.offices.update(starts_on=first)
    return made


def held(
    of: Council, day: datetime.date, *, came: int = 6, state: str = "minutes_adopted", **fields: Any
) -> Meeting:
    """A meeting of that day, so many full members there."""
    number = of.meetings.count() + 1
    at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(14, 0)))
    meeting = Meeting.objects.create(council=of, number=number, held_at=at, state=state, **fields)
    members = of.mandates.filter(rank="full").order_by("constituency", "pk")
    Attendance.objects.bulk_create(Attendance(meeting=meeting, mandate=one) for one in members[:came])
    return meeting


def released_survey(of: Council, on: datetime.date, **fields: Any) -> Survey:
    """A closed satisfaction survey of the council's establishment, its results out on that day."""
    place = establishment_of(of)
    survey = Survey.objects.create(
        consultation=ConsultationFactory(organisation=place, territory=of.territory),
        slug=f"satisfaction-{of.slug}-{on:%Y%m%d}",
        **{"title": "Êtes-vous satisfait ?", "purpose": "satisfaction", "status": "closed", **fields},
    )
    Release.objects.create(
        subject_kind="survey", subject_id=str(survey.pk), slug=survey.slug, scope_level="commune",
        scope_code="47001", scope_name="Agen", geography_on=on, number=1, title=survey.title, released_on=on,
        base_count=38, input_hash="x",
    )  # fmt: skip
    of.establishments.update(joined_on=datetime.date(last_year() - 3, 1, 1))
    return survey


def president_of(of: Council) -> User:
    """The account of its president."""
    held = office_holder(of, "president")
    assert held is not None
    return held.user or with_account(held)


def drawn_up(of: Council | None = None, year: int | None = None) -> AnnualReport:
    return reports.draw_up_report(actor=None, council=of or old_council(), year=year or last_year())


def signed(report: AnnualReport) -> AnnualReport:
    """Signed by its president."""
    digest = content_hash(report_content(report))
    reports.sign_report(
        actor=president_of(report.council), report=report, read_hash=digest, has_second_factor=True
    )
    report.refresh_from_db()
    return report


def published(of: Council | None = None) -> AnnualReport:
    return reports.publish_report(actor=None, report=signed(drawn_up(of)))
