"""Static files under hashed names: every reference resolves, ES module imports included."""

from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.core.management import call_command
from django.test import override_settings

BUNDLED = "vendor/css/site.css"


@pytest.mark.skipif(not find(BUNDLED), reason="the browser code is not bundled: make setup")
def test_collectstatic_with_hashed_names_finds_every_reference(tmp_path: Path) -> None:
    storages = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "core.storage.StaticFilesStorage"},
    }
    with override_settings(STATIC_ROOT=str(tmp_path), STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()
    assert list(tmp_path.glob("vendor/css/site.*.css"))
