"""Every test of this folder has echo rooms."""

from collections.abc import Iterator

import pytest

from consultations.live.models import Room
from consultations.live.registries import RoomKind
from consultations.live.services import open_room
from tests.live import echo


@pytest.fixture(autouse=True)
def echo_kind() -> Iterator[RoomKind]:
    with echo.registered() as kind:
        yield kind


@pytest.fixture
def room(db: None) -> Room:
    return open_room(kind=echo.KIND, key="1")


@pytest.fixture
def committed_room(transactional_db: None, echo_kind: RoomKind) -> Room:
    """A room that other threads see: sockets and hub read the database on their own."""
    return open_room(kind=echo.KIND, key="1")
