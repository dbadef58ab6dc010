"""What is read before a workshop: a file, an address, or a figure of the observatory."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.workshops.models import Document, Workshop
from consultations.workshops.permissions import can_edit_workshop
from core.services import record_audit

MOST_DOCUMENTS = 12
MOST_BYTES = 20 * 1024 * 1024
PART = {Document.Kind.FILE: "file", Document.Kind.LINK: "url", Document.Kind.FIGURE: "figure"}


@transaction.atomic
def add_document(*, actor: User, workshop: Workshop, kind: str, title: str, **given: Any) -> Document:
    """One more thing to read, at the end; only the part its kind uses is kept."""
    if not can_edit_workshop(actor, workshop):
        raise PermissionDenied(_("You may not change this workshop, or not in its present state."))
    if workshop.documents.count() >= MOST_DOCUMENTS:
        raise ValidationError(_("A workshop has at most %(most)s documents.") % {"most": MOST_DOCUMENTS})
    part = PART[Document.Kind(kind)]
    if not given.get(part):
        missing = {
            "file": _("Choose a file."),
            "url": _("Write the address, for example https://www.exemple.fr/."),
            "figure": _("Choose a figure in the list."),
        }
        raise ValidationError({part: missing[part]})
    uploaded = given.get("file") if part == "file" else None
    if isinstance(uploaded, UploadedFile) and (uploaded.size or 0) > MOST_BYTES:
        raise ValidationError({"file": _("This file is over 20 MB: put a lighter one, or an address.")})
    document = Document(workshop=workshop, kind=kind, title=title.strip(), **{part: given[part]})
    document.order = workshop.documents.count() + 1
    document.full_clean()
    document.save(force_insert=True)
    record_audit(actor=actor, verb="document_added", target=workshop)
    return document


@transaction.atomic
def remove_document(*, actor: User, document: Document) -> None:
    """Take it off the page; its file is deleted with it."""
    if not can_edit_workshop(actor, document.workshop):
        raise PermissionDenied(_("You may not change this workshop, or not in its present state."))
    file = document.file
    record_audit(actor=actor, verb="document_removed", target=document.workshop)
    document.delete()
    if file:
        transaction.on_commit(lambda: file.delete(save=False))
