"""Where the figures of needs without an answer are led to: the workspace, the page of a territory, the site map."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.content import PublicAddress, public_addresses
from directory.models import Scheme
from directory.registries import RecordLink, record_links
from observatory.portal.gap import gap_of
from organisations.models import Organisation
from territories.asked import address_of
from territories.models import Territory
from territories.registries import TerritoryPanel, territory_panels
from unmet import registries
from unmet.models import Signal

MOST = 5
LEVELS = {"departement", "epci"}


def page_of(signal: Signal) -> str:
    """The public page of the signals of its territory, at its line."""
    anchor = signal.need.lower().replace(".", "-")
    return f"{reverse('portal:signals')}?territory={address_of(signal.territory)}#besoin-{anchor}"


def territory_panel(territory: Territory) -> TerritoryPanel | None:
    """Needs voiced or unmet there, and those no service answers."""
    if territory.level_id not in LEVELS:
        return None
    gap = gap_of(territory)
    if not gap.lines:
        return None
    query = f"?territory={address_of(territory)}"
    context = {
        "sentence": gap.sentence,
        "bare": gap.without_service[:MOST],
        "gap_url": reverse("portal:gap") + query,
        "signals_url": reverse("portal:signals") + query,
    }
    return TerritoryPanel("portal/partials/gap_panel.html", context, order=20)


def directory_link(record: Scheme | Organisation | None) -> RecordLink | None:
    """From the search of services to what others looked for and did not find."""
    if record is not None:
        return None
    return RecordLink(_("Needs that find no answer"), reverse("portal:signals"), "megaphone")


def public_pages() -> list[PublicAddress]:
    """Both pages."""
    return [PublicAddress(reverse("portal:signals")), PublicAddress(reverse("portal:gap"))]


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    registries.public_addresses.register("portal", page_of)
    territory_panels.register("gap", territory_panel)
    public_addresses.register("signals", public_pages)
    record_links.register("signals", directory_link)
