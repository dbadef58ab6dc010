"""Sheets as files: one page of PDF, documents to change, tables that come back through the services."""

import io
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from consultations.actions import services
from consultations.actions.imports import FUNDING, SHEETS
from consultations.actions.models import ActionSheet, Funding, State
from consultations.actions.resources import FundingResource, SheetResource
from consultations.actions.selectors.sheet import loaded, sheet_page
from consultations.actions.texts import texts_of
from consultations.actions.writing import paper_of
from consultations.actions.writing.pdf import SIZES, page_count
from core.imports.preview import run_import
from core.tabular import read_table
from tests.factories import actions as make
from tests.factories.process import body, person, place

pytestmark = pytest.mark.django_db


def adopted() -> ActionSheet:
    """A sheet as full as the sample of the story."""
    sheet = make.sheet(State.COMMENTS)
    for year in (2026, 2027, 2028):
        for funder in ("Département", "ARS", "Caisses"):
            Funding.objects.create(sheet=sheet, funder_words=funder, year=year, sought=6000, secured=1000)
    for number in range(5):
        make.step(sheet, f"Étape {number} #strong[x] <b>")
        sheet.partners.create(organisation=body(sheet.territory, f"Partenaire {number}"), role="prépare")
        sheet.risk_list.create(title=f"Risque {number}", answer="Réponse")
    return services.move_sheet(actor=None, sheet=sheet, verb="adopt", words="Commission permanente")


def test_a_full_sheet_holds_on_one_page() -> None:
    paper = paper_of(sheet_page(loaded(adopted().pk)))
    assert page_count(paper, SIZES[-1]) == 1


@pytest.mark.parametrize(("extension", "start"), [("pdf", b"%PDF"), ("odt", b"PK"), ("docx", b"PK")])
def test_files_hold_the_sheet_as_its_page_tells_it(client: Client, extension: str, start: bytes) -> None:
    sheet = adopted()
    answer = client.get(reverse("actions:file", args=[sheet.slug, extension]))
    assert answer.status_code == 200 and answer.content.startswith(start)
    assert f"{sheet.slug}.{extension}" in answer["Content-Disposition"]
    if start == b"PK":
        inside = ZipFile(io.BytesIO(answer.content))
        name = "content.xml" if extension == "odt" else "word/document.xml"
        assert make.TEXTS["objective"] in inside.read(name).decode()


def test_files_of_what_is_hidden_are_not_found(client: Client) -> None:
    hidden = make.sheet(State.WRITING)
    assert client.get(reverse("actions:file", args=[hidden.slug, "pdf"])).status_code == 404
    assert client.get(reverse("actions:file", args=[adopted().slug, "exe"])).status_code == 404


def imported(kind: Any, text: str, actor: User) -> Any:
    return run_import(kind, read_table(text.encode(), name="fiches.csv"), actor=actor, keep=True)


def test_sheets_come_in_through_the_services_and_unknown_partners_are_named_by_line() -> None:
    here = place("Duras")
    lead, partner = body(here), body(here)
    where, actor = f"{here.level_id}:{here.code}", person(Role.ADMINISTRATOR, on=here)
    heading = "slug;title;territory;lead;partners;objective\n"
    good = f"repit;Répit;{where};{lead.slug};{partner.slug};Vingt séjours\n"
    preview = imported(
        SHEETS, f"{heading}{good}guichet;Guichet;{where};{lead.slug};{partner.slug} | inconnu;\n", actor
    )
    assert [row.status for row in preview.rows] == ["new", "error"]
    words = " ".join(str(problem) for problem in preview.problems)
    assert "inconnu" in words and "ligne 3" in words and not ActionSheet.objects.exists()
    assert imported(SHEETS, heading + good, actor).counts["new"] == 1
    sheet = ActionSheet.objects.get()
    assert sheet.lead == lead and sheet.listed_partners == [partner]
    assert texts_of(sheet)["objective"] == "Vingt séjours"
    assert imported(SHEETS, heading + good, actor).counts["unchanged"] == 1


def test_what_is_exported_is_imported_again_unchanged() -> None:
    scheme = make.programme()
    axis = scheme.axes.create(number=1, title="Repérer")
    sheet = make.sheet(State.WRITING, programme=scheme, axis=axis)
    Funding.objects.create(sheet=sheet, funder_words="ARS", year=2026, sought=6000)
    actor = person(superuser=True)
    for kind, resource in ((SHEETS, SheetResource()), (FUNDING, FundingResource())):
        table = resource.export(resource.get_queryset()).export("csv")
        assert imported(kind, table.replace("\r\n", "\n"), actor).counts["unchanged"] == 1


@pytest.mark.parametrize(
    ("amount", "words"), [("-5", "négatif"), ("100 USD", "en euros"), ("beaucoup", "beaucoup")]
)
def test_bad_amounts_of_a_table_are_named_by_line(amount: str, words: str) -> None:
    sheet = make.sheet(State.WRITING)
    preview = imported(
        FUNDING,
        f"sheet;funder;funder_words;year;sought\n{sheet.slug};;ARS;2026;{amount}\n",
        person(superuser=True),
    )
    assert words in " ".join(str(problem) for problem in preview.problems) and not Funding.objects.exists()


def test_funding_comes_in_as_people_type_it() -> None:
    sheet = make.sheet(State.WRITING)
    text = f"sheet;funder;funder_words;year;sought\n{sheet.slug};;ARS;2026;12 500,50 €\n"
    preview = imported(FUNDING, text, person(superuser=True))
    assert not preview.problems and preview.counts["new"] == 1
    assert Funding.objects.get().sought == Decimal("12500.50")
