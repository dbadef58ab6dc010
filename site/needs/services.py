"""Writes of the nomenclature. A code that may have been used is ended, never deleted."""

import datetime
import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.assets import icon_names
from core.services import record_audit
from needs.models import FIRST_VERSION, Need
from needs.permissions import can_edit_needs

CODE = re.compile(r"[123](\.([1-9]\d?|E))*")
"""Official codes are numbers; `E` starts a branch of our own (`1.E.3`)."""
FAMILIES = {"1": Need.Family.NEED, "2": Need.Family.DIRECT, "3": Need.Family.INDIRECT}


@transaction.atomic
def save_need(
    *,
    actor: User | None,
    code: str,
    official_label: str,
    plain_label: str,
    synonyms: Iterable[str] = (),
    easy_read: str = "",
    pictogram: str = "",
    is_extension: bool = False,
    valid_from: datetime.date | None = None,
) -> Need:
    """Create the code, or change the wording of the one in force; the same twice changes nothing.

    A code that was ended starts again as a new period, today by default. No actor means the command line.
    """
    _check(actor)
    code = code.strip()
    need = Need.objects.current().filter(code=code).first() or _new(code, valid_from)
    wanted: dict[str, Any] = {
        "official_label": official_label.strip(),
        "plain_label": plain_label.strip(),
        "synonyms": list(dict.fromkeys(word.strip() for word in synonyms if word.strip())),
        "easy_read": easy_read.strip(),
        "pictogram": _known_pictogram(pictogram),
        "is_extension": is_extension,
        "family": FAMILIES[code[0]],
        "parent": _parent(code),
        "sort_key": sort_key(code),
    }
    is_new = need.pk is None
    changed = [name for name, value in wanted.items() if is_new or getattr(need, name) != value]
    if changed:
        for name in changed:
            setattr(need, name, wanted[name])
        need.full_clean()
        need.save()
        verb = "need_created" if is_new else "need_changed"
        record_audit(actor=actor, verb=verb, target=need, changes={"fields": changed})
    return need


@transaction.atomic
def end_need(*, actor: User | None, need: Need, on: datetime.date | None = None) -> Need:
    """Stop using a code from `on` (today by default); what was coded with it keeps it.

    Raises ValidationError when the code has already ended or still has codes below it.
    """
    _check(actor)
    need = Need.objects.select_for_update(of=("self",)).get(pk=need.pk)
    day = on or timezone.localdate()
    if need.valid_to is not None:
        raise ValidationError(_("Code %(code)s has already ended.") % {"code": need.code})
    if day <= need.valid_from:
        raise ValidationError(_("Code %(code)s must end after it starts.") % {"code": need.code})
    below = list(need.children.filter(valid_to=None).values_list("code", flat=True))
    if below:
        raise ValidationError(
            _("End the codes below %(code)s first: %(below)s.")
            % {"code": need.code, "below": ", ".join(below)}
        )
    need.valid_to = day
    need.save(update_fields=["valid_to"])
    record_audit(actor=actor, verb="need_ended", target=need, changes={"valid_to": day.isoformat()})
    return need


def sort_key(code: str) -> str:
    """Orders 1.1.2 before 1.1.10, and our own branch after the official ones."""
    return ".".join(part.rjust(3, "0") if part.isdecimal() else part for part in code.split("."))


def _check(actor: User | None) -> None:
    if actor is not None and not can_edit_needs(actor):
        raise PermissionDenied


def _new(code: str, valid_from: datetime.date | None) -> Need:
    if not CODE.fullmatch(code):
        raise ValidationError(
            {"code": _("“%(code)s” is not a code: write it as 1.3.4, or 1.E.2 for ours.") % {"code": code}}
        )
    was_used = Need.objects.filter(code=code).exists()
    return Need(code=code, valid_from=valid_from or (timezone.localdate() if was_used else FIRST_VERSION))


def _parent(code: str) -> Need | None:
    above, dot, _own = code.rpartition(".")
    if not dot:
        return None
    parent = Need.objects.current().filter(code=above).first()
    if parent is None:
        raise ValidationError(
            {"code": _("Code %(code)s needs %(above)s first: add it.") % {"code": code, "above": above}}
        )
    return parent


def _known_pictogram(name: str) -> str:
    name = name.strip()
    if name and name not in icon_names():
        raise ValidationError(
            {"pictogram": _("Pictogram “%(name)s” is unknown: see the gallery.") % {"name": name}}
        )
    return name
