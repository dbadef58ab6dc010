"""A published survey and what is withheld of it."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from observatory.indicators.models import Release
from tests.factories import observatory as make


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages as they are in the code."""
    with translation.override("en"):
        yield


@pytest.fixture
def place(db: None) -> make.Place:
    return make.Place()


@pytest.fixture
def release(place: make.Place) -> Release:
    """Published at every level."""
    return make.release(place)


@pytest.fixture
def secret(place: make.Place) -> Release:
    """EPCI and communes withheld: seven people in one small commune, 4 and 3."""
    return make.release(place, {**make.WELL_SPREAD, "z": (4, 3)})
