"""Councils' pages: what anyone sees, what members see, what those who keep the papers do; bad input answered."""

import datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from consultations.councils import services
from consultations.councils.models import Council, CouncilDocument, Mandate
from consultations.councils.panels import (
    find_councils,
    member_links,
    public_pages,
    render_block,
    waiting_councils,
)
from consultations.councils.selectors import bylaw, composition, office_holder
from tests.factories.accounts import SignedInClient
from tests.factories.councils import (
    LONG_AGO,
    council,
    director_of,
    establishment_of,
    full_council,
    mandate,
    member_of,
    secretary_of,
)
from tests.factories.process import body, person, place

pytestmark = pytest.mark.django_db


def as_user(user: User) -> SignedInClient:
    client = SignedInClient()
    client.force_login(user)
    return client


def today() -> datetime.date:
    return timezone.localdate()


def document(of: Council, **fields: Any) -> CouncilDocument:
    values = {"title": "Règlement", "file": ContentFile(b"x", "reglement.pdf"), "added_on": today()}
    return CouncilDocument.objects.create(council=of, **{**values, **fields})


def test_the_list_is_searched_by_words_kind_and_place(client: Client) -> None:
    home = place("Tonneins", within=place("Département", "departement"))
    found = council(name="CVS Le Chêne", territory=home)
    federation = council("federation", name="Fédération", territory=place("Agen"))
    council(name="Conseil caché", is_public=False)
    council(name="Conseil fini", dissolved_on=today() - datetime.timedelta(days=1))
    every = client.get("/conseils/").content.decode()
    assert found.name in every and "caché" not in every and "fini" not in every
    assert every.index("Fédération") < every.index("Le Chêne")
    for query, expected in (
        ({"q": "chene tonneins"}, {found}),
        ({"kind": "federation"}, {federation}),
        ({"territory": "Département"}, {found}),
        ({"q": "rien de tel"}, set()),
    ):
        page = client.get("/conseils/", query)
        assert set(page.context["page"].object_list) == expected, query
    assert client.get("/conseils/", {"territory": "Nulle part", "kind": "x"}).status_code == 200


def test_the_list_asks_as_many_questions_whatever_its_length(
    client: Client, django_assert_num_queries: Any
) -> None:
    council()
    client.get("/conseils/")  # what is kept from one page to the next
    with django_assert_num_queries(5) as first:
        client.get("/conseils/")
    for _index in range(6):
        council()
    with django_assert_num_queries(len(first)):
        client.get("/conseils/")


def test_the_public_page_says_roles_and_names_only_when_the_council_says_so(client: Client) -> None:
    of = full_council(is_public=True)
    name = of.mandates.first().person_name
    text = client.get(f"/conseils/{of.slug}/").content.decode()
    assert (
        "3 titulaires, dont présidente ou président" in text and name not in text and "6 sièges sur 9" in text
    )
    services.update_council(actor=director_of(of), council=of, shows_names=True)
    assert name in client.get(f"/conseils/{of.slug}/").content.decode()


def test_the_public_page_asks_a_fixed_number_of_questions(
    client: Client, django_assert_num_queries: Any
) -> None:
    of = full_council()
    client.get(f"/conseils/{of.slug}/")
    with django_assert_num_queries(31):
        client.get(f"/conseils/{of.slug}/")


@pytest.mark.parametrize("visitor", ["anyone", "member", "secretary", "stranger"])
def test_a_council_of_members_only_tells_strangers_nothing(visitor: str, client: Client) -> None:
    of = council(is_public=False)
    users = {"member": member_of, "secretary": secretary_of, "stranger": lambda _of: person()}
    browser = client if visitor == "anyone" else as_user(users[visitor](of))
    inside = visitor in {"member", "secretary"}
    for path in ("", "regles/", "calendrier.ics"):
        assert browser.get(f"/conseils/{of.slug}/{path}").status_code == (200 if inside else 404)
    status = browser.get(f"/conseils/{of.slug}/membres/").status_code
    assert status == {"anyone": 302, "stranger": 403}.get(visitor, 200)


def test_rules_say_their_source_and_what_could_not_be_checked(client: Client) -> None:
    text = client.get(f"/conseils/{council().slug}/regles/").content.decode()
    assert "D311-17" in text and "à vérifier" in text
    other = client.get(f"/conseils/{council('members_assembly').slug}/regles/").content.decode()
    assert "à vérifier" not in other and "statuts" in other


