"""What elections add to a council's pages and to the workspace menu."""

from django.utils.translation import gettext_lazy

from accounts.permissions import Visitor
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
from core.navigation import MenuItem, workspace_menu

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


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    council_panels.register("elections", public_panel)
    council_workspace_panels.register("elections", workspace_panel)
    council_member_panels.register("elections", public_panel)
    item = MenuItem(gettext_lazy("Elections"), "elections:list", "vote", can_work_on_councils, order=32)
    workspace_menu.register(item.url_name, item)
