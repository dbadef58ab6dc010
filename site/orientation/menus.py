"""What orientation adds to the workspace, to a service's page, and to what a receipt opens."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.registries import Waiting, waiting_lists, workspace_openers
from consultations.lineage.registries import receipt_pages
from core.content import PublicAddress, public_addresses
from core.navigation import MenuItem, workspace_menu
from directory.models import Scheme, Service
from directory.registries import Panel, RecordLink, closing_panels, record_links, service_actions
from organisations.models import Organisation
from orientation.models import Coordination, Sending
from orientation.permissions import can_enter_orientation, can_handle_requests, takes_requests
from orientation.selectors.desk import coordinations, received, to_propose
from orientation.services.asking import RECEIPT

MOST_WAITING = 6


def waiting_requests(user: User) -> list[Waiting]:
    """Requests to answer, second choices to put to people, situations without a coordinator: a number, no name."""
    if not can_handle_requests(user):
        return []
    rows = received(user).filter(state__in=Sending.WAITING).order_by("sent_on", "pk")[:MOST_WAITING]
    chosen = to_propose(user).order_by("moved_on", "pk")[:MOST_WAITING]
    flagged = coordinations(user).filter(state=Coordination.State.ASKED)[:MOST_WAITING]
    return [
        *(
            Waiting(
                _("Request %(key)s") % {"key": one.help_request.short_key},
                _("asked on %(day)s, to be answered") % {"day": date_format(one.sent_on, "j F")},
                reverse("orientation_desk:sending", args=[one.pk]),
                "inbox",
            )
            for one in rows
        ),
        *(
            Waiting(
                _("Request %(key)s") % {"key": one.help_request.short_key},
                _("another service may be asked: see with the person"),
                reverse("orientation_desk:request", args=[one.help_request_id]),
                "signpost",
            )
            for one in chosen
        ),
        *(
            Waiting(
                str(one),
                _("no coordinator yet"),
                reverse("orientation_desk:request", args=[one.help_request_id]),
                "users",
                is_late=True,
            )
            for one in flagged
        ),
    ]


def ask_panel(service: Service, request: HttpRequest) -> Panel | None:
    """The way to ask for help, under the title of a service that takes requests."""
    return Panel("orientation/partials/ask.html", order=30) if takes_requests(service) else None


def path_link(record: Scheme | Organisation | None) -> RecordLink | None:
    """From the directory, for those who do not know what to look for."""
    if record is not None:
        return None
    return RecordLink(
        _("I do not know what to look for: guide me"), reverse("orientation:start"), "signpost", order=10
    )


def public_pages() -> list[PublicAddress]:
    """The first page and the figures: the others are for one person."""
    return [PublicAddress(reverse("orientation:start")), PublicAddress(reverse("orientation:figures"))]


def follow_page(code: str) -> str:
    """What a receipt of a request opens."""
    return reverse("orientation:follow", args=[code])


def closing_panel(service: Service, request: HttpRequest) -> Panel | None:
    """Before a service is closed: how many people wait for its answer, a number and no name."""
    count = Sending.objects.waiting().filter(service=service).count()
    if not count:
        return None
    address = reverse("orientation_desk:home") if can_handle_requests(request.user) else ""
    return Panel("orientation/partials/closing.html", {"count": count, "address": address})


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    closing_panels.register("orientation", closing_panel)
    record_links.register("orientation", path_link)
    workspace_openers.register("orientation", can_enter_orientation)
    waiting_lists.register("orientation", waiting_requests)
    public_addresses.register("orientation", public_pages)
    service_actions.register("orientation", ask_panel)
    receipt_pages.register(RECEIPT, follow_page)
    item = MenuItem(
        gettext_lazy("Orientation"), "orientation_desk:home", "signpost", can_enter_orientation, order=36
    )
    workspace_menu.register(item.url_name, item)
