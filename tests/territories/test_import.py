"""`import_territories`: all or nothing, idempotent, and clear about bad files."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.problems import ImportRefused
from core.tabular import MAX_BYTES
from territories.importing import geojson
from territories.models import GeometryLayer, Territory, TerritoryAlias, TerritoryRelation
from territories.services import import_territories
from tests.territories.conftest import DATA

pytestmark = pytest.mark.django_db
Edit = Callable[[str, str, str], Path]


def test_second_import_changes_nothing_and_writes_no_file() -> None:
    first = import_territories(folder=DATA)
    second = import_territories(folder=DATA)
    assert not first.is_unchanged
    assert second.is_unchanged
    assert GeometryLayer.objects.count() == 6


def test_dry_run_counts_and_writes_nothing() -> None:
    report = import_territories(folder=DATA, dry_run=True)
    assert report.counts["territories"]["created"] > 400
    assert not Territory.objects.exists()


def test_removed_row_is_removed_and_territories_stay(folder: Path) -> None:
    import_territories(folder=folder)
    (folder / "epci-47-composition-2019-2025.csv").unlink()
    for name in ("epci-47-2021.geojson", "epci-47-2025.geojson"):
        (folder / name).unlink()
    report = import_territories(folder=folder)
    assert {note.message.split()[0] for note in report.notes} >= {"32358", "82008"}
    assert not TerritoryRelation.objects.filter(parent__level="epci").exists()
    assert Territory.objects.at_level("epci").exists()


def test_command_prints_json_and_succeeds() -> None:
    out = StringIO()
    call_command("import_territories", str(DATA), "--json", "--dry-run", stdout=out)
    assert json.loads(out.getvalue())["ok"] is True


def test_command_fails_with_messages_on_stderr_and_json_on_stdout(tmp_path: Path) -> None:
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError):
        call_command("import_territories", str(tmp_path / "nowhere"), "--json", stdout=out, stderr=err)
    assert json.loads(out.getvalue())["ok"] is False
    assert "nowhere" in err.getvalue()


def refusal(folder: Path) -> str:
    with pytest.raises(ImportRefused) as refused:
        import_territories(folder=folder)
    assert not Territory.objects.exists()
    return str(refused.value)


COMMUNES, COG, POPULATIONS = (
    "communes-47.geojson",
    "cog2026-communes-47.csv",
    "population-communes-2016-2023.csv",
)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (COG, "COM,47002,75,47,", "COM,47001,75,47,", ["line 3", "47001", "twice"]),
        (COG, "TYPECOM,COM,", "TYPE,COM,", ["missing columns", "TYPECOM"]),
        (COG, "COM,47002,75,47,47D,472", "COM,47002,75,47,47D,479", ["47002", "479", "unknown"]),
        (COG, "COM,47002,75,47,", "COM,47002,75,4X,", ["47002", "4X"]),
        (POPULATIONS, "2016,2019,204,213", "2016,2019,2O4,213", ["line 2", "2O4"]),
        (POPULATIONS, "32358,Saint-Antoine,2017", "32358,Saint-Antoine,2016", ["line 3", "2016"]),
        (POPULATIONS, "47001,Agen,2016", "47999,Agen,2016", ["47999", "unknown"]),
        ("epci-47-composition-2019-2025.csv", ",47027,Bias", ",47006,Bias", ["line 3", "47006", "twice"]),
        ("epci-47-composition-2019-2025.csv", "2019,200023307", "20l9,200023307", ["line 2", "20l9"]),
        ("cog2026-mouvements-communes-47.csv", "2022-01-01", "2022-13-01", ["line 2", "2022-13-01"]),
        (COMMUNES, '"code":"47001"', '"code":"47002"', ["47002", "two features"]),
        (COMMUNES, '"code":"47001"', '"code":"47999"', ["47999", "unknown", "47001", "missing"]),
        (COMMUNES, '"nom":"Agen"', '"name":"Agen"', ["47001", "nom"]),
        (COMMUNES, '{"type":"FeatureCollection"', '{"type":"Topology"', ["not a GeoJSON collection"]),
        (COMMUNES, '{"type":"FeatureCollection"', '{"type":', ["not JSON"]),
        (COMMUNES, '"type":"Polygon"', '"type":"Point"', ["no polygon"]),
        (COMMUNES, "[[[0.55167,44.64967]", "[[[551670,44.64967]", ["outside longitude"]),
    ],
)
def test_spoiled_file_is_refused_naming_place_and_fault(
    folder: Path, edit: Edit, name: str, old: str, new: str, words: list[str]
) -> None:
    edit(name, old, new)
    message = refusal(folder)
    assert name in message
    assert all(word in message for word in words), message


def test_anticlockwise_ring_is_refused_then_rewound_when_asked(folder: Path) -> None:
    path = folder / "departement-47.geojson"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["geometry"]["coordinates"][0].reverse()
    path.write_text(json.dumps(data), encoding="utf-8")
    assert "anticlockwise" in refusal(folder)
    report = import_territories(folder=folder, fix_winding=True)
    assert [note.place for note in report.notes] == ["feature 47"]


def test_self_crossing_outline_is_refused(folder: Path) -> None:
    bow = {
        "type": "Feature",
        "properties": {"code": "47", "nom": "Lot-et-Garonne"},
        "geometry": {"type": "Polygon", "coordinates": [[[0, 44], [1, 45], [1, 44], [0, 45], [0, 44]]]},
    }
    (folder / "departement-47.geojson").write_text(json.dumps(bow), encoding="utf-8")
    assert "Self-intersection" in refusal(folder)


def test_huge_layer_is_refused_before_it_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geojson, "MAX_BYTES", 1_000_000)
    (folder / "communes-47.geojson").write_bytes(b" " * 1_000_001)
    assert "larger than 1 MB" in refusal(folder)


def test_windows_1252_file_is_read_with_its_accents(folder: Path) -> None:
    path = folder / COG
    path.write_bytes(path.read_text(encoding="utf-8").replace("œ", "oe").encode("cp1252"))
    import_territories(folder=folder)
    assert Territory.objects.get(level="commune", code="47195").name == "Nérac"


def test_missing_required_file_is_named(folder: Path) -> None:
    (folder / COG).unlink()
    assert "cog????-communes" in refusal(folder)


def test_postal_codes_are_known_where_the_file_is_added(folder: Path) -> None:
    (folder / "codes-postaux.csv").write_text("code_postal;code_commune\n47000;47001\n", encoding="utf-8")
    import_territories(folder=folder)
    assert TerritoryAlias.objects.get(kind="postal").territory.name == "Agen"


def test_wrong_postal_code_is_refused(folder: Path) -> None:
    (folder / "codes-postaux.csv").write_text(
        "code_postal;code_commune\n4700;47001\n47000;47999\n", encoding="utf-8"
    )
    message = refusal(folder)
    assert "line 2" in message
    assert "line 3" in message


def test_tables_have_a_size_limit() -> None:
    assert MAX_BYTES <= 10_000_000
