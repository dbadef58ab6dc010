"""A manuscript as a kind of live room: what is typed, and who is where."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field

from accounts.models import User
from consultations.cowriting.models import Manuscript
from consultations.cowriting.permissions import can
from consultations.cowriting.registries import manuscript_kinds
from consultations.cowriting.selectors import load_texts
from consultations.cowriting.services.writing import ROOM, WRITTEN, write_update
from consultations.live.models import Room
from consultations.live.problems import Refused
from consultations.live.registries import Role, RoomKind, Verb, Viewer
from consultations.live.services import append_event

AT = "writer.at"
WRITERS = frozenset({Role.FACILITATOR})
READERS = frozenset({Role.FACILITATOR, Role.PROJECTOR})


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Write(Strict):
    """An update of one text, and the writer's state vector once it was made; both in base64."""

    name: str = Field(max_length=40)
    update: str = Field(max_length=60_000)
    known: str = Field(max_length=60_000)


class At(Strict):
    """The text someone is in; empty when they leave it."""

    name: str = Field(max_length=40)


class TextWritten(Strict):
    """An update of one text. `by` is the account's number, to tell who is writing."""

    name: str
    update: str
    by: str


class WriterAt(Strict):
    """Who is in which text."""

    by: str
    who: str = Field(max_length=80)
    name: str = Field(max_length=40)


def _writer(viewer: Viewer) -> User:
    if viewer.user is None:
        raise Refused("forbidden", _("Sign in to write here."))
    return viewer.user


def write(*, room: Room, viewer: Viewer, message: Write, **_more: Any) -> dict[str, Any]:
    """Keep what was typed in one text; the others see it at once."""
    write_update(
        actor=_writer(viewer),
        room=room,
        name=message.name,
        update=message.update,
        known=message.known,
    )
    return {}


def be_at(*, room: Room, viewer: Viewer, message: At, **_more: Any) -> dict[str, Any]:
    """Say in which text one is, so that others know."""
    writer = _writer(viewer)
    payload = {"by": str(writer.pk), "who": str(writer)[:80], "name": message.name}
    append_event(room=room, kind=AT, payload=payload)
    return {}


VERBS: Mapping[str, Verb] = {
    "text.write": Verb(Write, WRITERS, write, (write.__doc__ or "").strip()),
    "writer.at": Verb(At, WRITERS, be_at, (be_at.__doc__ or "").strip()),
}
EVENTS: Mapping[str, type[BaseModel]] = {WRITTEN: TextWritten, AT: WriterAt}


def view_of(user: User, room: Room) -> Role | None:
    """Writers write; who may read follows. The rights are the manuscript's, asked again each time."""
    manuscript = Manuscript.objects.filter(pk=room.key).first()
    if manuscript is None:
        return None
    fields = manuscript_kinds[manuscript.kind].fields if manuscript.kind in manuscript_kinds else ()
    if any(can("write", user, manuscript, one.name) for one in fields):
        return Role.FACILITATOR
    return Role.PROJECTOR if can("read", user, manuscript) else None


def snapshot(room: Room, viewer: Viewer) -> dict[str, Any]:
    """The history of each text in base64: bringing it in loses nothing of what the reader has."""
    texts = load_texts(room.key)
    return {
        "texts": {name: b64encode(doc.state).decode() for name, doc in texts.items()},
        "me": str(viewer.user.pk) if viewer.user is not None else "",
    }


ROOM_KIND = RoomKind(key=ROOM, verbs=VERBS, snapshot=snapshot, view_of=view_of, events=EVENTS)
