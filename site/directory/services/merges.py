"""Two records that are one: merged with nothing lost, undone with nothing invented."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from core.services import record_audit
from directory.models import Merge, RecordIdentifier, Report, Service, ServiceAtLocation
from directory.permissions import can_steward
from directory.selectors.duplicates import NAMES
from directory.services.changes import as_json, record_changes
from directory.services.records import refresh_standing

JOINED = ("needs", "schemes", "coverage")
TAKEN = frozenset(NAMES)


@transaction.atomic
def merge_services(*, actor: Visitor, kept: Service, absorbed: Service, take: Iterable[str] = ()) -> Merge:
    """`absorbed` becomes part of `kept`, which takes the fields named in `take` from it.

    Needs, schemes and areas are joined, numbers of other systems and reports move, the old address leads to the
    new one. A place of another organisation stays where it is.
    """
    _check_merge(actor, kept, absorbed)
    names = sorted(set(take))
    if unknown := set(names) - TAKEN:
        raise ValueError(f"Not taken this way: {sorted(unknown)}")
    moved: dict[str, Any] = {
        "fields": _take_fields(kept, absorbed, names),
        "sets": _join_sets(kept, absorbed),
    }
    kept.full_clean()
    kept.save()
    moved["identifiers"] = _move(RecordIdentifier.objects.filter(service=absorbed), kept)
    moved["reports"] = _move(Report.objects.filter(service=absorbed), kept)
    moved["places"] = _add_places(kept, absorbed)
    absorbed.merged_into = kept
    absorbed.save(update_fields=["merged_into"])
    user = actor if isinstance(actor, User) else None
    merge = Merge.objects.create(kept=kept, absorbed=absorbed, moved=moved, by=user)
    _tell(actor, kept, absorbed, "services_merged", (absorbed.slug, kept.slug))
    return merge


def _check_merge(actor: Visitor, kept: Service, absorbed: Service) -> None:
    if actor is not None and not all(can_steward(actor, one.organisation) for one in (kept, absorbed)):
        raise PermissionDenied
    if kept.pk == absorbed.pk:
        raise ValidationError(_("A record cannot be merged with itself."))
    if kept.merged_into_id or absorbed.merged_into_id:
        raise ValidationError(_("One of these records has already been merged: open the one it is part of."))


def _take_fields(kept: Service, absorbed: Service, names: Iterable[str]) -> dict[str, list[Any]]:
    """Before and after of each field taken, as the columns store them."""
    changed = {}
    for name in names:
        before, after = getattr(kept, name), getattr(absorbed, name)
        if before != after:
            changed[name] = [as_json(before), as_json(after)]
            setattr(kept, name, after)
    return changed


def _join_sets(kept: Service, absorbed: Service) -> dict[str, list[int]]:
    """The rows added to each set of the record kept."""
    added = {}
    for name in JOINED:
        mine, theirs = getattr(kept, name), getattr(absorbed, name)
        new = set(theirs.values_list("pk", flat=True)) - set(mine.values_list("pk", flat=True))
        mine.add(*new)
        added[name] = sorted(new)
    return added


def _move(rows: Any, to: Service) -> list[int]:
    keys = sorted(rows.values_list("pk", flat=True))
    rows.update(service=to)
    return keys


def _add_places(kept: Service, absorbed: Service) -> list[int]:
    """Places of the same organisation that the record kept did not have; their hours there stay with the old record."""
    known = set(kept.locations.values_list("pk", flat=True))
    new = absorbed.locations.filter(organisation=kept.organisation).exclude(pk__in=known)
    made = [ServiceAtLocation.objects.create(service=kept, location=one) for one in new.order_by("pk")]
    return [one.pk for one in made]


def _tell(actor: Visitor, kept: Service, absorbed: Service, verb: str, change: tuple[str, str]) -> None:
    kept.updated_on = timezone.localdate()
    kept.save(update_fields=["updated_on"])
    for one in (kept, absorbed):
        record_changes(actor=actor, record=one, changed={"merged": change})
        refresh_standing(service=one)
    record_audit(actor=actor, verb=verb, target=kept, changes={"with": absorbed.slug})


@transaction.atomic
def undo_merge(*, actor: Visitor, merge: Merge) -> Service:
    """Take the two records apart again; what was corrected since the merger is kept. The record found again is given."""
    kept, absorbed = merge.kept, merge.absorbed
    if actor is not None and not all(can_steward(actor, one.organisation) for one in (kept, absorbed)):
        raise PermissionDenied
    if merge.undone_at or absorbed.merged_into_id != kept.pk:
        raise ValidationError(_("This merger has already been undone."))
    if kept.merged_into_id:
        raise ValidationError(_("The record has been merged again since: undo the later merger first."))
    _give_back(kept, merge.moved)
    RecordIdentifier.objects.filter(pk__in=merge.moved["identifiers"], service=kept).update(service=absorbed)
    Report.objects.filter(pk__in=merge.moved["reports"], service=kept).update(service=absorbed)
    ServiceAtLocation.objects.filter(pk__in=merge.moved["places"], service=kept).delete()
    absorbed.merged_into = None
    absorbed.save(update_fields=["merged_into"])
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    _tell(actor, kept, absorbed, "merge_undone", (kept.slug, absorbed.slug))
    return absorbed


def _give_back(kept: Service, moved: Mapping[str, Any]) -> None:
    """Fields go back only where nobody has changed them since."""
    for name, (before, after) in moved["fields"].items():
        if as_json(getattr(kept, name)) == after:
            field: Any = Service._meta.get_field(name)
            setattr(kept, name, field.to_python(before))
    for name, added in moved["sets"].items():
        getattr(kept, name).remove(*added)
    kept.full_clean()
    kept.save()
