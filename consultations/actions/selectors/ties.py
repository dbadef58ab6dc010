"""The links that leave a sheet, as its own records say."""

from collections.abc import Iterator

from consultations.actions.models import ActionSheet, BeforeAfter
from consultations.actions.nodes import Node
from consultations.lineage.models import Relation

TIES = (Relation.RAISED_IN, Relation.MEASURED_BY, Relation.EVALUATED_BY)


def ties_of(sheet: ActionSheet) -> set[tuple[Relation, Node]]:
    """The consultation it answers, the indicators of the observatory it moves, the surveys that judge it."""
    return set(_ties(sheet))


def _ties(sheet: ActionSheet) -> Iterator[tuple[Relation, Node]]:
    if sheet.consultation_id is not None:
        yield Relation.RAISED_IN, ("consultation", str(sheet.consultation_id))
    observed = sheet.indicators.exclude(observed=None).order_by("pk")
    for code in observed.values_list("observed__code", flat=True):
        yield Relation.MEASURED_BY, ("indicator", code)
    judged = BeforeAfter.objects.filter(sheet=sheet).values_list("before_survey", "after_survey")
    for survey in {key for pair in judged for key in pair if key}:
        yield Relation.EVALUATED_BY, ("survey", str(survey))
