"""The long texts of a sheet, written together: what they are, and the one door to their manuscript."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from consultations.actions.models import ActionSheet
from consultations.actions.nodes import SHEET
from consultations.cowriting import selectors
from consultations.cowriting.models import Manuscript, Version
from consultations.cowriting.registries import TextField
from consultations.cowriting.services.versions import approve_manuscript, close_manuscript
from consultations.cowriting.services.writing import Written, start_manuscript
from consultations.cowriting.services.writing import write_texts as write_together

TEXTS = (
    TextField("context", gettext_lazy("Context"), gettext_lazy("Where this comes from, in a few sentences.")),
    TextField(
        "finding",
        gettext_lazy("What was found"),
        gettext_lazy("What people said and what figures show."),
    ),
    TextField(
        "objective",
        gettext_lazy("Objective"),
        gettext_lazy("What will have changed, for whom, by when."),
        rows=3,
    ),
    TextField(
        "target_group_words", gettext_lazy("Who it is for"), gettext_lazy("The people concerned."), rows=3
    ),
    TextField(
        "users_part",
        gettext_lazy("How the people concerned take part"),
        gettext_lazy("In deciding, in following, in judging."),
    ),
    TextField(
        "means_words", gettext_lazy("Means"), gettext_lazy("Staff, premises, money, in words."), rows=3
    ),
    TextField(
        "evaluation_words",
        gettext_lazy("Evaluation"),
        gettext_lazy("How we will know whether it works."),
        rows=3,
    ),
    TextField(
        "easy_read",
        gettext_lazy("The sheet, easy to read"),
        gettext_lazy("Short sentences, one idea per line."),
        3000,
        8,
    ),
)
NAMES = tuple(field.name for field in TEXTS)
NAME_LENGTH = 120


def manuscript_of(sheet: ActionSheet) -> Manuscript | None:
    """Where its texts are written; None for a sheet made without them."""
    return selectors.manuscript_of(SHEET, str(sheet.pk))


def texts_of(sheet: ActionSheet) -> dict[str, str]:
    """Every text as it is written now; empty when nobody wrote it."""
    manuscript = manuscript_of(sheet)
    stored = selectors.texts_of(manuscript) if manuscript else {}
    return {name: stored.get(name, "") for name in NAMES}


def approved_texts(sheet: ActionSheet) -> dict[str, str]:
    """Every text as it was last approved."""
    approved = Version.objects.filter(
        manuscript__kind=SHEET, manuscript__key=str(sheet.pk), is_approved=True
    ).order_by("-number")
    version = approved.first()
    return {name: version.texts.get(name, "") if version else "" for name in NAMES}


def start_texts(*, actor: User | None, sheet: ActionSheet, texts: Mapping[str, str]) -> Manuscript:
    """The manuscript of a new sheet; the caller has checked that the actor may make it."""
    return start_manuscript(actor=actor, kind=SHEET, key=str(sheet.pk), texts=texts)


def write_texts(
    *, actor: User, sheet: ActionSheet, before: Mapping[str, str], texts: Mapping[str, str]
) -> Written:
    """Bring in whole texts with what others wrote meanwhile; refused to those who may not write now."""
    manuscript = start_texts(actor=actor, sheet=sheet, texts={})
    return write_together(actor=actor, manuscript=manuscript, before=before, texts=texts)


def approve_texts(*, actor: User | None, sheet: ActionSheet) -> None:
    """Freeze what is written now as what the public page shows, and close the room."""
    manuscript = start_texts(actor=actor, sheet=sheet, texts={})
    name = _("Adopted: %(decision)s") % {"decision": sheet.decision}
    approve_manuscript(actor=actor, manuscript=manuscript, name=name[:NAME_LENGTH])


def close_texts(*, actor: User | None, sheet: ActionSheet) -> None:
    """Nobody writes any more; what was sent is kept."""
    manuscript = manuscript_of(sheet)
    if manuscript is not None:
        close_manuscript(manuscript=manuscript, actor=actor)


def drop_texts(sheet: ActionSheet) -> None:
    """The texts of a deleted sheet go with it."""
    close_texts(actor=None, sheet=sheet)
    Manuscript.objects.filter(kind=SHEET, key=str(sheet.pk)).delete()
