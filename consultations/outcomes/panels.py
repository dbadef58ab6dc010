"""Where these pages are led to: the page of a consultation, the thread of a need, what waits for an action."""

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.permissions import Visitor
from consultations.actions.registries import WaitingLine, WaitingSource, waiting_sources
from consultations.lineage.registries import thread_notes
from consultations.outcomes.selectors import unanswered_needs
from consultations.process.models import Consultation
from consultations.process.permissions import can_organise, can_publish_figures
from consultations.process.registries import Panel, public_panels, workspace_panels
from core.navigation import MenuItem, workspace_menu
from observatory.disclosure import PUBLIC
from observatory.indicators.selectors import voices_of_needs


def consultation_panel(consultation: Consultation, user: Visitor) -> Panel | None:
    """The way to what became of it."""
    if consultation.status == Consultation.Status.DRAFT:
        return None
    return Panel("outcomes/partials/panel.html", {"slug": consultation.slug}, order=14)


def voices_of_need(kind: str, key: str) -> str:
    """How many published answers voice a need, at least; nothing under the threshold."""
    count = voices_of_needs(needs=[key]).get(key, 0) if kind == "need" else 0
    if count < PUBLIC.minimum:
        return ""
    return ngettext(
        "At least %(count)s published answer voices it.",
        "At least %(count)s published answers voice it.",
        count,
    ) % {"count": count}


def workspace_panel(consultation: Consultation, user: Visitor) -> Panel | None:
    """The same way, from the dashboard of those who organise."""
    if consultation.status == Consultation.Status.DRAFT:
        return None
    context = {
        "slug": consultation.slug,
        "pk": consultation.pk,
        "may_quote": can_publish_figures(user, consultation),
    }
    return Panel("outcomes/partials/workspace_panel.html", context, order=14)


def waiting_needs(user: User) -> list[WaitingLine]:
    """What anyone may read of the needs that wait: professionals see it too, and do not organise surveys."""
    return [
        WaitingLine(
            "need", line.need.code, line.need.plain_label,
            ngettext("At least %(count)s answer says it.", "At least %(count)s answers say it.", line.voices)
            % {"count": line.voices},
            reverse("lineage:thread", args=["need", line.need.code]),
        )
        for line in unanswered_needs()
    ]  # fmt: skip


def register() -> None:
    """Called when the app is ready."""
    public_panels.register("outcomes", consultation_panel)
    thread_notes.register("outcomes", voices_of_need)
    needs = WaitingSource(
        gettext_lazy("Needs many people voiced, that no sheet answers"),
        gettext_lazy("Every need voiced by enough people is answered by a sheet."),
        waiting_needs,
        30,
    )
    waiting_sources.register("besoins", needs)
    workspace_panels.register("outcomes", workspace_panel)
    item = MenuItem(
        gettext_lazy("Unanswered needs"),
        "outcomes:unanswered_inside",
        "heart-handshake",
        can_organise,
        order=17,
    )
    workspace_menu.register(item.url_name, item)
