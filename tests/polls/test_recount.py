"""Ballots taken away and counted again give what was shown; a file never tells what a few people chose."""

import io
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import Role
from consultations.polls.models import Ballot, Poll, Snapshot
from consultations.polls.recounting import read_ballots
from consultations.polls.selectors.recount import BallotsWithheld, ballot_file, recount
from consultations.polls.services import close_poll, record_hands, take_ballots
from consultations.process.models import Consultation
from core.models import AuditEntry
from observatory.indicators.models import PublishedCell
from tests.factories.polls import a_room, open_a_poll, room_poll, vote
from tests.factories.process import ConsultationFactory, person

pytestmark = pytest.mark.django_db

KINDS = {
    "yes_no": ["yes"] * 12 + ["no"] * 13,
    "multiple": [{"navette": 1, "bus": 1}] * 12 + [{"velo": 1, "bus": 1}] * 11 + [{"navette": 1}] * 12,
    "ranking": [{"navette": 1, "bus": 2, "velo": 3}] * 12 + [{"bus": 1, "velo": 2, "navette": 3}] * 11,
    "score": [{"navette": 4, "bus": 0, "velo": 1}] * 12,
    "dots": [{"navette": 3, "bus": 1, "velo": 1}] * 12,
    "satisfaction": ["4"] * 12 + ["3"] * 12 + ["2"] * 12 + ["1"] * 12,
    "nps": ["10"] * 20 + ["8"] * 12 + ["2"] * 12,
}


def organiser_of(poll):
    return person(Role.ORGANISER, on=Consultation.objects.get(pk=poll.place_key).territory)


def closed(kind, ballots=None, **fields):
    poll = open_a_poll(kind, **fields)
    vote(poll, *(ballots or KINDS[kind]))
    return close_poll(actor=None, poll=poll)


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_counted_elsewhere_gives_the_same_result(kind):
    """loomio#12876: an anonymous vote must still export its ballots for a recount."""
    poll = closed(kind)
    text = ballot_file(poll).to_json()
    assert recount(poll).is_same
    assert read_ballots(text).count() == recount(poll).counted
    shown = Snapshot.objects.filter(poll=poll).last().organisers
    counted = read_ballots(text).count()
    assert {one["codes"][0]: one["chosen"] for one in shown["groups"]} == dict(counted.chosen)


def test_the_file_holds_no_voter_no_time_no_order():
    """loomio PR #12162: what said who voted leaked who they were."""
    poll = open_a_poll("yes_no")
    vote(poll, *["yes"] * 12, *["no"] * 12)
    poll = close_poll(actor=None, poll=poll)
    content = json.loads(ballot_file(poll).to_json())
    assert set(content) == {"format", "definition", "definition_hash", "ballots", "hands"}
    assert {tuple(one) for one in content["ballots"]} == {("yes",), ("no",)}
    assert content["ballots"] == [one.choices for one in poll.ballots.order_by("pk")], (
        "in the order of random keys"
    )


@pytest.mark.parametrize(
    ("kind", "ballots"),
    [
        ("yes_no", ["yes"] * 20 + ["no"]),
        ("satisfaction", ["4"] * 20 + ["3"] * 12 + ["2"] * 2 + ["1"] * 12),
        (
            "multiple",
            [{"navette": 1}] * 14 + [{"bus": 1}] * 14 + [{"velo": 1}] * 14 + [{"bus": 1, "velo": 1}],
        ),
    ],
)
def test_ballots_of_a_few_people_are_never_in_a_file(kind, ballots):
    poll = closed(kind, ballots)
    with pytest.raises(BallotsWithheld):
        ballot_file(poll)
    with pytest.raises(PermissionDenied):
        take_ballots(actor=organiser_of(poll), poll=poll)
    assert recount(poll).is_same


def test_hands_and_open_votes_are_given_as_they_are(monkeypatch):
    a_room(monkeypatch)
    poll = room_poll("single", secrecy="open")
    vote(poll, "bus", "velo")
    record_hands(actor=None, poll=poll, counts={"bus": 3}, college="residents")
    record_hands(actor=None, poll=poll, counts={"bus": 2, "navette": 1}, college="officials")
    poll = close_poll(actor=None, poll=poll)
    assert dict(ballot_file(poll).count().chosen) == {"bus": 6, "velo": 1, "navette": 1}


