"""Where the search shows up elsewhere: the page of a territory, the site's own search, its map, the tick."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from consultations.lineage.registries import ThreadLink, thread_links
from core.content import PublicAddress, SearchHit, SearchSource, public_addresses, search_sources
from core.due import due
from directory.codes import Mode
from directory.finding.arrays import current
from directory.finding.asked import Asked, Facets
from directory.finding.places import spot_of
from directory.finding.query import Slice, find
from directory.finding.saved import read_saved
from directory.finding.selectors import COUNTERS, hits_of, search
from directory.finding.services import refresh_spans, settle_changes
from directory.models import Service
from directory.registries import Panel, service_actions
from needs.models import Need
from territories.models import Territory
from territories.registries import TerritoryPanel, territory_panels

MOST_COUNTERS = 3


def find_services(words: str, limit: int) -> Sequence[SearchHit]:
    """For the search of the whole site."""
    found = search(Asked(words))
    return [
        SearchHit(
            hit.service.name,
            reverse("directory:service", args=[hit.service.slug]),
            gettext_lazy("service"),
            hit.service.organisation.name,
            100.0 - 20.0 * hit.level,
        )
        for hit in found.hits[:limit]
    ]


def territory_panel(territory: Territory) -> TerritoryPanel | None:
    """How many services serve the place, and the nearest counters."""
    index, spot, now = current(), spot_of(territory), timezone.now()
    wanted = Slice(0, MOST_COUNTERS, now, timezone.localdate(now))
    everything = find(index, Asked(spot=spot), (), wanted)
    if not everything:
        return None
    counters = find(index, Asked(spot=spot, facets=Facets(needs=COUNTERS, modes=(Mode.ON_SITE,))), (), wanted)
    context = {
        "total": everything[0].total,
        "counters": hits_of(counters, spot, now),
        "counters_address": _counters_address(territory),
        "address": f"{reverse('directory:search')}?territory={territory.level_id}:{territory.code}",
    }
    return TerritoryPanel("directory/finding/territory_panel.html", context, order=10)


def _counters_address(territory: Territory) -> str:
    """The page of its counters for a commune, how far they are from each commune for anything wider."""
    if territory.level_id == "commune":
        return reverse("directory:commune_counters", args=[territory.code])
    return reverse("directory:counter_distances")


def services_of_need(kind: str, key: str) -> ThreadLink | None:
    """From the thread of a need that people voiced to the services that answer it."""
    if kind != "need" or not Need.objects.current().filter(code=key).exists():
        return None
    address = f"{reverse('directory:search')}?besoin={key}"
    return ThreadLink(gettext("See the services that answer this need"), address, "search")


def keep_button(service: Service, request: HttpRequest) -> Panel:
    """On the page of a service: keep it in one's list, or remove it."""
    return Panel(
        "directory/finding/partials/keep.html", {"is_kept": service.pk in read_saved(request)}, order=40
    )


def public_pages() -> list[PublicAddress]:
    """The search, how its results are ordered, the counters of each commune."""
    names = ("search", "order", "counters", "counter_distances", "reuse")
    return [PublicAddress(reverse(f"directory:{name}")) for name in names]


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    search_sources.register("services", SearchSource(gettext_lazy("Services"), find_services))
    territory_panels.register("services", territory_panel)
    public_addresses.register("services_search", public_pages)
    service_actions.register("keep", keep_button)
    thread_links.register("services", services_of_need)
    due.register("directory.refresh_spans", refresh_spans)
    due.register("directory.settle_changes", settle_changes)
