"""Writing in a manuscript, by sockets and by forms."""

from base64 import b64decode, b64encode
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from consultations.cowriting.live_room import snapshot, view_of
from consultations.cowriting.models import Contribution, Manuscript, TextUpdate
from consultations.cowriting.selectors import load_texts, texts_of
from consultations.cowriting.services.versions import approve_manuscript
from consultations.cowriting.services.writing import (
    MOST_PENDING,
    open_manuscript_room,
    start_manuscript,
    write_texts,
)
from consultations.cowriting.texts import SharedDoc
from consultations.live.models import Event, Room
from consultations.live.problems import Refused
from consultations.live.registries import Role, Viewer
from consultations.live.services import Outcome, perform
from tests.cowriting import leaflet
from tests.cowriting.conftest import TEXTS
from tests.cowriting.test_texts import Device

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(manuscript: Manuscript, writer: User) -> Room:
    return open_manuscript_room(manuscript=manuscript, actor=writer)


def device_on(manuscript: Manuscript, name: str = "context") -> Device:
    return Device(load_texts(manuscript.pk)[name].state)


def send(
    room: Room, user: User, update: bytes, known: bytes, *, name: str = "context", key: object = None
) -> Outcome:
    data = {"name": name, "update": b64encode(update).decode(), "known": b64encode(known).decode()}
    viewer = Viewer(view_of(user, room) or Role.PROJECTOR, user=user)
    return perform(room=room, viewer=viewer, verb="text.write", data=data, client_uuid=key or uuid4())  # type: ignore[arg-type]


def test_starting_twice_keeps_the_first_texts(manuscript: Manuscript, other_writer: User) -> None:
    again = start_manuscript(actor=other_writer, kind=leaflet.KIND, key="1", texts={"context": "Autre."})
    assert again == manuscript
    assert texts_of(again) == TEXTS


def test_what_is_typed_is_kept_and_told(manuscript: Manuscript, room: Room, writer: User) -> None:
    device = device_on(manuscript)
    device.type(0, 2, "Mon")
    send(room, writer, *device.update())
    assert texts_of(manuscript)["context"] == "Mon chat dort sur le toit rouge."
    event = Event.objects.filter(room=room, kind="text.written").get()
    assert event.payload["by"] == str(writer.pk)
    assert leaflet.told == ["1"]


def test_two_writers_of_one_text_do_not_overwrite_each_other(
    manuscript: Manuscript, room: Room, writer: User, other_writer: User
) -> None:
    one, two = device_on(manuscript), device_on(manuscript)
    one.type(3, 4, "vieux chat")
    two.type(30, 0, ", le soir")
    send(room, writer, *one.update())
    send(room, other_writer, *two.update())
    assert texts_of(manuscript)["context"] == "Le vieux chat dort sur le toit rouge, le soir."


def test_the_same_message_again_writes_once(manuscript: Manuscript, room: Room, writer: User) -> None:
    device, key = device_on(manuscript), uuid4()
    device.type(0, 0, "Oh ! ")
    update = device.update()
    send(room, writer, *update, key=key)
    assert send(room, writer, *update, key=key).replayed
    send(room, writer, *update)  # and under another key, a change that is there already changes nothing
    assert Event.objects.filter(room=room, kind="text.written").count() == 1
    assert texts_of(manuscript)["context"] == "Oh ! " + TEXTS["context"]


