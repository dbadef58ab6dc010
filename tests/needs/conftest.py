"""The shipped nomenclature, loaded once per module."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from core.imports.preview import run_import
from core.tabular import Table, read_table
from demo.places import NEEDS_FILE
from needs.imports import NEEDS


@pytest.fixture(scope="session")
def shipped() -> Table:
    return read_table(NEEDS_FILE.read_bytes(), name=NEEDS_FILE.name)


@pytest.fixture(scope="module")
def nomenclature(shipped: Table, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        assert run_import(NEEDS, shipped, actor=None, keep=True).problems == []
        yield
        transaction.set_rollback(True)
