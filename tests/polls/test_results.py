"""What each reader may read of a poll, and when; what is published is what is shown."""

import itertools

import pytest

from consultations.polls.models import Snapshot
from consultations.polls.selectors import Viewer, poll_results, turnout
from consultations.polls.services import close_poll, record_hands, tighten_poll
from observatory.indicators.models import PublishedCell, Release
from tests.factories.polls import a_room, draft_poll, open_a_poll, room_poll, vote
from tests.factories.process import person

pytestmark = pytest.mark.django_db

EVERYONE = (Viewer.FACILITATOR, Viewer.VOTER, Viewer.VISITOR)


def states(poll):
    return tuple(poll_results(poll, viewer).state for viewer in EVERYONE)


def counts(poll, viewer=Viewer.VISITOR):
    return {"/".join(line.codes): line.count for line in poll_results(poll, viewer).lines}


@pytest.mark.parametrize(
    ("visibility", "before", "after"),
    [
        ("hidden", ("hidden",) * 3, ("shown",) * 3),
        ("after_vote", ("shown", "shown", "hidden"), ("shown",) * 3),
        ("live", ("shown",) * 3, ("shown",) * 3),
    ],
)
def test_each_reader_sees_what_was_promised(visibility, before, after):
    """Decidim #15260: organisers saw nothing before closing; Consul #3964: a poll online only showed no results."""
    poll = open_a_poll("yes_no", visibility=visibility)
    vote(poll, *["yes", "no"] * 40)
    assert states(poll) == before
    assert states(close_poll(actor=None, poll=poll)) == after


def test_a_draft_shows_nothing():
    assert states(draft_poll(visibility="live")) == ("hidden",) * 3


def test_a_live_poll_is_shown_late_and_to_organisers_first():
    poll = open_a_poll("yes_no", visibility="live")
    vote(poll, *["yes", "no"] * 5)
    assert states(poll) == ("waiting",) * 3, "ten ballots could be shown, and wait for ten more"
    vote(poll, *["yes", "no"] * 5)
    assert states(poll) == ("shown", "waiting", "waiting")
    assert counts(poll, Viewer.FACILITATOR) == {"yes": 5, "no": 5}
    vote(poll, *["yes", "no"] * 40)
    assert states(poll) == ("shown",) * 3
    assert all(count >= 11 for count in counts(poll).values())


def test_a_live_poll_moves_by_whole_parcels():
    poll = open_a_poll("yes_no", visibility="live")
    seen = []
    for ballot in ["yes", "no"] * 90:
        vote(poll, ballot)
        found = counts(poll)
        if found and found != (seen[-1] if seen else None):
            seen.append(found)
    assert len(seen) > 1
    for one, other in itertools.pairwise(seen):
        assert all(other[code] - one[code] >= 11 for code in ("yes", "no"))
    numbers = sorted({each.organisers["count"] for each in Snapshot.objects.filter(poll=poll)})
    assert all(later - earlier >= 5 for earlier, later in itertools.pairwise(numbers))


def test_results_shown_while_people_vote_cost_no_vote_at_the_end():
    poll = open_a_poll("yes_no", visibility="live")
    vote(poll, *["yes", "no"] * 40, "yes", "yes", "no")
    assert sum(counts(poll).values()) < 83
    assert counts(close_poll(actor=None, poll=poll)) == {"yes": 42, "no": 41}


def test_too_few_votes_are_withheld_which_is_not_zero():
    poll = open_a_poll("yes_no")
    vote(poll, "yes", "yes", "no")
    poll = close_poll(actor=None, poll=poll)
    assert states(poll) == ("withheld",) * 3
    assert turnout(poll) == 0
    busy = open_a_poll("single")
    vote(busy, *["navette"] * 12, *["bus"] * 12)
    busy = close_poll(actor=None, poll=busy)
    assert counts(busy) == {"navette": 12, "bus": 12, "velo": 0}


