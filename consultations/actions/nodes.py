"""Sheets as ends of the links of lineage."""

from consultations.actions.models import ActionSheet

SHEET = "action_sheet"
Node = tuple[str, str]


def node_of(sheet: ActionSheet) -> Node:
    """The sheet as an end of a link."""
    return SHEET, str(sheet.pk)
