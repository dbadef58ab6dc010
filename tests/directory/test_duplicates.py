"""Which records may be the same: a pure score, the same both ways."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from directory.duplicates import LIKELY, Profile, compare, likely_pairs, name_likeness
from directory.models import LikelyPair
from directory.selectors.duplicates import explained, likely_pairs_of, waiting_to_compare
from directory.services.duplicates import compare_some, find_duplicates, put_pair_back, set_pair_aside
from directory.services.records import save_service
from tests.directory.test_permissions import ACTORS, STEWARDS
from tests.factories import directory as made
from tests.factories.process import body, person, place

AGEN, NERAC = (44.2049, 0.6212), (44.1361, 0.3393)


def record(key: int = 1, name: str = "Accueil de jour Les Tilleuls", **fields: object) -> Profile:
    values = {"organisation": key, "communes": frozenset({"47001"}), "points": (AGEN,), **fields}
    return Profile(key=key, name=name, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "is_likely"),
    [
        (record(1), record(2), True),
        (record(1), record(2, "Les Tilleuls, accueil de jour"), True),
        (record(1), record(2, "Accueil de jour les tilleul"), True),
        (record(1), record(2, "ACCUEIL DE JOUR « LES TILLEULS » (démo)"), True),
        (record(1), record(2, points=(NERAC,), communes=frozenset({"47195"})), False),
        (record(1, phone="05 53 00 00 00"), record(2, phone="+33 5 53 00 00 00", communes=frozenset(), points=()), True),
        (record(1, organisation=7, phone="05 53 00 00 00"), record(2, organisation=7, phone="0553000000", points=(), communes=frozenset()), True),
        (record(1, "Portage de repas", organisation=7, phone="05 53 00 00 00"), record(2, "Téléassistance", organisation=7, phone="05 53 00 00 00"), False),
        (record(1, "SAVS d’Agen", organisation=7), record(2, "ESAT d’Agen", organisation=7), False),
        (record(1, phone="15"), record(2, "SAMU", phone="15"), False),
    ],
)  # fmt: skip
def test_a_like_name_and_something_shared_make_a_pair(one: Profile, other: Profile, is_likely: bool) -> None:
    assert (compare(one, other).score >= LIKELY) == is_likely


names = st.text(alphabet="abcdefgéèàœ -'’«»", max_size=40)
profiles = st.builds(
    Profile,
    key=st.integers(1, 50),
    name=names,
    organisation=st.integers(1, 3),
    numbers=st.frozensets(st.sampled_from(["siret:1", "finess:2"])),
    phone=st.sampled_from(["", "05 53 00 00 00", "0553000000", "15"]),
    email=st.sampled_from(["", "A@b.fr", "a@b.fr"]),
    communes=st.frozensets(st.sampled_from(["47001", "47195"])),
    points=st.lists(st.sampled_from([AGEN, NERAC]), max_size=2).map(tuple),
)


@given(profiles, profiles)
def test_the_score_is_the_same_both_ways_and_between_0_and_1(one: Profile, other: Profile) -> None:
    assert compare(one, other) == compare(other, one)
    assert 0 <= compare(one, other).score <= 1


@given(names, names)
def test_a_name_is_wholly_like_itself(one: str, other: str) -> None:
    assert name_likeness(one, other) == name_likeness(other, one)
    if any(char.isalpha() for char in one):
        assert name_likeness(one, one) == 1


@given(st.lists(profiles, max_size=12, unique_by=lambda one: one.key))
def test_blocks_find_the_pairs_that_comparing_everything_would(several: list[Profile]) -> None:
    everything = {
        (found.one, found.other)
        for index, one in enumerate(several)
        for other in several[index + 1 :]
        if (found := compare(one, other)).score >= LIKELY
    }
    assert {(one.one, one.other) for one in likely_pairs(several)} == everything


@pytest.mark.django_db
def test_pairs_are_found_by_the_tick_a_few_at_a_time_and_a_refusal_is_remembered() -> None:
    one = made.service(name="Accueil de jour Les Tilleuls")
    made.at(one, made.location(one.organisation))
    other = made.service(one.organisation, name="Les Tilleuls, accueil de jour")
    made.at(other, one.locations.get())
    steward = made.steward_of(one.organisation.territory)
    assert waiting_to_compare(steward) == 2 and not likely_pairs_of(steward)
    assert [compare_some(1), compare_some(1), compare_some(1)] == [1, 1, 0]
    (pair,) = explained(likely_pairs_of(steward))
    assert (pair.one, pair.other) == (one, other) and pair.likeness.reasons
    set_pair_aside(actor=steward, pair=pair.row)
    save_service(actor=None, organisation=one.organisation, service=one, values={"phone": "3977"})
    assert find_duplicates() == 1 and not likely_pairs_of(steward)
    assert likely_pairs_of(steward, aside=True).count() == 1
    put_pair_back(actor=steward, pair=likely_pairs_of(steward, aside=True).get())
    save_service(actor=None, organisation=one.organisation, service=one, values={"name": "Portage de repas"})
    find_duplicates()
    assert not likely_pairs_of(steward)


@pytest.mark.django_db
@pytest.mark.parametrize("actor", ACTORS)
def test_only_stewards_of_both_records_set_a_pair_aside(actor: str) -> None:
    one = made.service()
    pair = LikelyPair.objects.create(
        one=one, other=made.service(one.organisation), percent=80, found_on=timezone.localdate()
    )
    user = made.an_actor(actor, one.organisation)
    if actor == "visitor":
        return
    for act in (set_pair_aside, put_pair_back):
        if actor in STEWARDS:
            act(actor=user, pair=pair)
        else:
            with pytest.raises(PermissionDenied):
                act(actor=user, pair=pair)


@pytest.mark.django_db
def test_a_pair_with_a_record_elsewhere_is_nobodys_there() -> None:
    one, other = made.service(), made.service(organisation=body(place("Loin")))
    LikelyPair.objects.create(one=one, other=other, percent=80, found_on=timezone.localdate())
    assert not likely_pairs_of(made.steward_of(one.organisation.territory))
    assert likely_pairs_of(person(superuser=True)).count() == 1
    other.status = "defunct"
    other.save()
    assert not likely_pairs_of(person(superuser=True))


@pytest.mark.django_db
def test_comparing_costs_the_same_for_two_records_and_for_thirty(django_assert_max_num_queries: Any) -> None:
    town = body(place())
    for number in range(30):
        made.at(made.service(town, name=f"Service {'abcdefghij'[number % 10]}{number}"), made.location(town))
    with django_assert_max_num_queries(20):
        assert compare_some() == 30
