"""Votes at the same instant, on a real database file or server: one voter, one ballot, none after the close."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from consultations.elections import services
from consultations.elections.models import CastBallot, Election, RollEntry, SealedBallot
from tests.factories import elections as made
from tests.surveys.test_concurrency import real_database, run_together

pytestmark = pytest.mark.django_db(transaction=True)


def stored():
    return CastBallot.objects.count(), RollEntry.objects.exclude(mark="").count()


def test_one_voter_six_times_at_once_has_one_ballot(tmp_path):
    _election, codes = made.opened()
    code = codes["Électeur 01"]
    with real_database(tmp_path):
        results, failures = run_together([lambda n=n: made.vote(code, str(n % 3 + 1)) for n in range(6)])
        counts, _none = run_together([stored])
    assert failures == []
    assert sum(one.created for one in results) == 1
    assert len({one.receipt for one in results}) == 1
    assert counts == [(1, 1)]


def test_online_and_on_paper_at_once_is_one_vote(tmp_path):
    _election, codes = made.opened()
    code = codes["Électeur 01"]

    def on_paper():
        return services.mark_paper_voter(actor=None, entry=made.elector(code))

    with real_database(tmp_path):
        _results, failures = run_together([lambda: made.vote(code, "1"), on_paper])
        counts, _none = run_together([stored])
    assert len(failures) == 1
    assert isinstance(failures[0], PermissionDenied | ValidationError)
    assert counts[0][1] == 1
    assert counts[0][0] in {0, 1}


def test_the_close_seals_every_ballot_cast_and_no_other(tmp_path):
    election, codes = made.opened(voters=5, method="online")
    made.past_hour(election)
    Election.objects.filter(pk=election.pk).update(closes_at=election.closes_at + made.HOUR)
    *early, late = codes.values()
    for code in early:
        made.vote(code, "1")

    with real_database(tmp_path):
        results, failures = run_together(
            [
                lambda: made.vote(late, "2"),
                lambda: services.close_election(actor=None, election=election),
            ]
        )
        counts, _none = run_together(
            [lambda: (SealedBallot.objects.count(), RollEntry.objects.exclude(mark="").count())]
        )
    assert all(isinstance(one, PermissionDenied | ValidationError) for one in failures)
    if len(results) == 2:
        assert counts == [(5, 5)]
