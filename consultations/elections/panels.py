"""What elections add to a council's pages and to the workspace menu."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Visitor
from accounts.registries import AccountLink, account_links
from consultations.councils.calendars import CalendarEntry, calendar_sources
from consultations.councils.models import Council
from consultations.councils.permissions import can_work_on_councils
from consultations.councils.registries import (
    CouncilPanel,
    council_member_panels,
    council_panels,
    council_workspace_panels,
)
from consultations.elections.models import Election
from consultations.elections.permissions import can_create_election
from consultations.elections.selectors import votes_open_to, waiting_elections
from consultations.process import registries
from core.navigation import MenuItem, workspace_menu
from core.qr import public_url

MOST_SHOWN = 5


def public_panel(council: Council, user: Visitor) -> CouncilPanel | None:
    """The latest elections announced."""
    found = list(Election.objects.announced().filter(council=council)[:MOST_SHOWN])
    return (
        CouncilPanel("elections/partials/council_panel.html", {"elections": found}, order=16)
        if found
        else None
    )


def workspace_panel(council: Council, user: Visitor) -> CouncilPanel:
    """Every election with where it stands."""
    found = list(Election.objects.filter(council=council)[:MOST_SHOWN])
    context = {"elections": found, "can_create": can_create_election(user, council)}
    return CouncilPanel("elections/partials/council_desk_panel.html", context, order=16)


def member_panel(council: Council, user: Visitor) -> CouncilPanel | None:
    """The latest elections announced; first of all the vote that waits for this member."""
    panel = public_panel(council, user)
    if panel is None or not isinstance(user, User):
        return panel
    mine = [one for one in votes_open_to(user) if one.council_id == council.pk]
    return CouncilPanel(panel.template, {**panel.context, "mine": mine}, order=8 if mine else panel.order)


def waiting(user: User) -> list[registries.Waiting]:
    """Votes that wait for this person, then elections whose papers they keep."""
    votes = [
        registries.Waiting(one.title, _("You may vote now."), _ballot_address(one), "vote")
        for one in votes_open_to(user)
    ]
    kept = [
        registries.Waiting(
            f"{one.election.council.name} – {one.election.title}",
            one.detail,
            reverse("elections:detail", args=[one.election.pk]),
            "vote",
            is_late=one.is_late,
        )
        for one in waiting_elections(user)
    ]
    return votes + kept


def vote_links(user: User) -> list[AccountLink]:
    """The votes that wait for this person, on the page of their account."""
    text = _("Vote now: %(title)s")
    return [
        AccountLink(text % {"title": one.title}, _ballot_address(one), "vote") for one in votes_open_to(user)
    ]


def calendar_entries(council: Council) -> list[CalendarEntry]:
    """The days of each vote announced."""
    return [
        CalendarEntry(
            uid=str(one.pk),
            title=f"{council.name} – {one.title}",
            starts_at=one.opens_at,
            ends_at=one.closes_at,
            url=public_url(reverse("elections:public", args=[council.slug, one.number])),
        )
        for one in Election.objects.announced().filter(council=council)
    ]


def _ballot_address(election: Election) -> str:
    return reverse("elections:by_account", args=[election.council.slug, election.number])


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    council_panels.register("elections", public_panel)
    council_workspace_panels.register("elections", workspace_panel)
    council_member_panels.register("elections", member_panel)
    registries.waiting_lists.register("elections", waiting)
    calendar_sources.register("elections", calendar_entries)
    account_links.register("elections", vote_links)
    item = MenuItem(gettext_lazy("Elections"), "elections:list", "vote", can_work_on_councils, order=32)
    workspace_menu.register(item.url_name, item)
