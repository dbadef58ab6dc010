"""Writes of surveys: definitions, drafts, responses and what is projected from them."""

from consultations.surveys.services.answering import (
    InvitationSpent,
    SubmissionResult,
    draft_code,
    forget_draft,
    is_expired,
    recall_receipt,
    resume_draft,
    save_draft_response,
    start_draft,
    submit_response,
)
from consultations.surveys.services.editing import (
    EditConflict,
    close_survey,
    create_survey,
    publish_survey,
    save_draft_definition,
    update_survey,
)
from consultations.surveys.services.invitations import issue_invitations
from consultations.surveys.services.projection import (
    ask_projection,
    project_responses,
    project_waiting,
    rebuild_projection,
    refresh_participation,
)
from consultations.surveys.services.retention import purge_expired_responses
from consultations.surveys.services.upkeep import purge_drafts

__all__ = [
    "EditConflict",
    "InvitationSpent",
    "SubmissionResult",
    "ask_projection",
    "close_survey",
    "create_survey",
    "draft_code",
    "forget_draft",
    "is_expired",
    "issue_invitations",
    "project_responses",
    "project_waiting",
    "publish_survey",
    "purge_drafts",
    "purge_expired_responses",
    "rebuild_projection",
    "recall_receipt",
    "refresh_participation",
    "resume_draft",
    "save_draft_definition",
    "save_draft_response",
    "start_draft",
    "submit_response",
    "update_survey",
]
