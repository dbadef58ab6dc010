"""The thread page asks as many questions with many sheets and many voices as with few; `benchmarks/lineage.py` times it."""

import datetime
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.actions.models import ActionSheet, State
from consultations.lineage.models import Link, Relation
from needs.models import Need
from tests.factories import actions as make
from tests.factories.process import ConsultationFactory

pytestmark = pytest.mark.django_db
NEED, MOST = "1.1.2", 20
DAY = datetime.date(2026, 3, 1)


def tie(source: tuple[str, str], relation: Relation, target: tuple[str, str]) -> Link:
    return Link(
        source_kind=source[0], source_id=source[1], relation=relation, target_kind=target[0],
        target_id=target[1], linked_on=DAY,
    )  # fmt: skip


def grow(first: ActionSheet, sheets: int, voices: int) -> None:
    """More sheets that answer the need, more answers that voice it."""
    made = ActionSheet.objects.bulk_create(
        ActionSheet(
            slug=f"fiche-{uuid.uuid4().hex[:12]}", title=f"Fiche {number}", territory=first.territory,
            state=State.UNDER_WAY, announced_on=DAY, created_on=DAY, state_since=DAY,
        )
        for number in range(sheets)
    )  # fmt: skip
    answers = [tie(("need", NEED), Relation.ANSWERED_BY, ("action_sheet", str(one.pk))) for one in made]
    spoken = [
        tie(("response", str(uuid.uuid4())), Relation.CODED_AS, ("need", NEED)) for _number in range(voices)
    ]
    Link.objects.bulk_create([*answers, *spoken])


def test_a_thread_page_stays_under_twenty_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    Need.objects.create(code=NEED, family="need", official_label="x", plain_label="Manger")
    first = make.sheet(State.ADOPTED, consultation=ConsultationFactory(status="published"))
    grow(first, 2, 5)
    pages = [
        reverse("lineage:thread", args=["need", NEED]),
        reverse("lineage:thread", args=["action_sheet", first.pk]),
        reverse("lineage:thread", args=["consultation", first.consultation_id]),
    ]
    counts = []
    for size in (0, 400):
        grow(first, size, 5 * size)
        for page in pages:
            client.get(page)
            with django_assert_max_num_queries(MOST) as asked:
                assert client.get(page).status_code == 200
            counts.append(len(asked))
    assert counts[:3] == counts[3:]
