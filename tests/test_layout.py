"""Where files live: `site/` is a source root and never a package."""

from importlib import import_module

import pytest
from django.apps import apps

from tests.repository import ROOT, files, name_of, refuse

ROOTS = [
    "config",
    "demo",
    "core",
    "territories",
    "organisations",
    "accounts",
    "needs",
    "directory",
    "orientation",
    "unmet",
    "cms",
]
PLAIN_PACKAGES = ["consultations", "observatory"]


def test_site_is_not_a_package() -> None:
    assert not (ROOT / "site" / "__init__.py").exists(), (
        "site/__init__.py would hide Python's own `site` module: delete it"
    )


@pytest.mark.parametrize("name", ROOTS + PLAIN_PACKAGES)
def test_package_is_ours_and_not_a_dependency_of_the_same_name(name: str) -> None:
    found = import_module(name).__file__
    assert found and found.startswith(str(ROOT)), f"`{name}` was imported from {found}"


def test_every_source_root_folder_is_known() -> None:
    folders = {path.parent.name for path in (ROOT / "site").glob("*/__init__.py")}
    assert folders == set(ROOTS), "Add the new app to tests/test_layout.py and to [tool.importlinter]"


def test_installed_apps_of_ours_are_all_under_the_roots() -> None:
    strangers = [
        config.name
        for config in apps.get_app_configs()
        if config.name.split(".")[0] in PLAIN_PACKAGES + ROOTS and not config.path.startswith(str(ROOT))
    ]
    refuse(strangers, "These apps come from outside the repository")


def test_test_folders_are_packages() -> None:
    folders = {path.parent for path in files(".py") if name_of(path).startswith("tests/")}
    missing = [name_of(folder) for folder in folders if not (folder / "__init__.py").exists()]
    refuse(missing, "Two test files of one name clash: add __init__.py to these folders")
