"""What syntheses add to a consultation's pages and to the workspace."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.permissions import Visitor, is_staff_member
from accounts.registries import AccountLink, account_links
from consultations.process import registries
from consultations.process.models import Consultation
from consultations.process.permissions import can_facilitate_consultation
from consultations.process.selectors import visible_to
from consultations.syntheses.models import Synthesis, SynthesisComment
from consultations.syntheses.permissions import can_open_syntheses
from consultations.syntheses.selectors.proposals import proposals_of
from consultations.workshops.models import Workshop
from consultations.workshops.registries import Outcome, outcomes
from core.navigation import MenuItem, workspace_menu

MAX_WAITING = 20


def public_panel(consultation: Consultation, user: Visitor) -> registries.Panel | None:
    """The published syntheses, and those open to comments."""
    found = Synthesis.objects.filter(consultation=consultation)
    published = list(found.public())
    open_ones = list(found.open_to_comments().filter(comments_until__gte=timezone.localdate()))
    if not published and not open_ones:
        return None
    context = {
        "published": published,
        "open_ones": open_ones,
        "proposals": proposals_of(consultation) if published else (),
    }
    return registries.Panel("syntheses/partials/public_panel.html", context, order=15)


def workspace_panel(consultation: Consultation, user: Visitor) -> registries.Panel:
    """Every synthesis of the consultation with where it stands, and the workshops that wait for theirs."""
    may = can_facilitate_consultation(user, consultation)
    waiting = Workshop.objects.filter(
        consultation=consultation, status=Workshop.Status.CLOSED, synthesis=None
    )
    context = {
        "syntheses": list(Synthesis.objects.filter(consultation=consultation)),
        "workshops": list(waiting.order_by("-starts_at")) if may else [],
        "may": may,
        "waiting": sum(not line.taken_up for line in proposals_of(consultation)),
    }
    return registries.Panel("syntheses/partials/workspace_panel.html", context, order=25)


def waiting_syntheses(user: User) -> list[registries.Waiting]:
    """Comments to read, periods that are over, adopted texts to publish."""
    if not can_open_syntheses(user):
        return []
    mine = Synthesis.objects.filter(consultation__in=visible_to(user)).exclude(
        status=Synthesis.Status.PUBLISHED
    )
    return [
        registries.Waiting(
            one.title, detail, reverse("synthesis_editor:overview", args=[one.pk]), "list-checks"
        )
        for one in mine.order_by("comments_until", "title")[:MAX_WAITING]
        if (detail := _waiting(one))
    ]


def _waiting(synthesis: Synthesis) -> str:
    unread = SynthesisComment.objects.filter(
        version__synthesis=synthesis, status=SynthesisComment.Status.WAITING
    ).count()
    if unread:
        return ngettext("%(count)s comment to read.", "%(count)s comments to read.", unread) % {
            "count": unread
        }
    if synthesis.status == Synthesis.Status.ADOPTED:
        return _("Adopted: publish the synthesis.")
    if synthesis.status == Synthesis.Status.COMMENTS and not synthesis.takes_comments_on(
        timezone.localdate()
    ):
        return _("The days to comment are over: record the adoption.")
    return _("Synthesis being written.") if synthesis.status == Synthesis.Status.DRAFT else ""


def volunteer_links(user: User) -> list[AccountLink]:
    """The syntheses a person helps to write."""
    if is_staff_member(user):
        return []
    return [
        AccountLink(
            _("Help to write: %(title)s") % {"title": one.title},
            reverse("synthesis_volunteer:overview", args=[one.pk]),
            "list-checks",
        )
        for one in user.syntheses_written.exclude(status=Synthesis.Status.PUBLISHED)
    ]


def outcomes_of(workshops: Sequence[Workshop]) -> Mapping[UUID, Sequence[Outcome]]:
    """The synthesis of a workshop, once everyone may read it."""
    found = Synthesis.objects.public().filter(workshop__in=workshops)
    label = _("The synthesis: what was said, agreed and proposed")
    return {
        one.workshop_id: [Outcome(label, reverse("syntheses:detail", args=[one.slug]))]
        for one in found
        if one.workshop_id
    }


def register() -> None:
    """Called when the app is ready."""
    outcomes.register("syntheses", outcomes_of)
    registries.public_panels.register("syntheses", public_panel)
    registries.workspace_panels.register("syntheses", workspace_panel)
    registries.waiting_lists.register("syntheses", waiting_syntheses)
    account_links.register("syntheses", volunteer_links)
    item = MenuItem(
        gettext_lazy("Syntheses"), "synthesis_editor:list", "list-checks", can_open_syntheses, order=15
    )
    workspace_menu.register(item.url_name, item)
