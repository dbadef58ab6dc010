"""From a draft to mandates: who may stand, who may vote, once, until the hour; what the count opens."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import Role
from consultations.councils.models import Mandate
from consultations.councils.permissions import is_president
from consultations.elections import services
from consultations.elections.models import CastBallot, Election, RollEntry, SealedBallot
from consultations.elections.papers import lots_words, record
from consultations.elections.selectors import balance_of, shortage_words
from core.models import AuditEntry
from core.states import RefusedTransition
from tests.factories import councils
from tests.factories import elections as made
from tests.factories.days import DAY, dated, days_ago
from tests.factories.process import person

pytestmark = pytest.mark.django_db


def test_a_vote_online_then_again_gives_the_same_receipt_and_one_ballot():
    election, codes = made.opened()
    code = codes["Électeur 01"]
    first, again = made.vote(code, "1", "2"), made.vote(code, "3")
    assert (first.created, again.created) == (True, False)
    assert first.receipt == again.receipt
    assert [one.choices for one in CastBallot.objects.all()] == [["1", "2"]]
    assert election.roll.filter(mark="online").count() == 1


def test_voting_on_paper_then_online_is_refused_and_the_reverse():
    _election, codes = made.opened()
    entry = made.elector(codes["Électeur 01"])
    services.mark_paper_voter(actor=None, entry=entry)
    with pytest.raises(PermissionDenied, match="papier"):
        made.vote(codes["Électeur 01"], "1")
    made.vote(codes["Électeur 02"], "1")
    with pytest.raises(ValidationError, match="déjà voté"):
        services.mark_paper_voter(actor=None, entry=made.elector(codes["Électeur 02"]))
    assert CastBallot.objects.count() == 1


def test_no_vote_before_the_hour_nor_after():
    election, codes = made.ready()
    with pytest.raises(PermissionDenied):
        made.vote(codes["Électeur 01"], "1")
    election, codes = made.opened()
    made.past_hour(election)  # the tick has not closed it yet
    with pytest.raises(PermissionDenied):
        made.vote(codes["Électeur 01"], "1")
    assert not CastBallot.objects.exists()


@pytest.mark.parametrize("choices", [["1", "2", "3"], ["9"], ["<b>"]])
def test_a_ballot_that_breaks_the_rules_is_refused_and_the_right_kept(choices):
    _election, codes = made.opened()
    with pytest.raises(ValidationError):
        made.vote(codes["Électeur 01"], *choices)
    assert made.vote(codes["Électeur 01"], "1").created


def test_a_code_of_nobody_opens_nothing_and_new_letters_replace_the_old():
    election, codes = made.ready()
    assert services.elector_with("lilas-lilas-lilas-lilas-00") is None
    again = services.issue_codes(actor=None, election=election)
    assert services.elector_with(codes["Électeur 01"]) is None
    assert {made.elector(one.code).name for one in again} == set(codes)
    lost = made.elector(again[0].code)
    fresh = services.replace_code(actor=None, entry=lost)
    assert made.elector(fresh.code).pk == lost.pk


def test_the_close_seals_and_the_count_opens_the_mandates():
    election, codes = made.opened()
    names = sorted(codes)
    for name, choices in zip(names, (["1", "2"], ["1"], ["2", "3"], []), strict=False):
        made.vote(codes[name], *choices)
    for name in names[4:]:
        services.mark_paper_voter(actor=None, entry=made.elector(codes[name]))
    election = made.closed(election)
    assert (election.state, election.voted_online, election.voted_on_paper) == ("closed", 4, 2)
    assert not CastBallot.objects.exists()
    assert set(election.roll.values_list("mark", "code_hash")) == {("voted", "")}
    for _reader in range(2):
        services.enter_paper(actor=_scrutineer(election), election=election, ballots=[["2"], None])
    election = services.count_election(actor=None, election=election)
    result = election.result
    assert result["votes"] == {"1": 2, "2": 3, "3": 1}
    assert (result["ballots"], result["blank"], result["void"], result["expressed"]) == (6, 1, 1, 4)
    assert (result["elected"], result["substitutes"]) == (["2", "1"], ["3"])
    assert not election.sheets.exists()
    services.make_official(actor=None, election=election)
    held = Mandate.objects.filter(council=election.council, constituency="supported_persons")
    held = held.order_by("person_name")
    assert [(one.person_name, one.rank) for one in held] == [
        ("Candidate 1", "full"),
        ("Candidate 2", "full"),
        ("Candidate 3", "substitute"),
    ]


def _scrutineer(election):
    return councils.member_of(election.council, "families")


def test_two_people_must_read_the_same_paper_ballots():
    election, codes = made.opened()
    services.mark_paper_voter(actor=None, entry=made.elector(codes["Électeur 01"]))
    election = made.closed(election)
    one, two = _scrutineer(election), _scrutineer(election)
    services.enter_paper(actor=one, election=election, ballots=[["1"]])
    services.enter_paper(actor=one, election=election, ballots=[["1"]])
    with pytest.raises(ValidationError, match="Deux personnes"):
        services.count_election(actor=None, election=election)
    services.enter_paper(actor=two, election=election, ballots=[["2"]])
    with pytest.raises(ValidationError, match="Deux personnes"):
        services.count_election(actor=None, election=election)
    services.enter_paper(actor=two, election=election, ballots=[["1"]])
    assert services.count_election(actor=None, election=election).result["votes"]["1"] == 1


def test_more_paper_ballots_than_paper_voters_needs_a_reason():
    election, codes = made.opened()
    services.mark_paper_voter(actor=None, entry=made.elector(codes["Électeur 01"]))
    election = made.closed(election)
    for _reader in range(2):
        services.enter_paper(actor=_scrutineer(election), election=election, ballots=[["1"], ["1"]])
    with pytest.raises(ValidationError, match="2 bulletins"):
        services.count_election(actor=None, election=election)
    counted = services.count_election(actor=None, election=election, discrepancy_reason="Enveloppe double")
    assert counted.discrepancy_reason == "Enveloppe double"


def tied():
    """Two people with a vote each for one seat, and nothing to tell them apart."""
    election, codes = made.opened(candidates=2, seats=1, substitute_seats=0, method="online")
    made.vote(codes["Électeur 01"], "1")
    made.vote(codes["Électeur 02"], "2")
    election = services.count_election(actor=None, election=made.closed(election))
    assert election.result["to_draw"] == ["1", "2"]
    return election


def drawing(*, by="Le plus jeune", witnesses="Deux résidents", ago=0, **places):
    lots = {key[1:]: at for key, at in places.items()} or None
    return services.Drawing(by, witnesses, days_ago(ago), lots)


def test_lots_drawn_in_the_room_give_the_seat_and_the_record_says_before_whom():
    election = tied()
    with pytest.raises(ValidationError, match="sort"):
        services.make_official(actor=None, election=election)
    election = services.draw_lots(actor=None, election=election, drawing=drawing(c1=2, c2=1))
    assert election.result["elected"] == ["2"]
    assert election.result["ties"][0]["by"] == "lots"
    assert "Deux résidents" in lots_words(election)
    assert lots_words(election) in str(record(election).sections)
    with pytest.raises(ValidationError, match="plus rien"):
        services.draw_lots(actor=None, election=election, drawing=drawing(c1=1, c2=2))


def test_the_computer_may_draw_before_the_same_witnesses():
    election = services.draw_lots(actor=None, election=tied(), drawing=drawing())
    assert len(election.result["elected"]) == 1
    assert election.lots_way == "machine"


@pytest.mark.parametrize(
    "given",
    [{"c1": 1, "c2": 1}, {"c1": 1}, {"c1": 0, "c2": 3}, {"witnesses": " "}, {"by": ""}, {"ago": -1}],
)
def test_lots_that_say_nothing_are_refused(given):
    election = tied()
    with pytest.raises(ValidationError):
        services.draw_lots(actor=None, election=election, drawing=drawing(**given))
    assert not election.candidates.exclude(lot=None).exists()


def test_the_first_day_may_be_put_off_until_a_seat_is_free_never_brought_forward():
    held = councils.full_council()
    today = timezone.localdate()
    for one in held.mandates.filter(constituency="staff"):
        Mandate.objects.filter(pk=one.pk).update(ends_on=today + datetime.timedelta(30))
    election = made.election(council=held, constituency="staff", method="paper", seats=1, substitute_seats=0)
    services.call_for_candidates(actor=None, election=election)
    services.add_candidate(
        actor=None, election=election, name="Une aide-soignante", seniority_from=datetime.date(2015, 1, 1)
    )
    services.enrol_electors(actor=None, election=election, electors=[("Un collègue", None)])
    services.freeze_roll(actor=None, election=election)
    assert "siège(s) libre(s)" in shortage_words(election)
    made.past_hour(election)
    Election.objects.filter(pk=election.pk).update(state="closed", voted_online=0, voted_on_paper=1)
    for _reader in range(2):
        services.enter_paper(actor=_scrutineer(election), election=election, ballots=[["1"]])
    services.count_election(actor=None, election=election)
    with pytest.raises(ValidationError, match="tous pris"):
        services.make_official(actor=None, election=election)
    with pytest.raises(ValidationError, match="annoncés"):
        services.make_official(actor=None, election=election, term_starts_on=today)
    later = today + datetime.timedelta(31)
    services.make_official(actor=None, election=election, term_starts_on=later)
    assert held.mandates.get(person_name="Une aide-soignante").starts_on == later


def test_a_draft_changes_until_people_are_called_to_stand():
    election = made.election()
    services.edit_election(actor=None, election=election, title="Autre titre", constituency="staff", seats=1)
    election.refresh_from_db()
    assert (election.title, election.tie_rule) == ("Autre titre", "longest_seniority")
    with pytest.raises(ValidationError) as refused:
        services.edit_election(actor=None, election=election, closes_at=election.opens_at)
    assert "closes_at" in refused.value.message_dict
    services.call_for_candidates(actor=None, election=election)
    with pytest.raises(ValidationError):
        services.edit_election(actor=None, election=election, title="Trop tard")


def test_only_a_substitute_may_be_elected():
    election, codes = made.opened(seats=0, substitute_seats=1, method="online")
    with pytest.raises(ValidationError, match="un seul nom"):
        made.vote(codes["Électeur 01"], "1", "2")
    made.vote(codes["Électeur 01"], "2")
    election = services.count_election(actor=None, election=made.closed(election))
    assert (election.result["elected"], election.result["substitutes"]) == ([], ["2"])
    with pytest.raises(ValidationError):
        made.election(seats=0, substitute_seats=0)


def test_a_receipt_is_recognised_before_and_after_the_close_and_only_in_its_vote():
    election, codes = made.opened(method="online")
    receipt = made.vote(codes["Électeur 01"], "1").receipt
    for moment in (election, made.closed(election)):
        found = services.entry_with_receipt(moment, receipt)
        assert found is not None
        assert balance_of(moment).is_even
    other, _codes = made.opened()
    assert services.entry_with_receipt(other, receipt) is None
    silent = services.receipt_of(RollEntry.objects.filter(election=election, mark="").first())
    assert services.entry_with_receipt(election, silent) is None


def test_the_president_is_elected_by_and_among_representatives_of_supported_persons():
    council = councils.full_council()
    chosen, other = council.mandates.filter(constituency="supported_persons", rank="full")[:2]
    chosen.user = person()
    chosen.save()
    election = made.election(council=council, office="president", method="paper", tie_rule="oldest")
    services.call_for_candidates(actor=None, election=election)
    assert election.roll.count() == 3
    family = council.mandates.filter(constituency="families").first()
    with pytest.raises(ValidationError):
        services.add_candidate(actor=None, election=election, mandate=family)
    services.add_candidate(actor=None, election=election, mandate=other)
    services.add_candidate(actor=None, election=election, mandate=chosen)
    services.freeze_roll(actor=None, election=election)
    Election.objects.filter(pk=election.pk).update(opens_at=timezone.now() - made.HOUR)
    services.open_due_elections()
    for entry in election.roll.all():
        services.mark_paper_voter(actor=None, entry=entry)
    election = made.closed(election)
    for _reader in range(2):
        services.enter_paper(
            actor=councils.member_of(council, "others"), election=election, ballots=[["2"], ["2"], ["1"]]
        )
    election = services.make_official(
        actor=None, election=services.count_election(actor=None, election=election)
    )
    assert is_president(chosen.user, council, election.term_starts_on)


@pytest.mark.parametrize(
    ("constituency", "fields", "field"),
    [
        ("supported_persons", {"born_on": datetime.date(2020, 1, 1)}, "born_on"),
        ("supported_persons", {"born_on": datetime.date(2012, 1, 1)}, "guardian_name"),
        ("staff", {}, "seniority_from"),
        ("staff", {"seniority_from": -60 * DAY}, "seniority_from"),
    ],
)
def test_who_may_not_stand_is_told_why(constituency, fields, field):
    election = made.election(constituency=constituency, seats=1)
    services.call_for_candidates(actor=None, election=election)
    with pytest.raises(ValidationError) as refused:
        services.add_candidate(actor=None, election=election, name="Personne", **dated(fields))
    assert field in refused.value.message_dict


def test_the_roll_and_the_candidates_are_final_once_frozen():
    election, _codes = made.ready()
    with pytest.raises(RefusedTransition):
        services.add_candidate(actor=None, election=election, name="Tard")
    with pytest.raises(RefusedTransition):
        services.enrol_electors(actor=None, election=election, electors=[("Tard", None)])
    with pytest.raises(RefusedTransition):
        services.withdraw_candidate(actor=None, candidate=made.candidate(election, 1))


def test_the_same_name_twice_on_the_roll_is_refused():
    election = made.election()
    with pytest.raises(ValidationError, match="Deux fois"):
        services.enrol_electors(actor=None, election=election, electors=[("A  B", None), ("A B", None)])


def test_a_contested_election_is_kept_or_cancelled_and_its_mandates_end():
    election, codes = made.opened(method="online", seats=1, substitute_seats=0)
    made.vote(codes["Électeur 01"], "1")
    election = services.count_election(actor=None, election=made.closed(election))
    services.make_official(actor=None, election=election)
    services.contest_election(actor=None, election=election, reason="Un électeur absent du tableau")
    kept = services.uphold_election(actor=None, election=election, reason="Il n’avait pas l’âge")
    assert kept.state == "official"
    services.contest_election(actor=None, election=election, reason="Recours")
    services.cancel_election(actor=None, election=election, reason="Annulée par le juge")
    mandate = Mandate.objects.get(council=election.council)
    assert mandate.end_reason == "contested"
    assert SealedBallot.objects.filter(election=election).exists()


def test_nobody_closes_early_while_someone_has_not_voted():
    election, codes = made.opened(voters=2, method="online")
    made.vote(codes["Électeur 01"], "1")
    with pytest.raises(ValidationError):
        services.close_election(actor=None, election=election)
    made.vote(codes["Électeur 02"], "1")
    assert services.close_election(actor=None, election=election).state == "closed"


def test_what_is_audited_names_nobody_and_casting_is_not_audited():
    _election, codes = made.opened()
    before = AuditEntry.objects.count()
    made.vote(codes["Électeur 01"], "1")
    assert AuditEntry.objects.count() == before
    services.mark_paper_voter(actor=None, entry=made.elector(codes["Électeur 02"]))
    written = " ".join(str(one.changes) + one.target_label for one in AuditEntry.objects.all())
    assert "Électeur" not in written


def test_a_stranger_creates_nothing():
    with pytest.raises(PermissionDenied):
        services.create_election(actor=person(Role.ORGANISER), council=councils.council())


def test_a_receipt_is_the_electors_alone():
    _election, codes = made.opened()
    receipts = {made.vote(code, "1").receipt for code in codes.values()}
    assert len(receipts) == len(codes)
    assert RollEntry.objects.filter(mark="online").count() == len(codes)
