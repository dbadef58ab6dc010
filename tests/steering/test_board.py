"""The board: what it counts, to whom, and that it costs the same for ten thousand sheets."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from consultations.actions import services
from consultations.actions.lateness import RUNNING
from consultations.actions.models import ActionSheet, Funding, State
from consultations.actions.services.updates import Told
from consultations.steering.selectors.board import Board, board
from consultations.steering.selectors.scope import Asked, public_scope, scope_of
from tests.factories import actions as make
from tests.factories.accounts import SignedInClient
from tests.factories.process import body, person, place

pytestmark = pytest.mark.django_db
MOST_QUERIES = 20  # the board and all that stands around it


def text(response: Any) -> str:
    page: str = response.content.decode()
    return page.replace("&#x27;", "'").replace("\u202f", " ").replace("\xa0", " ")


def signed_in(user: Any) -> Client:
    client = SignedInClient()
    client.force_login(user)
    return client


def public(**asked: Any) -> Board:
    return board(public_scope(Asked(**asked)))


class TestWhatItCounts:
    def test_each_sheet_once_in_its_state_its_place_and_its_axis(self) -> None:
        scheme = make.programme()
        axis = scheme.axes.create(number=1, title="Repérer")
        here, there = place("Duras"), place("Agen")
        for state in State.values:
            one = make.sheet(state, texts=False, programme=scheme, axis=axis, territory=here)
            ActionSheet.objects.filter(pk=one.pk).update(announced_on=make.LONG_AGO)
        loose = make.sheet(State.UNDER_WAY, texts=False, territory=there)
        loose.places.set([here, there])
        shown = public()
        assert shown.total.total == len(State) + 1 == sum(one.count for one in shown.states)
        assert {one.label: one.total for one in shown.places} == {"Duras": len(State), "Agen": 1}
        assert {one.label: one.total for one in shown.axes} == {
            "Schéma de l’autonomie – 1. Repérer": len(State), "sans programme": 1,
        }  # fmt: skip
        assert shown.total.running == 3 and shown.total.done == 2 and shown.nobody == 3

    def test_late_and_silent_as_the_pages_say(self) -> None:
        today = timezone.localdate()
        for state in State.values:
            one = make.sheet(state, texts=False)
            for _step in range(3):
                make.step(one, days=-10)
            ActionSheet.objects.filter(pk=one.pk).update(
                announced_on=make.LONG_AGO, last_news_on=today - datetime.timedelta(days=100)
            )
        shown = public()
        assert shown.total.late == shown.total.silent == len(RUNNING)
        assert len(shown.late) == 6 and {"Convention, en retard de 10 jours"} == {
            one.detail for one in shown.late
        }
        assert len(shown.silent) == 2 and len(shown.suspended) == 1

    def test_money_is_added_by_year_and_funder_and_what_was_abandoned_is_left_out(self) -> None:
        payer = body(place("Agen"), "Agence régionale")
        for state in (State.UNDER_WAY, State.ADOPTED, State.ABANDONED):
            one = make.sheet(state, texts=False)
            Funding.objects.create(
                sheet=one, funder=payer, year=2026, sought=Decimal("100.10"), secured=50, spent=10
            )
            Funding.objects.create(sheet=one, funder_words="Fondation", year=2027, sought=30)
        shown = public()
        assert [year.year for year in shown.budget.years] == [2026, 2027]
        assert shown.budget.total.sought == Decimal("260.20") and shown.budget.total.secured == 100
        assert [line.funder for line in shown.budget.funders] == ["Agence régionale", "Fondation"]
        assert "100 € obtenus sur 260,20 €" in shown.money_sentence.replace("\xa0", " ")
        only = board(public_scope(Asked()), first_year=2027, last_year=2027)
        assert only.budget.total.sought == 60

    def test_what_moves_is_news_and_changes_of_the_month(self) -> None:
        sheet = make.sheet(State.UNDER_WAY)
        today = timezone.localdate()
        services.publish_update(actor=None, sheet=sheet, told=Told(on=today, text="Le minibus est là."))
        gone = services.publish_update(actor=None, sheet=sheet, told=Told(on=today, text="Erreur"))
        services.withdraw_update(actor=None, update=gone, why="Mauvaise fiche.")
        sheet.changes.create(state=State.UNDER_WAY, on=today - datetime.timedelta(days=2))
        assert [one.detail for one in public().moves] == ["Le minibus est là.", "en cours"]

    def test_a_territory_stands_for_what_it_holds(self) -> None:
        department = place("Lot-et-Garonne", "departement")
        inside, outside = place("Duras", within=department), place("Pau")
        make.sheet(State.UNDER_WAY, texts=False, territory=inside)
        acting = make.sheet(State.UNDER_WAY, texts=False, territory=outside)
        make.sheet(State.UNDER_WAY, texts=False, territory=outside)
        acting.places.set([inside])
        assert public(territory=department).total.total == 2
        assert public(territory=outside).total.total == 2


class TestWho:
    def test_an_official_counts_what_they_may_read_and_the_public_what_is_announced(
        self, client: Client
    ) -> None:
        here = place("Duras")
        make.sheet(State.WRITING, texts=False, territory=here, title="Secrète")
        make.sheet(State.UNDER_WAY, texts=False, territory=here)
        make.sheet(State.UNDER_WAY, texts=False, territory=place("Agen"))
        official = person(Role.OFFICIAL, on=here)
        assert board(scope_of(official, Asked())).total.total == 2
        assert public().total.total == 2
        url = reverse("steering:board")
        assert client.get(url).status_code == 302
        assert signed_in(person()).get(url).status_code == 403
        page = text(signed_in(official).get(url))
        assert "2 fiches" in page and url in page
        assert "2 fiches" in text(client.get(reverse("steering:public")))

    def test_the_money_of_what_is_not_shown_is_not_told(self, client: Client) -> None:
        one = make.sheet(State.WRITING, texts=False, is_announced=True)
        Funding.objects.create(sheet=one, funder_words="Fondation", year=2026, sought=777)
        assert not public().budget
        assert "777" in text(signed_in(make.steward_of(one.territory)).get(reverse("steering:board")))

    @pytest.mark.parametrize(
        "asked",
        [
            "?first_year=abc",
            "?programme=inconnu",
            "?axis=x",
            "?territory=Nulle-part",
            "?last_year=9999999999",
        ],
    )
    def test_a_wrong_filter_is_said_and_nothing_breaks(self, asked: str, client: Client) -> None:
        make.sheet(State.UNDER_WAY, texts=False)
        answer = client.get(reverse("steering:public") + asked)
        assert answer.status_code in {200, 422} and "1 fiche" in text(answer)

    def test_a_private_programme_is_not_offered_to_the_public(self, client: Client) -> None:
        scheme = make.programme(is_public=False, title="Plan caché")
        assert "Plan caché" not in text(client.get(reverse("steering:public")))
        answer = client.get(reverse("steering:public"), {"programme": scheme.slug})
        assert answer.status_code == 422

    def test_tables_are_taken_away_as_they_are_narrowed(self, client: Client) -> None:
        here = place("Duras")
        one = make.sheet(State.UNDER_WAY, texts=False, territory=here)
        make.sheet(State.UNDER_WAY, texts=False, territory=place("Agen"))
        Funding.objects.create(sheet=one, funder_words="=HYPERLINK()", year=2026, sought=100)
        for table, words in (("financements", "'=HYPERLINK()"), ("territoires", "Duras"), ("axes", "sans"), ("etats", "en cours")):  # fmt: skip
            for door in ("table", "public_table"):
                url = reverse(f"steering:{door}", args=[table, "csv"])
                answer = signed_in(person(superuser=True)).get(url, {"territory": "Duras"})
                assert answer.status_code == 200 and words in text(answer) and "Agen" not in text(answer)
        for table, kind in (("secret", "csv"), ("axes", "exe")):
            assert client.get(reverse("steering:public_table", args=[table, kind])).status_code == 404


def test_ten_thousand_sheets_cost_as_many_queries_as_one(django_assert_max_num_queries: Any) -> None:
    """Permissions, menu and session included, for an official and for anyone."""
    department = place("Lot-et-Garonne", "departement")
    places = [place(f"Commune {number}", within=department) for number in range(40)]
    scheme = make.programme(territory=department)
    for number in range(1, 6):
        scheme.axes.create(number=number, title=f"Axe {number}")
    make.many_sheets(10_000, within=scheme, places=places)
    official = signed_in(person(Role.OFFICIAL, on=department))
    official.get(reverse("steering:board"))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert "10 000 fiches" in text(official.get(reverse("steering:board")))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert Client().get(reverse("steering:public")).status_code == 200
