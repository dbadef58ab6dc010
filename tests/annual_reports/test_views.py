"""Pages of the year: read, write, sign, publish; files; bad input answered."""

import datetime
import io

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from odfdo import Document

from accounts.models import User
from consultations.annual_reports.models import AnnualReport
from consultations.annual_reports.panels import public_pages, waiting_reports
from consultations.annual_reports.services import reports
from consultations.councils.models import FederationMembership
from tests.factories import opinions
from tests.factories.accounts import SignedInClient
from tests.factories.annual_reports import (
    drawn_up,
    held,
    old_council,
    published,
    released_survey,
    signed,
)
from tests.factories.councils import council as make_council
from tests.factories.councils import member_of, secretary_of
from tests.factories.days import last_year
from tests.factories.process import person

pytestmark = pytest.mark.django_db


def as_user(user: User) -> SignedInClient:
    client = SignedInClient()
    client.force_login(user)
    return client


def address(report: AnnualReport, rest: str = "") -> str:
    return f"/espace/rapports/{report.council.slug}/{report.year}/{rest}"


def test_reading_a_year_writes_nothing_and_strangers_are_refused() -> None:
    council = old_council()
    member = as_user(member_of(council))
    path = f"/espace/rapports/{council.slug}/{last_year()}/"
    assert member.get(path).status_code == 200
    assert member.get(path + "ecrire/").status_code == 403
    assert not AnnualReport.objects.exists()
    assert as_user(person()).get(path).status_code == 403
    assert as_user(secretary_of(council)).get(f"/espace/rapports/{council.slug}/1990/").status_code == 404


def test_the_secretary_writes_and_two_writers_are_told() -> None:
    council = old_council()
    client = as_user(secretary_of(council))
    path = f"/espace/rapports/{council.slug}/{last_year()}/ecrire/"
    assert client.get(path).status_code == 200
    assert not AnnualReport.objects.exists()
    assert client.post(path, {"number": "0", "opening": "Une belle année."}).status_code == 302
    stale = client.post(path, {"number": "0", "opening": "Autre chose."})
    assert stale.status_code == 422 and "Autre chose." in stale.content.decode()
    page = client.get(f"/espace/rapports/{council.slug}/{last_year()}/").content.decode()
    assert "Une belle année." in page


def test_attached_published_corrected() -> None:
    report = drawn_up()
    client = as_user(secretary_of(report.council))
    assert client.get(address(report, "signer/")).status_code == 403
    bad = client.post(address(report, "joindre/"), {"scan": SimpleUploadedFile("a.exe", b"x")})
    assert bad.status_code == 422
    scan = SimpleUploadedFile("rapport.pdf", b"%PDF-1.4")
    assert client.post(address(report, "joindre/"), {"scan": scan}).status_code == 302
    assert client.post(address(report, "publier/")).status_code == 302
    public = f"/conseils/{report.council.slug}/rapports/{report.year}/"
    assert Client().get(public).status_code == 200
    version = report.versions.get()
    assert client.get(address(report, f"signe/{version.pk}/")).status_code == 200
    assert client.post(address(report, "presentation/"), {"presented_on": "hier"}).status_code == 422
    assert client.post(address(report, "reprendre/"), {"reason": ""}).status_code == 422
    assert client.post(address(report, "reprendre/"), {"reason": "Un chiffre"}).status_code == 302
    assert Client().get(public).status_code == 404


def test_what_anyone_reads_keeps_attendance_and_titles_together() -> None:
    council = old_council()
    held(council, datetime.date(last_year(), 3, 4))
    kept = opinions.voted(council, title="Une situation reconnaissable")
    kept.voted_on = datetime.date(last_year(), 3, 4)
    kept.proposed_on = kept.debated_on = kept.voted_on
    kept.save()
    report = published(council)
    page = Client().get(f"/conseils/{council.slug}/rapports/{last_year()}/").content.decode()
    assert "67" in page and "Une situation reconnaissable" not in page
    file = Client().get(f"/conseils/{council.slug}/rapports/{last_year()}/rapport.odt").content
    text = Document(io.BytesIO(file)).get_formatted_text()
    assert "Une situation reconnaissable" not in text
    own = as_user(secretary_of(council)).get(address(report, "rapport.odt")).content
    assert "Une situation reconnaissable" in Document(io.BytesIO(own)).get_formatted_text()


@pytest.mark.parametrize(("extension", "start"), [("pdf", b"%PDF-"), ("odt", b"PK")])
def test_the_report_as_a_file(extension: str, start: bytes) -> None:
    report = published()
    client = as_user(secretary_of(report.council))
    assert client.get(address(report, f"rapport.{extension}")).content.startswith(start)
    public = f"/conseils/{report.council.slug}/rapports/{report.year}/rapport."
    assert Client().get(public + extension).content.startswith(start)
    assert Client().get(public + "exe").status_code == 404


def test_the_figures_of_a_council_and_of_a_federation() -> None:
    members = [old_council(), old_council()]
    federation = make_council("federation", created_on=datetime.date(last_year(), 1, 1))
    for one in members:
        FederationMembership.objects.create(
            federation=federation, member=one, joined_on=datetime.date(last_year(), 1, 1)
        )
    client = as_user(secretary_of(federation))
    path = f"/espace/rapports/{federation.slug}/federation-{last_year()}"
    table = tablib.Dataset().load(client.get(path + ".csv").content.decode("utf-8-sig"), "csv")
    assert sorted(table["Conseil"]) == sorted(one.name for one in members)
    assert client.get(path + ".xlsx").content.startswith(b"PK")
    assert client.get(path + ".doc").status_code == 404
    alone = f"/espace/rapports/{members[0].slug}/federation-{last_year()}.csv"
    assert as_user(secretary_of(members[0])).get(alone).status_code == 404
    own = f"/espace/rapports/{members[0].slug}/{last_year()}/chiffres.xlsx"
    assert as_user(secretary_of(members[0])).get(own).content.startswith(b"PK")


def test_a_survey_examined_on_paper() -> None:
    council = old_council()
    today = timezone.localdate()
    survey = released_survey(council, today)
    client = as_user(secretary_of(council))
    path = f"/espace/rapports/{council.slug}/{today.year}/"
    assert survey.title in client.get(path).content.decode()
    assert client.post(f"{path}enquetes/{survey.pk}/", {"examined_on": ""}).status_code == 422
    assert client.post(f"{path}enquetes/{survey.pk}/", {"examined_on": today.isoformat()}).status_code == 302
    assert council.surveys_examined.count() == 1


def test_panels_waiting_list_and_site_map() -> None:
    council = old_council()
    secretary = secretary_of(council)
    assert [one.label for one in waiting_reports(secretary)] == [council.name]
    client = as_user(secretary)
    assert "retard" in client.get(f"/espace/conseils/{council.pk}/").content.decode()
    assert "retard" in Client().get(f"/conseils/{council.slug}/").content.decode()
    report = signed(drawn_up(council))
    reports.publish_report(actor=None, report=report)
    assert waiting_reports(secretary) == []
    assert [one.path for one in public_pages()] == [f"/conseils/{council.slug}/rapports/{last_year()}/"]
    listed = client.get("/espace/rapports/").content.decode()
    assert council.name in listed


def test_the_list_of_reports_costs_the_same_for_many(django_assert_max_num_queries: object) -> None:
    council = old_council()
    secretary = secretary_of(council)
    client = as_user(secretary)
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        client.get("/espace/rapports/")
