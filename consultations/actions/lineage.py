"""Sheets in the stories that receipts tell: taken up, done, measured."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import Visitor
from consultations.actions.lateness import Status
from consultations.actions.models import ActionSheet, Measure, Programme, State, StateChange, Update
from consultations.actions.nodes import SHEET
from consultations.actions.permissions import can_read_sheet
from consultations.actions.selectors.standing import status_of
from consultations.actions.selectors.ties import TIES, all_ties
from consultations.following.registries import Held, held_items
from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import Gap, Item, LineageKind, Milestone, lineage_checks, lineage_kinds
from consultations.lineage.selectors import compare

NEWS_LENGTH = 160
LONGEST_PK = 19
PROGRAMME = "programme"


def resolve_sheets(keys: Collection[str]) -> Mapping[str, Item]:
    """Sheets by their title, with the days of their life; one that is not announced is named to nobody."""
    found = ActionSheet.objects.filter(pk__in=[key for key in keys if _is_key(key)]).prefetch_related(
        "changes", "steps", "updates", Prefetch("indicators__measures", Measure.objects.order_by("on", "pk"))
    )
    return {str(one.pk): _item(one) for one in found}


def name_sheets(keys: Collection[str]) -> Mapping[str, Item]:
    """The same without the days of their life, in one query."""
    found = ActionSheet.objects.filter(pk__in=[key for key in keys if _is_key(key)])
    return {str(one.pk): _item(one, with_life=False) for one in found}


def sheets_inside(user: Visitor, keys: Collection[str]) -> Mapping[str, Item]:
    """Sheets that are not announced, for those who write them or look after the place."""
    rows = ActionSheet.objects.filter(pk__in=[key for key in keys if _is_key(key)])
    rows = rows.prefetch_related("partners", "funding")
    return {
        str(one.pk): Item(
            one.title,
            url=reverse("actions:overview", args=[one.pk]),
            is_public=False,
            note=str(one.get_state_display()),
            territory_id=one.territory_id,
        )
        for one in rows
        if can_read_sheet(user, one)
    }


def _is_key(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True


def _item(sheet: ActionSheet, *, with_life: bool = True) -> Item:
    if not sheet.is_public:
        return Item(_("an action sheet being prepared"), is_public=False)
    lines = milestones(sheet) if with_life else []
    return Item(
        sheet.title,
        url=reverse("actions:detail", args=[sheet.slug]),
        milestones=tuple(sorted(lines, key=lambda one: (one.day is None, one.day))),
        note=str(sheet.get_state_display()),
        territory_id=sheet.territory_id,
    )


def milestones(sheet: ActionSheet) -> list[Milestone]:
    """Each change of state, step and latest figure, by day. Reads what was prefetched."""
    today = timezone.localdate()
    lines = [_change(change) for change in sheet.changes.all()]
    if sheet.adopted_on is not None:
        for step in sheet.steps.all():
            status = status_of(step, sheet.state, today)
            note = {Status.LATE: _("late"), Status.STOPPED: _("stopped")}.get(status, "")
            drawn = {Status.LATE: "under_way", Status.STOPPED: "to_come"}.get(status, str(status))
            lines.append(Milestone(step.title, drawn, step.done_on or step.ends_on, note))
    for indicator in sheet.indicators.all():
        measured = list(indicator.measures.all())
        if measured and sheet.adopted_on is not None:
            figure = f"{measured[-1].value.normalize():f} {indicator.unit}".strip()
            lines.append(Milestone(indicator.title, "done", measured[-1].on, figure, is_measure=True))
    return [*lines, *(_news(one) for one in sheet.updates.all() if one.withdrawn_on is None)]


def _news(update: Update) -> Milestone:
    """On the day it was written: a letter about yesterday must not miss what was told late."""
    words = Truncator(" ".join(update.text.split())).chars(NEWS_LENGTH)
    return Milestone(_("News: %(text)s") % {"text": words}, "done", update.written_on)


def _change(change: StateChange) -> Milestone:
    label = _("Action sheet: %(state)s") % {"state": change.get_state_display()}
    is_stop = change.state in {State.SUSPENDED, State.ABANDONED}
    return Milestone(
        label, "done", change.on, change.words if is_stop or change.state == State.ADOPTED else ""
    )


def resolve_programmes(keys: Collection[str]) -> Mapping[str, Item]:
    """Programmes by their title, with their calendar."""
    found = Programme.objects.filter(
        pk__in=[key for key in keys if key.isdecimal() and len(key) < LONGEST_PK]
    )
    return {str(one.pk): _programme(one) for one in found.prefetch_related("dates")}


def _programme(one: Programme) -> Item:
    if not one.is_public:
        return Item(_("a programme being prepared"), is_public=False)
    today = timezone.localdate()
    steps = [
        Milestone(date.title, "done" if date.day <= today else "to_come", date.day)
        for date in one.dates.all()
    ]
    url = reverse("actions:programme", args=[one.slug])
    return Item(one.title, url=url, milestones=tuple(steps), territory_id=one.territory_id)


def sheets_of_programme(key: str) -> Iterable[Item]:
    """Its announced sheets, whose news are its own."""
    keys = ActionSheet.objects.public().filter(programme__in=[int(key)]).values_list("pk", flat=True)
    return resolve_sheets([str(one) for one in keys]).values()


def sheet_gaps() -> Iterable[Gap]:
    """Each need of a sheet leads to it; it leads to its consultation, its indicators and its surveys."""
    answered = {
        (("need", code), str(Relation.ANSWERED_BY), (SHEET, str(pk)))
        for pk, code in ActionSheet.objects.exclude(needs=None).values_list("pk", "needs__code")
    }
    to_sheets = Link.objects.filter(target_kind=SHEET, relation=Relation.ANSWERED_BY, source_kind="need")
    yield from compare(answered, to_sheets)
    yield from compare(all_ties(), Link.objects.filter(source_kind=SHEET, relation__in=TIES))


def register() -> None:
    """Called when the app is ready."""
    held_items.register("actions.sheets", Held(PROGRAMME, sheets_of_programme))
    lineage_kinds.register(
        PROGRAMME, LineageKind(gettext_lazy("programme of actions"), resolve_programmes, icon="layers")
    )
    kind = LineageKind(
        gettext_lazy("action sheet"),
        resolve_sheets,
        gettext_lazy("Taken into an action sheet"),
        reached_easy=gettext_lazy("An action answers what you said"),
        icon="clipboard-check",
        name_many=name_sheets,
        inside=sheets_inside,
    )
    lineage_kinds.register(SHEET, kind)
    lineage_checks.register(SHEET, sheet_gaps)
