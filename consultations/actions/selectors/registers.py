"""The registers of agreements and of cooperation groups: who works with whom, about what, until when."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import tablib
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.actions.models import ActionSheet, Agreement, CooperationGroup
from consultations.actions.permissions import can_edit_agreement, can_edit_group

END_ALERT_DAYS = 180


def ends_in(day: datetime.date | None, today: datetime.date, alert_days: int = END_ALERT_DAYS) -> int | None:
    """How many days remain, once few enough to be told; negative when it is over."""
    if day is None:
        return None
    left = (day - today).days
    return left if left <= alert_days else None


@dataclass(frozen=True)
class Entry:
    """An agreement or a group in its register; `left` counts days once its end is near, negative when it is over."""

    of: Any
    bodies: tuple[str, ...]
    sheets: tuple[ActionSheet, ...]
    left: int | None
    may_edit: bool = False

    @property
    def is_over(self) -> bool:
        return self.left is not None and self.left < 0


def agreements_register(*, reader: User | None = None) -> list[Entry]:
    """Every agreement, those that end first on top. Without a `reader` of the workspace, announced sheets only."""
    found = Agreement.objects.prefetch_related("parties", "sheets").select_related("territory")
    return [agreement_entry(one, reader=reader) for one in found]


def agreement_entry(one: Agreement, *, reader: User | None = None) -> Entry:
    """One agreement as this reader sees it."""
    may = reader is not None and can_edit_agreement(reader, one)
    return _entry(one, one.parties.all(), reader, may)


def groups_register(*, reader: User | None = None) -> list[Entry]:
    """Every cooperation group, those that end first on top; the same rule for sheets."""
    found = CooperationGroup.objects.prefetch_related("members", "sheets").select_related(
        "territory", "convener"
    )
    return [group_entry(one, reader=reader) for one in found]


def group_entry(one: CooperationGroup, *, reader: User | None = None) -> Entry:
    """One group as this reader sees it."""
    return _entry(one, one.members.all(), reader, reader is not None and can_edit_group(reader, one))


def _entry(one: Any, bodies: Iterable[Any], reader: User | None, may_edit: bool) -> Entry:
    return Entry(
        one,
        tuple(body.name for body in bodies),
        tuple(sheet for sheet in one.sheets.all() if reader or sheet.is_public),
        ends_in(one.ends_on, timezone.localdate()),
        may_edit,
    )


def table_of(entries: Sequence[Entry]) -> tablib.Dataset:
    """A register to open in a spreadsheet; what anyone may read of it."""
    headers = [_("Object"), _("Kind"), _("Organisations"), _("Convened by"), _("Territory"), _("Signed on")]
    table = tablib.Dataset(headers=[*headers, _("From"), _("Until"), _("Action sheets")])
    for entry in entries:
        one = entry.of
        is_group = isinstance(one, CooperationGroup)
        days = (None if is_group else one.signed_on, one.starts_on, one.ends_on)
        table.append(
            [
                f"{one.name} – {one.object}" if is_group else one.object,
                str(one.get_kind_display()) if is_group else "",
                " | ".join(entry.bodies),
                one.convener.name if is_group and one.convener else "",
                one.territory.name,
                *(day.isoformat() if day else "" for day in days),
                " | ".join(sheet.title for sheet in entry.sheets),
            ]
        )
    return table
