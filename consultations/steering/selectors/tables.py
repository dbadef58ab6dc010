"""The tables of the board, to take away, and its bars: the same figures in three forms."""

from dataclasses import dataclass
from decimal import Decimal

import tablib
from django.utils.translation import gettext as _

from consultations.actions.selectors.budget import Amounts
from consultations.steering.selectors.board import Board, Line

FULL = 100.0


@dataclass(frozen=True)
class Bar:
    """One bar, in hundredths of the longest: what it is, its class, its words."""

    label: str
    css: str
    width: float
    text: str


@dataclass(frozen=True)
class Bars:
    """Bars that belong together under one label."""

    label: str
    bars: tuple[Bar, ...]


def state_bars(board: Board) -> tuple[Bar, ...]:
    """A bar by state."""
    most = max((one.count for one in board.states), default=1)
    return tuple(Bar(one.label, one.state, _part(one.count, most), str(one.count)) for one in board.states)


def money_bars(board: Board) -> tuple[Bars, ...]:
    """Sought, secured and spent, a group by year."""
    return _money([(str(year.year), year.total) for year in board.budget.years])


def funder_bars(board: Board) -> tuple[Bars, ...]:
    """The same, a group by funder."""
    return _money([(line.funder, line.amounts) for line in board.budget.funders])


def _money(groups: list[tuple[str, Amounts]]) -> tuple[Bars, ...]:
    most = max(
        (amount for _label, one in groups for amount in (one.sought, one.secured, one.spent)),
        default=Decimal(0),
    )
    return tuple(Bars(label, _three(one, most)) for label, one in groups)


def _three(amounts: Amounts, most: Decimal) -> tuple[Bar, ...]:
    labels = {"sought": _("Sought"), "secured": _("Secured"), "spent": _("Spent")}
    return tuple(
        Bar(label, name, _part(getattr(amounts, name), most), amounts.words[name])
        for name, label in labels.items()
    )


def _part(value: Decimal | int, most: Decimal | int) -> float:
    return round(float(FULL * float(value) / float(most)), 1) if most else 0.0


def table_of(board: Board, name: str) -> tablib.Dataset | None:
    """One of the tables by its address; None for another name."""
    if name == "financements":
        return _funding(board)
    lines = {"territoires": board.places, "axes": board.axes}.get(name)
    if lines is not None:
        return _counted(lines)
    if name == "etats":
        return tablib.Dataset(
            *((one.label, one.count) for one in board.states), headers=[_("State"), _("Sheets")]
        )
    return None


def _counted(lines: tuple[Line, ...]) -> tablib.Dataset:
    table = tablib.Dataset(
        headers=["", _("Sheets"), _("Running"), _("Done"), _("Late"), _("Without news")]
    )  # fmt: skip
    for one in lines:
        table.append([one.label, one.total, one.running, one.done, one.late, one.silent])
    return table


def _funding(board: Board) -> tablib.Dataset:
    table = tablib.Dataset(
        headers=[_("Year"), _("Funder"), _("Sought"), _("Secured"), _("Spent"), _("Missing")]
    )  # fmt: skip
    for year in board.budget.years:
        for line in year.lines:
            one = line.amounts
            table.append([year.year, line.funder, one.sought, one.secured, one.spent, one.missing])
    return table
