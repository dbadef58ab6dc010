"""What an import did, or would do: counted whole, told up to a reasonable number."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from directory.models import ImportedLine
from directory.services.importing.comparing import Merged

MOST_TOLD = 200


@dataclass
class ImportReport:
    """What an import did, or would do."""

    counts: dict[str, Counter[str]] = field(default_factory=dict)
    kept: list[dict[str, Any]] = field(default_factory=list)
    kept_count: int = 0
    told: list[dict[str, Any]] = field(default_factory=list)
    notices: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Lines dealt with."""
        return sum(found.total() for found in self.counts.values())

    def count(self, kind: str, action: str, number: int = 1) -> None:
        self.counts.setdefault(kind, Counter())[action] += number

    def tell(self, line: ImportedLine, name: str, here: Mapping[str, Any] | None, merged: Merged) -> None:
        """What becomes of a record, field by field for one that changes; told up to a reasonable number."""
        if line.action == ImportedLine.Action.UNCHANGED or len(self.told) >= MOST_TOLD:
            return
        changes = merged.changes if here else {}
        fields = [
            {"field": one, "before": here.get(one) if here else None, "after": value}
            for one, value in changes.items()
        ]
        place = {"kind": line.kind, "name": name, "file": line.file, "line": line.line}
        self.told.append({**place, "action": str(line.action), "fields": fields})

    def keep(self, kind: str, name: str, merged: Merged) -> None:
        """Fields where what is here was kept; told up to a reasonable number."""
        for one in merged.kept:
            self.kept_count += 1
            if len(self.kept) < MOST_TOLD:
                said = {"field": one.field, "here": one.here, "there": one.there}
                self.kept.append({"kind": kind, "name": name, **said})

    def as_json(self) -> dict[str, Any]:
        return {
            "counts": {kind: dict(sorted(found.items())) for kind, found in sorted(self.counts.items())},
            "kept": self.kept,
            "kept_count": self.kept_count,
            "told": self.told,
            "notices": self.notices,
        }
