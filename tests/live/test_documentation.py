"""The page of the protocol says what the code does."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from consultations.live.documentation import describe_protocol
from consultations.live.registries import RoomKind, room_kinds


def test_page_is_current() -> None:
    echo = room_kinds._entries.pop("echo")  # a kind of the tests is not in the page
    try:
        call_command("describe_live_protocol", check=True)
    finally:
        room_kinds.register("echo", echo)


def test_every_message_verb_and_event_is_described(echo_kind: RoomKind) -> None:
    page = describe_protocol()
    for word in (
        "### Hello",
        "### Ack",
        "#### `say`",
        "at most 200 characters",
        "Say a word to everyone.",
        "4408",
    ):
        assert word in page


def test_stale_page_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    call_command("describe_live_protocol", output=page)
    call_command("describe_live_protocol", output=page, check=True)
    page.write_text("old", encoding="utf-8")
    with pytest.raises(CommandError, match="plus à jour"):
        call_command("describe_live_protocol", output=page, check=True)