def test_a_thousand_messages_replayed_or_forged_leave_what_one_wrote(
    manuscript: Manuscript, room: Room, writer: User, stranger: User
) -> None:
    device, key = device_on(manuscript), uuid4()
    device.type(0, 0, "Oh ! ")
    update = device.update()
    send(room, writer, *update, key=key)
    for turn in range(1000):
        if turn % 2:
            send(room, writer, *update, key=key if turn % 4 == 1 else uuid4())
        else:
            with pytest.raises(Refused):
                send(room, stranger, *update, name=("context", "nowhere")[turn // 2 % 2])
    assert texts_of(manuscript)["context"] == "Oh ! " + TEXTS["context"]
    assert TextUpdate.objects.filter(shared_text__manuscript=manuscript).count() == 1
    assert Event.objects.filter(room=room, kind="text.written").count() == 1


def test_a_long_history_is_squashed_and_loses_nothing(
    manuscript: Manuscript, room: Room, writer: User
) -> None:
    device = device_on(manuscript)
    for _turn in range(MOST_PENDING + 5):
        device.type(0, 0, "a")
        send(room, writer, *device.update())
    assert TextUpdate.objects.filter(shared_text__manuscript=manuscript).count() < MOST_PENDING
    assert texts_of(manuscript)["context"] == "a" * (MOST_PENDING + 5) + TEXTS["context"]
    assert str(load_texts(manuscript.pk)["context"]) == texts_of(manuscript)["context"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"update": "AAEC%%"}, "malformed"),
        ({"update": b64encode(b"garbage").decode()}, "malformed"),
        ({"update": "A" * 60_001}, "invalid"),
        ({"known": b64encode(b"\xff").decode()}, "malformed"),
        ({"name": "nothing"}, "forbidden"),
        ({"more": 1}, "invalid"),
    ],
)
def test_a_corrupt_change_is_refused_and_the_room_lives_on(
    manuscript: Manuscript, room: Room, writer: User, change: dict[str, object], code: str
) -> None:
    device = device_on(manuscript)
    device.type(0, 0, "Oh ! ")
    update, known = device.update()
    data = {"name": "context", "update": b64encode(update).decode(), "known": b64encode(known).decode()}
    viewer = Viewer(Role.FACILITATOR, user=writer)
    with pytest.raises(Refused) as refused:
        perform(room=room, viewer=viewer, verb="text.write", data=data | change, client_uuid=uuid4())
    assert refused.value.code == code
    assert texts_of(manuscript) == TEXTS
    send(room, writer, update, known)
    assert texts_of(manuscript)["context"].startswith("Oh ! ")


def test_a_change_that_follows_one_that_did_not_come_is_asked_again(
    manuscript: Manuscript, room: Room, writer: User
) -> None:
    device = device_on(manuscript)
    device.type(0, 0, "un ")
    device.update()
    device.type(3, 0, "deux ")
    with pytest.raises(Refused) as refused:
        send(room, writer, *device.update())
    assert refused.value.code == "behind"
    send(room, writer, device.doc.get_update(), device.doc.get_state())
    assert texts_of(manuscript)["context"] == "un deux " + TEXTS["context"]


def test_a_text_far_too_long_is_refused(manuscript: Manuscript, room: Room, writer: User) -> None:
    device = device_on(manuscript, "aim")
    device.type(0, 0, "a" * 201)
    with pytest.raises(Refused) as refused:
        send(room, writer, *device.update(), name="aim")
    assert refused.value.code == "too_long"


def test_null_characters_are_refused(manuscript: Manuscript, room: Room, writer: User) -> None:
    device = device_on(manuscript)
    device.type(0, 0, "a\0b")
    with pytest.raises(Refused) as refused:
        send(room, writer, *device.update())
    assert refused.value.code == "invalid"


def test_who_may_not_write_follows_or_is_left_outside(
    manuscript: Manuscript, room: Room, reader: User, stranger: User, writer: User
) -> None:
    assert view_of(writer, room) is Role.FACILITATOR
    assert view_of(reader, room) is Role.PROJECTOR
    device = device_on(manuscript)
    device.type(0, 0, "Oh ! ")
    with pytest.raises(Refused) as refused:
        send(room, reader, *device.update())
    assert refused.value.code == "forbidden"
    assert texts_of(manuscript) == TEXTS


def test_nothing_is_written_after_the_approval(manuscript: Manuscript, room: Room, writer: User) -> None:
    device = device_on(manuscript)
    device.type(0, 0, "Oh ! ")
    version = approve_manuscript(actor=writer, manuscript=manuscript, name="Adoptée")
    with pytest.raises(Refused) as refused:
        send(room, writer, *device.update())
    assert refused.value.code == "room_closed"
    assert version.texts == TEXTS
    assert version.details == {"pages": 2}


