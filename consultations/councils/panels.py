"""What councils add to the workspace, to accounts, to the search, to pages and to the site map."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.registries import AccountLink, account_links
from consultations.councils.models import Council, Mandate
from consultations.councils.permissions import can_work_on_councils, is_clerk, worked_on_by
from consultations.councils.selectors import composition
from consultations.councils.selectors.catalogue import listed_councils, matching, narrow
from consultations.process import registries
from core.content import (
    ContentBlock,
    PublicAddress,
    SearchHit,
    SearchSource,
    content_blocks,
    public_addresses,
    search_sources,
)
from core.navigation import MenuItem, workspace_menu
from territories.models import Territory
from territories.registries import TerritoryPanel, territory_panels

MOST, MAX_WAITING, MOST_ON_A_PLACE = 300, 12, 12


def waiting_councils(user: User) -> list[registries.Waiting]:
    """Councils whose papers the person keeps, and what must be put right in each; what is late first."""
    today = timezone.localdate()
    mine = Council.objects.filter(worked_on_by(user)).alive_on(today).order_by("name")
    items = []
    for council in mine[:MAX_WAITING]:
        alerts = composition(council, today).alerts if is_clerk(user, council) else []
        for alert in sorted(alerts, key=lambda one: not one.is_late)[:1]:
            url = reverse("councils:composition", args=[council.pk])
            items.append(registries.Waiting(council.name, alert.text, url, "users", is_late=alert.is_late))
    return items


def member_links(user: User) -> list[AccountLink]:
    """The councils one sits in today."""
    held = Mandate.objects.in_force(timezone.localdate()).filter(user=user).select_related("council")
    return [
        AccountLink(one.council.name, reverse("councils:members", args=[one.council.slug]), "users")
        for one in held.order_by("council__name")
    ]


def find_councils(words: str, limit: int) -> list[SearchHit]:
    """Public councils whose name, establishments, place or kind hold every word."""
    found = matching(listed_councils()[:MOST], words) if words.strip() else []
    return [
        SearchHit(
            one.name,
            reverse("councils:detail", args=[one.slug]),
            gettext_lazy("council"),
            one.summary,
            0.8,
            f"{one.summary} {one.territory}",
        )
        for one in found[:limit]
    ]


def block_choices() -> list[tuple[str, str]]:
    """The councils an editor may show in a page."""
    return [(one.slug, one.name) for one in listed_councils()[:MOST]]


def render_block(slug: str, request: HttpRequest | None) -> str:
    """A tile that leads to a council; empty when it is gone or not public."""
    council = listed_councils().filter(slug=slug).first()
    return render_to_string("councils/partials/tile.html", {"council": council}, request) if council else ""


def territory_panel(territory: Territory) -> TerritoryPanel | None:
    """The councils of a place and of the places it holds."""
    found = list(narrow(listed_councils(), territory=territory).order_by("name")[: MOST_ON_A_PLACE + 1])
    if not found:
        return None
    context = {"councils": found[:MOST_ON_A_PLACE], "has_more": len(found) > MOST_ON_A_PLACE}
    return TerritoryPanel("councils/partials/territory_panel.html", context, order=30)


def public_pages() -> list[PublicAddress]:
    """The list, and each council's page."""
    slugs = Council.objects.public().values_list("slug", flat=True)
    pages = [PublicAddress(reverse("councils:detail", args=[slug])) for slug in slugs]
    return [PublicAddress(reverse("councils:list")), *pages]


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    registries.workspace_openers.register("councils", can_work_on_councils)
    registries.waiting_lists.register("councils", waiting_councils)
    account_links.register("councils", member_links)
    search_sources.register("councils", SearchSource(gettext_lazy("Councils"), find_councils))
    content_blocks.register("council", ContentBlock(gettext_lazy("council"), block_choices, render_block))
    territory_panels.register("councils", territory_panel)
    public_addresses.register("councils", public_pages)
    item = MenuItem(gettext_lazy("Councils"), "councils:workspace", "scale", can_work_on_councils, order=30)
    workspace_menu.register(item.url_name, item)