def test_what_was_changed_since_is_found():
    poll = closed("yes_no")
    Ballot.objects.filter(pk=poll.ballots.filter(choices={"yes": 1}).first().pk).update(choices={"no": 1})
    assert not recount(poll).is_same
    whole = closed("yes_no")
    PublishedCell.objects.filter(indicator_code=f"sondage-{whole.slug}", slice_key="yes").update(value=99)
    assert not recount(whole).is_same
    short = closed("yes_no")
    short.ballots.first().delete()
    assert not recount(short).is_same
    reworded = closed("yes_no")
    reworded.definition["question"] = "Autre chose ?"
    reworded.save()
    assert not recount(reworded).is_same


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content | {"format": "else"},
        lambda content: {},
        lambda content: content | {"definition": content["definition"] | {"question": "Autre ?"}},
        lambda content: content | {"ballots": [*content["ballots"], {"train": 1}]},
        lambda content: content | {"ballots": [*content["ballots"], "yes"]},
        lambda content: content | {"hands": {"train": 3}},
    ],
)
def test_a_file_that_was_touched_is_refused(spoil, tmp_path):
    content = json.loads(ballot_file(closed("yes_no")).to_json())
    with pytest.raises(ValidationError):
        read_ballots(json.dumps(spoil(content)))
    with pytest.raises(ValidationError):
        read_ballots("not JSON")
    path = tmp_path / "bulletins.json"
    path.write_text(json.dumps(spoil(content)))
    with pytest.raises(CommandError):
        call_command("recount_poll", ballots=path)


def run(*args, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command("recount_poll", *args, stdout=out, stderr=err, **options)
    return out.getvalue()


def test_the_command_counts_a_poll_and_a_file(tmp_path):
    poll = closed("yes_no")
    assert "donnent bien ce qui a été montré" in run(poll.slug)
    assert json.loads(run(poll.slug, json=True)) == {"ok": True, "poll": poll.slug, "problems": []}
    path = tmp_path / "bulletins.json"
    path.write_text(ballot_file(poll).to_json(), encoding="utf-8")
    assert "Oui : 12" in run(ballots=path)
    assert json.loads(run(ballots=path, json=True))["chosen"] == {"yes": 12, "no": 13}
    poll.ballots.first().delete()
    with pytest.raises(CommandError):
        run(poll.slug)


@pytest.mark.parametrize("arguments", [[], ["nowhere"]])
def test_the_command_says_what_is_missing(arguments):
    with pytest.raises(CommandError):
        run(*arguments)
    with pytest.raises(CommandError):
        run(open_a_poll().slug)


def test_the_page_of_the_workspace(client):
    consultation = ConsultationFactory(status=Consultation.Status.PUBLISHED)
    poll = closed("yes_no", consultation=consultation)
    page, csv, js = (
        reverse("polls:recount", args=[poll.pk]),
        reverse("polls:ballots", args=[poll.pk, "csv"]),
        reverse("polls:ballots", args=[poll.pk, "json"]),
    )
    client.force_login(person(Role.ANALYST, on=consultation.territory))
    assert {client.get(address).status_code for address in (page, csv, js)} == {403}
    client.force_login(person(Role.ORGANISER, on=consultation.territory))
    assert "Le même résultat" in client.get(page).text
    assert client.get(csv).text.splitlines()[0].endswith("Oui;Non")
    assert read_ballots(client.get(js).text).count().count == 25
    assert AuditEntry.objects.filter(verb="ballots_exported").count() == 2
    few = closed("yes_no", ["yes"] * 20 + ["no"], consultation=consultation)
    assert "moins de quatre autres" in client.get(reverse("polls:recount", args=[few.pk])).text
    assert client.get(reverse("polls:ballots", args=[few.pk, "csv"])).status_code == 403
    few.ballots.all().delete()
    assert "les résultats restent" in client.get(reverse("polls:recount", args=[few.pk])).text
    running = open_a_poll(consultation=consultation)
    assert client.get(reverse("polls:recount", args=[running.pk])).status_code == 403
    assert Poll.objects.filter(pk=running.pk, status="open").exists()
