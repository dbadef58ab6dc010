"""Writing: by updates of the shared texts, as they are typed, or by whole texts, from a plain form."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.models import User
from consultations.cowriting import open_texts
from consultations.cowriting.merging import Clash, merge
from consultations.cowriting.models import Contribution, Manuscript, SharedText, TextUpdate
from consultations.cowriting.open_texts import OpenText
from consultations.cowriting.permissions import can
from consultations.cowriting.registries import TextField, manuscript_kinds
from consultations.cowriting.texts import LARGEST_UPDATE, Behind, SharedDoc, Unreadable
from consultations.live.models import Room
from consultations.live.problems import Refused
from consultations.live.protocol import is_storable
from consultations.live.services import append_event, open_room

ROOM = "manuscript"
WRITTEN = "text.written"
MOST_PENDING = 64  # updates kept as they came before they are squashed into the state
TOLERANCE = 2  # times its most: what several typed at once is kept, and shortened before it is approved


@dataclass(frozen=True)
class Written:
    """What became of texts sent by a form: those that changed, and where someone else had changed the same words."""

    changed: tuple[str, ...] = ()
    clashes: Mapping[str, tuple[Clash, ...]] = field(default_factory=dict)


@transaction.atomic
def start_manuscript(*, actor: User | None, kind: str, key: str, texts: Mapping[str, str]) -> Manuscript:
    """The manuscript of an object, with its texts; one that exists is returned as it is.

    Called by the service that makes the object: it has checked that the actor may.
    """
    manuscript, created = Manuscript.objects.get_or_create(kind=kind, key=key)
    if created:
        names = [one.name for one in manuscript_kinds[kind].fields]
        rows = []
        for name in names:
            doc = SharedDoc()
            doc.rewrite(texts.get(name, ""))
            rows.append(
                SharedText(manuscript=manuscript, name=name, text=texts.get(name, ""), state=doc.state)
            )
        SharedText.objects.bulk_create(rows)
        if actor is not None:
            kept = SharedText.objects.filter(manuscript=manuscript).exclude(text="")
            Contribution.objects.bulk_create(Contribution(shared_text=row, writer=actor) for row in kept)
    return manuscript


def open_manuscript_room(*, manuscript: Manuscript, actor: User) -> Room:
    """The live room of a manuscript, opened when someone comes to write."""
    return Room.objects.filter(kind=ROOM, key=str(manuscript.pk), is_open=True).first() or open_room(
        kind=ROOM, key=str(manuscript.pk), actor=actor
    )


def write_update(*, actor: User, room: Room, name: str, update: str, known: str) -> SharedText:
    """Keep what a writer did in one text, and tell the others. Called by the room, which does a message once.

    `update` and `known`, the writer's state vector afterwards, are base64. Raises Refused: nothing is kept then.
    """
    shared = _text_to_write(actor, room.key, name)
    manuscript, data = shared.manuscript, _decoded(update)
    known_by_writer = _decoded(known)
    opened = _load(shared)
    doc = opened.doc
    try:
        if not doc.take(data, known=known_by_writer):
            open_texts.keep(shared.manuscript_id, name, opened)
            return shared
    except Unreadable:
        raise Refused("malformed", _("This change of the text cannot be read.")) from None
    except Behind:
        raise Refused("behind", _("Some of what you wrote before has not arrived yet.")) from None
    text = str(doc)
    limits = manuscript_kinds[manuscript.kind].field(name)
    if limits is not None and len(text) > limits.most * TOLERANCE:
        raise Refused("too_long", _too_long(limits))
    if not is_storable(text):
        raise Refused("invalid", _("This text holds characters that cannot be kept."))
    _keep(_Change(shared, opened, data), actor, room)
    return shared


@transaction.atomic
def write_texts(
    *, actor: User, manuscript: Manuscript, before: Mapping[str, str], texts: Mapping[str, str]
) -> Written:
    """Bring in whole texts written from `before`, with what others wrote meanwhile.

    A text where both changed the same words keeps the others' there; `clashes` gives the words that wait.
    Raises PermissionDenied, or ValidationError under the name of the text.
    """
    room = Room.objects.select_for_update().get(
        pk=open_manuscript_room(manuscript=manuscript, actor=actor).pk
    )
    changed, clashes = [], {}
    for name, mine in texts.items():
        shared = _text_to_write(actor, manuscript.pk, name)
        merged = merge(before=_lines(before.get(name, "")), theirs=shared.text, mine=_lines(mine))
        _check_length(manuscript, name, merged.text)
        if merged.clashes:
            clashes[name] = merged.clashes
        if merged.text != shared.text:
            rewrite(actor=actor, room=room, shared=shared, text=merged.text)
            changed.append(name)
    return Written(tuple(changed), clashes)


@transaction.atomic
def rewrite(*, actor: User, room: Room, shared: SharedText, text: str) -> None:
    """Make the text these words, for everyone who has it open. The caller has checked that the actor may."""
    opened = _load(shared)
    update = opened.doc.rewrite(text)
    _keep(_Change(shared, opened, update), actor, room)


def _text_to_write(actor: User, manuscript_id: UUID | str, name: str) -> SharedText:
    """The text, locked by the room, and whether this writer's part in it is known already."""
    known = Contribution.objects.filter(shared_text=OuterRef("pk"), writer=actor, version=None)
    rows = SharedText.objects.select_related("manuscript").annotate(is_known_writer=Exists(known))
    shared = rows.filter(manuscript_id=manuscript_id, name=name).first()
    if shared is None or not can("write", actor, shared.manuscript, name):
        raise PermissionDenied(_("You may not write in this text now."))
    return shared


