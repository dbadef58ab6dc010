"""The links that leave sheets, as their own records say: one rule to write them and to check them."""

from collections.abc import Iterator

from consultations.actions.models import ActionSheet, BeforeAfter, Indicator
from consultations.actions.nodes import SHEET, Node
from consultations.lineage.models import Relation

TIES = (Relation.RAISED_IN, Relation.MEASURED_BY, Relation.EVALUATED_BY)


def ties_of(sheet: ActionSheet) -> set[tuple[Relation, Node]]:
    """The consultation it answers, the indicators of the observatory it moves, the surveys that judge it."""
    return {(Relation(relation), target) for _source, relation, target in _ties(sheet=sheet)}


def all_ties() -> set[tuple[Node, str, Node]]:
    """Those of every sheet. Three queries."""
    return set(_ties())


def _ties(sheet: ActionSheet | None = None) -> Iterator[tuple[Node, str, Node]]:
    own = {"sheet": sheet} if sheet else {}
    sheets = ActionSheet.objects.exclude(consultation=None).order_by("pk")
    for pk, consultation in (sheets.filter(pk=sheet.pk) if sheet else sheets).values_list(
        "pk", "consultation"
    ):
        yield (SHEET, str(pk)), str(Relation.RAISED_IN), ("consultation", str(consultation))
    observed = Indicator.objects.filter(**own).exclude(observed=None).order_by("pk")
    for pk, code in observed.values_list("sheet", "observed__code"):
        yield (SHEET, str(pk)), str(Relation.MEASURED_BY), ("indicator", code)
    judged = BeforeAfter.objects.filter(**own).order_by("pk")
    for pk, *surveys in judged.values_list("sheet", "before_survey", "after_survey"):
        for key in filter(None, surveys):
            yield (SHEET, str(pk)), str(Relation.EVALUATED_BY), ("survey", str(key))
