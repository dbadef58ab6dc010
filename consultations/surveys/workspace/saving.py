"""Saving a change of the draft when several people write: applied to the latest draft, never over another's words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from consultations.surveys.models import Survey
from consultations.surveys.services.editing import EditConflict, save_draft_definition
from consultations.surveys.workspace.document import Document, find, fingerprint

ATTEMPTS = 3
Change = Callable[[Mapping[str, Any]], Document]


class QuestionChanged(Exception):
    """Someone else changed this very question since its form was opened."""

    def __init__(self, theirs: Mapping[str, Any]) -> None:
        super().__init__(_("Someone else changed this question in the meantime."))
        self.theirs = theirs


def change_draft(*, actor: User, survey: Survey, change: Change) -> Survey:
    """Apply `change` to the draft as it is now; a save that comes between is read again, a few times."""
    for attempt in range(1, ATTEMPTS + 1):
        survey.refresh_from_db(fields=["draft", "draft_revision"])
        document = change(survey.draft)
        try:
            return save_draft_definition(
                actor=actor, survey=survey, document=document, revision=survey.draft_revision
            )
        except EditConflict:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def unchanged_question(document: Mapping[str, Any], code: str, base: str) -> dict[str, Any]:
    """The question when it still is what its form was opened on; raises QuestionChanged or QuestionGone."""
    question = find(document, code)
    if base and fingerprint(question) != base:
        raise QuestionChanged(question)
    return question
