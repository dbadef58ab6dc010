"""Writes of territories: only imports write them, all or nothing."""

from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction

from core.problems import Problem
from territories.importing import read_folder
from territories.importing.plan import Change, Key, Outline, Plan
from territories.models import (
    GeometryLayer,
    Population,
    Territory,
    TerritoryAlias,
    TerritoryEvent,
    TerritoryEventLink,
    TerritoryLevel,
    TerritoryRelation,
)
from territories.names import LEVELS, search_key


@dataclass
class ImportReport:
    """What an import changed, by kind of row."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)
    dry_run: bool = False

    @property
    def is_unchanged(self) -> bool:
        return not any(n for one in self.counts.values() for verb, n in one.items() if verb != "unchanged")

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ok": True, "notes": [note.as_json() for note in self.notes]}


class DryRun(Exception):
    """Undoes the transaction of a dry run."""


def import_territories(*, folder: Path, dry_run: bool = False, fix_winding: bool = False) -> ImportReport:
    """Bring the territories to what `folder` says; the same folder twice changes nothing.

    Raises ImportRefused, with every problem found, before writing anything. Territories that the
    folder does not name are kept: other rows may refer to them.
    """
    plan = read_folder(folder, fix_winding=fix_winding)
    report = ImportReport(notes=plan.notes, dry_run=dry_run)
    try:
        with transaction.atomic():
            _write(plan, report)
            if dry_run:
                raise DryRun
    except DryRun:
        return report
    return report


def _write(plan: Plan, report: ImportReport) -> None:
    for code, rank, name, plural in LEVELS:
        TerritoryLevel.objects.update_or_create(
            code=code, defaults={"rank": rank, "name": name, "name_plural": plural}
        )
    ids = _write_territories(plan, report)
    rows: dict[str, Any] = {
        "relations": (
            TerritoryRelation,
            ("parent_id", "child_id", "kind", "valid_from"),
            _relations(plan, ids),
        ),
        "aliases": (TerritoryAlias, ("territory_id", "kind", "value"), _aliases(plan, ids)),
        "populations": (Population, ("territory_id", "year"), _populations(plan, ids)),
    }
    for name, (model, key, wanted) in rows.items():
        report.counts[name] = _synchronise(model, key, wanted)
    report.counts["events"] = _write_events(plan.changes, ids)
    report.counts["layers"] = _write_layers(plan.outlines, dry_run=report.dry_run)


def _write_territories(plan: Plan, report: ImportReport) -> dict[Key, int]:
    wanted = {
        tuple(key): {"name": place.name, "search_name": search_key(place.name), "valid_to": place.valid_to}
        for key, place in plan.places.items()
    }
    report.counts["territories"] = _synchronise(
        Territory, ("level_id", "code", "valid_from"), wanted, keep_others=True
    )
    rows = Territory.objects.order_by().values_list("level_id", "code", "valid_from", "pk")
    return {Key(level, code, day): pk for level, code, day, pk in rows}


def _relations(plan: Plan, ids: dict[Key, int]) -> dict[tuple[Any, ...], dict[str, Any]]:
    full, partial = TerritoryRelation.Coverage.FULL, TerritoryRelation.Coverage.PARTIAL
    membership = str(TerritoryRelation.Kind.MEMBERSHIP)
    return {
        (ids[one.parent], ids[one.child], membership, one.valid_from): {
            "valid_to": one.valid_to,
            "weight": one.weight,
            "coverage": full if one.weight is None else partial,
        }
        for one in plan.belongings.values()
    }


def _aliases(plan: Plan, ids: dict[Key, int]) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {
        (ids[one.key], str(one.kind), one.value): {"search_value": search_key(one.value)}
        for one in plan.aliases
    }


def _populations(plan: Plan, ids: dict[Key, int]) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {
        (ids[key], year): {"municipal_count": municipal, "total_count": total}
        for (key, year), (municipal, total) in plan.populations.items()
    }


def _synchronise(
    model: type[models.Model],
    key: tuple[str, ...],
    wanted: dict[tuple[Any, ...], dict[str, Any]],
    *,
    keep_others: bool = False,
) -> dict[str, int]:
    """Create, update and delete rows of `model` so that they are `wanted`, by natural key."""
    manager = model._default_manager
    names = list(next(iter(wanted.values()), {}))
    stored = {
        tuple(row[: len(key)]): row[len(key) :] for row in manager.order_by().values_list(*key, *names, "pk")
    }
    new = [natural for natural in wanted if natural not in stored]
    changed = [
        natural
        for natural, values in wanted.items()
        if natural in stored and tuple(values.values()) != tuple(stored[natural][:-1])
    ]
    gone = [] if keep_others else [stored[natural][-1] for natural in stored if natural not in wanted]
    manager.bulk_create(
        [model(**dict(zip(key, natural, strict=True)), **wanted[natural]) for natural in new], batch_size=500
    )
    manager.bulk_update(
        [model(pk=stored[natural][-1], **wanted[natural]) for natural in changed], names, batch_size=200
    ) if changed else None
    for start in range(0, len(gone), 500):
        manager.filter(pk__in=gone[start : start + 500]).delete()
    return {
        "created": len(new),
        "updated": len(changed),
        "deleted": len(gone),
        "unchanged": len(wanted) - len(new) - len(changed),
    }


def _write_events(changes: list[Change], ids: dict[Key, int]) -> dict[str, int]:
    """Events have no natural key but their content: those that differ are written again."""
    wanted = Counter(
        (one.happened_on, str(one.kind), one.label, tuple(sorted((ids[a], ids[b]) for a, b in one.links)))
        for one in changes
    )
    created = deleted = 0
    stored: Counter[Any] = Counter()
    for event in TerritoryEvent.objects.prefetch_related("links"):
        links = tuple(sorted((link.before_id, link.after_id) for link in event.links.all()))
        content = (event.happened_on, event.kind, event.label, links)
        stored[content] += 1
        if stored[content] > wanted[content]:
            event.delete()
            deleted += 1
    for (day, kind, label, links), count in (wanted - stored).items():
        for _copy in range(count):
            event = TerritoryEvent.objects.create(happened_on=day, kind=kind, label=label)
            TerritoryEventLink.objects.bulk_create(
                [TerritoryEventLink(event=event, before_id=before, after_id=after) for before, after in links]
            )
            created += 1
    return {"created": created, "updated": 0, "deleted": deleted, "unchanged": len(changes) - created}


def _write_layers(outlines: list[Outline], *, dry_run: bool) -> dict[str, int]:
    """Files are named by their content, so that browsers may keep them for ever; old ones stay."""
    counts = Counter({"created": 0, "updated": 0, "deleted": 0, "unchanged": 0})
    stored = {(layer.level_id, layer.vintage): layer for layer in GeometryLayer.objects.all()}
    for one in outlines:
        layer = stored.get((one.level, one.vintage))
        if layer and layer.sha256 == one.sha256 and default_storage.exists(layer.file.name or ""):
            counts["unchanged"] += 1
            continue
        counts["updated" if layer else "created"] += 1
        if not dry_run:
            _write_layer(one)
    return dict(counts)


def _write_layer(one: Outline) -> None:
    names = {}
    for part, content in (("full", one.full), ("light", one.light)):
        name = f"geometries/{one.level}-{one.vintage}-{part}.{one.sha256[:16]}.json"
        names[part] = (
            name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))
        )
    GeometryLayer.objects.update_or_create(
        level_id=one.level,
        vintage=one.vintage,
        defaults={
            "file": names["full"],
            "light_file": names["light"],
            "sha256": one.sha256,
            "feature_count": one.feature_count,
            "source": one.source,
        },
    )
