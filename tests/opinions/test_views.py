"""Pages of opinions: what anyone follows, the body's door, each step in the workspace, tables and papers."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from consultations.lineage.models import Link
from consultations.opinions.codes import answer_code
from consultations.opinions.models import Opinion
from tests.factories.accounts import SignedInClient
from tests.factories.councils import establishment_of, full_council
from tests.factories.days import days_ago
from tests.factories.opinions import answered, in_state, people, proposed, sent, voted
from tests.factories.process import place

pytestmark = pytest.mark.django_db
S = Opinion.State
ANSWER = {"kind": "accepted", "text": "Oui.", "by_title": "La directrice"}


def as_user(user: User) -> SignedInClient:
    client = SignedInClient()
    client.force_login(user)
    return client


def test_the_public_list_shows_the_longest_overdue_first_and_hides_what_was_not_sent(client: Client) -> None:
    council = full_council()
    for title, ago in (("Attendu", 5), ("En retard", 70), ("Très en retard", 90)):
        sent(council, ago=ago, title=title)
    voted(council, title="Pas encore envoyé")
    page = client.get("/avis/").content.decode()
    places = [page.index(f": {title}</strong>") for title in ("Très en retard", "En retard", "Attendu")]
    assert places == sorted(places)
    assert "Pas encore envoyé" not in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("state=overdue", 1),
        ("state=refused", 1),
        ("state=accepted", 0),
        ("theme=works", 1),
        ("q=jardin", 1),
        ("q=DÎNER", 3),
        ("territory=Lauzun", 1),
        ("state=nonsense", 3),
    ],
)
def test_the_list_and_its_table_are_narrowed_alike(query: str, count: int, client: Client) -> None:
    sent(ago=70, title="Un banc dans le jardin", theme="works")
    answered(kind="refused")
    sent(full_council(territory=place("Lauzun")))
    assert client.get(f"/avis/?{query}").context["page"].paginator.count == count
    table = client.get(f"/avis/avis-des-conseils.csv?{query}").content.decode("utf-8-sig")
    assert len(table.splitlines()) == count + 1


def test_the_list_asks_a_fixed_number_of_questions(client: Client, django_assert_num_queries: Any) -> None:
    council = full_council()
    sent(council)
    client.get("/avis/")
    with django_assert_num_queries(2) as asked:
        client.get("/avis/")
    sent(council), sent(full_council())
    with django_assert_num_queries(len(asked)):
        client.get("/avis/")


def test_what_anyone_wrote_never_runs_in_a_spreadsheet(client: Client) -> None:
    sent(title="=1+1")
    assert "'=1+1" in client.get("/avis/avis-des-conseils.csv").content.decode("utf-8-sig")
    assert client.get("/avis/avis-des-conseils.exe").status_code == 404


def test_the_page_tells_the_vote_the_thread_and_the_answer(client: Client) -> None:
    opinion = answered(kind="refused")
    page = client.get(f"/avis/{opinion.pk}/").content.decode().replace("\xa0", " ").replace("\u202f", " ")
    for words in ("Pour : 6. Contre : 1", "Le personnel du soir manque.", "Pas encore lue au conseil"):
        assert words in page
    assert "Mis en œuvre" not in page, "what was refused is not to be carried out"


def test_the_page_is_for_those_who_may_read_it(client: Client) -> None:
    opinion = proposed()
    ours = people(opinion.council)
    assert client.get(f"/avis/{opinion.pk}/").status_code == 404
    assert as_user(ours.stranger).get(f"/avis/{opinion.pk}/").status_code == 404
    assert as_user(ours.member).get(f"/avis/{opinion.pk}/").status_code == 200


@pytest.mark.parametrize(("extension", "start"), [("pdf", b"%PDF"), ("odt", b"PK")])
def test_the_notice_is_a_paper(extension: str, start: bytes, client: Client) -> None:
    opinion = answered()
    response = client.get(f"/avis/{opinion.pk}/avis.{extension}")
    assert response.content.startswith(start)
    assert client.get(f"/avis/{opinion.pk}/avis.exe").status_code == 404


def test_the_code_of_the_letter_opens_one_answer_and_says_that_it_was_received(client: Client) -> None:
    opinion, other = sent(), sent()
    door = f"/avis/{opinion.pk}/repondre/"
    assert client.get(f"/avis/{opinion.pk}/reponse/").status_code == 302
    assert client.post(door, {"code": answer_code(other)}).status_code == 422
    assert client.post(door, {"code": answer_code(opinion).upper()}).status_code == 302
    opinion.refresh_from_db()
    assert opinion.state == S.ACKNOWLEDGED
    reply, answer = f"/avis/{opinion.pk}/reponse/", ANSWER | {"on": str(days_ago(0))}
    refused = client.post(reply, answer | {"kind": "refused", "text": "Non, c’est trop cher."})
    assert refused.status_code == 422 and "trop cher" in refused.content.decode(), "nothing typed is lost"
    assert client.post(reply, answer).status_code == 302
    opinion.refresh_from_db()
    assert (opinion.state, opinion.answers.get().way) == (S.ANSWERED, "link")
    assert client.get(f"/avis/{other.pk}/reponse/").status_code == 302


@pytest.mark.parametrize("state", [S.PROPOSED, S.VOTED, S.WITHDRAWN, S.EVALUATED])
def test_the_door_is_closed_when_no_answer_is_awaited(state: str, client: Client) -> None:
    assert client.get(f"/avis/{in_state(state).pk}/repondre/").status_code == 404


def step(opinion: Opinion, user: User, name: str, **data: object) -> int:
    """The status of this step asked by this person; 302 when it was taken."""
    address = f"/espace/avis/{opinion.pk}/etape/{name}/"
    return as_user(user).post(address, {"on": str(days_ago(0)), **data}).status_code


def test_the_whole_life_on_the_pages() -> None:
    ours = people()
    fields = {"title": "Dîner à 19 h", "text": "Plus tard.", "theme": "daily_life", "is_public": "on"}
    address = f"/espace/avis/conseil/{ours.council.slug}/proposer/"
    assert as_user(ours.member).post(address, fields).status_code == 302
    opinion = Opinion.objects.get()
    to = establishment_of(ours.council).pk
    assert step(opinion, ours.secretary, "vote", for_=6, against=1, abstain=0, note="Relevé") == 302
    assert step(opinion, ours.president, "envoi", sent_to=to) == 302
    assert step(opinion, ours.director, "reception") == 302
    assert (
        step(opinion, ours.director, "reponse", kind="refused", text="Non.", by_title="La directrice") == 422
    )
    assert (
        step(opinion, ours.director, "reponse", kind="accepted", text="Oui.", by_title="La directrice") == 302
    )
    answer = opinion.answers.get()
    read = as_user(ours.secretary).post(
        f"/espace/avis/{opinion.pk}/reponses/{answer.pk}/lue/", {"on": str(days_ago(0))}
    )
    assert read.status_code == 302
    assert step(opinion, ours.director, "mise-en-oeuvre", text="C’est fait.") == 302
    assert step(opinion, ours.secretary, "bilan", text="Tout le monde est content.") == 302
    opinion.refresh_from_db()
    assert opinion.state == S.EVALUATED
    assert [one.verb for one in opinion.events.all()] == [
        "proposed", "voted", "sent", "acknowledged", "answered", "read_back", "carried_out", "evaluated",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "name", "who"),
    [
        (S.PROPOSED, "envoi", "secretary"),
        (S.ANSWERED, "bilan", "secretary"),
        (S.SENT, "reponse", "member"),
        (S.SENT, "retrait", "director"),
        (S.VOTED, "envoi", "stranger"),
        (S.EVALUATED, "retrait", "president"),
    ],
)
def test_a_step_out_of_turn_or_of_right_is_refused_in_words(state: str, name: str, who: str) -> None:
    opinion = in_state(state)
    user = getattr(people(opinion.council), who)
    for response in (
        as_user(user).get(f"/espace/avis/{opinion.pk}/etape/{name}/"),
        as_user(user).post(f"/espace/avis/{opinion.pk}/etape/{name}/", {"on": str(days_ago(0))}),
    ):
        assert response.status_code == 403
    opinion.refresh_from_db()
    assert opinion.state == state


def test_deleting_is_refused_and_says_what_to_do_instead() -> None:
    opinion = sent()
    response = as_user(people(opinion.council).secretary).post(f"/espace/avis/{opinion.pk}/supprimer/")
    assert response.status_code == 403 and "Retirez-le" in response.content.decode()
    assert Opinion.objects.filter(pk=opinion.pk).exists()


def test_a_huge_text_and_an_unknown_need_are_said_at_their_place() -> None:
    ours = people()
    address = f"/espace/avis/conseil/{ours.council.slug}/proposer/"
    data = {"title": "Un banc", "text": "a" * 6000, "theme": "works", "needs": ["999999"]}
    response = as_user(ours.member).post(address, data)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"text", "needs"}


def test_needs_are_found_by_words_without_losing_what_was_typed() -> None:
    ours = people()
    address = f"/espace/avis/conseil/{ours.council.slug}/proposer/"
    data = {"title": "Un banc", "text": "Près du portail.", "needs_query": "sortir", "search": "needs"}
    response = as_user(ours.member).post(address, data)
    assert response.status_code == 200 and "Près du portail." in response.content.decode()
    assert not Opinion.objects.exists()


def test_the_desk_says_what_waits_for_each() -> None:
    opinion = sent(ago=70)
    ours = people(opinion.council)
    proposed(opinion.council, title="Un banc")
    director = as_user(ours.director).get("/espace/avis/").context["groups"]
    assert [line["opinion"] for line in director["to_answer"]] == [opinion]
    home = as_user(ours.secretary).get("/espace/avis/").context["groups"]
    assert [line["opinion"].title for line in home["proposed"]] == ["Un banc"]
    assert as_user(ours.stranger).get("/espace/avis/").status_code == 403


def test_only_what_is_public_can_be_rested_on() -> None:
    opinion = proposed()
    secretary = people(opinion.council).secretary
    address = f"/espace/avis/{opinion.pk}/appuis/ajouter/"
    as_user(secretary).post(address, {"kind": "response", "key": "1"})
    assert not Link.objects.exists()


def test_the_letter_carries_the_code_for_those_who_send_it() -> None:
    opinion = sent()
    ours = people(opinion.council)
    assert as_user(ours.secretary).get(f"/espace/avis/{opinion.pk}/lettre.pdf").content.startswith(b"%PDF")
    assert as_user(ours.member).get(f"/espace/avis/{opinion.pk}/lettre.pdf").status_code == 403
