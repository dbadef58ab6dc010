"""What a poll may ask, what makes a ballot whole, and how ballots are counted."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from consultations.polls.definition import Definition, Kind, check_choices, make_definition
from consultations.polls.tally import add_hands, tally

LABELS = ["Navette", "Bus", "Vélo"]


def asked(kind, **fields):
    options = LABELS if kind in {"single", "multiple", "ranking", "score", "dots"} else []
    return make_definition(kind=kind, question="Quoi ?", **{"options": options, **fields})


@pytest.mark.parametrize("kind", Kind.values)
def test_a_definition_is_stored_and_read_back(kind):
    found = asked(kind)
    assert Definition.read(found.document()) == found
    assert found.content_hash == Definition.read(found.document()).content_hash


def test_the_hash_changes_with_every_word():
    assert asked("yes_no").content_hash != asked("yes_no", easy_question="Oui ?").content_hash


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("kind", {"kind": "lottery"}),
        ("question", {"question": "  "}),
        ("question", {"question": "x" * 201}),
        ("options", {"options": ["Seul"]}),
        ("options", {"options": ["Bus", "bus"]}),
        ("options", {"options": [str(n) for n in range(13)]}),
        ("options", {"options": ["x" * 121, "y"]}),
        ("most", {"kind": "multiple", "most": 4}),
        ("most", {"kind": "multiple", "least": 3, "most": 2}),
        ("least", {"kind": "ranking", "least": 0}),
        ("points", {"kind": "dots", "points": 0}),
        ("points", {"kind": "score", "points": 21}),
        ("may_abstain", {"kind": "dots", "may_abstain": True}),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(field, fields):
    with pytest.raises(ValidationError) as refused:
        make_definition(**{"kind": "single", "question": "Quoi ?", "options": LABELS, **fields})
    assert field in refused.value.message_dict


def test_codes_are_readable_and_all_different():
    codes = asked(
        "single", options=["Aide à domicile le matin", "Aide à domicile le soir", "!", "Abstain"]
    ).codes
    assert len(set(codes)) == 4
    assert codes[0] == "aide-a-domicile"
    assert "abstain" not in codes
    assert all(len(code) <= 15 for code in codes)


CASES = [
    ("single", {}, {"bus": 1}, {"bus": 1}),
    ("single", {}, {}, None),
    ("single", {}, {"bus": 1, "velo": 1}, None),
    ("single", {}, {"train": 1}, None),
    ("single", {}, {"abstain": 1}, None),
    ("single", {"may_abstain": True}, {"abstain": 1}, {"abstain": 1}),
    ("yes_no", {"may_abstain": True}, {"abstain": 1, "yes": 1}, None),
    ("yes_no", {}, {"yes": 1}, {"yes": 1}),
    ("multiple", {}, {"velo": 1, "bus": 7}, {"bus": 1, "velo": 1}),
    ("multiple", {}, {}, None),
    ("multiple", {"least": 0, "most": 2}, {}, {}),
    ("multiple", {"most": 2}, {"navette": 1, "bus": 1, "velo": 1}, None),
    ("ranking", {}, {"velo": 1, "bus": 2, "navette": 3}, {"navette": 3, "bus": 2, "velo": 1}),
    ("ranking", {}, {"velo": 1, "bus": 1, "navette": 2}, None),
    ("ranking", {}, {"velo": 1, "bus": 2}, None),
    ("ranking", {"least": 1}, {"velo": 1, "bus": 2}, {"bus": 2, "velo": 1}),
    ("ranking", {"least": 1}, {"velo": 1, "bus": 3}, None),
    ("score", {}, {"bus": 0, "velo": 5}, {"bus": 0, "velo": 5}),
    ("score", {}, {"bus": 6}, None),
    ("score", {}, {}, None),
    ("dots", {}, {"bus": 5, "velo": 0}, {"bus": 5}),
    ("dots", {}, {"bus": 5, "velo": 1}, None),
    ("dots", {}, {"bus": -1, "velo": 2}, None),
    ("dots", {}, {"bus": 0}, None),
    ("satisfaction", {}, {"4": 1}, {"4": 1}),
    ("nps", {}, {"11": 1}, None),
    ("csat", {}, {"3": "x"}, None),
]


@pytest.mark.parametrize(("kind", "fields", "given", "kept"), CASES)
def test_a_ballot_is_whole_or_refused(kind, fields, given, kept):
    definition = asked(kind, **fields)
    if kept is None:
        with pytest.raises(ValidationError):
            check_choices(definition, given)
    else:
        assert check_choices(definition, given) == kept
        assert list(check_choices(definition, given)) == list(kept)


def test_several_choices_are_counted_by_option_never_by_combination():
    """Decidim #16421: 10 options were drawn as 41 bars, one for each combination."""
    definition = asked("multiple")
    ballots = [{"navette": 1, "bus": 1}, {"navette": 1}, {"navette": 1, "bus": 1, "velo": 1}]
    assert tally(definition, ballots).chosen == {"navette": 3, "bus": 2, "velo": 1}


def test_recommendation_is_counted_by_band():
    counted = tally(asked("nps", may_abstain=True), [{"10": 1}, {"9": 1}, {"7": 1}, {"0": 1}, {"abstain": 1}])
    assert counted.chosen == {"bottom": 1, "middle": 1, "top": 2, "abstain": 1}


def test_hands_are_added_to_devices():
    counted = add_hands(tally(asked("yes_no"), [{"yes": 1}]), {"yes": 12, "no": 3})
    assert (counted.count, counted.chosen) == (16, {"yes": 13, "no": 3})


@given(st.lists(st.dictionaries(st.sampled_from(["navette", "bus", "velo"]), st.just(1)), max_size=30))
def test_counts_are_within_the_number_of_ballots(ballots):
    counted = tally(asked("multiple", least=0), ballots)
    assert counted.count == len(ballots)
    assert all(0 <= count <= len(ballots) for count in counted.chosen.values())
    assert sum(counted.chosen.values()) == sum(len(ballot) for ballot in ballots)
