"""Verbatims: one by origin and question, replaced as a whole, coded with the latest needs."""

import datetime

import pytest

from consultations.bank.models import Verbatim
from consultations.bank.services import replace_verbatims
from needs.models import Need
from tests.factories.process import ConsultationFactory

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 1)


def replace(consultation, texts, key="1"):
    replace_verbatims(
        consultation_id=consultation.pk,
        origin=("response", key),
        territory_id=None,
        given_on=DAY,
        texts=texts,
    )


def test_what_is_no_longer_said_is_removed_and_the_rest_keeps_its_key():
    consultation = ConsultationFactory()
    replace(consultation, {"a": ("Un bus", ()), "b": ("Un banc", ())})
    replace(consultation, {"a": ("Autre", ())}, key="2")
    kept = Verbatim.objects.get(origin_id="1", question_code="a")
    replace(consultation, {"a": ("Deux bus", ())})
    assert list(Verbatim.objects.filter(origin_id="1").values_list("pk", "text")) == [(kept.pk, "Deux bus")]
    replace(consultation, {})
    assert list(Verbatim.objects.values_list("origin_id", flat=True)) == ["2"]


def test_needs_follow_the_nomenclature_and_unknown_codes_are_left_out():
    consultation = ConsultationFactory()
    fields = {"code": "1.1", "family": "need", "official_label": "x", "plain_label": "x"}
    Need.objects.create(**fields, valid_from=datetime.date(2020, 1, 1), valid_to=datetime.date(2023, 1, 1))
    latest = Need.objects.create(**fields, valid_from=datetime.date(2023, 1, 1))
    replace(consultation, {"a": ("Un bus", ("1.1", "9.9"))})
    assert list(Verbatim.objects.get().needs.all()) == [latest]
