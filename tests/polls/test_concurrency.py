"""Votes at the same instant, on a real database file or server: one ballot per voter, none after closing."""

import pytest
from django.core.exceptions import PermissionDenied

from consultations.polls.models import Ballot, Poll, Voter
from consultations.polls.services import cast_ballot, close_poll
from tests.factories.polls import open_a_poll
from tests.surveys.test_concurrency import real_database, run_together

pytestmark = pytest.mark.django_db(transaction=True)


def stored():
    return Ballot.objects.count(), Voter.objects.filter(has_voted=True).count()


@pytest.mark.parametrize(("keys", "expected"), [(["same"] * 6, 1), ([f"voter-{n}" for n in range(6)], 6)])
def test_votes_at_once_are_kept_once_for_each_voter(keys, expected, tmp_path):
    poll = open_a_poll("yes_no", visibility="live")

    def send(key):
        return cast_ballot(poll=Poll.objects.get(pk=poll.pk), voter_key=key, choices={"yes": 1})

    with real_database(tmp_path):
        results, failures = run_together([lambda key=key: send(key) for key in keys])
        counts, _none = run_together([stored])
    assert failures == []
    assert sum(one.created for one in results) == expected
    assert len({one.receipt_code for one in results}) == expected
    assert counts == [(expected, expected)]


def test_a_closing_counts_every_ballot_kept_and_no_other(tmp_path):
    poll = open_a_poll("yes_no")

    def send(key):
        return cast_ballot(poll=Poll.objects.get(pk=poll.pk), voter_key=key, choices={"yes": 1})

    with real_database(tmp_path):
        tasks = [lambda key=key: send(f"voter-{key}") for key in range(6)]
        results, failures = run_together([*tasks, lambda: close_poll(actor=None, poll=poll)])
        counts, _none = run_together(
            [lambda: (Ballot.objects.count(), Poll.objects.get(pk=poll.pk).voter_count)]
        )
    assert all(isinstance(failure, PermissionDenied) for failure in failures)
    created = sum(getattr(one, "created", False) for one in results)
    assert counts == [(created, created)]
