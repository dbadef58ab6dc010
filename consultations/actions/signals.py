"""From a signal of the directory to a sheet: what answers it, or the button that starts one."""

from django.urls import reverse

from accounts.models import User
from consultations.actions.models import ActionSheet
from consultations.actions.permissions import can_create_sheet, can_read_sheet
from consultations.actions.selectors.waiting import where_for
from consultations.lineage.models import Link, Relation
from unmet.models import Signal
from unmet.registries import Panel, signal_panels


def sheet_panel(signal: Signal, user: User) -> Panel | None:
    """The sheet taken up from it, for those who read it; else the button, for those who may start one there."""
    node = ("signal", str(signal.pk))
    link = Link.objects.filter(
        source_kind=node[0], source_id=node[1], relation=Relation.IMPLEMENTED_BY, target_kind="action_sheet"
    ).first()
    if link is not None:
        sheet = ActionSheet.objects.filter(pk=link.target_id).first()
        if sheet is None or not can_read_sheet(user, sheet):
            return None
        return Panel(
            "actions/partials/signal.html",
            {"sheet": sheet, "url": reverse("actions:overview", args=[sheet.pk])},
        )
    if not can_create_sheet(user) or where_for(user, node) is None:
        return None
    return Panel("actions/partials/signal.html", {"sheet": None, "url": reverse("actions:take", args=node)})


def register() -> None:
    """Called when the app is ready."""
    signal_panels.register("actions", sheet_panel)
