"""Parts of the workspace: hours at a place, seasons, places left, schemes, parents, needs, lists, histories, bulk."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from directory.models import (
    Change,
    Claim,
    OpeningHours,
    OrganisationRecord,
    Report,
    Scheme,
    ServiceAtLocation,
)
from directory.said import said
from directory.selectors.history import history_of
from directory.selectors.timetables import timetable_of
from directory.services import capacity, claims, hours, places, records, reviews
from directory.services.reports import answer_report, report_mistake
from tests.directory.test_contacts import SIRET
from tests.directory.test_permissions import ACTORS
from tests.factories import directory as made
from tests.factories.accounts import SignedInClient
from tests.factories.process import body, person, place

pytestmark = pytest.mark.django_db


def signed_in(user: Any) -> SignedInClient:
    client = SignedInClient()
    client.force_login(user)
    return client


def a_link() -> ServiceAtLocation:
    one = made.service()
    return made.at(one, made.location(one.organisation, name="Antenne du port"))


def lines(*openings: dict[str, str], closed: tuple[dict[str, str], ...] = (), **more: str) -> dict[str, str]:
    """The hours page as a browser posts it."""
    data = {"heures-TOTAL_FORMS": str(len(openings)), "heures-INITIAL_FORMS": "0", **more}
    data |= {"fermetures-TOTAL_FORMS": str(len(closed)), "fermetures-INITIAL_FORMS": "0"}
    for prefix, rows in (("heures", openings), ("fermetures", closed)):
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


MONDAY = {"weekday": "0", "opens": "09:00", "closes": "12:00"}


def test_hours_at_one_place_come_first_and_are_told_with_the_place() -> None:
    link = a_link()
    made.opening(1, service=link.service)
    client = signed_in(made.editor_of(link.service.organisation))
    general = reverse("directory_desk:hours", args=[link.service.slug])
    address = reverse("directory_desk:hours_at", args=[link.service.slug, link.location.uid])
    assert address in client.get(general).content.decode()
    summer = {**MONDAY, "valid_from": "2026-07-01", "valid_to": "2026-08-31", "note": "l’été"}
    assert client.post(address, lines(summer)).status_code == 302
    (rule,) = timetable_of(link.service, link).rules
    assert (rule.weekday, rule.valid_to) == (0, datetime.date(2026, 8, 31))
    told = signed_in(made.editor_of(link.service.organisation)).get(
        reverse("directory_desk:history", args=[link.service.slug])
    )
    text = told.content.decode()
    assert "Antenne du port" in text and "lundi" in text.lower() and "31 août 2026" in text
    assert "l’été" in client.get(address).content.decode()


def test_saving_hours_again_keeps_their_season() -> None:
    link = a_link()
    row = made.opening(service=link.service)
    row.valid_from, row.valid_to = datetime.date(2026, 7, 1), datetime.date(2026, 8, 31)
    row.save()
    client = signed_in(made.editor_of(link.service.organisation))
    address = reverse("directory_desk:hours", args=[link.service.slug])
    season = {**MONDAY, "valid_from": "2026-07-01", "valid_to": "2026-08-31"}
    assert client.post(address, lines(season, holidays="unknown")).status_code == 302
    assert OpeningHours.objects.get().pk == row.pk


def test_a_place_of_another_service_has_no_page_of_hours() -> None:
    link, other = a_link(), a_link()
    client = signed_in(made.editor_of(link.service.organisation))
    wrong = reverse("directory_desk:hours_at", args=[link.service.slug, other.location.uid])
    assert client.get(wrong).status_code == 404
    theirs = reverse("directory_desk:hours_at", args=[other.service.slug, other.location.uid])
    assert client.get(theirs).status_code == 403


@pytest.mark.parametrize(
    ("openings", "closed", "words"),
    [
        ([{**MONDAY, "valid_from": "2026-08-01", "valid_to": "2026-07-01"}], [], "dernier jour"),
        ([{**MONDAY, "valid_from": "32/13/2026"}], [], "date"),
        ([MONDAY, {**MONDAY, "opens": "11:00", "valid_from": "2026-07-01"}], [], "se chevauchent"),
        ([{**MONDAY, "opens": "22:00", "closes": "02:00"}], [], "lendemain"),
        ([{**MONDAY, "next_day": "on"}], [], "plus d’un jour"),
        (
            [{**MONDAY, "opens": "22:00", "closes": "02:00", "next_day": "on"},
             {"weekday": "1", "opens": "01:00", "closes": "03:00"}], [], "se chevauchent",
        ),
        ([{**MONDAY, "note": "a" * 201}], [], "200"),
        ([], [{"starts_on": "2026-12-24", "ends_on": "2026-12-20"}], "dernier jour"),
        ([], [{"reason": "Congés"}], "premier jour"),
        ([], [{"ends_on": "2026-12-24"}], "premier jour"),
    ],
)  # fmt: skip
def test_hours_that_cannot_be_name_their_remedy_and_lose_nothing(
    openings: list[dict[str, str]], closed: list[dict[str, str]], words: str
) -> None:
    link = a_link()
    client = signed_in(made.editor_of(link.service.organisation))
    kept = {"weekday": "5", "opens": "10:11", "closes": "11:12"}
    for address in (
        reverse("directory_desk:hours", args=[link.service.slug]),
        reverse("directory_desk:hours_at", args=[link.service.slug, link.location.uid]),
        reverse("directory_desk:location_hours", args=[link.location.uid]),
    ):
        sent = lines(*openings, kept, closed=tuple(closed), holidays="closed")
        response = client.post(address, sent)
        text = response.content.decode()
        assert response.status_code == 422 and words in text.replace("\u00a0", " "), words
        assert 'value="10:11"' in text
    assert not OpeningHours.objects.exists()


def test_places_left_are_counted_by_what_is_counted_and_taken_away() -> None:
    one = made.service()
    client = signed_in(made.editor_of(one.organisation))
    address = reverse("directory_desk:capacity", args=[one.slug])
    for unit, left in (("places", "2"), ("chambres", "0"), ("Places", "3")):
        sent = {"unit": unit, "state": "open", "places": "9", "available": left}
        assert client.post(address, sent).status_code == 302
    assert sorted(one.capacities.values_list("unit", "available")) == [("chambres", 0), ("places", 3)]
    assert 'value="9"' in client.get(address, {"quoi": "places"}).content.decode()
    client.post(reverse("directory_desk:capacity_remove", args=[one.slug]), {"unit": "chambres"})
    assert one.capacities.get().unit == "places"
    assert "3 restantes" in history_of(one)[1].after or "3" in history_of(one)[1].after
    stranger = signed_in(made.editor_of(body(place("Loin"))))
    assert stranger.post(reverse("directory_desk:capacity_remove", args=[one.slug])).status_code == 403


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"unit": "places", "state": "open", "places": "2", "available": "3"}, "plus de places"),
        ({"unit": "places", "state": "full", "available": "3"}, "choisissez"),
        ({"unit": "places", "state": "open", "available": "-1"}, "0"),
        ({"unit": "places", "state": "open", "available": "9" * 30}, "100"),
        ({"unit": "places", "state": "perhaps"}, "perhaps"),
        ({"unit": "", "state": "open"}, "Remplissez cette case"),
    ],
)
def test_places_that_cannot_be_are_refused_and_kept(sent: dict[str, str], words: str) -> None:
    one = made.service()
    client = signed_in(made.editor_of(one.organisation))
    response = client.post(reverse("directory_desk:capacity", args=[one.slug]), {**sent, "waiting": "41"})
    text = response.content.decode()
    assert response.status_code == 422 and words in text and 'value="41"' in text
    assert not one.capacities.exists()


def test_at_most_a_dozen_things_are_counted() -> None:
    one = made.service()
    for number in range(capacity.MOST_UNITS):
        capacity.set_capacity(actor=None, service=one, unit=f"unité {number}", values={"state": "open"})
    client = signed_in(made.editor_of(one.organisation))
    sent = {"unit": "une de trop", "state": "open"}
    assert client.post(reverse("directory_desk:capacity", args=[one.slug]), sent).status_code == 422


@pytest.mark.parametrize("actor", ACTORS)
def test_schemes_are_written_by_administrators_only(actor: str) -> None:
    organisation = body(place())
    scheme = Scheme.objects.create(slug="apa", name="APA")
    user = made.an_actor(actor, organisation)
    client = signed_in(user) if user else SignedInClient()
    expected = {"visitor": 302, "administrator": 200, "superuser": 200}.get(actor, 403)
    for address in ("schemes", "scheme_create"):
        assert client.get(reverse(f"directory_desk:{address}")).status_code == expected
    page = reverse("directory_desk:scheme", args=[scheme.slug])
    assert client.get(page).status_code == expected
    client.post(page, {"name": "APA à domicile"})
    scheme.refresh_from_db()
    assert (scheme.name == "APA à domicile") == (expected == 200)


def test_a_scheme_is_made_then_ticked_by_a_service_and_its_history_told() -> None:
    need = made.need("1.3.2.2", plain_label="Tenir ma maison")
    client = signed_in(person(superuser=True))
    sent = {"name": "Allocation d’essai", "url": "https://exemple.fr/", "needs": [str(need.pk)]}
    client.post(reverse("directory_desk:scheme_create"), sent)
    scheme = Scheme.objects.get()
    assert scheme.slug == "allocation-dessai" and list(scheme.needs.all()) == [need]
    one = made.service()
    section = reverse("directory_desk:section", args=[one.slug, "besoins"])
    assert client.post(section, {"schemes": [str(scheme.pk)], "needs": [str(need.pk)]}).status_code == 302
    assert one.name in client.get(reverse("directory_desk:scheme", args=[scheme.slug])).content.decode()
    assert one.name in SignedInClient().get(reverse("directory:scheme", args=[scheme.slug])).content.decode()
    told = client.get(reverse("directory_desk:history", args=[one.slug])).content.decode()
    assert "Tenir ma maison" in told and "Allocation d’essai" in told and "1.3.2.2" not in told


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("url", "javascript:alert(1)", "https://"),
        ("url", "https://exemple.fr@ailleurs.example/", "cache"),
        ("name", "APA", "porte déjà ce nom"),
        ("name", "a" * 121, "120"),
        ("description", "a" * 10_001, "10000"),
        ("easy_read", "a\u202eb", "invisibles"),
        ("needs", "999999", "besoin"),
    ],
)
def test_a_bad_scheme_is_refused_in_words(field: str, value: str, words: str) -> None:
    Scheme.objects.create(slug="apa", name="apa")
    client = signed_in(person(superuser=True))
    sent = {"name": "Autre nom", "easy_read": "Gardé.", field: value}
    response = client.post(reverse("directory_desk:scheme_create"), sent)
    text = response.content.decode().replace("\u202f", " ").replace("\u00a0", " ")
    assert response.status_code == 422 and (words in text or field == "needs")
    assert field == "easy_read" or "Gardé." in text
    assert Scheme.objects.count() == 1


def test_a_parent_is_found_by_its_name_and_circles_are_named() -> None:
    top, middle = body(place("Haut"), name="Le sommet"), body(place("Bas"), name="Le milieu")
    client = signed_in(person(superuser=True))
    page = reverse("directory_desk:organisation", args=[middle.slug])
    assert client.post(page, {"parent": "le sommet"}).status_code == 302
    assert middle.record.parent == top and 'value="Le sommet"' in client.get(page).content.decode()
    circle = client.post(reverse("directory_desk:organisation", args=[top.slug]), {"parent": "Le milieu"})
    text = circle.content.decode()
    assert circle.status_code == 422 and "Le sommet → Le milieu → Le sommet" in text
    assert 'value="Le milieu"' in text
    itself = client.post(page, {"parent": middle.slug})
    assert itself.status_code == 422 and "Le milieu → Le milieu" in itself.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [("Le som", "Peut-être"), ("Inconnue", "vérifiez l’écriture"), ("Jumelle", "Plusieurs organisations")],
)
def test_a_parent_that_is_not_one_is_explained(typed: str, words: str) -> None:
    mine = body(place("Ici"), name="La mienne")
    for name in ("Le sommet", "Jumelle", "Jumelle"):
        body(place(name), name=name)
    client = signed_in(made.editor_of(mine))
    response = client.post(reverse("directory_desk:organisation", args=[mine.slug]), {"parent": typed})
    assert response.status_code == 422 and words in response.content.decode()


def test_the_list_of_organisations_is_searched_and_paged() -> None:
    town = place()
    for number in range(55):
        body(town, name=f"Maison {number:02}")
    body(town, name="Épicerie solidaire")
    client = signed_in(made.steward_of(town))
    address = reverse("directory_desk:organisations")
    first = client.get(address).content.decode()
    assert "56 organisations" in first and "Maison 54" not in first
    assert "Maison 54" in client.get(address, {"page": "2"}).content.decode()
    assert "Épicerie" in client.get(address, {"q": "solidaire"}).content.decode()
    for odd in ({"page": "-1"}, {"page": "x"}, {"q": "a" * 10_000}, {"q": "%00'\"<b>"}):
        assert client.get(address, odd).status_code == 200
    assert address in client.get(reverse("directory_desk:list")).content.decode()


def test_the_list_of_organisations_costs_the_same_for_one_and_for_thirty(
    django_assert_max_num_queries: Any,
) -> None:
    town = place()
    client = signed_in(made.steward_of(town))
    for _number in range(30):
        made.location(body(town))
    client.get(reverse("directory_desk:organisations"))
    with django_assert_max_num_queries(12):
        client.get(reverse("directory_desk:organisations"))


def test_needs_are_grouped_and_one_already_ticked_is_never_lost() -> None:
    heading = made.need("1.3", plain_label="Prendre ma place")
    above = made.need("1.3.2", plain_label="Vivre chez moi", parent=heading)
    fine = made.need("1.3.2.2", plain_label="Tenir ma maison", parent=above)
    one = made.service()
    one.needs.set([above])
    client = signed_in(made.editor_of(one.organisation))
    page = client.get(reverse("directory_desk:section", args=[one.slug, "besoins"]))
    (group,) = page.context["form"].groups
    assert group.label == "Prendre ma place" and group.ticked == 1
    assert [box.box.data["value"].value for box in group.boxes] == [above.pk, fine.pk]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("fee", "free", "gratuit"),
        ("reached_by", ["users"], "la personne ou un proche"),
        ("modes", ["home", "remote"], "chez vous"),
        ("audiences", ["seniors"], "personnes âgées"),
        ("languages", ["fsl"], "langue des signes"),
        ("holidays", "closed", "fériés"),
        ("status", "temporarily_closed", "fermé"),
        ("kind", "accompagnement", "accompagnement"),
        ("access", {"step_free": True}, "marche"),
        ("opening_hours", ["0 09:00-12:00", "2.1 14:00-02:00 / une fois"], "mardi"),
        ("hours", [{"weekday": 3, "opens": "09:00:00", "closes": "12:00:00", "nth": None}], "jeudi"),
        ("closed_days", ["2026-12-24/2026-12-31 Noël"], "31 décembre 2026"),
        ("closed", [{"starts_on": "2026-12-24", "ends_on": "2026-12-24", "reason": ""}], "24 décembre 2026"),
        ("contacts", [{"label": "Accueil", "phone": "3977", "email": "", "hours": ""}], "Accueil, 3977"),
        ("numbers", [{"scheme": "siret", "value": SIRET}], SIRET),
        ("capacity", "full", "complet"),
        ("capacity", {"unit": "places", "state": "waiting", "available": None, "waiting": 3}, "3 personnes"),
        ("at", [{"location": "x", "hours": [], "closed": []}], "lieu"),
        ("checked_on", datetime.date(2026, 1, 2), "2 janvier 2026"),
        ("published", False, "non"),
        ("review_months", 6, "tous les 6 mois"),
        ("amount_min", Decimal("28.50"), "28,5"),
        ("name", "", "—"),
        ("opening_hours", ["n’importe quoi", "9 99:99-00:00"], "n’importe quoi"),
    ],
)
def test_no_code_is_shown(field: str, value: Any, words: str) -> None:
    assert words in said(field, value).lower() or words in said(field, value)


def test_two_records_side_by_side_speak_words() -> None:
    one = made.service(fee="free", reached_by=["users"], modes=["home"])
    other = made.service(one.organisation, fee="means_tested", reached_by=["professionals"])
    client = signed_in(made.steward_of(one.organisation.territory))
    text = client.get(reverse("directory_desk:pair", args=[one.slug, other.slug])).content.decode()
    table = text.partition("<tbody>")[2].partition("</tbody>")[0].replace('value="', "")
    assert "professionnelle" in table and "selon vos revenus" in table.lower()
    assert not [code for code in ("means_tested", ">users", ">free", ">home<") if code in table]


@pytest.mark.parametrize(("is_granted", "words"), [(True, "C’est accepté"), (False, "Pas des nôtres")])
def test_the_claimant_is_told_what_was_decided(
    is_granted: bool, words: str, django_capture_on_commit_callbacks: Any
) -> None:
    organisation, asker = body(place()), person()
    claim = claims.ask_claim(actor=asker, organisation=organisation, words="J’y travaille.")
    steward = made.steward_of(organisation.territory)
    with django_capture_on_commit_callbacks(execute=True):
        claims.decide_claim(actor=steward, claim=claim, is_granted=is_granted, reason="Pas des nôtres")
    (letter,) = mail.outbox
    assert letter.to == [asker.email] and words in letter.body and organisation.name in letter.subject
    assert Claim.objects.get().state == ("granted" if is_granted else "refused")


def test_bulk_reads_before_it_writes_and_refuses_as_a_whole() -> None:
    one, merged = made.service(review_months=6), made.service()
    two = made.service(one.organisation, review_months=12)
    client = signed_in(made.editor_of(one.organisation))
    ticked = {"one": [str(one.pk), str(two.pk), str(merged.pk)]}
    address = reverse("directory_desk:bulk")
    preview = client.post(address, {**ticked, "action": "review", "review_months": "12"}).content.decode()
    assert "1 fiche changerait" in preview and merged.name not in preview
    assert client.post(address, {**ticked, "action": "review", "review_months": "7"}).status_code == 422
    assert client.post(address, {"action": "review", "review_months": "12"}).status_code == 422
    assert client.post(address, {**ticked, "action": "erase", "sure": "yes"}).status_code == 422
    sure = {**ticked, "action": "review", "review_months": "12", "sure": "yes"}
    assert client.post(address, sure).status_code == 302
    one.refresh_from_db()
    assert one.review_months == 12 and Change.objects.filter(field="review_months").count() == 1
    assert client.get(address)["Location"] == reverse("directory_desk:list")


def test_an_address_is_hidden_with_a_reason_or_not_at_all() -> None:
    where = made.location(body(place()))
    client = signed_in(made.editor_of(where.organisation))
    address = reverse("directory_desk:location", args=[where.uid])
    form = client.get(address).context["form"]
    sent = {field.html_name: field.value() for field in form if field.value() not in (None, False, "")}
    sent |= {
        "latitude": "44.67",
        "longitude": "0.18",
        "commune": str(where.commune and where.commune.name),
        "address_hidden": "on",
    }
    refused = client.post(address, sent)
    assert refused.status_code == 422 and "Dites pourquoi" in refused.content.decode()
    assert client.post(address, {**sent, "hidden_reason": "Pour la sécurité"}).status_code == 302
    one = made.service(where.organisation)
    made.at(one, where)
    text = SignedInClient().get(reverse("directory:service", args=[one.slug])).content.decode()
    assert "Pour la sécurité" in text and where.address_1 not in text
    public = reverse("directory:location", args=[where.uid])
    assert SignedInClient().get(public).status_code == 404
    assert f'href="{public}"' not in client.get(address).content.decode()


def test_services_keep_what_the_form_does_not_show() -> None:
    """Hours, numbers and contacts are theirs alone: a section saved never touches them."""
    link = a_link()
    one = link.service
    hours.set_hours(actor=None, record=link, openings=[hours.Opening(0, datetime.time(9), datetime.time(12))])
    records.save_service(actor=None, organisation=one.organisation, service=one, values={"name": "Nouveau"})
    places.save_location(
        actor=None, organisation=one.organisation, location=link.location, values={"name": "Port"}
    )
    assert link.opening_hours.count() == 1


def test_an_answer_to_a_mistake_is_read_on_the_public_page_and_its_words_are_not() -> None:
    one = made.service()
    reports = [
        report_mistake(service=one, kind="hours", words="Je suis Jeanne, c’est fermé le lundi."),
        report_mistake(service=one, kind="other", words="hors sujet"),
    ]
    editor = made.editor_of(one.organisation)
    answer_report(actor=editor, report=reports[0], state="corrected", answer="Merci, corrigé lundi.")
    answer_report(actor=editor, report=reports[1], state="dismissed", answer="Note à nous-mêmes.")
    text = SignedInClient().get(reverse("directory:service", args=[one.slug])).content.decode()
    assert "Merci, corrigé lundi." in text and "les horaires sont faux" in text
    assert "Jeanne" not in text and "Note à nous-mêmes" not in text
    Report.objects.update(answered_on=datetime.date(2020, 1, 1))
    later = SignedInClient().get(reverse("directory:service", args=[one.slug])).content.decode()
    assert "Merci, corrigé lundi." not in later


def test_letters_of_a_campaign_leave_in_batches(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    one = made.service()
    for _number in range(4):
        made.service(one.organisation)
    places.save_organisation_record(
        actor=None, organisation=one.organisation, values={"email": "accueil@exemple.fr"}
    )
    monkeypatch.setattr(reviews, "AT_ONCE", 3)
    due = timezone.localdate() + datetime.timedelta(days=20)
    with django_capture_on_commit_callbacks(execute=True):
        reviews.start_campaign(
            actor=made.steward_of(one.organisation.territory),
            name="Relecture",
            words="",
            territory=one.organisation.territory,
            due_on=due,
        )
    assert [len(mail.outbox), reviews.send_campaigns(), len(mail.outbox), reviews.send_campaigns()] == [
        1,
        2,
        2,
        0,
    ]


def test_the_public_page_of_an_organisation_is_led_to_when_it_says_something() -> None:
    whole, part = body(place("Agen"), "Agence régionale"), body(place("Nérac"), "Délégation")
    public, desk = (
        {one: reverse(f"{name}:organisation", args=[one.slug]) for one in (whole, part)}
        for name in ("directory", "directory_desk")
    )
    visitor, client = SignedInClient(), signed_in(made.editor_of(whole))
    assert visitor.get(public[whole]).status_code == 404
    assert f'href="{public[whole]}"' not in client.get(desk[whole]).content.decode()
    OrganisationRecord.objects.create(organisation=part, parent=whole)
    for one in (whole, part):
        assert visitor.get(public[one]).status_code == 200
    assert f'href="{public[whole]}"' in client.get(desk[whole]).content.decode()
