"""What workshops add to a consultation's pages, to the workspace, to pages of the site and to its register."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.permissions import Visitor
from consultations.live.services.retention import SECRETS_FOR
from consultations.process import registries
from consultations.process.models import Consultation
from consultations.process.selectors import cards_erased_in_words
from consultations.workshops.models import Workshop
from consultations.workshops.permissions import can_create_workshop, can_facilitate_anywhere
from consultations.workshops.selectors import facilitated_by
from consultations.workshops.services.retention import ACCESS_NEED_DAYS, REGISTRATION_DAYS
from core.content import ContentBlock, SearchHit, SearchSource, content_blocks, search_sources
from core.navigation import MenuItem, workspace_menu
from core.text import fold

MOST, MAX_WAITING = 300, 20
Status = Workshop.Status


def public_panel(consultation: Consultation, user: Visitor) -> registries.Panel | None:
    """The workshops announced, the soonest or latest first."""
    found = list(Workshop.objects.public().filter(consultation=consultation))
    return (
        registries.Panel("workshops/partials/public_panel.html", {"workshops": found}, order=14)
        if found
        else None
    )


def workspace_panel(consultation: Consultation, user: Visitor) -> registries.Panel:
    """Every workshop of the consultation with where it stands."""
    context = {
        "workshops": list(consultation.workshops.all()),
        "can_create": can_create_workshop(user, consultation),
        "may_run": can_facilitate_anywhere(user),
    }
    return registries.Panel("workshops/partials/workspace_panel.html", context, order=22)


def waiting_workshops(user: User) -> list[registries.Waiting]:
    """Drafts to announce, rooms to open today, rooms still open after their hour."""
    now, today = timezone.now(), timezone.localdate()
    found = facilitated_by(user).filter(status__in=[Status.DRAFT, *Workshop.RUNNABLE]).order_by("starts_at")
    items = []
    for workshop in found[:MAX_WAITING]:
        late = workshop.ends_at < now
        if workshop.status == Status.DRAFT:
            detail = _("Workshop in preparation, not announced yet.")
        elif workshop.status == Status.OPEN and late:
            detail = _("Its hour is past: close the room, then write the synthesis.")
        elif workshop.starts_on == today:
            detail = _("It is today.")
        else:
            continue
        url = reverse("workshop_editor:detail", args=[workshop.pk])
        items.append(registries.Waiting(workshop.title, detail, url, "users", is_late=late))
    return items


def open_workshops(consultation: Consultation) -> list[str]:
    """A consultation closes after its workshops."""
    still = consultation.workshops.filter(status__in=Workshop.RUNNABLE)
    text = _("The workshop “%(title)s” is not over: hold it or cancel it first.")
    return [text % {"title": workshop} for workshop in still]


def processings(consultations: Sequence[Consultation]) -> Mapping[UUID, Sequence[registries.Processing]]:
    """What registering for a workshop collects, for the register (Article 30)."""
    held = set(
        Workshop.objects.filter(consultation__in=consultations)
        .exclude(status=Status.DRAFT)
        .values_list("consultation", flat=True)
    )
    kept = ngettext(
        "Access needs: erased %(count)s day after the workshop.",
        "Access needs: erased %(count)s days after the workshop.", ACCESS_NEED_DAYS,
    ) % {"count": ACCESS_NEED_DAYS}  # fmt: skip
    line = registries.Processing(
        label=_("Registrations and invitations to workshops"),
        data=_(
            "Name or pseudonym, college, e-mail and phone if given, what the person needs to take part "
            "(perhaps about health, given freely)."
        ),
        recipients=_("The facilitators of the workshop."),
        retention=kept + " " + _("The rest: erased %(days)s days after it.") % {"days": REGISTRATION_DAYS},
    )
    room = registries.Processing(
        label=_("Taking part in a workshop"),
        data=_(
            "College, a display name if wished, the secret of the device; what is written on cards, votes, "
            "counted without a name."
        ),
        recipients=_("Those in the room see the names people chose to show; facilitators see signals."),
        retention=_(
            "Names and secrets: erased %(days)s days after closing, and at the end of the retention above at the "
            "latest. Cards, votes and heads by college stay, by nobody’s name: they are the evidence of the diagnosis."
        )
        % {"days": SECRETS_FOR.days},
    )
    erasing = replace(room, retention=f"{room.retention} {cards_erased_in_words()}")
    return {one.pk: [line, erasing if one.erases_cards else room] for one in consultations if one.pk in held}


def find_workshops(words: str, limit: int) -> list[SearchHit]:
    """Public workshops whose title, theme, summary or place hold every word."""
    query = fold(words).split()
    hits = []
    for workshop in Workshop.objects.public().select_related("territory")[:MOST] if query else ():
        title = fold(f"{workshop.title} {workshop.theme}")
        text = f"{workshop.summary} {workshop.venue} {workshop.territory}"
        inside = fold(text)
        if all(word in title or word in inside for word in query):
            score = 0.5 + sum(word in title for word in query) / (2 * len(query))
            url = reverse("workshops:detail", args=[workshop.slug])
            hits.append(
                SearchHit(workshop.title, url, gettext_lazy("workshop"), workshop.summary, score, text)
            )
    return sorted(hits, key=lambda hit: -hit.score)[:limit]


def block_choices() -> list[tuple[str, str]]:
    """The workshops an editor may show in a page, the latest first."""
    return [(one.slug, one.title) for one in Workshop.objects.public()[:MOST]]


def render_block(slug: str, request: HttpRequest | None) -> str:
    """A tile that leads to a workshop; empty when it is gone or not public."""
    workshop = Workshop.objects.public().filter(slug=slug).first()
    if workshop is None:
        return ""
    return render_to_string("workshops/partials/tile.html", {"workshop": workshop}, request)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    registries.public_panels.register("workshops", public_panel)
    registries.workspace_panels.register("workshops", workspace_panel)
    registries.waiting_lists.register("workshops", waiting_workshops)
    registries.closing_rules.register("workshops", open_workshops)
    registries.other_processings.register("workshops", processings)
    content_blocks.register("workshop", ContentBlock(gettext_lazy("workshop"), block_choices, render_block))
    search_sources.register("workshops", SearchSource(gettext_lazy("Workshops"), find_workshops))
    item = MenuItem(
        gettext_lazy("Workshops"), "workshop_editor:list", "users", can_facilitate_anywhere, order=23
    )
    workspace_menu.register(item.url_name, item)