def test_a_secret_option_is_neither_absent_nor_zero():
    poll = open_a_poll("multiple")
    vote(poll, *[{"navette": 1}] * 15, *[{"bus": 1, "navette": 1}] * 15, {"velo": 1, "bus": 1})
    poll = close_poll(actor=None, poll=poll)
    lines = {line.codes[0]: line for line in poll_results(poll, Viewer.VISITOR).lines}
    assert lines["bus"].count == 16
    assert lines["velo"].is_secret
    assert lines["navette"].is_secret, "one person did not choose it"
    assert lines["velo"].count is None


def test_several_choices_have_their_own_shares():
    poll = open_a_poll("multiple")
    vote(
        poll,
        *[{"navette": 1, "bus": 1}] * 12,
        *[{"navette": 1, "velo": 1}] * 12,
        *[{"bus": 1, "velo": 1}] * 12,
    )
    found = poll_results(close_poll(actor=None, poll=poll), Viewer.VISITOR)
    assert [round(line.share) for line in found.lines] == [67, 67, 67]
    assert len(found.lines) == 3


# --- figures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "ballots", "value"),
    [
        ("satisfaction", {"4": 12, "3": 23, "2": 15, "1": 0}, "70\xa0%"),
        ("satisfaction", {"4": 12, "3": 23, "2": 4, "1": 11}, "70\xa0%"),
        ("csat", {"5": 20, "4": 20, "3": 20, "2": 20, "1": 20}, "40\xa0%"),
        ("nps", {"10": 30, "7": 20, "3": 15}, "+23"),
    ],
)
def test_satisfaction_is_computed_one_way(kind, ballots, value):
    poll = open_a_poll(kind)
    vote(poll, *[code for code, count in ballots.items() for _n in range(count)])
    found = poll_results(close_poll(actor=None, poll=poll), Viewer.VISITOR)
    assert found.headline.value == value
    assert value in found.sentence


def test_a_figure_that_joined_answers_hide_is_secret():
    poll = open_a_poll("csat")
    vote(poll, *["5"] * 30, *["3"] * 3, *["1"] * 12)
    found = poll_results(close_poll(actor=None, poll=poll), Viewer.VISITOR)
    assert found.headline.value is None
    assert "secret" in found.sentence.lower()


def test_a_ranking_is_shown_with_its_points_and_its_winner():
    poll = open_a_poll("ranking")
    vote(poll, *[{"navette": 1, "bus": 2, "velo": 3}] * 7, *[{"bus": 1, "velo": 2, "navette": 3}] * 6)
    found = poll_results(close_poll(actor=None, poll=poll), Viewer.VISITOR)
    assert [(line.codes[0], line.points, line.place) for line in found.lines] == [
        ("bus", 19, 1), ("navette", 14, 2), ("velo", 6, 3),
    ]  # fmt: skip
    assert found.winners == ("Navette",)
    assert "Navette" in found.sentence


@pytest.mark.parametrize(
    ("kind", "ballot", "first"),
    [
        ("dots", {"bus": 3, "velo": 1, "navette": 1}, ("bus", 36)),
        ("score", {"bus": 5, "velo": 1, "navette": 0}, ("bus", 60)),
    ],
)
def test_points_are_added_up(kind, ballot, first):
    poll = open_a_poll(kind)
    vote(poll, *[ballot] * 12)
    line = poll_results(close_poll(actor=None, poll=poll), Viewer.VISITOR).lines[0]
    assert (line.codes[0], line.points) == first


# --- rooms ------------------------------------------------------------------------------------------


def test_an_open_vote_is_shown_as_it_is_hands_included(monkeypatch):
    a_room(monkeypatch)
    poll = room_poll("yes_no", secrecy="open", visibility="live")
    assert states(poll) == ("empty",) * 3
    vote(poll, "yes", college="residents")
    record_hands(actor=None, poll=poll, counts={"yes": 4, "no": 3}, college="officials")
    found = poll_results(poll, Viewer.VISITOR)
    assert (found.count, found.hands) == (8, 7)
    assert counts(poll) == {"yes": 5, "no": 3}
    assert {one.college: one.counts for one in found.colleges} == {"residents": (1, 0), "officials": (4, 3)}


