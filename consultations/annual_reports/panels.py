"""What the year adds to councils' pages, to the workspace menu, and to what waits for someone there."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Visitor
from consultations.annual_reports.models import AnnualReport
from consultations.annual_reports.permissions import can_draw_up
from consultations.annual_reports.selectors.late import late_in, late_of
from consultations.annual_reports.selectors.reports import published_reports
from consultations.annual_reports.selectors.year import year_of, years_of
from consultations.councils.models import Council
from consultations.councils.permissions import can_work_on_councils, is_clerk, worked_on_by
from consultations.councils.registries import (
    CouncilPanel,
    council_member_panels,
    council_panels,
    council_workspace_panels,
)
from consultations.councils.selectors import federated_councils
from consultations.meetings.permissions import offices_of
from consultations.process import registries
from core.content import PublicAddress, public_addresses
from core.navigation import MenuItem, workspace_menu

MAX_WAITING = 12


def late_panel(council: Council, user: Visitor) -> CouncilPanel | None:
    """What is late, for those who can put it right: first on the page."""
    found = late_of(council)
    links = can_draw_up(user, council)
    return (
        CouncilPanel("annual_reports/partials/late.html", {"late": found, "links": links}, order=5)
        if found
        else None
    )


def workspace_panel(council: Council, user: Visitor) -> CouncilPanel:
    """The year under way, and the report of the last one."""
    this = timezone.localdate().year
    years = [year for year in (this - 1, this) if council.created_on.year <= year]
    kept = {one.year: one for one in council.annual_reports.filter(year__in=years)}
    context = {"figures": year_of(council, this), "reports": [(year, kept.get(year)) for year in years]}
    return CouncilPanel("annual_reports/partials/desk_panel.html", context, order=30)


def public_panel(council: Council, user: Visitor) -> CouncilPanel | None:
    """Published reports, the year under way, and what is late, for anyone."""
    reports = published_reports(council)
    late = [one for one in late_of(council) if one.is_public]
    figures = year_of(council, timezone.localdate().year)
    if not (reports or late or figures.held):
        return None
    context = {"reports": reports, "late": late, "figures": figures}
    return CouncilPanel("annual_reports/partials/council_panel.html", context, order=30)


def federation_panel(council: Council, user: Visitor) -> CouncilPanel | None:
    """The year of the councils a federation joins, and what is late there; only those with a public page."""
    return _federation(council, [one for one in _members(council) if one.is_public], links=False)


def federation_desk_panel(council: Council, user: Visitor) -> CouncilPanel | None:
    """The same for those who sit in it, every council named, with the tables to keep."""
    return _federation(council, _members(council), links=True)


def _members(council: Council) -> list[Council]:
    return [one.council for one in federated_councils(council)] if council.is_federation else []


def _federation(council: Council, members: list[Council], *, links: bool) -> CouncilPanel | None:
    if not members:
        return None
    this = timezone.localdate().year
    figures, late = years_of(members, this), late_in(members)
    rows = [
        (one, figures[one.pk], [thing for thing in late[one.pk] if links or thing.is_public])
        for one in members
    ]
    context = {"year": this, "rows": rows, "links": links, "late_count": sum(len(row[2]) for row in rows)}
    return CouncilPanel("annual_reports/partials/federation_panel.html", context, order=28)


def waiting_reports(user: User) -> list[registries.Waiting]:
    """Last year's report while it is not signed, for those who write or sign it."""
    year = timezone.localdate().year - 1
    mine = Council.objects.filter(worked_on_by(user), created_on__year__lte=year).alive_on(
        timezone.localdate()
    )
    signed = AnnualReport.objects.filter(year=year).exclude(state=AnnualReport.State.DRAFT)
    listed = [
        one
        for one in mine.exclude(annual_reports__in=signed).order_by("name")[:MAX_WAITING]
        if one.follows_casf and (is_clerk(user, one) or offices_of(user, one))
    ]
    late = late_in(listed) if listed else {}
    return [
        registries.Waiting(
            one.name,
            _("The annual report of %(year)s is to be finished and signed.") % {"year": year},
            reverse("annual_reports:desk", args=[one.slug, year]),
            "file-text",
            is_late=any(thing.code == "report" for thing in late[one.pk]),
        )
        for one in listed
    ]


def public_pages() -> list[PublicAddress]:
    """Each published report."""
    rows = AnnualReport.objects.filter(state=AnnualReport.State.PUBLISHED, council__is_public=True)
    return [
        PublicAddress(reverse("annual_reports:detail", args=[slug, year]))
        for slug, year in rows.values_list("council__slug", "year")
    ]


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    council_panels.register("annual_reports", public_panel)
    council_workspace_panels.register("annual_reports.late", late_panel)
    council_workspace_panels.register("annual_reports", workspace_panel)
    council_member_panels.register("annual_reports.late", late_panel)
    council_member_panels.register("annual_reports", workspace_panel)
    council_panels.register("annual_reports.federation", federation_panel)
    council_workspace_panels.register("annual_reports.federation", federation_desk_panel)
    council_member_panels.register("annual_reports.federation", federation_desk_panel)
    registries.waiting_lists.register("annual_reports", waiting_reports)
    public_addresses.register("annual_reports", public_pages)
    item = MenuItem(
        gettext_lazy("Annual reports"), "annual_reports:list", "file-text", can_work_on_councils, order=34
    )
    workspace_menu.register(item.url_name, item)
