"""The lines of a sheet: steps, funding, staff, partners, indicators, measures, risks. One rule for all."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.actions.fields import FIELDS, MANY_FIELDS, kind_of
from consultations.actions.merging import Merged, merge_fields, written
from consultations.actions.models import (
    CRITERIA,
    ActionSheet,
    BeforeAfter,
    EvaluationScore,
    Funding,
    Indicator,
    Measure,
    Partner,
    Step,
)
from consultations.actions.permissions import row_fields
from consultations.actions.services.checking import check, leads_back, lock
from consultations.actions.services.threading import tie_sheet
from core.services import record_audit

MAX_ROWS = 200
TYING = (Indicator, BeforeAfter)


def sheet_of(row: Any) -> ActionSheet:
    """The sheet a line belongs to."""
    sheet: ActionSheet = row.indicator.sheet if isinstance(row, Measure) else row.sheet
    return sheet


def values_of(row: Model) -> dict[str, str]:
    """A line as its form sends it back."""
    names = FIELDS[kind_of(row)]
    if row.pk is None:
        return dict.fromkeys(names, "")
    return {
        name: written(list(getattr(row, name).all()) if name in MANY_FIELDS else getattr(row, name))
        for name in names
    }


@transaction.atomic
def write_row(
    *, actor: User | None, row: Any, values: Mapping[str, Any], base: Mapping[str, str] | None = None
) -> Merged:
    """Add or change a line; on one that exists, only what this person changed since `base` is written."""
    sheet, kind, is_new = lock(sheet_of(row)), kind_of(row), row.pk is None
    _check_fields(actor, sheet, kind, values, is_new=is_new)
    if is_new:
        _check_room(type(row), row)
        merged = Merged(tuple(values))
    else:
        row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
        mine = {name: written(value) for name, value in values.items()}
        merged = merge_fields(current=values_of(row), base=base or {}, mine=mine)
    for name in merged.changed:
        if name not in MANY_FIELDS:
            setattr(row, name, values[name])
    for rule in RULES.get(type(row), ()):
        rule(row, sheet)
    row.full_clean()
    row.save()
    _set_dependencies(row, merged, values)
    _note_news(sheet, row, merged)
    if isinstance(row, TYING):
        tie_sheet(sheet=sheet)
    if merged.changed:
        record_audit(
            actor=actor, verb="action_sheet_line_written", target=sheet,
            changes={"kind": kind, "fields": list(merged.changed)},
        )  # fmt: skip
    return merged


def _check_fields(
    actor: User | None, sheet: ActionSheet, kind: str, values: Mapping[str, Any], *, is_new: bool
) -> None:
    """Refuse a field the person may not write in this state; a command (no actor) is trusted."""
    if unknown := set(values) - set(FIELDS[kind]):
        raise ValueError(f"Not a field of {kind}: {sorted(unknown)}")
    if actor is None:
        return
    allowed = row_fields(actor, sheet, kind)
    if not set(values) <= allowed or (is_new and allowed != set(FIELDS[kind])):
        raise PermissionDenied(_("You may not do this with this action sheet, or not in its present state."))


def _check_room(model: type[Model], row: Any) -> None:
    holder = {"indicator": row.indicator} if isinstance(row, Measure) else {"sheet": row.sheet}
    if model._default_manager.filter(**holder).count() >= MAX_ROWS:
        raise ValidationError(_("There are already %(count)s lines.") % {"count": MAX_ROWS})


def _set_dependencies(row: Any, merged: Merged, values: Mapping[str, Any]) -> None:
    if not isinstance(row, Step) or "depends_on" not in merged.changed:
        return
    wanted = list(values["depends_on"])
    if any(one.sheet_id != row.sheet_id for one in wanted):
        raise ValidationError({"depends_on": _("A step waits for steps of the same sheet.")})
    if leads_back(row, wanted):
        raise ValidationError(
            {"depends_on": _("These steps would wait for each other: one of them already needs this one.")}
        )
    row.depends_on.set(wanted)


def _note_news(sheet: ActionSheet, row: Any, merged: Merged) -> None:
    """A step done or a figure measured is news."""
    is_news = isinstance(row, Measure) or (isinstance(row, Step) and "done_on" in merged.changed)
    if is_news and sheet.adopted_on is not None:
        sheet.last_news_on = timezone.localdate()
        sheet.save(update_fields=["last_news_on"])


@transaction.atomic
def remove_row(*, actor: User | None, row: Any) -> None:
    """Take a line away, where one may add it; the journal keeps that it was there."""
    sheet, kind = lock(sheet_of(row)), kind_of(row)
    if actor is not None and row_fields(actor, sheet, kind) != set(FIELDS[kind]):
        raise PermissionDenied(_("You may not do this with this action sheet, or not in its present state."))
    if isinstance(row, Step) and row.needed_by.exists():
        raise ValidationError(_("Another step waits for this one: change that step first."))
    row.delete()
    if isinstance(row, TYING):
        tie_sheet(sheet=sheet)
    record_audit(actor=actor, verb="action_sheet_line_removed", target=sheet, changes={"kind": kind})


@transaction.atomic
def score_sheet(*, actor: User | None, sheet: ActionSheet, marks: Mapping[str, tuple[int, str]]) -> None:
    """Give the marks out of five, each with its words; those already given are replaced."""
    sheet = lock(sheet)
    check("score", actor=actor, sheet=sheet)
    for criterion, (mark, words) in marks.items():
        score = EvaluationScore.objects.filter(sheet=sheet, criterion=criterion).first()
        score = score or EvaluationScore(sheet=sheet, criterion=CRITERIA(criterion))
        score.mark, score.words = mark, words.strip()
        score.full_clean()
        score.save()
    record_audit(actor=actor, verb="action_sheet_scored", target=sheet)


def _check_funder(row: Funding, sheet: ActionSheet) -> None:
    if row.funder is None and not row.funder_words.strip():
        raise ValidationError({"funder": _("Choose the funder, or write its name.")})


def _check_partner(row: Partner, sheet: ActionSheet) -> None:
    if row.organisation_id in {sheet.lead_id, sheet.co_lead_id} - {None}:
        raise ValidationError({"organisation": _("This organisation already leads the sheet.")})
    if row.agreement and not row.agreement.parties.filter(pk=row.organisation_id).exists():
        raise ValidationError({"agreement": _("This organisation is not a party to this agreement.")})


def _check_done(row: Step, sheet: ActionSheet) -> None:
    if row.done_on and row.done_on > timezone.localdate():
        raise ValidationError({"done_on": _("This day has not come yet.")})


def _check_measured(row: Measure, sheet: ActionSheet) -> None:
    if row.on and row.on > timezone.localdate():
        raise ValidationError({"on": _("This day has not come yet.")})


def _check_target(row: Indicator, sheet: ActionSheet) -> None:
    if row.baseline_on and row.target_on and row.target_on < row.baseline_on:
        raise ValidationError(
            {"target_on": _("The target comes before the start: change one of the two days.")}
        )


def _check_comparison(row: BeforeAfter, sheet: ActionSheet) -> None:
    if row.is_comparable and (row.before is None or row.after is None):
        raise ValidationError({"is_comparable": _("Write the two figures, or say they cannot be compared.")})
    if not row.is_comparable and row.before is not None and row.after is not None and not row.why.strip():
        raise ValidationError({"why": _("Say why the two cannot be compared.")})


RULES: dict[type[Model], tuple[Callable[[Any, ActionSheet], None], ...]] = {
    Funding: (_check_funder,),
    Partner: (_check_partner,),
    Step: (_check_done,),
    Measure: (_check_measured,),
    Indicator: (_check_target,),
    BeforeAfter: (_check_comparison,),
}
