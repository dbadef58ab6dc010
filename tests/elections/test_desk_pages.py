"""The secretary's page from the draft to the record, the files, the public page, the recount."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from consultations.elections import services
from consultations.elections.exporting import export_ballots, recount
from consultations.elections.models import CastBallot, Election, RollEntry
from consultations.elections.services.tallying import as_result
from tests.factories import councils
from tests.factories import elections as made
from tests.factories.process import person

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def act(client, election, verb, **sent):
    return client.post(reverse("elections:act", args=[election.pk, verb]), sent, follow=True)


def detail(election):
    return reverse("elections:detail", args=[election.pk])


@pytest.fixture
def council():
    return councils.council(shows_names=True)


@pytest.fixture
def secretary(client, council):
    user = councils.secretary_of(council)
    client.force_login(user)
    return user


def test_from_a_draft_to_the_letters(client, council, secretary):
    today = timezone.localdate()
    form = reverse("elections:create", args=[council.slug])
    assert client.get(form).status_code == 200
    days = {"opens_on": today + datetime.timedelta(days=5), "closes_on": today + datetime.timedelta(days=6)}
    sent = {"title": "Élection", "what": "c:supported_persons", "method": "both", "opens_hour": "09:00",
            "closes_hour": "18:00", "seats": 2, "substitute_seats": 1, **days}  # fmt: skip
    refused = client.post(form, {**sent, "term_starts_on": today})
    assert refused.status_code == 422
    assert client.post(form, {**sent, "term_starts_on": days["closes_on"]}).status_code == 302
    election = Election.objects.get()
    change = reverse("elections:edit", args=[election.pk])
    assert "09:00" in text(client.get(change))
    late = client.post(change, {**sent, "term_starts_on": days["closes_on"], "closes_on": days["opens_on"],
                                "closes_hour": "08:00"})  # fmt: skip
    assert late.status_code == 422
    assert "closes_on" in late.context["form"].errors
    assert client.post(change, {**sent, "seats": 1, "term_starts_on": days["closes_on"]}).status_code == 302
    act(client, election, "call")
    assert client.get(change).status_code == 403
    act(client, election, "enrol", names="Anne\nBéatrice\n\n")
    twice = act(client, election, "enrol", names="Anne\nAnne")
    assert twice.status_code == 422
    assert "Deux fois" in text(twice)
    assert "Deux fois" in text(twice)
    act(client, election, "stand", name="Claude")
    born = {"born_on_day": today.day, "born_on_month": today.month, "born_on_year": today.year}
    assert act(client, election, "stand", name="Trop jeune", **born).status_code == 422
    act(client, election, "freeze")
    letters = client.post(reverse("elections:letters", args=[election.pk]))
    assert letters.content.startswith(b"%PDF")
    assert "Élection" in text(client.get(reverse("elections:list")))
    election.refresh_from_db()
    assert (election.state, election.roll.exclude(code_hash="").count()) == ("roll_frozen", 2)


def test_the_day_of_the_vote_and_the_count(client, council, secretary):
    election, codes = made.opened(council=council)
    entry = made.elector(codes["Électeur 02"])
    made.vote(codes["Électeur 01"], "1")
    assert "Électeur 02" in text(client.get(detail(election), {"q": "02"}))
    client.post(reverse("elections:on_paper", args=[election.pk, entry.pk]))
    lost = made.elector(codes["Électeur 03"])
    assert client.post(reverse("elections:new_letter", args=[election.pk, lost.pk])).content[:4] == b"%PDF"
    election = made.closed(election)
    assert act(client, election, "enter_paper", ballots="8").status_code == 422
    act(client, election, "enter_paper", ballots="1 2")
    assert act(client, election, "count").status_code == 422
    services.enter_paper(actor=councils.director_of(council), election=election, ballots=[["2", "1"]])
    act(client, election, "count")
    page = text(act(client, election, "make_official", term_starts_on=election.term_starts_on))
    assert "Tout est fait" in page
    for extension, start in (("pdf", b"%PDF"), ("odt", b"PK")):
        answer = client.get(reverse("elections:record", args=[election.pk, extension]))
        assert answer.content.startswith(start)
    assert client.get(reverse("elections:record", args=[election.pk, "exe"])).status_code == 404
    client.logout()
    public = text(client.get(reverse("elections:public", args=[council.slug, election.number])))
    assert "Candidate 1 – 2 voix" in public
    assert "CNIL" in public


def test_a_button_pressed_twice_acts_once_and_frightens_nobody(client, council, secretary):
    election, codes = made.opened(council=council)
    entry = made.elector(codes["Électeur 02"])
    address = reverse("elections:on_paper", args=[election.pk, entry.pk])
    sent = {"csrfmiddlewaretoken": "x" * 64}
    for _press in range(2):
        page = client.post(address, sent, follow=True)
        assert page.status_code == 200
        assert "déjà voté" not in text(page)
    assert "déjà voté" in text(client.post(address, {"csrfmiddlewaretoken": "y" * 64}, follow=True))


def test_an_early_close_is_refused_with_the_reason(client, council, secretary):
    election, _codes = made.opened(council=council)
    page = act(client, election, "close")
    assert "n’ont pas encore voté" in text(page)


def test_lots_drawn_in_the_room_are_written_from_the_page(client, council, secretary):
    election, codes = made.opened(council=council, candidates=2, seats=1, substitute_seats=0, method="online")
    made.vote(codes["Électeur 01"], "1")
    made.vote(codes["Électeur 02"], "2")
    election = services.count_election(actor=None, election=made.closed(election))
    assert "Place tirée pour Candidate 1" in text(client.get(detail(election)))
    said = {"drawn_by": "Une enfant", "witnesses": "Deux familles", "drawn_on": timezone.localdate()}
    assert act(client, election, "draw_lots", **said).status_code == 422
    assert act(client, election, "draw_lots", **said, place_1=1, place_2=1).status_code == 422
    page = text(act(client, election, "draw_lots", **said, place_1=2, place_2=1))
    assert "Deux familles" in page
    election.refresh_from_db()
    assert election.result["elected"] == ["2"]


def test_the_days_of_a_vote_are_in_the_council_s_calendar(client, council):
    election, _codes = made.ready(council=council)
    made.election(council=council, title="Brouillon")
    feed = text(client.get(reverse("councils:calendar", args=[council.slug])))
    assert feed.count("BEGIN:VEVENT") == 1
    assert str(election.pk) in feed


def test_what_waits_for_the_secretary_and_for_who_votes(client, council, secretary):
    election, _codes = made.opened(council=council)
    assert election.title in text(client.get(reverse("process:workspace")))
    RollEntry.objects.filter(election=election, name="Électeur 01").update(user=secretary)
    assert "Vous pouvez voter maintenant" in text(client.get(reverse("process:workspace")))
    ballot = reverse("elections:by_account", args=[council.slug, election.number])
    assert ballot in text(client.get(reverse("accounts:home")))


@pytest.mark.parametrize("name", ["detail", "act", "letters", "ballots", "record"])
def test_people_of_elsewhere_are_refused(client, council, name):
    election, _codes = made.ready(council=council)
    client.force_login(councils.secretary_of(councils.council()))
    extra = {"act": ["freeze"], "record": ["pdf"]}.get(name, [])
    address = reverse(f"elections:{name}", args=[election.pk, *extra])
    answer = client.post(address) if name in {"act", "letters"} else client.get(address)
    assert answer.status_code == 403


def test_what_may_not_be_done_now_is_refused(client, council, secretary):
    election, _codes = made.opened(council=council)
    assert act(client, election, "count").status_code == 403
    assert act(client, election, "nothing").status_code == 404
    assert client.get(reverse("elections:ballots", args=[election.pk])).status_code == 403


def test_a_draft_and_a_hidden_council_have_no_public_page(client, council):
    draft = made.election(council=council)
    assert client.get(reverse("elections:public", args=[council.slug, draft.number])).status_code == 404
    hidden, _codes = made.ready(council=councils.council(is_public=False))
    address = reverse("elections:public", args=[hidden.council.slug, hidden.number])
    assert client.get(address).status_code == 404
    client.force_login(person())
    assert client.get(address).status_code == 404


def test_no_page_shows_a_count_while_people_vote(client, council, secretary):
    election, codes = made.opened(council=council)
    made.vote(codes["Électeur 01"], "1")
    assert CastBallot.objects.exists()
    assert " voix" not in text(client.get(detail(election)))


def test_counting_the_exported_ballots_gives_the_count(tmp_path):
    election, codes = made.opened(method="online")
    for code, choices in zip(codes.values(), (["1"], ["2"], ["1", "2"], [], ["3"], ["2"]), strict=True):
        made.vote(code, *choices)
    election = services.count_election(actor=None, election=made.closed(election))
    exported = export_ballots(election)
    assert "Électeur" not in exported
    assert as_result(*recount(exported)) == election.result
    file = tmp_path / "bulletins.json"
    file.write_text(exported)
    call_command("recount_election", str(file), election=str(election.pk))
    file.write_text(exported.replace('"3"', '"2"'))
    with pytest.raises(CommandError):
        call_command("recount_election", str(file), election=str(election.pk))
    file.write_text("[]")
    with pytest.raises(CommandError):
        call_command("recount_election", str(file))
