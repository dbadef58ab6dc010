"""Organisations: writes, tables and admin."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from core.imports.preview import run_import
from core.models import AuditEntry
from core.tabular import read_table
from organisations.imports import ORGANISATIONS
from organisations.models import Organisation, OrganisationIdentifier
from organisations.permissions import can_edit_organisations
from organisations.services import save_organisation
from territories.models import Territory
from tests.factories.territories import territory

pytestmark = pytest.mark.django_db
HEAD = "slug;name;kind;territory;identifiers\n"


@pytest.fixture(autouse=True)
def english():  # type: ignore[no-untyped-def]
    with translation.override("en"):
        yield


@pytest.fixture
def agen() -> Territory:
    territory("Agen", "canton", code="47001")
    return territory("Agen", code="47001")


def save(agen: Territory, **fields: object) -> Organisation:
    values = {"slug": "ccas", "name": "CCAS", "kind": "authority", "territory": agen, **fields}
    return save_organisation(actor=None, **values)  # type: ignore[arg-type]


def test_saving_the_same_twice_writes_and_audits_once(agen: Territory) -> None:
    for _time in range(2):
        save(agen, identifiers={"siret": "123"})
    assert AuditEntry.objects.count() == 1
    assert [str(one) for one in OrganisationIdentifier.objects.all()] == ["siret:123"]


def test_identifiers_are_replaced_and_left_alone_when_not_given(agen: Territory) -> None:
    save(agen, identifiers={"siret": "123", "finess": "9"})
    save(agen, name="CCAS d'Agen")
    assert OrganisationIdentifier.objects.count() == 2
    save(agen, name="CCAS d'Agen", identifiers={"siret": "456"})
    assert [str(one) for one in OrganisationIdentifier.objects.all()] == ["siret:456"]


@pytest.mark.parametrize("fields", [{"name": ""}, {"kind": "shop"}, {"slug": "not a slug"}])
def test_wrong_values_are_refused(agen: Territory, fields: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        save(agen, **fields)


def test_number_of_another_organisation_is_refused(agen: Territory) -> None:
    save(agen, identifiers={"siret": "123"})
    with pytest.raises(ValidationError):
        save(agen, slug="other", identifiers={"siret": "123"})


def test_only_those_who_may_write_do(agen: Territory) -> None:
    other = User.objects.create_user("other@example.org")
    editor = User.objects.create_user("editor@example.org")
    editor.user_permissions.add(Permission.objects.get(codename="change_organisation"))
    editor = User.objects.get(pk=editor.pk)
    rights = [can_edit_organisations(user) for user in (None, other, editor)]
    assert rights == [False, False, True]
    with pytest.raises(PermissionDenied):
        save_organisation(actor=other, slug="a", name="A", kind="other", territory=agen)


def test_table_gives_organisations_with_territory_and_numbers(agen: Territory) -> None:
    save(agen, is_demo=True)
    rows = "ccas;CCAS d'Agen;authority;commune:47001;siret: 123 | finess: 9\nclub;Club;association;commune:47001;\n"
    preview = run_import(
        ORGANISATIONS, read_table((HEAD + rows).encode(), name="o.csv"), actor=None, keep=True
    )
    assert preview.counts == {"new": 1, "changed": 1, "unchanged": 0, "error": 0}
    ccas = Organisation.objects.get(slug="ccas")
    assert (ccas.name, ccas.is_demo, ccas.listed_identifiers) == (
        "CCAS d'Agen", True, {"siret": "123", "finess": "9"},
    )  # fmt: skip
    again = run_import(ORGANISATIONS, read_table((HEAD + rows).encode(), name="o.csv"), actor=None, keep=True)
    assert again.counts["unchanged"] == 2


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a;A;other;47001;", "several territories"),
        ("a;A;other;commune:99999;", "99999"),
        ("a;A;other;;", "territory"),
        ("a;A;shop;commune:47001;", "shop"),
        ("a;A;other;commune:47001;siret 123", "siret 123"),
    ],
)
def test_wrong_line_is_refused_with_its_place(agen: Territory, row: str, words: str) -> None:
    table = read_table((HEAD + row + "\n").encode(), name="o.csv")
    preview = run_import(ORGANISATIONS, table, actor=None, keep=True)
    assert [one.place for one in preview.problems] == ["line 2"]
    assert words in str(preview.problems[0])
    assert not Organisation.objects.exists()


def test_admin_form_saves_through_the_service(agen: Territory, client: Client, admin_user: User) -> None:
    client.force_login(admin_user)
    fields = {
        "name": "CCAS", "slug": "ccas", "kind": "authority", "identifiers": "siret: 1 2 3",
        "territory": "agen", "territory_choice": "commune:47001",
    }  # fmt: skip
    assert client.post(reverse("organisations:add"), fields).status_code == 302
    organisation = Organisation.objects.get()
    assert (organisation.territory, organisation.listed_identifiers) == (agen, {"siret": "123"})
    page = client.get(reverse("organisations:edit", args=[organisation.pk]))
    assert "siret: 123" in page.content.decode()
    refused = client.post(reverse("organisations:add"), {**fields, "slug": "b", "territory_choice": ""})
    assert 'value="canton:47001"' in refused.content.decode()


def test_a_name_that_looks_like_a_formula_goes_out_guarded_and_comes_back(
    agen: Territory, client: Client, admin_user: User
) -> None:
    client.force_login(admin_user)
    save(agen, name="=HYPERLINK(1)", identifiers={"siret": "123"})
    for extension in ("csv", "xlsx"):
        content = client.get(f"/gestion/imports/organisations/export.{extension}").content
        table = read_table(content, name=f"o.{extension}")
        assert [row.cells["name"] for row in table] == ["=HYPERLINK(1)"]
        preview = run_import(ORGANISATIONS, table, actor=None, keep=True)
        assert preview.counts == {"new": 0, "changed": 0, "unchanged": 1, "error": 0}
        assert b",=HYPER" not in content
