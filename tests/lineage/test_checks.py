"""`check_lineage`: a broken, unknown, missing or invented link is found and named."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from consultations.actions.models import State
from consultations.actions.services import set_details
from consultations.lineage.models import Link, Relation
from consultations.lineage.registries import lineage_checks, lineage_kinds
from needs.models import Need
from tests.factories import actions as make
from tests.factories.days import days_ago
from tests.factories.process import ConsultationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    """A sheet that answers a need and comes from a consultation."""
    need = Need.objects.create(code="1.1.2", family="need", official_label="x", plain_label="Manger")
    made = make.sheet(State.WRITING, consultation=ConsultationFactory(status="published"))
    set_details(actor=None, sheet=made, values={"needs": [need]})
    return made


def run():
    out, err = StringIO(), StringIO()
    try:
        call_command("check_lineage", "--json", stdout=out, stderr=err)
    except CommandError:
        return json.loads(out.getvalue()), err.getvalue()
    return json.loads(out.getvalue()), err.getvalue()


def test_what_services_write_passes(sheet):
    report, _said = run()
    assert (report["ok"], report["links"], report["dead"], report["gaps"]) == (True, 2, [], [])


def test_an_end_that_no_longer_exists_is_named(sheet):
    Link.objects.filter(source_kind="need").update(source_id="9.9.9")
    report, said = run()
    assert not report["ok"]
    assert [(one["kind"], one["object_id"]) for one in report["dead"]] == [("need", "9.9.9")]
    assert "need 9.9.9" in said


def test_a_kind_nobody_registered_is_named(sheet):
    Link.objects.filter(source_kind="need").update(source_kind="licorne")
    report, said = run()
    assert not report["ok"]
    assert "licorne" in said


@pytest.mark.parametrize("relation", [Relation.ANSWERED_BY, Relation.RAISED_IN])
def test_a_link_that_was_lost_is_named(sheet, relation):
    Link.objects.filter(relation=relation).delete()
    report, said = run()
    assert not report["ok"]
    assert [(one["relation"], one["is_missing"]) for one in report["gaps"]] == [(relation, True)]
    assert str(sheet.pk) in said


def test_a_link_nothing_recorded_is_named(sheet):
    other = ConsultationFactory(status="published")
    Link.objects.create(
        source_kind="action_sheet", source_id=str(sheet.pk), relation=Relation.RAISED_IN,
        target_kind="consultation", target_id=str(other.pk), linked_on=days_ago(0),
    )  # fmt: skip
    report, _said = run()
    assert [(one["target"][1], one["is_missing"]) for one in report["gaps"]] == [(str(other.pk), False)]


def test_every_kind_of_the_product_is_registered_once_and_checked():
    kinds = {name for name, _kind in lineage_kinds.items()}
    assert {
        "action_proposal", "action_sheet", "agenda_item", "card", "card_group", "consultation", "contribution",
        "council", "indicator", "meeting", "need", "opinion", "poll", "release", "response", "survey",
        "synthesis", "synthesis_line", "workshop",
    } <= kinds  # fmt: skip
    assert {name for name, _check in lineage_checks.items()} >= {
        "action_sheet", "release", "survey", "synthesis",
    }  # fmt: skip
    assert {name for name, kind in lineage_kinds.items() if kind.is_personal} == {"response", "contribution"}
