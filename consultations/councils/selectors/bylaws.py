"""The rules of a council on a day: what it decided, else the default, with its source."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from consultations.councils.models import BylawVersion, Council
from consultations.councils.rules.catalogue import BYLAW_RULES, RULES, BylawRule
from consultations.councils.rules.values import value_in_words


@dataclass(frozen=True)
class BylawValue:
    """One rule in force: its value, the default beside it, and where that default comes from."""

    rule: BylawRule
    value: Any
    default: Any
    source: str
    is_default: bool
    is_verified: bool

    @property
    def key(self) -> str:
        return self.rule.key

    @property
    def words(self) -> str:
        return value_in_words(self.rule, self.value)

    @property
    def default_words(self) -> str:
        return value_in_words(self.rule, self.default)


@dataclass(frozen=True)
class Bylaws:
    """Every rule of a council on a day, read in one query."""

    council: Council
    version: BylawVersion | None

    def __getitem__(self, key: str) -> BylawValue:
        rule = BYLAW_RULES[key]
        default = rule.default_for(self.council)
        chosen = self.version.values if self.version else {}
        return BylawValue(
            rule=rule,
            value=chosen.get(key, default),
            default=default,
            source=str(rule.source_for(self.council)),
            is_default=key not in chosen,
            is_verified=rule.is_verified_for(self.council),
        )

    def value(self, key: str) -> Any:
        """The value alone."""
        return self[key].value

    def lines(self) -> list[BylawValue]:
        """Every rule, in the order of the catalogue."""
        return [self[rule.key] for rule in RULES]


def bylaws(council: Council, on: datetime.date | None = None) -> Bylaws:
    """The latest version that applies on `on` (today)."""
    day = on or timezone.localdate()
    version = (
        council.bylaw_versions.filter(valid_from__lte=day).order_by("-valid_from", "-recorded_at").first()
    )
    return Bylaws(council, version)


@dataclass(frozen=True)
class BylawChange:
    """A version, and what it changed from the one before, in words."""

    version: BylawVersion
    changes: list[tuple[str, str, str]]


def bylaw_history(council: Council) -> list[BylawChange]:
    """Every version, the latest first: rule, value before, value after."""
    versions = list(council.bylaw_versions.select_related("changed_by").order_by("valid_from", "recorded_at"))
    before: dict[str, Any] = {}
    found = []
    for version in versions:
        keys = [rule for rule in RULES if before.get(rule.key) != version.values.get(rule.key)]
        found.append(BylawChange(version, [_change(council, rule, before, version.values) for rule in keys]))
        before = version.values
    return found[::-1]


def _change(
    council: Council, rule: BylawRule, before: dict[str, Any], after: dict[str, Any]
) -> tuple[str, str, str]:
    default = rule.default_for(council)
    old, new = before.get(rule.key, default), after.get(rule.key, default)
    return str(rule.label), value_in_words(rule, old), value_in_words(rule, new)


def bylaw(council: Council, key: str, on: datetime.date | None = None) -> BylawValue:
    """One rule on a day; KeyError for a key that is not in the catalogue."""
    return bylaws(council, on)[key]