def test_documents_are_given_to_those_who_may(client: Client) -> None:
    of = council()
    private, public = document(of), document(of, is_public=True)
    gone = document(of, is_public=True, withdrawn_on=today())
    member = as_user(member_of(of))
    for one, anyone, inside in ((private, 404, 200), (public, 200, 200), (gone, 404, 200)):
        address = reverse("councils:document", args=[of.slug, one.pk])
        assert client.get(address).status_code == anyone
        answer = member.get(address)
        assert answer.status_code == inside and "attachment" in answer["Content-Disposition"]


def test_former_members_do_not_open_the_members_page_any_more() -> None:
    of = council()
    user = member_of(of, ended_on=today() - datetime.timedelta(days=1), end_reason="resigned")
    assert as_user(user).get(f"/conseils/{of.slug}/membres/").status_code == 403


WORKSPACE = ["composition", "mandates", "bylaws", "documents"]
FOR_CLERKS = ["edit", "act", "mandate_open", "vacancy", "dissolve"]


@pytest.mark.parametrize("name", WORKSPACE + FOR_CLERKS)
@pytest.mark.parametrize("actor", ["secretary", "director", "member", "organiser", "stranger"])
def test_who_opens_which_page_of_the_workspace(actor: str, name: str) -> None:
    of = full_council()
    made = {
        "secretary": secretary_of,
        "director": director_of,
        "member": member_of_free_seat,
        "organiser": lambda one: person(Role.ORGANISER, on=one.territory),
        "stranger": lambda _one: person(),
    }[actor](of)
    may = actor in {"secretary", "director"} or (actor == "member" and name in WORKSPACE)
    answer = as_user(made).get(reverse(f"councils:{name}", args=[of.pk]))
    assert answer.status_code == (200 if may else 403)


def member_of_free_seat(of: Council) -> User:
    held = of.mandates.filter(constituency="families").first()
    held.user = person()
    held.save()
    return held.user


def test_a_president_changes_the_rules_and_nothing_else() -> None:
    of = full_council()
    president = office_holder(of, "president")
    president.user = person()
    president.save()
    browser = as_user(president.user)
    address = reverse("councils:bylaws", args=[of.pk])
    form = browser.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields}
    changed = {
        **data,
        "agenda_notice_days": "21",
        "valid_from": str(today()),
        "reason": "Vote",
        "adopted_on": "",
    }
    assert browser.post(address, changed).status_code == 302
    assert bylaw(of, "agenda_notice_days").value == 21
    assert len(of.bylaw_versions.get().values) == 1
    refused = browser.post(address, {**changed, "meetings_per_year": "1"})
    assert refused.status_code == 422 and "D311-16" in refused.content.decode()
    assert refused.context["form"]["reason"].value() == "Vote"
    assert browser.get(reverse("councils:act", args=[of.pk])).status_code == 403


def test_a_secretary_creates_a_council_gives_it_seats_and_fills_one() -> None:
    home = body(place("Nérac"))
    browser = as_user(person(Role.SECRETARY, on=home))
    data = {
        "kind": "cvs", "name": "CVS Les Rives", "organisations": [home.pk], "territory": "Nérac",
        "created_on": "2026-01-05", "is_public": "on",
    }  # fmt: skip
    nowhere = browser.post("/espace/conseils/nouveau/", {**data, "organisations": []})
    assert nowhere.status_code == 422 and "un seul établissement" in nowhere.content.decode()
    placeless = browser.post("/espace/conseils/nouveau/", {**data, "territory": "", "organisations": []})
    assert placeless.status_code == 422 and "nom du lieu" in placeless.content.decode()
    assert browser.post("/espace/conseils/nouveau/", {**data, "territory": ""}).status_code == 302
    of = Council.objects.get()
    seats = {"supported_persons_full": 2, "staff_full": 1, "management_full": 1}
    act = {"signed_on": "2026-01-05", "signed_by_title": "La directrice", **seats}
    page = browser.post(reverse("councils:act", args=[of.pk]), act)
    assert page.status_code == 422 and "plus de la moitié" in page.content.decode()
    assert browser.post(reverse("councils:act", args=[of.pk]), {**act, "families_full": 2}).status_code == 302
    address = reverse("councils:mandate_open", args=[of.pk])
    seat = {"constituency": "families", "rank": "full", "person_name": "Nadia B.", "designation": "election"}
    assert (
        browser.get(address, {"constituency": "families"}).context["form"]["constituency"].value()
        == "families"
    )
    late = browser.post(address, {**seat, "starts_on": "2026-01-06"})
    assert late.status_code == 422 and "Nadia B." in late.content.decode()
    assert browser.post(address, {**seat, "starts_on": str(today())}).status_code == 302
    assert composition(of).vacant == 5


