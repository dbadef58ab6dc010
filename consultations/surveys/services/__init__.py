"""Writes of surveys: definitions, drafts, responses and what is projected from them."""

from consultations.surveys.services.answering import (
    InvitationRefused,
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
from consultations.surveys.services.invitations import (
    forget_invited_addresses,
    forget_invited_person,
    invite_by_email,
    issue_invitations,
    remind_invited,
)
from consultations.surveys.services.mailing import resume_mailings, run_mailing
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
    "InvitationRefused",
    "SubmissionResult",
    "ask_projection",
    "close_survey",
    "create_survey",
    "draft_code",
    "forget_draft",
    "forget_invited_addresses",
    "forget_invited_person",
    "invite_by_email",
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
    "remind_invited",
    "resume_draft",
    "resume_mailings",
    "run_mailing",
    "save_draft_definition",
    "save_draft_response",
    "start_draft",
    "submit_response",
    "update_survey",
]
