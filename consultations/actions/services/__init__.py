"""Every write of action sheets: permission, rules, journal, in one transaction."""

from consultations.actions.services.agreements import write_agreement
from consultations.actions.services.groups import write_group
from consultations.actions.services.lives import move_sheet
from consultations.actions.services.programmes import (
    add_programme_date,
    remove_programme_date,
    set_axes,
    write_programme,
)
from consultations.actions.services.rows import remove_row, score_sheet, write_row
from consultations.actions.services.sheets import (
    assign_sheet,
    create_sheet,
    delete_sheet,
    set_details,
)
from consultations.actions.services.taking import take_up
from consultations.actions.services.updates import correct_update, publish_update, withdraw_update

__all__ = [
    "add_programme_date",
    "assign_sheet",
    "correct_update",
    "create_sheet",
    "delete_sheet",
    "move_sheet",
    "publish_update",
    "remove_programme_date",
    "remove_row",
    "score_sheet",
    "set_axes",
    "set_details",
    "take_up",
    "withdraw_update",
    "write_agreement",
    "write_group",
    "write_programme",
    "write_row",
]
