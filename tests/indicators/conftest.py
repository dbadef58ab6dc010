"""Messages as they are in the code."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.factories import observatory as make


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def place(db: None) -> make.Place:
    return make.Place()
