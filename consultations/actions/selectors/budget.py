"""What a sheet or a programme costs, by year and funder: sought, secured, spent, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from consultations.actions.models import Funding
from consultations.actions.money import in_euros

ZERO = Decimal(0)


@dataclass(frozen=True)
class Amounts:
    """Three amounts that belong together, and their words."""

    sought: Decimal = ZERO
    secured: Decimal = ZERO
    spent: Decimal = ZERO

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.sought + other.sought, self.secured + other.secured, self.spent + other.spent)

    @property
    def missing(self) -> Decimal:
        """What is sought and not secured; never below zero."""
        return max(self.sought - self.secured, ZERO)

    @property
    def percent_secured(self) -> int | None:
        """The secured part of what is sought, out of a hundred; None when nothing is sought."""
        return round(100 * self.secured / self.sought) if self.sought else None

    @property
    def words(self) -> dict[str, str]:
        """Each amount as people read it."""
        names = ("sought", "secured", "spent", "missing")
        return {name: in_euros(getattr(self, name)) for name in names}


@dataclass(frozen=True)
class FunderLine:
    """One funder in one year, or over all years."""

    funder: str
    amounts: Amounts


@dataclass(frozen=True)
class YearLines:
    """A year: its funders and their total."""

    year: int
    lines: tuple[FunderLine, ...]
    total: Amounts


@dataclass(frozen=True)
class Budget:
    """Everything, by year then funder, by funder over the years, and in all."""

    years: tuple[YearLines, ...]
    funders: tuple[FunderLine, ...]
    total: Amounts

    def __bool__(self) -> bool:
        return bool(self.years)

    @property
    def last_year_secured(self) -> int | None:
        """The last year for which money is secured: after it the action has none."""
        return max((one.year for one in self.years if one.total.secured), default=None)


def amounts_of(row: Funding) -> Amounts:
    """The three amounts of a line."""
    return Amounts(row.sought, row.secured, row.spent)


def budget_of(rows: Iterable[Funding]) -> Budget:
    """Lines gathered: funders are joined by their name. Reads `funder` of each row."""
    by_year: dict[int, dict[str, Amounts]] = defaultdict(lambda: defaultdict(Amounts))
    by_funder: dict[str, Amounts] = defaultdict(Amounts)
    total = Amounts()
    for row in rows:
        amounts = amounts_of(row)
        by_year[row.year][row.funder_name] += amounts
        by_funder[row.funder_name] += amounts
        total += amounts
    years = tuple(
        YearLines(year, _lines(funders), sum(funders.values(), Amounts()))
        for year, funders in sorted(by_year.items())
    )
    return Budget(years, _lines(by_funder), total)


def _lines(funders: dict[str, Amounts]) -> tuple[FunderLine, ...]:
    return tuple(FunderLine(name, amounts) for name, amounts in sorted(funders.items()))
