"""Documents of a council: added, made public or not, withdrawn."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from consultations.councils.models import Council, CouncilDocument
from consultations.councils.permissions import can_edit_council
from core.services import record_audit

MOST_BYTES = 20 * 1024 * 1024


@transaction.atomic
def add_council_document(
    *, actor: Visitor, council: Council, title: str, file: File[Any], is_public: bool = False
) -> CouncilDocument:
    """A file its members read, and anyone when it is public."""
    if actor is not None and not can_edit_council(actor, council):
        raise PermissionDenied
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError({"file": _("This file is over 20 MB: put a lighter one.")})
    document = CouncilDocument(
        council=council,
        title=title.strip(),
        file=file,
        is_public=is_public,
        added_on=timezone.localdate(),
        added_by=actor if isinstance(actor, User) else None,
    )
    document.full_clean()
    document.save()
    record_audit(actor=actor, verb="council_document_added", target=council)
    return document


@transaction.atomic
def withdraw_council_document(*, actor: Visitor, document: CouncilDocument) -> CouncilDocument:
    """Nobody finds it any more on the pages; the file stays, as it was read."""
    if not can_edit_council(actor, document.council):
        raise PermissionDenied
    if document.withdrawn_on is None:
        document.withdrawn_on = timezone.localdate()
        document.save(update_fields=["withdrawn_on"])
        record_audit(actor=actor, verb="council_document_withdrawn", target=document.council)
    return document
