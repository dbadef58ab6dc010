"""What the directory adds to the workspace and to the site map."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.registries import Waiting, waiting_lists, workspace_openers
from core.content import PublicAddress, public_addresses
from core.navigation import MenuItem, workspace_menu
from directory.models import Scheme, Service
from directory.permissions import can_work_on_directory
from directory.selectors.desk import kept_services, waiting_reports

MOST_WAITING = 8


def waiting_records(user: User) -> list[Waiting]:
    """Mistakes reported, then records to read again."""
    if not can_work_on_directory(user):
        return []
    reports = [
        Waiting(
            one.service.name,
            _("a visitor reported a mistake"),
            reverse("directory_desk:report_answer", args=[one.pk]),
            "flag",
            is_late=True,
        )
        for one in waiting_reports(user)[:MOST_WAITING]
    ]
    late = kept_services(user).public().due_for_review(timezone.localdate())  # type: ignore[attr-defined]
    stale = [
        Waiting(
            one.name,
            _("to check again since %(day)s") % {"day": date_format(one.review_due_on, "j F Y")},
            reverse("directory_desk:service", args=[one.slug]),
            "clock-alert",
            is_late=True,
        )
        for one in late.order_by("review_due_on", "pk")[: MOST_WAITING - len(reports)]
    ]
    return reports + stale


def public_records() -> list[PublicAddress]:
    """Each service and each scheme, with the day their words last changed."""
    services = Service.objects.public().values_list("slug", "updated_on")
    schemes = Scheme.objects.values_list("slug", flat=True)
    return [
        *(PublicAddress(reverse("directory:service", args=[slug]), day) for slug, day in services),
        *(PublicAddress(reverse("directory:scheme", args=[slug])) for slug in schemes),
        PublicAddress(reverse("directory:schemes")),
        PublicAddress(reverse("directory:quality")),
    ]


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    workspace_openers.register("directory", can_work_on_directory)
    waiting_lists.register("directory", waiting_records)
    public_addresses.register("directory", public_records)
    item = MenuItem(
        gettext_lazy("Directory"), "directory_desk:list", "book-open", can_work_on_directory, order=35
    )
    workspace_menu.register(item.url_name, item)
