"""Writes of syntheses: one door, one transaction, audited."""

from consultations.syntheses.services.commenting import answer_comment, give_comment, moderate_comment
from consultations.syntheses.services.drafting import draft_from_workshop
from consultations.syntheses.services.editing import (
    LineChanged,
    add_line,
    arrange_line,
    edit_line,
    merge_lines,
    move_line,
    remove_line,
)
from consultations.syntheses.services.evidence import attach_source, detach_source
from consultations.syntheses.services.importing import (
    confirm_synthesis_import,
    import_synthesis,
    stage_synthesis_import,
)
from consultations.syntheses.services.lives import (
    adopt_synthesis,
    delete_synthesis,
    open_comments,
    publish_synthesis,
    resume_writing,
)
from consultations.syntheses.services.proposing import propose_action, take_up_proposal, withdraw_proposal
from consultations.syntheses.services.writing import (
    create_synthesis,
    name_volunteer,
    remove_volunteer,
    update_synthesis,
)

__all__ = [
    "LineChanged",
    "add_line",
    "adopt_synthesis",
    "answer_comment",
    "arrange_line",
    "attach_source",
    "confirm_synthesis_import",
    "create_synthesis",
    "delete_synthesis",
    "detach_source",
    "draft_from_workshop",
    "edit_line",
    "give_comment",
    "import_synthesis",
    "merge_lines",
    "moderate_comment",
    "move_line",
    "name_volunteer",
    "open_comments",
    "propose_action",
    "publish_synthesis",
    "remove_line",
    "remove_volunteer",
    "resume_writing",
    "stage_synthesis_import",
    "take_up_proposal",
    "update_synthesis",
    "withdraw_proposal",
]
