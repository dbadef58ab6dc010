"""The shipped data, loaded once per module, and small folders to spoil."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import translation

from config.env import ROOT
from territories.services import import_territories

DATA = ROOT / "site" / "territories" / "data"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages as they are in the code."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def lot_et_garonne(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The real territories, undone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        import_territories(folder=DATA)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped data that a test may spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str, str], Path]:
    """Replace a text once in a file of the folder."""

    def replace(name: str, old: str, new: str) -> Path:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return path

    return replace
