"""The demo's directory, loaded once per module."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from demo import directory, people, places


@pytest.fixture(scope="module")
def shipped_media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the outlines of the module's territories are kept."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def loaded_directory(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, shipped_media: Path
) -> Iterator[None]:
    """Real places, the nomenclature, the demo's services; undone after the module."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(MEDIA_ROOT=shipped_media):
        places.load()
        people.load()
        directory.load()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo_directory(loaded_directory: None, shipped_media: Path, clean_surroundings: None) -> Iterator[None]:
    """The loaded directory, with its outlines."""
    with override_settings(MEDIA_ROOT=shipped_media):
        yield
