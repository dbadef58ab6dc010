"""Steps on a line of time: the drawing holds in its frame, and the sentence and the table say the same."""

import datetime
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultations.actions.lateness import Status
from consultations.actions.models import State
from consultations.actions.selectors.schedule import MOST_TICKS, WIDTH, Span, draw
from consultations.following.selectors import followed_item, news_of
from tests.factories import actions as make

TODAY = datetime.date(2026, 11, 22)
DAYS = st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31))
SPANS = st.lists(
    st.builds(
        Span,
        label=st.text(max_size=20),
        starts_on=st.none() | DAYS,
        ends_on=DAYS,
        status=st.sampled_from(Status),
        done_on=st.none() | DAYS,
    ),
    min_size=1,
    max_size=12,
)


@given(SPANS)
def test_every_bar_holds_in_the_frame(spans: list[Span]) -> None:
    gantt = draw(spans, TODAY)
    assert gantt is not None and len(gantt.bars) == len(spans) and gantt.spans == tuple(spans)
    for bar in gantt.bars:
        assert bar.x >= 0 and bar.width > 0 and bar.x + bar.width <= WIDTH + 0.2
        assert bar.overrun >= 0 and bar.overrun_x + bar.overrun <= WIDTH + 0.3
        assert bar.overrun == 0 or bar.span.status == Status.LATE
        assert bar.y + 14 <= gantt.height
    assert len(gantt.ticks) <= MOST_TICKS and all(0 <= tick.x <= WIDTH for tick in gantt.ticks)
    assert gantt.today_x is None or 0 <= gantt.today_x <= WIDTH


@given(SPANS)
def test_the_sentence_counts_every_line(spans: list[Span]) -> None:
    gantt = draw(spans, TODAY)
    assert gantt is not None
    tail = gantt.sentence.split(":", 1)[1].split("“")[0].split("«")[0]
    assert sum(int(number) for number in re.findall(r"\((\d+)\)", tail)) == len(spans)


def test_an_earlier_end_is_drawn_further_left() -> None:
    days = [datetime.date(2026, month, 1) for month in (2, 5, 9)]
    gantt = draw([Span("x", None, day, Status.TO_COME) for day in days], TODAY)
    assert gantt is not None and [bar.x for bar in gantt.bars] == sorted(bar.x for bar in gantt.bars)


def test_without_steps_there_is_no_drawing() -> None:
    assert draw([], TODAY) is None


@pytest.mark.django_db
class TestPages:
    def test_a_sheet_is_drawn_told_and_taken_away(self, client: Client) -> None:
        sheet = make.sheet(State.UNDER_WAY)
        make.step(sheet, "Signer <la> convention", days=-5)
        make.step(sheet, "Faire le bilan", days=40)
        page = client.get(reverse("actions:detail", args=[sheet.slug])).content.decode()
        for words in ('role="img"', "en retard (1)", "à venir (1)", "Faire le bilan", "en retard de 5 jours"):
            assert words in page, words
        drawing = client.get(reverse("actions:calendar", args=[sheet.slug, "svg"]))
        assert drawing["Content-Type"] == "image/svg+xml" and "attachment" in drawing["Content-Disposition"]
        ElementTree.fromstring(drawing.content)
        table = client.get(reverse("actions:calendar", args=[sheet.slug, "csv"])).content.decode()
        assert "Signer <la> convention" in table and table.count("\n") == 3

    def test_what_is_not_shown_is_not_drawn(self, client: Client) -> None:
        hidden = make.sheet(State.WRITING, is_announced=True)
        make.step(hidden, "Secret")
        assert client.get(reverse("actions:calendar", args=[hidden.slug, "svg"])).status_code == 404
        assert (
            "Secret"
            not in client.get(reverse("actions:calendar", args=[hidden.slug, "csv"])).content.decode()
        )
        private = make.sheet(State.WRITING)
        for kind in ("svg", "csv", "exe"):
            assert client.get(reverse("actions:calendar", args=[private.slug, kind])).status_code == 404

    def test_a_programme_draws_its_sheets(self, client: Client) -> None:
        scheme = make.programme()
        for state in (State.UNDER_WAY, State.ABANDONED, State.DONE, State.WRITING):
            make.step(make.sheet(state, programme=scheme, title=f"Fiche {state}"), days=-5)
        page = client.get(reverse("actions:programme", args=[scheme.slug])).content.decode()
        assert "fait (1)" in page and "arrêté (1)" in page and "en retard (1)" in page
        table = client.get(reverse("actions:programme_calendar", args=[scheme.slug, "csv"])).content.decode()
        assert "Fiche under_way" in table and "Fiche writing" not in table
        drawing = client.get(reverse("actions:programme_calendar", args=[scheme.slug, "svg"]))
        assert drawing.status_code == 200

    def test_followers_of_a_programme_are_told_of_its_sheets(
        self, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        scheme = make.programme()
        for _sheet in range(4):
            make.step(make.sheet(State.UNDER_WAY, programme=scheme, title="Répit"), "Convention", days=-5)
        make.sheet(State.WRITING, programme=scheme, title="Secrète")
        today = timezone.localdate()
        with django_assert_max_num_queries(12):
            told = news_of(
                "programme", str(scheme.pk), after=today - datetime.timedelta(days=30), until=today
            )
        assert "Convention" in {one.label for one in told} and "Secrète" not in {one.title for one in told}
        assert reverse("following:ask", args=["programme", scheme.pk]) in (
            client.get(reverse("actions:programme", args=[scheme.slug])).content.decode()
        )
        scheme.is_public = False
        scheme.save()
        assert followed_item("programme", str(scheme.pk)) is None
        assert followed_item("programme", "9" * 40) is None and followed_item("programme", "x") is None
