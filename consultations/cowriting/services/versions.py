"""Freezing a manuscript under a name, approving it, and coming back to an earlier one."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.cowriting.models import Contribution, Manuscript, SharedText, Version
from consultations.cowriting.permissions import can
from consultations.cowriting.registries import manuscript_kinds
from consultations.cowriting.services.writing import open_manuscript_room, rewrite
from consultations.live.models import Room
from consultations.live.services import close_room
from core.services import record_audit


@transaction.atomic
def name_version(
    *,
    actor: User | None,
    manuscript: Manuscript,
    name: str,
    entitled: bool = False,
    is_approved: bool = False,
) -> Version:
    """Freeze the texts and the rest as they stand, with who wrote since the version before.

    A service that checked its own right, such as an adoption, passes `entitled`. Raises PermissionDenied, or
    ValidationError when a name is missing or a text is too long to be frozen.
    """
    locked = Manuscript.objects.select_for_update().get(pk=manuscript.pk)
    if not entitled and not can("name_version", actor, locked):
        raise PermissionDenied(_("You may not name a version of this text."))
    if not name.strip():
        raise ValidationError({"name": _("Give this version a name, so that others recognise it.")})
    kind = manuscript_kinds[locked.kind]
    texts = dict(SharedText.objects.filter(manuscript=locked).values_list("name", "text"))
    for one in kind.fields:
        if len(texts.get(one.name, "")) > one.most:
            message = _("“%(label)s” is too long: %(most)s characters at most. Shorten it first.")
            raise ValidationError(message % {"label": one.label, "most": one.most})
    last = locked.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = Version.objects.create(
        manuscript=locked,
        number=last + 1,
        name=name.strip()[:120],
        texts=texts,
        details=dict(kind.details(locked.key)),
        named_by=actor,
        is_approved=is_approved,
    )
    Contribution.objects.filter(shared_text__manuscript=locked, version=None).update(version=version)
    record_audit(actor=actor, verb="version_named", target=locked, changes={"version": version.number})
    return version


@transaction.atomic
def approve_manuscript(*, actor: User | None, manuscript: Manuscript, name: str) -> Version:
    """Freeze the approved version and close the room: nobody writes until the object is opened to writing again.

    Called by the service that adopts the object, which has checked the right and moved its state.
    """
    version = name_version(actor=actor, manuscript=manuscript, name=name, entitled=True, is_approved=True)
    close_manuscript(manuscript=manuscript, actor=actor)
    return version


def close_manuscript(*, manuscript: Manuscript, actor: User | None) -> None:
    """Tell those who write that it is over; what they had sent is kept."""
    room = Room.objects.filter(kind="manuscript", key=str(manuscript.pk), is_open=True).first()
    if room is not None:
        close_room(room=room, actor=actor)


@transaction.atomic
def restore_version(*, actor: User, version: Version) -> None:
    """Make the texts those of an earlier version; what they were is kept as a version first."""
    manuscript = version.manuscript
    writable = [name for name in version.texts if can("write", actor, manuscript, name)]
    if not writable or not can("name_version", actor, manuscript):
        raise PermissionDenied(_("You may not write in this text now."))
    name = _("Before coming back to version %(number)s") % {"number": version.number}
    name_version(actor=actor, manuscript=manuscript, name=name)
    room = Room.objects.select_for_update().get(
        pk=open_manuscript_room(manuscript=manuscript, actor=actor).pk
    )
    for shared in SharedText.objects.select_for_update().filter(manuscript=manuscript, name__in=writable):
        if shared.text != version.texts[shared.name]:
            rewrite(actor=actor, room=room, shared=shared, text=version.texts[shared.name])
    record_audit(actor=actor, verb="version_restored", target=manuscript, changes={"version": version.number})
