"""What action sheets add to the workspace and to a consultation's pages."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Visitor
from consultations.actions.lateness import Status
from consultations.actions.models import ActionSheet, State
from consultations.actions.permissions import can_open_actions
from consultations.actions.registries import WaitingSource, waiting_sources
from consultations.actions.selectors.listing import mine_to_carry
from consultations.actions.selectors.partnership import TieKind, works_with_others
from consultations.actions.selectors.standing import cards_of, silence_of, status_of, with_badges
from consultations.actions.selectors.waiting import waiting_opinions, waiting_proposals
from consultations.process import registries
from consultations.process.models import Consultation
from core.navigation import MenuItem, workspace_menu
from directory.models import Scheme
from directory.registries import RecordLink, record_links
from organisations.models import Organisation

MAX_WAITING = 20


def public_panel(consultation: Consultation, user: Visitor) -> registries.Panel | None:
    """What is being done of what was said there."""
    cards = cards_of(with_badges(ActionSheet.objects.public().filter(consultation=consultation)))
    if not cards:
        return None
    return registries.Panel("actions/partials/public_panel.html", {"cards": cards}, order=16)


def partners_link(record: Scheme | Organisation | None) -> RecordLink | None:
    """From the directory to who works with whom."""
    address, label = reverse("actions:partners"), _("Who works with whom")
    if isinstance(record, Scheme):
        return RecordLink(label, f"{address}?sur={TieKind.SCHEME.value}", "map")
    if isinstance(record, Organisation):
        if not works_with_others(record):
            return None
        return RecordLink(_("With whom it works"), f"{address}?organisation={record.slug}", "map")
    return RecordLink(label, address, "map")


def waiting_sheets(user: User) -> list[registries.Waiting]:
    """Steps that are late, and sheets nobody is in charge of any more."""
    if not can_open_actions(user):
        return []
    found = []
    for sheet in mine_to_carry(user)[:MAX_WAITING]:
        detail, is_late = _waiting(sheet)
        if detail:
            url = reverse("actions:overview", args=[sheet.pk])
            found.append(registries.Waiting(sheet.title, detail, url, "clipboard-list", is_late))
    return found


def _waiting(sheet: ActionSheet) -> tuple[str, bool]:
    today = timezone.localdate()
    late = [step for step in sheet.steps.all() if status_of(step, sheet.state, today) == Status.LATE]
    if late:
        return _("Late: %(step)s") % {"step": late[0].title}, True
    if silence := silence_of(sheet, today):
        return _("No news for %(days)s days: write some.") % {"days": silence}, True
    if sheet.lead_user_id is None:
        return _("Nobody is in charge: choose someone."), False
    if sheet.state == State.PROPOSED:
        return _("Proposed: start writing the sheet."), False
    return "", False


def _register_what_waits() -> None:
    proposals = WaitingSource(
        gettext_lazy("Proposals of workshops"),
        gettext_lazy("Every proposal was taken up."),
        waiting_proposals,
        10,
    )
    opinions = WaitingSource(
        gettext_lazy("Opinions of councils"),
        gettext_lazy("No opinion of a council waits for an action."),
        waiting_opinions,
        20,
    )
    waiting_sources.register("propositions", proposals)
    waiting_sources.register("avis", opinions)


def register() -> None:
    """Called when the app is ready."""
    registries.public_panels.register("actions", public_panel)
    _register_what_waits()
    registries.waiting_lists.register("actions", waiting_sheets)
    registries.workspace_openers.register("actions", can_open_actions)
    item = MenuItem(
        gettext_lazy("Action sheets"), "actions:workspace", "clipboard-list", can_open_actions, order=16
    )
    workspace_menu.register(item.url_name, item)
    record_links.register("partners", partners_link)
