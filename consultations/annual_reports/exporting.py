"""The year of councils as a table: one line a council, for a spreadsheet program."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import tablib
from django.utils.translation import gettext as _

from consultations.annual_reports.figures import YearFigures
from consultations.annual_reports.selectors.late import Late
from consultations.councils.models import Council
from core.spreadsheet import BOM, guard_cell

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def figures_table(
    councils: list[Council], figures: Mapping[UUID, YearFigures], late: Mapping[UUID, list[Late]]
) -> tablib.Dataset:
    """One line a council; shares are numbers without their sign."""
    headings = [
        _("Council"), _("Address"), _("Year"), _("Meetings asked for"), _("Meetings held"),
        _("Second meetings"), _("Attendance (%)"), _("Attendance of users and families (%)"), _("Opinions"),
        _("Opinions answered"), _("Answers overdue"), _("Surveys published"), _("Surveys examined"), _("Seats"),
        _("Seats held"), _("New mandates"), _("Mandates ended"), _("Replaced by a substitute"), _("Late today"),
    ]  # fmt: skip
    table = tablib.Dataset(headers=headings)
    for council in councils:
        table.append([guard_cell(cell) for cell in _row(council, figures[council.pk], late[council.pk])])
    return table


def _row(council: Council, one: YearFigures, late: list[Late]) -> list[Any]:
    return [
        council.name, council.slug, one.year, one.required, one.held, one.seconds, one.attendance,
        one.users_attendance, len(one.opinions), one.answered, one.overdue, len(one.surveys), one.examined,
        one.mandates.seats, one.mandates.held, one.mandates.opened, one.mandates.ended, one.mandates.replaced,
        len(late),
    ]  # fmt: skip


def write_table(table: tablib.Dataset, extension: str) -> str | bytes:
    """The file's content; a CSV begins with the mark spreadsheet programs ask for."""
    data: Any = getattr(table, extension)
    return BOM + data if extension == "csv" else data
