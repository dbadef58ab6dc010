"""Texts kept in memory while they are written: never another text than the database's."""

from base64 import b64encode
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import transaction

from accounts.models import User
from consultations.cowriting import open_texts
from consultations.cowriting.models import Manuscript, SharedText, TextUpdate
from consultations.cowriting.open_texts import OpenText
from consultations.cowriting.selectors import load_texts
from consultations.cowriting.services.writing import open_manuscript_room, write_texts, write_update
from consultations.cowriting.texts import SharedDoc
from consultations.live.models import Room
from tests.cowriting.test_texts import Device

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_open() -> Iterator[None]:
    open_texts._open.clear()
    yield
    open_texts._open.clear()


@pytest.fixture
def room(manuscript: Manuscript, writer: User) -> Room:
    return open_manuscript_room(manuscript=manuscript, actor=writer)


def type_in(room: Room, writer: User, letters: str) -> None:
    device = Device(load_texts(room.key)["context"].state)
    device.type(0, 0, letters)
    update, known = (b64encode(part).decode() for part in device.update())
    with transaction.atomic():
        write_update(actor=writer, room=room, name="context", update=update, known=known)


def text_of(manuscript: Manuscript) -> SharedText:
    return SharedText.objects.get(manuscript=manuscript, name="context")


def test_a_text_written_again_is_not_read_again(manuscript: Manuscript, room: Room, writer: User) -> None:
    type_in(room, writer, "b")
    TextUpdate.objects.all().delete()  # what memory holds, and the database no longer does
    shared = text_of(manuscript)
    kept = open_texts.take(manuscript.pk, "context", revision=shared.revision)
    assert kept is not None and str(kept.doc) == shared.text and kept.pending == 1
    assert open_texts.take(manuscript.pk, "context", revision=shared.revision) is None  # taken by one writer


def test_what_another_process_wrote_is_read(manuscript: Manuscript, room: Room, writer: User) -> None:
    type_in(room, writer, "a")
    kept = open_texts._open.copy()
    type_in(room, writer, "b")
    open_texts._open.clear()
    open_texts._open.update(kept)  # as in a process that did not see the second stroke
    type_in(room, writer, "c")
    shared = text_of(manuscript)
    assert shared.text.startswith("cba")
    assert str(load_texts(manuscript.pk)["context"]) == shared.text


def test_a_change_that_was_undone_leaves_nothing(manuscript: Manuscript, room: Room, writer: User) -> None:
    type_in(room, writer, "a")
    with pytest.raises(RuntimeError), transaction.atomic():
        before = text_of(manuscript).text
        write_texts(
            actor=writer, manuscript=manuscript, before={"context": before}, texts={"context": "Rien."}
        )
        raise RuntimeError
    type_in(room, writer, "b")
    assert text_of(manuscript).text == "b" + before
    assert str(load_texts(manuscript.pk)["context"]) == "b" + before


def test_memory_holds_so_many_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_texts, "MOST_OPEN", 2)
    keys = [uuid4() for _text in range(3)]
    for key in keys:
        open_texts.keep(key, "context", OpenText(1, SharedDoc(), 0))
    assert open_texts.take(keys[0], "context", revision=1) is None
    assert open_texts.take(keys[2], "context", revision=1) is not None
