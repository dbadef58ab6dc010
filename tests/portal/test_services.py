"""From answers to releases: counted once, linked to their release, due at the right time."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from consultations.lineage.models import Link
from consultations.process.models import Consultation
from consultations.surveys.models import Survey
from observatory.indicators.models import Indicator, PublishedCell, Release
from observatory.portal.services import publish_due_releases, publish_open_figures, publish_survey
from territories.models import Population
from tests.factories.process import ConsultationFactory
from tests.factories.surveys import answer, open_survey

DOCUMENT = {
    "schema": 1,
    "questions": [
        {"code": "commune", "type": "commune", "label": {"fr": "Votre commune ?"}, "role": "territory"},
        {
            "code": "soin", "type": "single", "label": {"fr": "Avez-vous renoncé à un soin ?"},
            "choices": [{"code": "oui", "label": {"fr": "Oui"}}, {"code": "non", "label": {"fr": "Non"}}],
        },
        {
            "code": "raison", "type": "multiple", "label": {"fr": "Pourquoi ?"}, "visible_when": "soin = 'oui'",
            "choices": [{"code": "bus", "label": {"fr": "Bus"}}, {"code": "prix", "label": {"fr": "Prix"}}],
        },
        {
            "code": "note", "type": "scale", "label": {"fr": "Est-ce facile ?"}, "min": 0, "max": 10,
            "min_label": {"fr": "non"}, "max_label": {"fr": "oui"},
        },
    ],
}  # fmt: skip


@pytest.fixture
def survey(place) -> Survey:
    """Thirty answers of Agen: fifteen gave up care, for want of a bus."""
    consultation = ConsultationFactory(status=Consultation.Status.PUBLISHED, territory=place.departement)
    made = open_survey(DOCUMENT, consultation=consultation, slug="soins", title="Se soigner")
    give(made, 15, {"soin": "oui", "raison": ["bus"], "note": 2})
    give(made, 15, {"soin": "non", "note": 9})
    return made


def give(survey: Survey, count: int, answers: dict) -> None:
    for _ in range(count):
        answer(survey, {"commune": "47001", **answers})


def states(release: Release, code: str) -> dict[str, str]:
    return {level: one["state"] for level, one in release.report["indicators"][f"soins--{code}"].items()}


def test_survey_is_released_by_question_and_place(survey):
    release = publish_survey(actor=None, survey=survey)
    cell = PublishedCell.objects.get(
        release=release, indicator_code="soins--soin", level_code="departement", slice_key="oui"
    )
    assert (cell.value, cell.base_count, cell.slice_label, cell.period) == (
        15,
        30,
        "Oui",
        str(timezone.localdate().year),
    )
    assert states(release, "soin")["commune"] == "published"
    assert Indicator.objects.get(code="soins--raison").is_conditional


def test_long_scale_is_read_in_bands(survey):
    publish_survey(actor=None, survey=survey)
    keys = PublishedCell.objects.filter(indicator_code="soins--note", level_code="departement")
    assert set(keys.values_list("slice_key", flat=True)) == {"total", "0-1", "2-3", "4-6", "7-8", "9-10"}


def test_each_response_is_linked_to_its_release_once(survey):
    first = publish_survey(actor=None, survey=survey)
    assert publish_survey(actor=None, survey=survey) == first
    links = Link.objects.filter(source_kind="response", target_kind="release", target_id=str(first.pk))
    assert links.count() == 30


def test_conditional_question_is_withheld_when_those_not_asked_are_few(survey):
    give(survey, 20, {"soin": "oui", "raison": ["prix"], "note": 5})
    survey.responses.filter(answers__soin="non").order_by("pk").first()
    few = [one.pk for one in survey.responses.filter(answers__soin="non").order_by("pk")[:10]]
    survey.responses.filter(pk__in=few).delete()
    release = publish_survey(actor=None, survey=survey)
    assert set(states(release, "raison").values()) == {"withheld"}


@pytest.mark.parametrize(("more", "made"), [(0, 0), (10, 0), (11, 1)])
def test_tick_releases_an_open_survey_again_after_eleven_responses_on_another_day(survey, more, made):
    assert publish_due_releases() == 1
    Release.objects.update(released_on=timezone.localdate() - datetime.timedelta(days=1))
    give(survey, more, {"soin": "non", "note": 9})
    assert publish_due_releases() == made


def test_tick_releases_an_open_survey_once_a_day_at_most(survey):
    publish_due_releases()
    give(survey, 40, {"soin": "non", "note": 9})
    assert publish_due_releases() == 0


def test_too_few_answers_are_refused_in_words(place):
    consultation = ConsultationFactory(status=Consultation.Status.PUBLISHED, territory=place.departement)
    made = open_survey(DOCUMENT, consultation=consultation)
    give(made, 10, {"soin": "oui"})
    with pytest.raises(ValidationError, match="fewer than 11"):
        publish_survey(actor=None, survey=made)
    assert not Indicator.objects.exists()


def test_official_series_are_published_as_they_are(place):
    for year, count in ((2016, 80), (2023, 100)):
        for territory in (place.departement, place.towns["z"]):
            Population.objects.create(territory=territory, year=year, municipal_count=count)
    [release] = publish_open_figures(actor=None)
    cells = PublishedCell.objects.filter(release=release, territory_code="47006")
    found = {(cell.indicator_code, cell.period): cell.value for cell in cells}
    assert found == {
        ("population", "2016"): 80, ("population", "2023"): 100, ("population-evolution", "2016-23"): 25,
    }  # fmt: skip
    assert publish_open_figures(actor=None) == [release]


def test_command_reports_as_json(survey, capsys):
    call_command("publish_release", "--survey", "soins", "--json")
    assert '"slug": "soins"' in capsys.readouterr().out


def test_command_fails_when_a_release_is_refused(place, capsys):
    consultation = ConsultationFactory(status=Consultation.Status.PUBLISHED, territory=place.departement)
    open_survey(DOCUMENT, consultation=consultation)
    with pytest.raises(CommandError):
        call_command("publish_release", "--all")
    with pytest.raises(CommandError, match="rien"):
        call_command("publish_release", "--survey", "rien")
