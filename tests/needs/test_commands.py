"""`import_needs`: one file, all or nothing."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from demo.places import NEEDS_FILE
from needs.models import Need

pytestmark = pytest.mark.django_db


def test_dry_run_reports_and_writes_nothing() -> None:
    out = StringIO()
    call_command("import_needs", str(NEEDS_FILE), "--json", "--dry-run", stdout=out)
    assert json.loads(out.getvalue())["counts"]["new"] > 100
    assert not Need.objects.exists()


def test_file_is_imported() -> None:
    out = StringIO()
    call_command("import_needs", str(NEEDS_FILE), stdout=out)
    assert "nouveaux" in out.getvalue()
    assert Need.objects.count() > 100


@pytest.mark.parametrize("content", [None, b"", b"code\n1\n", b"code,official_label,plain_label\n9,x,x\n"])
def test_wrong_file_fails_with_a_message(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "besoins.csv"
    if content is not None:
        path.write_bytes(content)
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as failed:
        call_command("import_needs", str(path), "--json", stdout=out, stderr=err)
    assert "besoins.csv" in err.getvalue()
    assert "rien n’a été écrit" in str(failed.value)
    assert json.loads(out.getvalue())["ok"] is False
    assert not Need.objects.exists()
