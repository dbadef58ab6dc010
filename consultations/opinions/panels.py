"""What opinions add to councils' and places' pages, to the workspace, to the search and to the site map."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import Visitor
from consultations.councils.models import Council
from consultations.councils.registries import (
    CouncilPanel,
    council_member_panels,
    council_panels,
    council_workspace_panels,
)
from consultations.opinions.models import Opinion
from consultations.opinions.permissions import can_propose, can_work_on_opinions, parts_in
from consultations.opinions.selectors.lists import desk_list, late_first, public_opinions, tally
from consultations.opinions.states import LIFE
from consultations.opinions.wording import due_words, state_words, tone_of
from consultations.process import registries
from core.content import PublicAddress, SearchHit, SearchSource, public_addresses, search_sources
from core.navigation import MenuItem, workspace_menu
from territories.models import Territory
from territories.registries import TerritoryPanel, territory_panels

MOST_SHOWN, MAX_WAITING = 6, 12


def _lines(rows: list[Opinion]) -> list[dict[str, object]]:
    return [
        {"opinion": one, "state": state_words(one), "tone": tone_of(one), "due": due_words(one)}
        for one in rows
    ]


def public_panel(council: Council, user: Visitor) -> CouncilPanel | None:
    """What it asked and what was answered, overdue first."""
    found = Opinion.objects.of(council).published().select_related("sent_to", "council")
    rows = list(late_first(found, timezone.localdate())[:MOST_SHOWN])
    if not rows:
        return None
    context = {"lines": _lines(rows), "tally": tally(Opinion.objects.of(council).published())}
    return CouncilPanel("opinions/partials/council_panel.html", context, order=14)


def workspace_panel(council: Council, user: Visitor) -> CouncilPanel:
    """Every opinion with where it stands, those not sent included."""
    found = Opinion.objects.of(council).select_related("sent_to", "council")
    rows = list(late_first(found, timezone.localdate())[:MOST_SHOWN])
    context = {"lines": _lines(rows), "can_propose": can_propose(user, council)}
    return CouncilPanel("opinions/partials/council_desk_panel.html", context, order=14)


def territory_panel(territory: Territory) -> TerritoryPanel | None:
    """What the councils of a place asked, overdue first."""
    found = public_opinions(territory=territory)
    if not found:
        return None
    context = {"lines": _lines(found[:MOST_SHOWN]), "has_more": len(found) > MOST_SHOWN}
    return TerritoryPanel("opinions/partials/territory_panel.html", context, order=32)


def waiting_opinions(user: User) -> list[registries.Waiting]:
    """Opinions this person may answer, send or put on an agenda today; what is overdue first."""
    if not can_work_on_opinions(user):
        return []
    found = desk_list(user)
    councils = {one.council for one in (*found.waiting, *found.to_send, *found.proposed)}
    parts = {council: parts_in(user, council) for council in councils}

    def mine(verb: str, rows: Iterable[Opinion]) -> list[Opinion]:
        return [one for one in rows if LIFE.can(verb, parts[one.council], one)]

    rows = [(one, due_words(one)) for one in found.to_answer]
    rows += [(one, due_words(one)) for one in mine("answer", found.waiting) if one.is_overdue]
    rows += [(one, _("Voted: it is to be sent.")) for one in mine("send", found.to_send)]
    rows += [(one, _("Proposed: it is to be put on an agenda.")) for one in mine("debate", found.proposed)]
    return [
        registries.Waiting(
            f"{one.council.name} – {one}",
            detail,
            reverse("opinion_desk:detail", args=[one.pk]),
            "message-square",
            is_late=one.is_overdue,
        )
        for one, detail in sorted(rows[:MAX_WAITING], key=lambda pair: not pair[0].is_overdue)
    ]


def find_opinions(words: str, limit: int) -> list[SearchHit]:
    """Published opinions whose words, council or place hold every word."""
    found = public_opinions(words=words) if words.strip() else []
    return [
        SearchHit(
            str(one),
            reverse("opinions:detail", args=[one.pk]),
            gettext_lazy("opinion of a council"),
            one.text[:200],
            0.7,
            f"{one.text} {one.council.name} {one.council.territory}",
        )
        for one in found[:limit]
    ]


def public_pages() -> list[PublicAddress]:
    """The list, and each opinion's page."""
    keys = Opinion.objects.published().values_list("pk", flat=True)
    pages = [PublicAddress(reverse("opinions:detail", args=[pk])) for pk in keys]
    return [PublicAddress(reverse("opinions:list")), *pages]


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    council_panels.register("opinions", public_panel)
    council_workspace_panels.register("opinions", workspace_panel)
    council_member_panels.register("opinions", workspace_panel)
    territory_panels.register("opinions", territory_panel)
    registries.workspace_openers.register("opinions", can_work_on_opinions)
    registries.waiting_lists.register("opinions", waiting_opinions)
    search_sources.register("opinions", SearchSource(gettext_lazy("Opinions"), find_opinions))
    public_addresses.register("opinions", public_pages)
    item = MenuItem(
        gettext_lazy("Opinions"), "opinion_desk:list", "message-square", can_work_on_opinions, order=33
    )
    workspace_menu.register(item.url_name, item)