def test_a_mandate_page_ends_promotes_and_gives_offices() -> None:
    of = full_council()
    browser = as_user(secretary_of(of))
    leaving = of.mandates.full().filter(constituency="families").first()
    address = reverse("councils:mandate", args=[of.pk, leaving.pk])
    yesterday = today() - datetime.timedelta(days=1)
    wrong = browser.post(address, {"action": "end", "end-ended_on": "2050-01-01", "end-reason": "left"})
    assert wrong.status_code == 422 and Mandate.objects.get(pk=leaving.pk).ended_on is None
    assert "En fonction" in wrong.content.decode()
    right = {"action": "end", "end-ended_on": str(yesterday), "end-reason": "left"}
    assert browser.post(address, right).status_code == 302
    substitute = of.mandates.substitutes().filter(constituency="families").first()
    promotion = {"action": "promote", "promote-substitute": substitute.pk, "promote-starts_on": str(today())}
    assert browser.post(address, promotion).status_code == 302
    assert composition(of).vacant == 0
    resident = of.mandates.full().filter(constituency="supported_persons").last()
    address = reverse("councils:mandate", args=[of.pk, resident.pk])
    given = {"action": "office", "office-office": "vice_president", "office-starts_on": str(today())}
    assert browser.post(address, given).status_code == 302
    term = resident.offices.get(office="vice_president")
    assert browser.post(reverse("councils:office_end", args=[of.pk, term.pk])).status_code == 302
    invited = {"action": "invite", "invite-email": "pas une adresse"}
    assert browser.post(address, invited).status_code == 422
    assert browser.post(address, {"action": "nothing"}).status_code == 200


def test_an_office_ended_now_gives_no_right_from_this_moment() -> None:
    of = full_council()
    holder = of.mandates.full().filter(constituency="supported_persons").first()
    long_ago = today() - datetime.timedelta(days=40)
    term = holder.offices.create(office="vice_president", starts_on=long_ago)
    assert office_holder(of, "vice_president") == holder
    browser = as_user(secretary_of(of))
    browser.post(reverse("councils:office_end", args=[of.pk, term.pk]))
    assert office_holder(of, "vice_president") is None


def test_a_vacancy_is_recorded_and_lifted() -> None:
    of = council()
    browser = as_user(director_of(of))
    data = {
        "constituency": "families",
        "recorded_on": str(today()),
        "reason": "Personne",
        "signed_by_title": "La directrice",
    }
    assert browser.post(reverse("councils:vacancy", args=[of.pk]), data).status_code == 302
    again = browser.post(reverse("councils:vacancy", args=[of.pk]), data)
    assert again.status_code == 422 and "déjà constatée" in again.content.decode()
    record = of.vacancies.get()
    assert browser.post(reverse("councils:vacancy_lift", args=[of.pk, record.pk])).status_code == 302
    assert browser.post(reverse("councils:vacancy_lift", args=[of.pk, record.pk])).status_code == 404


def test_documents_are_added_and_withdrawn_not_deleted() -> None:
    of = council()
    browser = as_user(secretary_of(of))
    address = reverse("councils:documents", args=[of.pk])
    wrong = browser.post(address, {"title": "Notes", "file": ContentFile(b"x", "notes.exe")})
    assert wrong.status_code == 422
    assert (
        browser.post(address, {"title": "Notes", "file": ContentFile(b"x", "notes.pdf")}).status_code == 302
    )
    one = of.documents.get()
    assert browser.post(reverse("councils:document_withdraw", args=[of.pk, one.pk])).status_code == 302
    assert of.documents.get().withdrawn_on == today()