@dataclass(frozen=True)
class _Change:
    shared: SharedText
    opened: OpenText
    update: bytes


def _load(shared: SharedText) -> OpenText:
    """The text with its history, from memory when this process wrote it last."""
    opened = open_texts.take(shared.manuscript_id, shared.name, revision=shared.revision)
    if opened is not None:
        return opened
    rows = TextUpdate.objects.filter(shared_text=shared).order_by("pk").values_list("update", flat=True)
    updates = [bytes(update) for update in rows]
    return OpenText(shared.revision, SharedDoc(bytes(shared.state), updates), len(updates))


def _keep(change: _Change, actor: User, room: Room) -> None:
    shared, doc = change.shared, change.opened.doc
    shared.text = str(doc)
    shared.revision += 1
    pending = change.opened.pending + 1
    if pending > MOST_PENDING:
        pending, shared.state = 0, doc.state
        shared.save(update_fields=["text", "revision", "state"])
        TextUpdate.objects.filter(shared_text=shared).delete()
    else:
        TextUpdate.objects.create(shared_text=shared, update=change.update)
        shared.save(update_fields=["text", "revision"])
    kept = OpenText(shared.revision, doc, pending)
    transaction.on_commit(partial(open_texts.keep, shared.manuscript_id, shared.name, kept))
    if not getattr(shared, "is_known_writer", False):
        Contribution.objects.get_or_create(shared_text=shared, writer=actor, version=None)
    payload = {"name": shared.name, "update": b64encode(change.update).decode(), "by": str(actor.pk)}
    append_event(room=room, kind=WRITTEN, payload=payload)
    manuscript_kinds[shared.manuscript.kind].changed(shared.manuscript.key)


def _decoded(text: str) -> bytes:
    try:
        data = b64decode(text, validate=True)
    except ValueError:
        raise Refused("malformed", _("This change of the text cannot be read.")) from None
    if len(data) > LARGEST_UPDATE:
        raise Refused("too_large", _("This message is too long."))
    return data


def _lines(text: str) -> str:
    """A form sends lines ended as on old teleprinters; the shared texts hold plain ones."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_length(manuscript: Manuscript, name: str, text: str) -> None:
    limits = manuscript_kinds[manuscript.kind].field(name)
    if limits is not None and len(text) > limits.most:
        raise ValidationError({name: _too_long(limits)})


def _too_long(limits: TextField) -> str:
    return _("“%(label)s” is too long: %(most)s characters at most.") % {
        "label": limits.label,
        "most": limits.most,
    }
