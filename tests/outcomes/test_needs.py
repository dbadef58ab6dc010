"""Needs that nothing answers: eleven published answers for anyone, five for organisers, by place."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from consultations.actions.models import ActionSheet, State
from consultations.actions.services import set_details
from consultations.outcomes.selectors import unanswered_inside, unanswered_needs
from consultations.surveys.services import publish_survey
from needs.models import Need
from observatory.indicators.models import PublishedCell, Release
from tests.factories import actions as make
from tests.factories.process import ConsultationFactory, person, place
from tests.factories.surveys import answer, draft_survey
from tests.surveys.documents import question, questionnaire

pytestmark = pytest.mark.django_db
EAT, MOVE = "1.1.2", "1.3.4.2"


@pytest.fixture(autouse=True)
def needs() -> None:
    for code, words in ((EAT, "Manger"), (MOVE, "Me déplacer")):
        Need.objects.create(code=code, family="need", official_label="x", plain_label=words)


def published(slug: str, voices: dict[str, int], *, where: tuple[str, str] = ("commune", "Duras")) -> Release:
    """A release of a survey with its cells of needs."""
    level, code = where
    release = Release.objects.create(
        subject_kind="survey", subject_id=slug, slug=slug, scope_level=level, scope_code=code,
        scope_name=code, geography_on=datetime.date(2026, 1, 1), number=1, title=slug,
        released_on=datetime.date(2026, 3, 1), base_count=300, input_hash="x",
    )  # fmt: skip
    PublishedCell.objects.bulk_create(
        PublishedCell(
            release=release, indicator_code=f"{slug}--besoins", level_code=level, territory_code=code,
            territory_name=code, period="2026", slice_key=need, value=count, base_count=300,
            status=PublishedCell.Status.PUBLISHED,
        )
        for need, count in voices.items()
    )  # fmt: skip
    return release


def codes(lines: Any) -> dict[str, int]:
    return {one.need.code: one.voices for one in lines}


def answering(code: str, state: str = State.UNDER_WAY, **fields: Any) -> ActionSheet:
    sheet = make.sheet(State.WRITING, **fields)
    set_details(actor=None, sheet=sheet, values={"needs": [Need.objects.get(code=code)]})
    return make.in_state(sheet, state)


def test_only_published_voices_from_eleven_are_told() -> None:
    published("a", {EAT: 11, MOVE: 10})
    assert codes(unanswered_needs()) == {EAT: 11}
    published("b", {MOVE: 40})
    assert codes(unanswered_needs()) == {EAT: 11, MOVE: 50}


def test_a_withdrawn_or_older_release_says_nothing() -> None:
    release = published("a", {EAT: 30})
    release.is_latest = False
    release.save()
    assert unanswered_needs() == []


@pytest.mark.parametrize(
    ("state", "announced", "is_left"),
    [
        (State.UNDER_WAY, True, False),
        (State.DONE, True, False),
        (State.ABANDONED, True, True),
        (State.WRITING, False, True),
    ],
)
def test_a_need_is_answered_by_a_public_action_that_was_not_given_up(
    state: str, announced: bool, is_left: bool
) -> None:
    published("a", {EAT: 30})
    sheet = answering(EAT, state)
    ActionSheet.objects.filter(pk=sheet.pk).update(announced_on=make.LONG_AGO if announced else None)
    lines = unanswered_needs()
    assert bool(lines) is is_left
    if state == State.ABANDONED:
        assert lines[0].given_up == 1


def test_a_wider_need_that_is_answered_answers_those_below() -> None:
    Need.objects.create(code="1.3", family="need", official_label="x", plain_label="Vivre avec les autres")
    published("a", {MOVE: 30, EAT: 20})
    answering("1.3")
    assert codes(unanswered_needs()) == {EAT: 20}


def test_by_place_only_what_was_said_there_and_is_done_there_counts() -> None:
    duras, agen = place("Duras"), place("Agen")
    published("a", {EAT: 30}, where=(duras.level_id, duras.code))
    published("b", {EAT: 50}, where=(agen.level_id, agen.code))
    answering(EAT, territory=duras)
    assert codes(unanswered_needs(territory=agen)) == {EAT: 50}
    assert codes(unanswered_needs(territory=duras)) == {}


@pytest.fixture
def asked() -> Any:
    """A survey of Duras whose one question has two coded answers, and its organiser."""
    consultation = ConsultationFactory(status="published")
    asked = question("besoin", "single", choices=[
        {"code": "manger", "label": {"fr": "Manger"}, "needs": [EAT]},
        {"code": "bouger", "label": {"fr": "Bouger"}, "needs": [MOVE]},
    ])  # fmt: skip
    survey = draft_survey(questionnaire(asked), consultation=consultation)
    organiser = person(Role.ORGANISER, on=consultation.territory)
    publish_survey(actor=organiser, survey=survey)
    survey.refresh_from_db()
    return survey, organiser


def test_organisers_see_their_own_surveys_from_five_by_steps_of_five(asked: Any) -> None:
    survey, organiser = asked
    stranger = person(Role.ORGANISER, on=place("Ailleurs"))
    seen = []
    for count in range(1, 12):
        answer(survey, {"besoin": "manger"})
        seen.append(codes(unanswered_inside(organiser)).get(EAT))
        if count == 4:
            answer(survey, {"besoin": "bouger"})
    assert seen == [None, None, None, None, 5, 5, 5, 5, 5, 10, 10]
    assert codes(unanswered_inside(organiser)).get(MOVE) is None
    assert unanswered_inside(stranger) == []


PAGE, INSIDE = "outcomes:unanswered", "outcomes:unanswered_inside"
DOORS = [
    ("visitor", 200, 302),
    (Role.PROFESSIONAL, 200, 403),
    (Role.OFFICIAL, 200, 403),
    (Role.ORGANISER, 200, 200),
    (Role.ADMINISTRATOR, 200, 200),
]


@pytest.mark.parametrize(("who", "public", "inside"), DOORS)
def test_who_opens_the_lists(client: Client, who: str, public: int, inside: int) -> None:
    published("a", {EAT: 30})
    if who != "visitor":
        client.force_login(person(Role(who), on=place("Duras")))
    page = client.get(reverse(PAGE))
    assert (page.status_code, client.get(reverse(INSIDE)).status_code) == (public, inside)
    may_start = who in {Role.PROFESSIONAL, Role.ORGANISER, Role.ADMINISTRATOR}
    assert (reverse("actions:take", args=["need", EAT]) in page.content.decode()) is may_start


@pytest.mark.parametrize("where", ["commune:99999", "n'importe quoi", "<script>", "commune:"])
def test_an_unknown_place_is_said(client: Client, where: str) -> None:
    page = client.get(reverse(PAGE), {"territory": where})
    assert page.status_code in {400, 404}
    assert "<script>" not in page.content.decode().replace("<script type", "")


def test_the_list_asks_as_many_questions_whatever_its_length(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    published("a", {EAT: 30, MOVE: 20})
    for _more in range(3):
        answering(EAT, State.ABANDONED)
    client.get(reverse(PAGE))
    with django_assert_max_num_queries(14):
        client.get(reverse(PAGE))
