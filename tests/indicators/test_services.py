"""Facts are never lost, releases are frozen, and an open survey waits for eleven new responses."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from observatory.indicators.models import Fact, PublishedCell, Release
from observatory.indicators.services import publish_release, withdraw_release
from tests.factories import observatory as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make.Place()


def states(release, code="enquete--soin"):
    return {level: one["state"] for level, one in release.report["indicators"][code].items()}


def test_facts_are_added_and_the_old_ones_stay(place):
    indicator = make.make_indicator()
    make.record(place, indicator, {"a": (30, 30)})
    make.record(place, indicator, {"a": (45, 45)})
    totals = Fact.objects.filter(slice__key="total")
    assert list(totals.order_by("pk").values_list("value", "is_current")) == [(60, False), (90, True)]


def test_same_facts_again_change_nothing(place):
    indicator = make.make_indicator()
    first = make.record(place, indicator, {"a": (30, 30)})
    make.record(place, indicator, {"a": (45, 45)})
    again = make.record(place, indicator, {"a": (30, 30)})
    assert again == first
    assert Fact.objects.current().get(slice__key="total").value == 60


def test_release_shows_what_is_protected_and_says_why_the_rest_is_not(place):
    release = make.release(place)
    assert states(release) == {
        "departement": "published", "epci": "published", "canton": "published", "commune": "published",
    }  # fmt: skip
    epci = PublishedCell.objects.filter(level_code="epci", slice_key="oui").order_by("territory_code")
    assert [(one.value, one.base_count, one.status) for one in epci] == [
        (115, 275, "V"), (60, 95, "V"), (None, None, "M"),
    ]  # fmt: skip


def test_level_with_a_small_place_is_withheld_whole(place):
    release = make.release(place, {**make.WELL_SPREAD, "z": (4, 3)})
    assert states(release)["epci"] == "withheld"
    hidden = PublishedCell.objects.filter(level_code="epci")
    assert {(one.status, one.value, one.base_count) for one in hidden} == {("N", None, None)}
    assert hidden.count() == 3


def test_level_that_would_leak_by_subtraction_is_withheld(place):
    """Cantons minus EPCI would isolate a commune of nine people."""
    answers = {**make.WELL_SPREAD, "c": (5, 4), "d": (60, 40)}
    found = states(make.release(place, answers))
    assert (found["epci"], found["canton"]) == ("published", "withheld")


def test_same_facts_give_the_same_release(place):
    assert make.release(place) == make.release(place)
    assert Release.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "is_open", "is_refused"), [(10, True, True), (11, True, False), (10, False, False)]
)
def test_open_survey_waits_for_eleven_new_responses(place, more, is_open, is_refused):
    make.release(place, is_open=True)
    answers = {**make.WELL_SPREAD, "a": (60, 90 + more)}
    if is_refused:
        with pytest.raises(ValidationError, match="11"):
            make.release(place, answers, is_open=is_open)
    else:
        assert make.release(place, answers, is_open=is_open).number == 2


def test_level_that_changed_too_little_is_kept_as_it_was(place):
    first = make.release(place, is_open=True)
    second = make.release(place, {**make.WELL_SPREAD, "a": (64, 90 + 11)}, is_open=True)
    assert set(states(second).values()) == {"kept"}
    rows = PublishedCell.objects.order_by("level_code", "territory_code", "slice_key")
    before, after = ([(c.value, c.base_count) for c in rows.filter(release=one)] for one in (first, second))
    assert before == after
    assert second.report["indicators"]["enquete--soin"]["departement"]["release"] == 1


def test_too_few_responses_publish_nothing(place):
    with pytest.raises(ValidationError, match="11"):
        make.release(place, {"a": (5, 5)})


def test_release_keeps_its_rule_its_report_and_the_hash_of_its_input(place):
    release = make.release(place)
    assert release.parameters["rule"] == {"minimum": 11, "dominance": None}
    assert release.report["cells"]["V"] > 0
    assert len(release.input_hash) == 64
    assert release.report["breaks"]["enquete--soin"]["epci"]["oui"]


def test_only_those_who_may_publish_or_withdraw(place):
    someone = User.objects.create_user("someone@example.org")
    release = make.release(place)
    with pytest.raises(PermissionDenied):
        publish_release(actor=someone, subject=make.subject(place, 300), dataset_version=None)
    with pytest.raises(PermissionDenied):
        withdraw_release(actor=someone, release=release)


def test_withdrawn_release_gives_its_place_back_to_the_one_before(place):
    boss = User.objects.create_superuser("boss@example.org")
    first = make.release(place)
    second = make.release(place, {**make.WELL_SPREAD, "a": (90, 120)})
    withdraw_release(actor=boss, release=second)
    assert list(Release.objects.shown()) == [first]
