"""Published results of a poll are figures of the observatory: the same numbers, made once, never of a few people."""

import csv
import io

import pytest
from django.urls import reverse

from consultations.polls.selectors import Viewer, poll_results
from consultations.polls.services import close_poll
from observatory.indicators.models import Indicator, Release
from observatory.indicators.selectors import UnknownFigure, figure
from tests.factories.polls import open_a_poll, vote

pytestmark = pytest.mark.django_db


def closed(kind, *ballots, **fields):
    poll = open_a_poll(kind, **fields)
    vote(poll, *ballots)
    return close_poll(actor=None, poll=poll)


def code(poll, part=""):
    return f"sondage-{poll.slug}{part}"


def test_a_closed_poll_is_in_the_catalogue_with_the_figures_of_its_page(client):
    poll = closed("yes_no", *["yes"] * 30, *["no"] * 20)
    found = figure(code(poll))
    assert {bar.key: (bar.count, round(bar.value)) for bar in found.bars} == {"yes": (30, 60), "no": (20, 40)}
    assert "60" in found.words.sentence
    page = client.get("/observatoire/").text
    assert reverse("portal:indicator", args=[code(poll)]) in page
    assert reverse("polls:results", args=[poll.slug]) in page
    shown = client.get(reverse("portal:indicator", args=[code(poll)]))
    assert shown.status_code == 200
    assert "un vote par appareil" in shown.text
    moved = client.get(reverse("portal:results", args=[code(poll)]))
    assert (moved.status_code, moved.url) == (302, reverse("polls:results", args=[poll.slug]))


@pytest.mark.parametrize(
    ("kind", "ballots", "value"),
    [
        ("satisfaction", {"4": 12, "3": 23, "2": 15}, 70),
        ("csat", {"5": 20, "4": 20, "3": 20, "2": 20, "1": 20}, 40),
        ("nps", {"10": 30, "7": 20, "3": 15}, 23),
    ],
)
def test_satisfaction_is_the_same_figure_on_its_page_and_in_the_observatory(client, kind, ballots, value):
    poll = closed(kind, *[one for one, count in ballots.items() for _n in range(count)])
    headline = poll_results(poll, Viewer.VISITOR).headline
    found = figure(code(poll, "--satisfaction"))
    assert round(found.reference.value) == round(headline.figure) == value
    assert client.get(reverse("portal:indicator", args=[found.code])).status_code == 200


def test_a_satisfaction_that_joined_answers_hide_has_no_figure():
    poll = closed("csat", *["5"] * 30, *["3"] * 3, *["1"] * 12)
    assert figure(code(poll)).bars
    with pytest.raises(UnknownFigure):
        figure(code(poll, "--satisfaction"))


@pytest.mark.parametrize("visibility", ["hidden", "after_vote"])
def test_nothing_is_listed_before_everyone_may_read_it(client, visibility):
    poll = open_a_poll("yes_no", visibility=visibility)
    vote(poll, *["yes", "no"] * 40)
    assert code(poll) not in client.get("/observatoire/").text
    assert client.get(reverse("portal:indicator", args=[code(poll)])).status_code in {404, 410}


def test_a_poll_of_a_few_people_has_no_figure(client):
    poll = closed("yes_no", "yes", "no")
    assert not Release.objects.exists()
    assert not Indicator.objects.exists()
    assert code(poll) not in client.get("/observatoire/").text


@pytest.mark.parametrize(
    ("kind", "ballot"),
    [
        ("ranking", {"navette": 1, "bus": 2, "velo": 3}),
        ("score", {"navette": 4, "bus": 2, "velo": 1}),
        ("dots", {"navette": 3, "bus": 1, "velo": 1}),
    ],
)
def test_points_are_listed_and_their_files_name_them(client, kind, ballot):
    poll = closed(kind, *[ballot] * 14)
    page = client.get("/observatoire/").text
    assert reverse("polls:results", args=[poll.slug]) in page
    answer = client.get(reverse("portal:results_csv", args=[code(poll)]))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    points = (
        [row for row in rows if row["INDICATOR"].endswith("--points")] if "INDICATOR" in rows[0] else rows
    )
    assert {row[next(iter(row))] for row in points}
    assert client.get("/observatoire/donnees/").status_code == 200


@pytest.mark.parametrize(
    ("kind", "ballot", "how"),
    [
        ("ranking", {"navette": 1, "bus": 2, "velo": 3}, "Borda"),
        ("score", {"navette": 3, "bus": 2, "velo": 1}, "Moyenne des notes"),
        ("dots", {"navette": 3, "bus": 1, "velo": 1}, "5 points"),
    ],
)
def test_points_have_one_page_with_sentence_bars_table_file_and_method(client, kind, ballot, how):
    fields = {"points": 5} if kind == "dots" else {}
    poll = closed(kind, *[ballot] * 30, **fields)
    address = reverse("polls:results", args=[poll.slug])
    sent = client.get(reverse("portal:indicator", args=[code(poll)]))
    assert (sent.status_code, sent.url) == (302, address)
    page = client.get(address).text
    for part in (
        "arrive en tête" if kind != "score" else "meilleure moyenne",
        "poll-bars",
        "<table",
        how,
        "n° 1",
    ):
        assert part in page
    assert "Navette;30" in client.get(reverse("polls:results_csv", args=[poll.slug])).text


def test_the_place_of_a_demo_is_told(client):
    poll = open_a_poll("yes_no")
    assert not Indicator.objects.filter(code=code(poll)).exists()
    vote(poll, *["yes"] * 12, *["no"] * 12)
    close_poll(actor=None, poll=poll)
    assert Indicator.objects.get(code=code(poll)).is_demo is False