def test_a_form_brings_in_what_others_wrote_meanwhile(
    manuscript: Manuscript, writer: User, other_writer: User
) -> None:
    before = texts_of(manuscript)
    write_texts(
        actor=other_writer,
        manuscript=manuscript,
        before=before,
        texts={"context": "Le chat noir dort sur le toit rouge."},
    )
    sent = {"context": "Le chat dort sur le toit rouge, le soir.", "aim": before["aim"]}
    written = write_texts(actor=writer, manuscript=manuscript, before=before, texts=sent)
    assert written.changed == ("context",)
    assert not written.clashes
    assert texts_of(manuscript)["context"] == "Le chat noir dort sur le toit rouge, le soir."


def test_a_form_that_changes_the_same_words_keeps_theirs_and_says_mine(
    manuscript: Manuscript, writer: User, other_writer: User
) -> None:
    before = texts_of(manuscript)
    write_texts(
        actor=other_writer,
        manuscript=manuscript,
        before=before,
        texts={"context": "Le chien dort sur le toit rouge."},
    )
    written = write_texts(
        actor=writer,
        manuscript=manuscript,
        before=before,
        texts={"context": "Le loup dort sur le toit gris."},
    )
    assert texts_of(manuscript)["context"] == "Le chien dort sur le toit gris."
    assert [(one.theirs, one.mine) for one in written.clashes["context"]] == [("chien", "loup")]


def test_lines_of_a_form_are_those_of_the_text(manuscript: Manuscript, writer: User) -> None:
    write_texts(actor=writer, manuscript=manuscript, before=TEXTS, texts={"aim": "Un.\r\nDeux."})
    assert texts_of(manuscript)["aim"] == "Un.\nDeux."
    again = write_texts(
        actor=writer, manuscript=manuscript, before={"aim": "Un.\r\nDeux."}, texts={"aim": "Un.\r\nDeux."}
    )
    assert not again.changed


def test_a_form_and_a_socket_write_the_same_text(
    manuscript: Manuscript, room: Room, writer: User, other_writer: User
) -> None:
    device = device_on(manuscript)
    device.type(0, 0, "Ici : ")
    write_texts(
        actor=writer, manuscript=manuscript, before=TEXTS, texts={"context": TEXTS["context"] + " Fin."}
    )
    send(room, other_writer, *device.update())
    assert texts_of(manuscript)["context"] == "Ici : " + TEXTS["context"] + " Fin."


def test_a_form_too_long_or_without_right_changes_nothing(
    manuscript: Manuscript, writer: User, reader: User
) -> None:
    with pytest.raises(ValidationError) as error:
        write_texts(
            actor=writer, manuscript=manuscript, before=TEXTS, texts={"context": "Neuf.", "aim": "a" * 101}
        )
    assert list(error.value.message_dict) == ["aim"]
    with pytest.raises(PermissionDenied):
        write_texts(actor=reader, manuscript=manuscript, before=TEXTS, texts={"context": "Neuf."})


def test_who_wrote_is_remembered_until_the_next_version(
    manuscript: Manuscript, writer: User, other_writer: User
) -> None:
    write_texts(actor=other_writer, manuscript=manuscript, before=TEXTS, texts={"aim": "Le laisser dormir."})
    found = Contribution.objects.filter(version=None).values_list("shared_text__name", "writer")
    assert set(found) == {("context", writer.pk), ("aim", writer.pk), ("aim", other_writer.pk)}


def test_a_snapshot_is_the_history_of_every_text(manuscript: Manuscript, room: Room, writer: User) -> None:
    drawn = snapshot(room, Viewer(Role.FACILITATOR, user=writer))
    assert {name: str(SharedDoc(b64decode(state))) for name, state in drawn["texts"].items()} == TEXTS
