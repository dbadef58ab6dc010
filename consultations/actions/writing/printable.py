"""What every file of a sheet holds, in the order it is read."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consultations.actions.models import ActionSheet
from consultations.actions.selectors.sheet import SheetPage, budget_words
from consultations.actions.selectors.words import figure
from consultations.councils.writing import Paper, Section, Table


def paper_of(page: SheetPage) -> Paper:
    """The sheet as its page tells it, nothing more."""
    sheet = page.sheet
    number = _("Sheet %(number)s") % {"number": sheet.number} + " – " if sheet.number else ""
    notes = [_("This sheet and its figures are invented for the demo.")] if sheet.is_demo else []
    return Paper(f"{number}{sheet.title}", tuple(_facts(page)), tuple(_sections(page)), tuple(notes))


def _facts(page: SheetPage) -> Iterator[str]:
    sheet = page.sheet
    yield f"{_('State')} : {sheet.get_state_display()} ({_day(sheet.state_since)})"
    if sheet.is_stopped:
        yield f"{_('Reason')} : {sheet.reason_public}"
    if sheet.adopted_on:
        yield _("Sheet adopted on %(day)s.") % {"day": _day(sheet.adopted_on)} + f" {sheet.decision}"
    if sheet.lead:
        yield f"{_('Led by')} : {', '.join(body.name for body in (sheet.lead, sheet.co_lead) if body)}"
    if sheet.programme:
        yield f"{_('Programme')} : {sheet.programme.title}{f' – {sheet.axis}' if sheet.axis else ''}"
    yield f"{_('Where')} : {_places(sheet)}"
    if page.audiences:
        yield f"{_('For whom')} : {', '.join(page.audiences)}"
    if page.partners:
        yield f"{_('Partners')} : {' ; '.join(_partner(one.organisation.name, one.role) for one in page.partners)}"
    for origin in page.origins:
        yield f"{_('Where it comes from')} : {origin.item.title}"


def _day(day: object) -> str:
    return date_format(day, "j F Y")  # type: ignore[arg-type]


def _places(sheet: ActionSheet) -> str:
    return ", ".join(place.name for place in sheet.places.all()) or sheet.territory.name


def _partner(name: str, role: str) -> str:
    return f"{name} ({role})" if role else name


def _sections(page: SheetPage) -> Iterator[Section]:
    for block in page.texts:
        yield Section(block.label, tuple(block.text.splitlines()))
    if page.steps:
        rows = tuple((one.step.title, _when(one), one.step.owner_name) for one in page.steps)
        yield Section(_("Steps"), table=Table((_("What is done"), _("When"), _("Who does it")), rows))
    if page.budget:
        yield Section(_("Money and people"), (*_staff(page), budget_words(page.budget)), _budget(page))
    elif page.staff:
        yield Section(_("Money and people"), tuple(_staff(page)))
    if page.indicators:
        told = tuple(f"{one.indicator.title} : {one.sentence}" for one in page.indicators)
        yield Section(_("How we will know"), told)
    if page.risks:
        yield Section(_("What may go wrong"), tuple(f"{one.title} – {one.answer}" for one in page.risks))
    if page.scores:
        marks = tuple(
            f"{capfirst(one.get_criterion_display())} : {one.mark} / 5. {one.words}" for one in page.scores
        )
        yield Section(_("What it changed"), marks)
    if page.comparison:
        yield Section(_("Satisfaction before and after"), tuple(_compared(page)))


def _compared(page: SheetPage) -> Iterator[str]:
    """The two figures when they may be compared, else that they may not."""
    told = page.comparison
    if told is None:
        return
    yield told.question
    if told.difference is not None:
        yield _("%(before)s before, %(after)s after.") % {
            "before": page.before_words,
            "after": page.after_words,
        }
    else:
        yield _("Not comparable.")
    yield told.why


def _when(line: object) -> str:
    step = line.step  # type: ignore[attr-defined]
    if step.done_on:
        return _("Done on %(day)s") % {"day": _day(step.done_on)}
    return _("Expected on %(day)s") % {"day": _day(step.ends_on)}


def _staff(page: SheetPage) -> list[str]:
    return [f"{one.year} : {figure(one.fte)} {_('full-time equivalents')}" for one in page.staff]


def _budget(page: SheetPage) -> Table:
    headings = (_("Year and funder"), _("Sought"), _("Secured"), _("Spent"))
    rows = [
        (
            f"{year.year} · {line.funder}",
            *(line.amounts.words[name] for name in ("sought", "secured", "spent")),
        )
        for year in page.budget.years
        for line in year.lines
    ]
    total = page.budget.total.words
    return Table(headings, (*rows, (_("Total"), total["sought"], total["secured"], total["spent"])))
