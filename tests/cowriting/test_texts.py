"""Shared texts: whatever the order, the same words for all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Doc, Text

from consultations.cowriting.texts import Behind, SharedDoc, Unreadable, read_vector

WORDS = st.text(st.sampled_from("aé 😀\n"), max_size=12)


class Device:
    """What a browser holds: a copy of the text and what it has not sent yet."""

    def __init__(self, state: bytes) -> None:
        self.doc: Doc = Doc()
        self.text: Text = self.doc.get("text", type=Text)
        self.doc.apply_update(state)
        self.sent = self.doc.get_state()

    def type(self, place: int, removed: int, inserted: str) -> None:
        """Places in characters, as a person sees them."""
        now = str(self.text)
        place = min(place, len(now))
        start, end = len(now[:place].encode()), len(now[: place + removed].encode())
        if end > start:
            del self.text[start:end]
        if inserted:
            self.text.insert(start, inserted)

    def update(self) -> tuple[bytes, bytes]:
        update = self.doc.get_update(self.sent)
        self.sent = self.doc.get_state()
        return update, self.sent


GESTURES = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["type", "send", "hear"]),
        st.integers(0, 30),
        st.integers(0, 5),
        WORDS,
    ),
    max_size=40,
)


@given(GESTURES)
def test_any_interleaving_ends_in_the_same_words_for_all(
    gestures: list[tuple[int, str, int, int, str]],
) -> None:
    server = SharedDoc()
    server.rewrite("Le chat dort.")
    log = [server.state]
    devices = [Device(log[0]) for _one in range(3)]
    heard = [1, 1, 1]

    def send(who: int) -> None:
        update, known = devices[who].update()
        server.take(update, known=known)
        log.append(update)

    def hear(who: int) -> None:
        for update in log[heard[who] :]:
            devices[who].doc.apply_update(update)
        heard[who] = len(log)

    for who, gesture, place, removed, inserted in gestures:
        if gesture == "type":
            devices[who].type(place, removed, inserted)
        elif gesture == "send":
            send(who)
        else:
            hear(who)
    for who in range(3):
        send(who)
    for who in range(3):
        hear(who)
    kept = SharedDoc(log[0], log[1:])  # the server was killed: only what was written is left
    assert {str(device.text) for device in devices} == {str(server)} == {str(kept)}
    assert str(SharedDoc(kept.state)) == str(server)


@given(WORDS, WORDS)
def test_rewriting_makes_the_words_and_its_update_carries_them(before: str, after: str) -> None:
    doc = SharedDoc()
    doc.rewrite(before)
    copy = SharedDoc(doc.state)
    update = doc.rewrite(after)
    assert str(doc) == after
    assert str(SharedDoc(copy.state, [update])) == after


@pytest.mark.parametrize("data", [b"", b"\x00", b"garbage", bytes(range(200, 250)), b"\xff" * 40])
def test_what_is_not_an_update_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        SharedDoc().take(data, known=b"\x00")


def test_an_update_that_holds_something_else_is_refused() -> None:
    forged: Doc = Doc()
    other: Text = forged.get("other", type=Text)
    other += "x"
    with pytest.raises(Unreadable):
        SharedDoc().take(forged.get_update(), known=forged.get_state())


def test_an_update_whose_beginning_did_not_come_is_asked_again_whole() -> None:
    server = SharedDoc()
    device = Device(server.state)
    device.type(0, 0, "un ")
    device.update()  # lost
    device.type(3, 0, "deux")
    update, known = device.update()
    with pytest.raises(Behind):
        SharedDoc(server.state).take(update, known=known)
    server.take(device.doc.get_update(), known=known)
    assert str(server) == "un deux"


@pytest.mark.parametrize(
    "vector", [b"", b"\x01", b"\x02\x01\x01", b"\xff\xff\xff\xff\x7f", b"\x01" + b"\x80" * 20]
)
def test_a_state_vector_that_makes_no_sense_is_refused(vector: bytes) -> None:
    with pytest.raises(Unreadable):
        read_vector(vector)
