"""The demo's councils: fourteen, their seats held by the rules, one promotion, one vacancy, the federation."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from consultations.councils.models import Council, Mandate
from consultations.councils.permissions import can_edit_council, is_president
from consultations.councils.selectors import composition, federated_councils, office_holder
from consultations.councils.services.seating import check_mandate
from consultations.elections import services
from consultations.elections.models import Election
from consultations.opinions.models import Opinion
from demo import councils, elections, meetings, opinions, people
from demo.councils_story import COUNCILS, FEDERATED_SLUGS
from demo.roles import BY_KEY, PEOPLE
from organisations.models import Organisation
from territories.models import Territory, TerritoryLevel

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> None:
    places = {}
    for address in {one.place for one in (*COUNCILS, *PEOPLE) if ":" in one.place}:
        level, code = address.split(":")
        TerritoryLevel.objects.get_or_create(
            code=level, defaults={"rank": 2, "name": level, "name_plural": level}
        )
        places[address] = Territory.objects.create(
            level_id=level, code=code, name=address, search_name=address
        )
    slugs = {one.establishment for one in COUNCILS if one.establishment}
    slugs |= {one.place for one in PEOPLE if one.place and ":" not in one.place}
    for slug in slugs:
        Organisation.objects.create(slug=slug, name=slug, territory=places["departement:47"])
    people.load()
    councils.load()


@pytest.mark.usefixtures("story")
def test_the_story_is_told_once_and_follows_the_rules() -> None:
    councils.load()
    assert Council.objects.count() == len(COUNCILS) == 14 and len(FEDERATED_SLUGS) == 8
    for council in Council.objects.all():
        late = {alert.code for alert in composition(council).alerts if alert.is_late}
        assert late == set(), (council.slug, late)
        assert office_holder(council, "president"), council.slug
    for mandate in Mandate.objects.filter(ended_on=None).select_related("council"):
        check_mandate(mandate)  # written in one go: each must be what the service would have allowed


@pytest.mark.usefixtures("story")
def test_the_reference_council_and_the_federation_are_those_of_the_facts() -> None:
    reference = Council.objects.get(slug="cvs-ehpad-agen")
    majority = composition(reference).majority
    assert (majority.users, majority.total) == (6, 9)
    assert Mandate.objects.filter(end_reason="promoted").count() == 1
    tonneins = composition(Council.objects.get(slug="cvs-foyer-tonneins"))
    assert [line.constituency for line in tonneins.lines if line.vacancy] == ["families"]
    joined = federated_councils(Council.objects.get(slug="federation-cvs-47"))
    assert len(joined) == 8 and all(one.delegates for one in joined)
    accounts = {key: User.objects.get(email=BY_KEY[key].email) for key in ("presidente-cvs", "secretaire")}
    assert is_president(accounts["presidente-cvs"], reference)
    assert can_edit_council(accounts["secretaire"], reference)
    assert not can_edit_council(AnonymousUser(), reference)


@pytest.mark.usefixtures("story")
def test_the_demo_has_a_vote_to_take_part_in_and_an_official_result() -> None:
    elections.load()
    elections.load()
    done = Election.objects.get(title=elections.DONE)
    assert (done.state, done.voted, done.registered) == ("official", 8, 9)
    assert done.council.mandates.filter(offices__office="vice_president").count() == 1
    found = elections.codes_to_try()
    assert found is not None
    now, codes = found
    assert (now.state, now.roll.exclude(mark="").count(), len(codes)) == ("open", 7, elections.CODES_SHOWN)
    entry = services.elector_with(codes[0].replace(" ", "-"))
    assert entry is not None
    services.cast_ballot(entry=entry, choices=["1"])
    left = elections.codes_to_try()
    assert left is not None
    assert codes[0] not in left[1]


@pytest.mark.usefixtures("story")
def test_opinions_tell_the_story_once() -> None:
    meetings.load()
    for _again in range(2):
        opinions.load()
    found = {(one.council.slug, one.title): one for one in Opinion.objects.select_related("council")}
    assert len(found) == len(opinions.OPINIONS)
    dinner = found["cvs-ehpad-agen", "Dîner à 19 heures"]
    assert dinner.answer_kind == "accepted" and dinner.decision.item.meeting.reconvened_from  # type: ignore[union-attr]
    assert {one.state for one in found.values()} >= {
        "proposed", "voted", "answer_due", "under_study", "answered", "carried_out", "evaluated", "withdrawn"
    }  # fmt: skip
    refused = found["cvs-ehpad-nerac", "Dîner à 19 heures"].answers.get()
    assert refused.reasons and refused.read_back_on