def test_a_room_reads_protected_states_and_publishes_nothing(monkeypatch):
    a_room(monkeypatch)
    poll = room_poll("yes_no", visibility="live")
    vote(poll, *["yes", "no"] * 10)
    assert states(poll) == ("shown", "waiting", "waiting"), "a projector shows the room nothing before eleven"
    assert turnout(poll) == 20
    vote(poll, *["yes", "no"] * 20)
    assert states(poll) == ("shown",) * 3
    assert not Release.objects.exists()


def test_groups_of_people_are_shown_at_the_end_where_all_are_large_enough(monkeypatch):
    a_room(monkeypatch)
    poll = room_poll("yes_no")
    for college in ("residents", "officials"):
        vote(poll, *["yes"] * 6, *["no"] * 7, college=college)
    poll = close_poll(actor=None, poll=poll)
    assert len(poll_results(poll, Viewer.FACILITATOR).colleges) == 2
    assert poll_results(poll, Viewer.VOTER).colleges == ()


# --- publishing -------------------------------------------------------------------------------------


def test_public_pages_read_published_cells_and_nothing_else(django_assert_num_queries):
    poll = open_a_poll("yes_no")
    vote(poll, *["yes"] * 20, *["no"] * 12)
    poll = close_poll(actor=None, poll=poll)
    PublishedCell.objects.filter(slice_key="no").update(value=99)
    assert counts(poll) == {"yes": 20, "no": 99}
    assert counts(poll, Viewer.FACILITATOR) == {"yes": 20, "no": 12}
    with django_assert_num_queries(2):
        poll_results(poll, Viewer.VISITOR)


def test_a_release_holds_no_hidden_value():
    poll = open_a_poll("multiple")
    vote(poll, *[{"navette": 1}] * 15, *[{"bus": 1}] * 15, {"velo": 1})
    close_poll(actor=None, poll=poll)
    cells = {cell.slice_key: cell for cell in PublishedCell.objects.all()}
    assert (cells["velo"].status, cells["velo"].value) == ("N", None)
    assert all(cell.value is None or cell.value >= 11 for cell in cells.values())
    assert "velo" not in str(Snapshot.objects.get().everyone["groups"])


@pytest.mark.parametrize(("visibility", "listed"), [("live", 1), ("after_vote", 0), ("hidden", 0)])
def test_a_release_is_listed_when_anyone_may_read_it(visibility, listed):
    poll = open_a_poll("yes_no", visibility=visibility)
    vote(poll, *["yes", "no"] * 40)
    assert Release.objects.shown().count() == listed
    close_poll(actor=None, poll=poll)
    assert Release.objects.shown().count() == 1


def test_results_made_stricter_leave_the_list(monkeypatch):
    poll = open_a_poll("yes_no", visibility="live")
    vote(poll, *["yes", "no"] * 40)
    monkeypatch.setattr("consultations.polls.services.editing.can_tighten_poll", lambda _user, _poll: True)
    poll = tighten_poll(actor=person(), poll=poll, visibility="hidden")
    assert states(poll) == ("hidden",) * 3
    assert not Release.objects.shown().exists()


@pytest.mark.parametrize("kind", ["single", "ranking", "dots"])
def test_one_vote_of_a_room_is_told_as_one(monkeypatch, kind):
    a_room(monkeypatch)
    poll = room_poll(kind, secrecy="open", visibility="live")
    ballot = {"navette": 1, "bus": 2, "velo": 3} if kind == "ranking" else {"navette": 1}
    vote(poll, ballot)
    assert poll_results(poll, Viewer.VISITOR).sentence == "Un seul vote : « Navette »."
