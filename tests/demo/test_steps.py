"""A change of any file the demo is made from loads it again."""

from pathlib import Path

import pytest

from config.env import ROOT
from demo import places, steps


def stamps() -> dict[str, str]:
    return {step.name: step.stamp for step in steps.steps()}


def test_stamps_stay_while_nothing_changes() -> None:
    assert stamps() == stamps()


def test_shipped_files_are_those_the_step_loads() -> None:
    names = {file.relative_to(ROOT).as_posix() for file in steps.sources("places", places.SHIPPED)}
    assert {"site/demo/places.py", "site/needs/data/needs.csv"} <= names
    assert "site/territories/data/communes-47.geojson" in names


def test_changed_shipped_file_changes_its_step_and_those_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "needs.csv"
    shipped.write_text("1")
    monkeypatch.setattr(places, "SHIPPED", (shipped,))
    before = stamps()
    shipped.write_text("2")
    after = stamps()
    assert not set(before.values()) & set(after.values())


def test_file_added_or_renamed_changes_the_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "SHIPPED", (tmp_path,))
    before = stamps()["places"]
    (tmp_path / "a.csv").write_text("1")
    added = stamps()["places"]
    (tmp_path / "a.csv").rename(tmp_path / "b.csv")
    assert len({before, added, stamps()["places"]}) == 3
