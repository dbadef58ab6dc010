"""The thread from what was said to the sheet, and from the sheet to what it answers."""

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from consultations.actions.models import ActionSheet
from consultations.actions.nodes import SHEET, node_of
from consultations.actions.selectors.ties import TIES, ties_of
from consultations.lineage.models import Link, Relation
from consultations.lineage.services import link, replace_links


def link_needs(*, actor: User | None, sheet: ActionSheet) -> None:
    """Each need of the sheet is answered by it; those it no longer answers are untied."""
    codes = set(sheet.needs.values_list("code", flat=True))
    tied = Link.objects.filter(
        source_kind="need", relation=Relation.ANSWERED_BY, target_kind=SHEET, target_id=str(sheet.pk)
    )
    tied.exclude(source_id__in=codes).delete()
    for code in sorted(codes):
        link(
            actor=actor, source=("need", code), relation=Relation.ANSWERED_BY, target=node_of(sheet),
            on=timezone.localdate(),
        )  # fmt: skip


def tie_sheet(*, sheet: ActionSheet) -> None:
    """Where the sheet comes from and what measures it, as its own records say; any other such link is untied."""
    replace_links(source=node_of(sheet), targets=ties_of(sheet), on=timezone.localdate(), relations=TIES)


def unlink_sheet(sheet: ActionSheet) -> None:
    """Nothing leads to a deleted sheet."""
    key = str(sheet.pk)
    Link.objects.filter(Q(source_kind=SHEET, source_id=key) | Q(target_kind=SHEET, target_id=key)).delete()
