"""Tables of services, places and hours: exported, filled in, previewed, imported; one bad cell refuses the whole."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from core.imports.kinds import import_kinds
from core.imports.preview import run_import
from core.tabular import read_table
from directory.models import Change, DirectoryImport, Location, Service
from directory.services.importing import undo_import
from organisations.models import Organisation
from tests.directory.exchange.samples import full_directory
from tests.factories import directory as made
from tests.factories.process import body, person
from tests.factories.territories import territory

pytestmark = pytest.mark.django_db
KINDS = ("directory-locations", "directory-services", "directory-hours")


def table_of(slug: str, content: str, *, actor: Any = None, keep: bool = True) -> Any:
    return run_import(
        import_kinds[slug], read_table(content.encode(), name=f"{slug}.csv"), actor=actor, keep=keep
    )


@pytest.mark.parametrize("slug", KINDS)
def test_what_is_exported_is_imported_without_a_change(slug: str) -> None:
    full_directory()
    text = import_kinds[slug].resource().export().csv
    history = Change.objects.count()
    preview = table_of(slug, text)
    assert preview.problems == []
    assert preview.counts["unchanged"] == len(preview.rows) > 0
    assert Change.objects.count() == history


def test_a_changed_cell_is_shown_then_kept_with_its_history() -> None:
    one = full_directory()
    text = (
        import_kinds["directory-services"].resource().export().csv.replace("Repas à domicile", "Repas livrés")
    )
    preview = table_of("directory-services", text, keep=False)
    (row,) = [row for row in preview.rows if row.status == "changed"]
    assert [(change.column, change.before, change.after) for change in row.changes] == [
        ("name", "Repas à domicile", "Repas livrés")
    ]
    one.service.refresh_from_db()
    assert one.service.name == "Repas à domicile"
    table_of("directory-services", text)
    one.service.refresh_from_db()
    assert one.service.name == "Repas livrés"
    assert Change.objects.filter(target_uid=one.service.uid, field="name").exists()


def test_a_folder_of_tables_is_one_import(tmp_path: Path, capsys: Any) -> None:
    where = body(territory("Duras", code="47086"))
    (tmp_path / "locations.csv").write_text(
        f"uid,organisation,name,commune\n00000000-0000-4000-8000-000000000001,{where.slug},Mairie,commune:47086\n"
    )
    (tmp_path / "hours.csv").write_text(
        f"uid,organisation,hours\n00000000-0000-4000-8000-000000000001,{where.slug},Mo-Fr 09:00-12:00\n"
    )
    (tmp_path / "services.csv").write_text(
        f"uid,organisation,name,description,modes,languages\n,{where.slug},Accueil,On vous reçoit.,on_site | home,fr\n"
    )
    call_command("import_directory", str(tmp_path), "--format", "csv", "--dry-run", "--json")
    assert Location.objects.count() == Service.objects.count() == 0
    call_command("import_directory", str(tmp_path), "--format", "csv")
    assert Location.objects.get().opening_hours.count() == 5
    assert Service.objects.get().modes == ["on_site", "home"]
    (tmp_path / "services.csv").write_text(
        f"uid,organisation,name,description\n,{where.slug},Autre,Encore.\n,absente,Faux,Faux.\n"
    )
    capsys.readouterr()
    with pytest.raises(CommandError):
        call_command("import_directory", str(tmp_path), "--format", "csv", "--json")
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert "absente" in problem["message"]
    assert "3" in problem["place"]
    assert Service.objects.count() == 1


DEFECTS = {
    "unknown organisation": (
        "directory-services",
        "uid,organisation,name,description\n,nulle,A,B\n",
        "nulle",
    ),
    "no organisation": ("directory-services", "uid,organisation,name,description\n,,A,B\n", "organisation"),
    "unknown code": (
        "directory-services",
        "uid,organisation,name,description,modes\n,@,A,B,fusée\n",
        "fusée",
    ),
    "not an identifier": ("directory-services", "uid,organisation,name,description\n12,@,A,B\n", "12"),
    "age": ("directory-services", "uid,organisation,name,description,age_min\n,@,A,B,beaucoup\n", "beaucoup"),
    "link": ("directory-services", "uid,organisation,name,description,link\n,@,A,B,javascript:x\n", "https"),
    "territory": ("directory-locations", "uid,organisation,name,commune\n,@,A,commune:99999\n", "99999"),
    "latitude": ("directory-locations", "uid,organisation,name,latitude,longitude\n,@,A,99,1\n", "90"),
    "access": ("directory-locations", "uid,organisation,name,access\n,@,A,ascenseur\n", "ascenseur"),
    "hidden without reason": (
        "directory-locations",
        "uid,organisation,name,address_hidden\n,@,A,1\n",
        "secrète|secret",
    ),
    "longitude in words": ("directory-locations", "uid,organisation,name,longitude\n,@,A,est\n", "est"),
    "yes in Latin": ("directory-locations", "uid,organisation,name,address_hidden\n,@,A,sic\n", "sic"),
    "half a year of age": (
        "directory-services",
        'uid,organisation,name,description,age_min\n,@,A,B,"60,5"\n',
        "60",
    ),
    "amount": ("directory-services", "uid,organisation,name,description,amount_min\n,@,A,B,dix\n", "dix"),
    "huge text": (
        "directory-services",
        f"uid,organisation,name,description\n,@,A,{'x' * 12_000}\n",
        "description",
    ),
    "no name": ("directory-services", "uid,organisation,name,description\n,@,,B\n", "name"),
    "far from its commune": (
        "directory-locations",
        "uid,organisation,name,commune,latitude,longitude\n,@,A,commune:47086,0,0\n",
        "Afrique",
    ),
    "elsewhere": ("directory-locations", "uid,organisation,name,commune\n,@,A,commune:75056\n", "75056"),
    "record that moves": ("directory-locations", "uid,organisation,name\n%,autre,A\n", "organisation"),
    "not a day": ("directory-hours", "uid,organisation,hours\n%,@,Xx 09:00-12:00\n", "Xx"),
    "hours of nothing": ("directory-hours", "uid,organisation,hours\n,@,Mo 09:00-12:00\n", "lieu|place"),
    "hours in words": ("directory-hours", "uid,organisation,hours\n%,@,le matin\n", "le matin"),
    "hours that overlap": (
        "directory-hours",
        'uid,organisation,hours\n%,@,"Mo 09:00-12:00,11:00-13:00"\n',
        "11:00|11 h",
    ),
}


def test_the_same_line_twice_is_one_too_many() -> None:
    where = body(territory("Duras", code="47086"))
    line = f"00000000-0000-4000-8000-000000000001,{where.slug},Mairie\n"
    (problem,) = table_of("directory-locations", "uid,organisation,name\n" + line * 2).problems
    assert "3" in problem.place and "2" in problem.message
    assert not Location.objects.exists()


def test_a_record_of_others_is_not_changed_nor_made_twice() -> None:
    one = full_directory()
    text = f"uid,organisation,name,description\n{one.service.uid},{body(one.duras).slug},Pris,Pris\n"
    editor = made.editor_of(body(one.duras))
    (problem,) = table_of("directory-services", text, actor=editor).problems
    assert "uid" in problem.message
    one.service.refresh_from_db()
    assert one.service.name != "Pris"
    assert Service.objects.filter(name="Pris").count() == 0


@pytest.mark.parametrize("name", DEFECTS)
def test_one_bad_cell_is_told_with_its_line(name: str) -> None:
    slug, text, said = DEFECTS[name]
    where = body(territory("Duras", code="47086"))
    Organisation.objects.create(name="Autre", slug="autre", territory=where.territory)
    place = made.location(where)
    before = Location.objects.count(), Service.objects.count()
    preview = table_of(slug, text.replace("@", where.slug).replace("%", str(place.uid)))
    (problem,) = preview.problems
    assert "2" in problem.place
    assert any(word in str(problem) for word in said.split("|")), str(problem)
    assert (Location.objects.count(), Service.objects.count()) == before


def test_people_see_and_change_the_records_of_their_organisation_only() -> None:
    one = full_directory()
    other = body(one.duras)
    made.service(other, name="Ailleurs")
    editor = made.editor_of(one.body)
    resource = import_kinds["directory-services"].resource()
    resource.actor = editor
    assert [row.organisation for row in resource.get_queryset()] == [one.body]
    text = f"uid,organisation,name,description\n,{other.slug},Chez eux,Texte\n"
    preview = table_of("directory-services", text, actor=editor)
    assert preview.problems
    assert not Service.objects.filter(name="Chez eux").exists()


def test_the_import_screen_is_closed_to_others(client: Any) -> None:
    client.force_login(person())
    for slug in KINDS:
        assert client.get(reverse("imports:upload", args=[slug])).status_code in {302, 403}


class TestTakenBack:
    """A table is an import like another: undone whole, but for what was changed here since."""

    def table(self, actor: Any = None) -> tuple[Any, DirectoryImport, DirectoryImport]:
        one = full_directory()
        places = import_kinds["directory-locations"].resource().export().csv
        hours = import_kinds["directory-hours"].resource().export().csv
        assert "Mo 09:00-12:00" in hours
        first = table_of("directory-locations", places.replace("Bus 1", "Bus 2"), actor=actor)
        second = table_of("directory-hours", hours.replace("Mo 09:00-12:00", "Tu 10:00-11:00"), actor=actor)
        return one, first.kept_as, second.kept_as

    def test_cells_and_hours_come_back(self) -> None:
        _one, places, hours = self.table()
        assert undo_import(actor=None, run=hours) == {"restored": 1}
        assert undo_import(actor=None, run=places) == {"restored": 1}
        place = Location.objects.get(transport="Bus 1")
        assert place.opening_hours.filter(weekday=0, opens__hour=9).exists()
        places.refresh_from_db()
        assert places.state == "undone"
        with pytest.raises(ValidationError):
            undo_import(actor=None, run=places)

    def test_what_was_corrected_since_stays_and_is_told(self) -> None:
        _one, places, _hours = self.table()
        Location.objects.filter(transport="Bus 2").update(transport="Tram 3")
        assert undo_import(actor=None, run=places) == {"kept": 1}
        places.refresh_from_db()
        assert places.report["undone"]["left"] == [
            {"kind": "location", "name": "Mairie", "fields": ["transport"]}
        ]
        assert Location.objects.filter(transport="Tram 3").exists()

    def test_new_records_go_and_what_was_hidden_is_hidden_again(self) -> None:
        one = full_directory()
        text = "uid,organisation,name,description,published\n"
        text += (
            f"{one.service.uid},{one.body.slug},{one.service.name},Autre,0\n,{one.body.slug},Neuf,Neuf,1\n"
        )
        run = table_of("directory-services", text).kept_as
        one.service.refresh_from_db()
        assert not one.service.published
        assert run.counts == {"service": {"changed": 1, "new": 1}}
        assert undo_import(actor=None, run=run) == {"deleted": 1, "restored": 1}
        one.service.refresh_from_db()
        assert one.service.published
        assert not Service.objects.filter(name="Neuf").exists()

    def test_only_by_who_brought_it_while_they_keep_the_records(self) -> None:
        one = full_directory()
        editor, colleague = made.editor_of(one.body), made.editor_of(one.body)
        text = f"uid,organisation,name,description\n,{one.body.slug},Neuf,Neuf\n"
        run = table_of("directory-services", text, actor=editor).kept_as
        with pytest.raises(PermissionDenied):
            undo_import(actor=colleague, run=run)
        Membership.objects.filter(user=editor).update(withdrawn_at=timezone.now())
        with pytest.raises(PermissionDenied):
            undo_import(actor=User.objects.get(pk=editor.pk), run=run)
        assert Service.objects.filter(name="Neuf").exists()
