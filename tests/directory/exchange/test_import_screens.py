"""The import page of the workspace: sent, previewed, written, taken back; refused line by line; only for those entitled."""

import io
import json
import zipfile
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from core.models import Job
from directory.models import DirectoryImport, Service
from directory.permissions import can_import_records, can_see_import, can_undo_import, imports_seen_by
from directory.services.importing import running
from tests.directory.exchange.samples import full_directory
from tests.directory.exchange.test_imports import SERVICE, STRUCTURE
from tests.directory.test_permissions import ACTORS
from tests.factories import directory as made
from tests.factories.accounts import SignedInClient
from tests.factories.process import body, person
from tests.factories.territories import territory

pytestmark = pytest.mark.django_db(transaction=False)
LIST = "/espace/annuaire/imports/"


@pytest.fixture(autouse=True)
def at_once(django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the commit is done at once: tests never commit."""
    monkeypatch.setattr(running.transaction, "on_commit", lambda act, **how: act())


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Any:
    territory("Lot-et-Garonne", "departement", code="47")
    monkeypatch.setattr("directory.services.importing.world.centres", lambda level: {"47086": (44.67, 0.18)})
    return territory("Duras", code="47086")


def browser(user: Any) -> SignedInClient:
    client = SignedInClient()
    client.force_login(user)
    return client


@pytest.fixture
def admin(place: Any) -> SignedInClient:
    return browser(person(superuser=True))


def archive(**files: Any) -> SimpleUploadedFile:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as written:
        for name, content in files.items():
            text = content if isinstance(content, str) else json.dumps(content)
            written.writestr(name.replace("__", "."), text)
    return SimpleUploadedFile("export.zip", held.getvalue())


def sent(client: SignedInClient, file: Any, form: str = "data-inclusion", **more: Any) -> Any:
    return client.post(LIST, {"form": form, "file": file, "source": "DORA", **more}, follow=True)


def two_files(**service: Any) -> SimpleUploadedFile:
    return archive(structures__json=[STRUCTURE], services__json=[{**SERVICE, **service}])


def test_a_file_is_previewed_written_and_taken_back(admin: SignedInClient) -> None:
    made.need("1.E.8")
    page = sent(admin, two_files()).content.decode()
    assert SERVICE["nom"] in page
    assert not Service.objects.exists()
    run = DirectoryImport.objects.get()
    assert (run.state, run.source.name, bool(run.file)) == ("staged", "DORA", False)
    admin.post(reverse("directory_desk:import_confirm", args=[run.pk]))
    assert Service.objects.get().name == SERVICE["nom"]
    assert "DORA" in admin.get(LIST).content.decode()
    page = sent(admin, two_files()).content.decode()
    assert "déjà" in page  # the same file twice changes nothing
    Service.objects.update(description="Corrigé ici.")
    again = sent(admin, two_files(description="Corrigé là-bas, autrement.")).content.decode()
    assert "Corrigé ici." in again
    assert "Corrigé là-bas" in again
    admin.post(reverse("directory_desk:import_undo", args=[run.pk]))
    run.refresh_from_db()
    page = admin.get(reverse("directory_desk:import", args=[run.pk])).content.decode()
    assert run.state == "undone"
    assert SERVICE["nom"] in page  # corrected since: kept, and told
    assert Service.objects.exists()


def test_the_whole_directory_goes_out_as_a_package_and_comes_back(
    tmp_path: Any,
) -> None:
    admin = browser(person(superuser=True))
    full_directory()
    call_command("export_directory", "--format", "hsds-csv", "--output", str(tmp_path), "--json")
    files = {path.name.replace(".", "__"): path.read_text() for path in tmp_path.iterdir()}
    sent(admin, archive(**files), "hsds")
    run = DirectoryImport.objects.get()
    assert run.state == "staged", run.report
    assert {action for found in run.counts.values() for action in found} == {"unchanged"}


REFUSED: dict[str, tuple[Any, str]] = {
    "line": (
        archive(structures__json=[STRUCTURE], services__json=[{**SERVICE, "publics": ["elfes"]}]),
        "elfes",
    ),
    "archive of nothing": (archive(readme__txt="x"), "archive"),
    "broken archive": (SimpleUploadedFile("a.zip", b"PK\x03\x04nothing"), "archive"),
    "two of one name": (archive(**{"a/services__json": [], "b/services__json": []}), "même nom"),
    "picture": (SimpleUploadedFile("a.png", b"\x89PNG"), "JSON"),
    "half a file": (SimpleUploadedFile("services.json", b'[{"id": '), "JSON"),
    "climbing": (archive(**{"../../services__json": "{"}), "JSON"),
    "not text": (SimpleUploadedFile("services.csv", b"\xff\xfe\x00\x01"), "UTF-8"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_in_words(admin: SignedInClient, name: str) -> None:
    made.need("1.E.8")
    file, said = REFUSED[name]
    file.seek(0)
    response = sent(admin, file)
    assert response.status_code == 200
    assert said in response.content.decode()
    run = DirectoryImport.objects.get()
    assert (run.state, run.lines.count(), bool(run.file)) == ("refused", 0, False)
    admin.post(reverse("directory_desk:import_forget", args=[run.pk]))
    assert not DirectoryImport.objects.exists()


@pytest.mark.parametrize(
    "given", [{"form": "lune"}, {"source": ""}, {"source": "…"}, {"file": ""}, {"form": "", "source": ""}]
)
def test_a_form_filled_in_badly_says_so(admin: SignedInClient, given: dict[str, str]) -> None:
    data = {"form": "hsds", "file": SimpleUploadedFile("a.json", b"[]"), "source": "x", **given}
    response = admin.post(LIST, data)
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    assert not DirectoryImport.objects.exists()


def test_a_step_that_fails_writes_nothing_and_says_so(admin: SignedInClient, monkeypatch: Any) -> None:
    monkeypatch.setattr(running, "stage_lines", lambda run, path: 1 / 0)
    page = sent(admin, two_files()).content.decode()
    run = DirectoryImport.objects.get()
    assert run.state == "received"
    assert "callout error" in page
    admin.post(reverse("directory_desk:import_forget", args=[run.pk]))
    assert not DirectoryImport.objects.exists()


def test_a_long_file_is_read_in_the_background_with_its_progress(
    admin: SignedInClient, monkeypatch: Any
) -> None:
    monkeypatch.setattr(running, "AT_ONCE_PACKED", 10)
    monkeypatch.setattr(running, "take_step", SimpleNamespace(enqueue=lambda job: None))
    page = sent(admin, two_files()).content.decode()
    run = DirectoryImport.objects.get()
    address = reverse("directory_desk:import", args=[run.pk])
    assert f'href="{address}"' in page
    admin.post(reverse("directory_desk:import_forget", args=[run.pk]))
    assert DirectoryImport.objects.exists()  # not while it is being read
    made.need("1.E.8")
    running.carry_out_step(str(Job.objects.get().pk))
    assert SERVICE["nom"] in admin.get(address).content.decode()


def test_what_nobody_confirms_is_forgotten(admin: SignedInClient) -> None:
    made.need("1.E.8")
    sent(admin, two_files())
    DirectoryImport.objects.update(created_at="2020-01-01T00:00Z")
    assert running.purge_waiting_imports() == 1
    assert not DirectoryImport.objects.exists()


def test_an_editor_fills_in_a_table_of_their_records(place: Any) -> None:
    ours, theirs = body(place), body(place)
    made.service(theirs, name="Ailleurs")
    one = made.service(ours, name="Ici")
    client = browser(made.editor_of(ours))
    page = client.get(LIST).content.decode()
    assert 'value="hsds"' not in page
    assert client.post(LIST, {"form": "hsds", "file": two_files()}).status_code == 422
    table = client.get(reverse("directory_desk:table_export", args=["directory-services", "csv"]))
    text = table.content.decode("utf-8-sig")
    assert "Ici" in text and "Ailleurs" not in text
    changed = SimpleUploadedFile("fiches.csv", text.replace("Ici", "Là").encode())
    preview = client.post(LIST, {"form": "directory-services", "file": changed}, follow=True)
    assert "<del>Ici</del>" in preview.content.decode()
    response = client.post(preview.redirect_chain[-1][0] + "confirmer/")
    one.refresh_from_db()
    assert one.name == "Là"
    client.post(response["Location"] + "annuler/")
    one.refresh_from_db()
    assert one.name == "Ici"
    bad = SimpleUploadedFile("fiches.csv", text.replace("Ici", "").encode())
    page = client.post(LIST, {"form": "directory-services", "file": bad}, follow=True).content.decode()
    assert "ligne 2" in page
    response = client.post(LIST, {"form": "directory-services", "file": SimpleUploadedFile("a.csv", b"x")})
    assert response.status_code == 422
    assert client.get(reverse("directory_desk:table_export", args=["needs", "csv"])).status_code == 404


@pytest.mark.parametrize("actor", ACTORS)
def test_who_may(actor: str, place: Any) -> None:
    where = body(place)
    user = made.an_actor(actor, where)
    mine = user if getattr(user, "pk", None) else None
    applied = DirectoryImport.State.APPLIED
    runs = [
        DirectoryImport.objects.create(form="hsds", name="a", state=applied),
        DirectoryImport.objects.create(form="table", name="b", state=applied, actor=mine),
        DirectoryImport.objects.create(form="table", name="c", state=applied, actor=person()),
    ]
    is_admin = actor in {"administrator", "superuser"}
    works = actor not in {"visitor", "member", "ended_editor", "analyst"}
    wanted = [is_admin, works and mine is not None, is_admin]
    assert can_import_records(user) == is_admin
    assert [can_see_import(user, run) for run in runs] == wanted
    assert [can_undo_import(user, run) for run in runs] == wanted
    seen = DirectoryImport.objects.filter(imports_seen_by(user))
    assert [run in seen for run in runs] == wanted
    client = browser(user) if mine else SignedInClient()
    status = {
        reverse("directory_desk:import", args=[run.pk]): allowed
        for run, allowed in zip(runs, wanted, strict=True)
    }
    for address, allowed in status.items():
        assert (client.get(address).status_code == 200) == allowed
        if not allowed:
            assert client.post(f"{address}annuler/").status_code in {302, 403}
    assert {run.state for run in DirectoryImport.objects.all()} == {"applied"}
    assert (client.get(LIST).status_code == 200) == works
