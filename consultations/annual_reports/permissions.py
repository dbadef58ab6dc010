"""Who may, from what a person is to the council today, and from where the report stands (`states.LIFE`)."""

from accounts.permissions import Visitor, is_member
from consultations.annual_reports.models import AnnualReport
from consultations.annual_reports.states import LIFE
from consultations.councils.models import Council, Office
from consultations.councils.permissions import can_see_council, is_clerk, mandate_of
from consultations.meetings.permissions import CHAIRS, offices_of
from consultations.meetings.states import Part


def parts_of(user: Visitor, council: Council) -> frozenset[Part]:
    """Everything this person is to this council, today."""
    if not is_member(user):
        return frozenset()
    offices = offices_of(user, council)
    found = set()
    if offices & set(CHAIRS):
        found.add(Part.PRESIDENT)
    if Office.SECRETARY in offices:
        found.add(Part.SECRETARY)
    if is_clerk(user, council):
        found.add(Part.CLERK)
    if mandate_of(user, council) is not None:
        found.add(Part.MEMBER)
    return frozenset(found)


def can(verb: str, user: Visitor, report: AnnualReport) -> bool:
    """The one question every service, view and template asks."""
    return LIFE.can(verb, parts_of(user, report.council), report)


def can_draw_up(user: Visitor, council: Council) -> bool:
    """Those who would write it, dissolved councils included: their last year has a report too."""
    return bool(parts_of(user, council) & {Part.PRESIDENT, Part.SECRETARY, Part.CLERK})


def can_read_publicly(user: Visitor, report: AnnualReport) -> bool:
    """Anyone who sees the council's page, once the report is published."""
    return report.state == AnnualReport.State.PUBLISHED and can_see_council(user, report.council)
