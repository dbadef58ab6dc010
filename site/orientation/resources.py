"""The figures as a table anyone may open: each line says what it counts, how, over which months and from where."""

import tablib
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from orientation.selectors.figures import Report


def figures_table(report: Report) -> tablib.Dataset:
    """Mission, indicator, value, unit, definition, period, threshold, source; hidden values say that they are."""
    headers = [_("Mission"), _("Indicator"), _("Value"), _("Unit"), _("How it is counted"), _("From"), _("To"),
               _("Fewest people"), _("Source")]  # fmt: skip
    ends = [report.since.isoformat(), report.until.isoformat(), report.minimum, source_words()]
    rows = [
        [str(mission.title), str(one.label), shown(one.value), str(one.unit), str(one.meaning), *ends]
        for mission in report.missions
        for one in mission.figures
    ]
    unmet, meaning = _("Paths and requests that ended without help"), unmet_words()
    rows += [
        [unmet, date_format(one.month, "F Y"), shown(one.value), "", meaning, *ends] for one in report.months
    ]
    return tablib.Dataset(*rows, headers=headers)


def shown(value: int | None) -> str:
    """The value, or that it is hidden."""
    return _("too few to be shown") if value is None else str(value)


def unmet_words() -> str:
    """What the monthly line counts."""
    return _("Nothing found, full, refused, no answer, closed: for each need named")


def source_words() -> str:
    """Where the figures come from, and the frame they follow."""
    return _(
        "Requests made and answered on this platform. Frame: the four missions of the public département service for "
        "autonomy (arrêté of 28 May 2025)."
    )