def test_a_federation_page_lets_councils_join_and_leave() -> None:
    of, member = council("federation", {"delegates": (4, 0)}), council()
    browser = as_user(secretary_of(of))
    address = reverse("councils:federated", args=[of.pk])
    assert browser.post(address, {"member": member.pk, "joined_on": str(today())}).status_code == 302
    assert browser.post(address, {"member": member.pk, "joined_on": str(today())}).status_code == 422
    assert member.name in browser.get(f"/conseils/{of.slug}/").content.decode()
    link = of.federated.get()
    leave = reverse("councils:federation_leave", args=[of.pk, link.pk])
    assert leave in browser.get(address).content.decode()
    assert browser.post(leave).status_code == 302
    assert leave not in browser.get(address).content.decode(), "it has left: there is nothing more to press"
    assert browser.post(leave).status_code == 302, (
        "pressed twice, it is told and not a page that does not exist"
    )
    assert (
        as_user(secretary_of(member)).get(reverse("councils:federated", args=[member.pk])).status_code == 404
    )


def test_a_federation_names_only_councils_with_a_public_page(client: Client) -> None:
    of = council("federation", {})
    for member in (council(name="CVS ouvert"), council(name="CVS discret", is_public=False)):
        services.join_federation(actor=None, federation=of, member=member, joined_on=today())
    text = client.get(f"/conseils/{of.slug}/").content.decode()
    assert "CVS ouvert" in text and "discret" not in text and "1 conseil sans page publique" in text


def test_dissolving_asks_for_a_day_that_makes_sense() -> None:
    of = council()
    browser = as_user(director_of(of))
    address = reverse("councils:dissolve", args=[of.pk])
    assert browser.post(address, {"day": "2001-01-01"}).status_code == 422
    assert browser.post(address, {"day": str(today())}).status_code == 302
    assert browser.get(address).status_code == 403


def test_an_act_sent_is_written_down() -> None:
    of = council()
    act = of.founding_acts.get()
    browser = as_user(director_of(of))
    address = reverse("councils:act_sent", args=[of.pk, act.pk])
    assert browser.post(address, {"day": str(LONG_AGO - datetime.timedelta(days=9))}).status_code == 422
    assert browser.post(address, {"day": str(today())}).status_code == 302
    assert "not_sent" not in {alert.code for alert in composition(of).alerts}
    assert browser.get(reverse("councils:act_file", args=[of.pk, act.pk])).status_code == 404


def test_tables_are_for_those_who_keep_the_papers_and_run_nothing() -> None:
    of = council()
    mandate(of, person_name="=1+1")
    browser = as_user(secretary_of(of))
    for extension in ("csv", "xlsx"):
        assert browser.get(reverse("councils:mandates_export", args=[of.pk, extension])).status_code == 200
        assert browser.get(reverse("councils:export", args=[extension])).status_code == 200
    text = browser.get(reverse("councils:mandates_export", args=[of.pk, "csv"])).content.decode()
    assert "'=1+1" in text and of.slug in text
    assert browser.get(reverse("councils:export", args=["exe"])).status_code == 404
    member = as_user(member_of(of, "families"))
    assert member.get(reverse("councils:mandates_export", args=[of.pk, "csv"])).status_code == 403


def test_the_workspace_shows_what_waits_and_opens_for_members() -> None:
    of = council()
    secretary, user = secretary_of(of), member_of(of)
    assert as_user(secretary).get("/espace/").status_code == 200
    assert [item.label for item in waiting_councils(secretary)] == [of.name]
    assert waiting_councils(user) == [] and as_user(user).get("/espace/").status_code == 200
    assert [link.label for link in member_links(user)] == [of.name]
    assert of.name in as_user(user).get("/espace/conseils/").content.decode()
    assert as_user(person()).get("/espace/conseils/").status_code == 403


def test_councils_are_found_shown_in_pages_and_mapped(client: Client) -> None:
    of, hidden = council(name="CVS Les Pruniers"), council(name="CVS caché", is_public=False)
    assert [hit.title for hit in find_councils("pruniers", 5)] == [of.name]
    assert find_councils("cache", 5) == [] and find_councils(" ", 5) == []
    assert of.name in render_block(of.slug, None) and render_block(hidden.slug, None) == ""
    assert f"/conseils/{of.slug}/" in {one.path for one in public_pages()}
    assert hidden.slug not in str(public_pages())
    assert establishment_of(of).name not in ("", None)
