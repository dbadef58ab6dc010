"""Pages of action sheets: what each shows, to whom, and what bad input gets."""

import json
import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from consultations.actions import services
from consultations.actions.models import ActionSheet, Agreement, Funding, Programme, State, Step
from consultations.actions.services.rows import values_of
from consultations.actions.services.sheets import details_of
from consultations.actions.texts import manuscript_of, write_texts
from consultations.lineage.models import Link
from tests.factories import actions as make
from tests.factories.accounts import SignedInClient
from tests.factories.process import body, person, place

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = SignedInClient()
    client.force_login(user)
    return client


def at(sheet: ActionSheet, name: str, *args: Any) -> str:
    return reverse(f"actions:{name}", args=[sheet.pk, *args])


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def adopted(**fields: Any) -> ActionSheet:
    """A sheet whose text was approved."""
    sheet = make.sheet(State.COMMENTS, **fields)
    return services.move_sheet(actor=None, sheet=sheet, verb="adopt", words="Commission permanente")


class TestPublic:
    def test_only_announced_sheets_are_listed(self, client: Client) -> None:
        make.sheet(title="Secrète")
        make.sheet(State.WRITING, title="Répit annoncé", is_announced=True)
        page = text(client.get(reverse("actions:list")))
        assert "Répit annoncé" in page and "Secrète" not in page

    def test_the_list_is_narrowed_by_words_state_programme_and_place(self, client: Client) -> None:
        here, scheme = place("Marmande"), make.programme()
        make.sheet(State.DONE, title="Été à la ferme", territory=here, programme=scheme)
        make.sheet(State.ADOPTED, title="Guichet")
        url = reverse("actions:list")
        for asked in (
            {"q": "ete ferme"},
            {"state": "done"},
            {"programme": scheme.slug},
            {"territory": "Marmande"},
        ):
            page = text(client.get(url, asked))
            assert "Été à la ferme" in page and "Guichet" not in page, asked
        assert (
            client.get(url, {"state": "inconnu", "programme": "x", "territory": "Nulle part"}).status_code
            == 200
        )

    def test_the_list_asks_as_many_questions_for_twenty_sheets_as_for_one(
        self, client: Client, django_assert_num_queries: Any
    ) -> None:
        counts = []
        client.get(reverse("actions:list"))
        for _turn in range(2):
            make.sheet(State.ADOPTED)
            with django_assert_num_queries(12, exact=False) as captured:
                client.get(reverse("actions:list"))
            counts.append(len(captured))
            for _more in range(5):
                make.sheet(State.UNDER_WAY)
        assert counts[0] == counts[1]

    def test_a_sheet_not_announced_does_not_exist_for_others(self, client: Client) -> None:
        sheet = make.sheet()
        url = reverse("actions:detail", args=[sheet.slug])
        assert client.get(url).status_code == 404
        assert signed_in(make.worker_of(sheet.lead)).get(url).status_code == 200

    def test_texts_stay_hidden_while_they_are_written_and_show_once_open_to_comments(
        self, client: Client
    ) -> None:
        sheet = make.sheet(State.WRITING, is_announced=True)
        url = reverse("actions:detail", args=[sheet.slug])
        assert make.TEXTS["objective"] not in text(client.get(url))
        make.in_state(sheet, State.COMMENTS)
        assert make.TEXTS["objective"] in text(client.get(url))

    def test_the_page_shows_what_was_adopted_and_not_what_is_being_rewritten(self, client: Client) -> None:
        sheet = adopted()
        steward = make.steward_of(sheet.territory)
        services.move_sheet(actor=steward, sheet=sheet, verb="revise")
        sheet.refresh_from_db()
        write_texts(actor=steward, sheet=sheet, before={}, texts={"objective": "Tout autre chose"})
        page = text(client.get(reverse("actions:detail", args=[sheet.slug])))
        assert make.TEXTS["objective"] in page and "Tout autre chose" not in page
        assert "en cours de réécriture" in page, "what else is on the page may still change: it is said"

    def test_money_steps_and_figures_are_told(self, client: Client) -> None:
        sheet = adopted()
        make.step(sheet, "Signer la convention", days=-5)
        Funding.objects.create(sheet=sheet, funder_words="ARS", year=2026, sought=6000, secured=1500)
        indicator = sheet.indicators.create(title="Séjours", unit="séjours", baseline=0, target=20)
        indicator.measures.create(value=Decimal(5), on=timezone.localdate())
        page = (
            text(client.get(reverse("actions:detail", args=[sheet.slug])))
            .replace("\u202f", " ")
            .replace("\xa0", " ")
        )
        for words in ("Signer la convention", "6 000 €", "1 500 €", "5 séjours", 'value="25"'):
            assert words in page, words

    def test_an_abandoned_sheet_says_why_and_keeps_its_page(self, client: Client) -> None:
        sheet = services.move_sheet(actor=None, sheet=adopted(), verb="abandon", words="Plus de financement.")
        page = text(client.get(reverse("actions:detail", args=[sheet.slug])))
        assert "Plus de financement." in page and make.TEXTS["finding"] in page

    def test_a_sheet_without_news_says_so(self, client: Client) -> None:
        sheet = make.sheet(State.UNDER_WAY)
        ActionSheet.objects.update(last_news_on=make.LONG_AGO)
        for url in (reverse("actions:detail", args=[sheet.slug]), reverse("actions:list")):
            assert f"{(timezone.localdate() - make.LONG_AGO).days} jours" in text(client.get(url))

    def test_a_programme_adds_up_its_sheets(self, client: Client) -> None:
        scheme = make.programme()
        for sought in (1000, 2000):
            Funding.objects.create(
                sheet=make.sheet(State.ADOPTED, programme=scheme),
                funder_words="ARS",
                year=2026,
                sought=sought,
            )
        Funding.objects.create(sheet=make.sheet(programme=scheme), funder_words="ARS", year=2026, sought=7777)
        page = (
            text(client.get(reverse("actions:programme", args=[scheme.slug])))
            .replace("\u202f", " ")
            .replace("\xa0", " ")
        )
        assert "3 000 €" in page and "7 777" not in page
        Programme.objects.update(is_public=False)
        assert client.get(reverse("actions:programme", args=[scheme.slug])).status_code == 404

    def test_the_register_names_only_announced_sheets(self, client: Client) -> None:
        sheet = make.sheet(title="Secrète")
        services.write_agreement(
            actor=None, parties=[body(sheet.territory), body(sheet.territory)], object="Transport partagé",
            territory=sheet.territory, starts_on=make.LONG_AGO, ends_on=make.LONG_AGO, sheets=[sheet],
        )  # fmt: skip
        page = text(client.get(reverse("actions:agreements")))
        assert "Transport partagé" in page and "Secrète" not in page and "terminée" in page


WORKING = [
    "overview",
    "details",
    "evaluation",
    *(("lines", tab) for tab in ("etapes", "moyens", "partenaires", "effets", "risques")),
]


def address(sheet: ActionSheet, name: Any) -> str:
    return at(sheet, name) if isinstance(name, str) else at(sheet, *name)


class TestWriting:
    @pytest.mark.parametrize("name", WORKING, ids=str)
    def test_pages_open_to_those_who_write_and_to_nobody_else(self, client: Client, name: Any) -> None:
        sheet = make.sheet(State.WRITING)
        url = address(sheet, name)
        assert signed_in(make.worker_of(sheet.lead)).get(url).status_code == 200
        assert signed_in(make.worker_of(body(place("Agen")))).get(url).status_code == 403
        assert client.get(url).status_code == 302

    def test_officials_and_funders_read_and_do_not_write(self) -> None:
        sheet = make.sheet(State.WRITING)
        for role in (Role.OFFICIAL, Role.FUNDER):
            client = signed_in(person(role, on=sheet.territory))
            assert client.get(at(sheet, "overview")).status_code == 200
            assert client.get(at(sheet, "details")).status_code == 403

    def test_a_professional_proposes_a_sheet_once_even_on_a_double_click(self) -> None:
        lead = body(place("Duras"), "Le Relais")
        client = signed_in(make.worker_of(lead))
        url = reverse("actions:create")
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)', client.get(url).content.decode())
        assert token
        data = {"title": "Répit", "lead": "le relais", "territory": "Duras", "csrfmiddlewaretoken": token[1]}
        for _click in range(2):
            assert client.post(url, data).status_code == 302
        assert ActionSheet.objects.get().lead == lead

    def test_an_unknown_organisation_is_refused_with_the_near_ones(self) -> None:
        here = place("Duras")
        body(here, "Plateforme de répit")
        client = signed_in(make.steward_of(here))
        answer = client.post(
            reverse("actions:create"), {"title": "Répit", "lead": "plateforme", "territory": "Duras"}
        )
        assert answer.status_code == 422 and "Plateforme de répit" in text(answer)
        assert 'value="plateforme"' in text(answer)

    def test_texts_are_written_where_texts_are_written_together(self) -> None:
        sheet = make.sheet(State.WRITING)
        client = signed_in(make.worker_of(sheet.lead))
        answer = client.get(at(sheet, "texts"), follow=True)
        assert answer.status_code == 200 and make.TEXTS["objective"] in text(answer)
        assert 'name="objective"' in text(answer)

    def test_once_open_anyone_with_an_account_comments_and_visitors_are_asked_to_sign_in(
        self, client: Client
    ) -> None:
        sheet = make.sheet(State.COMMENTS)
        manuscript = manuscript_of(sheet)
        assert manuscript is not None
        url = reverse("cowriting:write", args=[manuscript.pk])
        assert url in text(client.get(reverse("actions:detail", args=[sheet.slug])))
        assert client.get(url).status_code == 302
        assert signed_in(person()).get(url).status_code == 200
        comments = reverse("cowriting:comments", args=[manuscript.pk, "objective"])
        assert signed_in(person()).get(comments).status_code == 200
        make.in_state(sheet, State.WRITING)
        assert signed_in(person()).get(url).status_code == 403

    def test_saving_over_somebody_elses_title_shows_both_and_loses_nothing(self) -> None:
        sheet = make.sheet(State.WRITING, territory=place("Casteljaloux"))
        client = signed_in(make.steward_of(sheet.territory))
        base = json.dumps(details_of(sheet))
        services.set_details(actor=None, sheet=sheet, values={"title": "Leur titre"})
        mine = {"title": "Mon titre", "number": "7", "territory": "Casteljaloux"}
        answer = client.post(at(sheet, "details"), {**mine, "base": base})
        assert answer.status_code == 409
        assert "Leur titre" in text(answer) and "Mon titre" in text(answer)
        sheet.refresh_from_db()
        assert (sheet.title, sheet.number) == ("Leur titre", 7)
        again = re.search(r'name="base" value="([^"]*)"', answer.content.decode())
        assert again
        assert client.post(at(sheet, "details"), {**mine, "base": unescape(again[1])}).status_code == 302
        sheet.refresh_from_db()
        assert sheet.title == "Mon titre"

    def test_a_forged_base_is_ignored(self) -> None:
        sheet = make.sheet(State.WRITING, territory=place("Casteljaloux"))
        client = signed_in(make.steward_of(sheet.territory))
        for base in ("{", "[1]", '{"title": 3}', "null"):
            sent = {"title": "Autre", "territory": "Casteljaloux", "base": base}
            assert client.post(at(sheet, "details"), sent).status_code == 302

    def test_two_people_change_a_line(self) -> None:
        sheet = make.sheet(State.WRITING)
        step = make.step(sheet, "Convention")
        client, base = signed_in(make.worker_of(sheet.lead)), json.dumps(values_of(step))
        services.write_row(actor=None, row=step, values={"title": "Convention signée"})
        data = {"title": "Ma convention", "ends_on": step.ends_on.isoformat(), "order": 0, "base": base}
        answer = client.post(at(sheet, "line", "step", step.pk), data)
        assert answer.status_code == 409 and "Convention signée" in text(answer)

    @pytest.mark.parametrize(
        ("kind", "data", "words"),
        [
            (
                "step",
                {"title": "Bilan", "starts_on": "2026-06-01", "ends_on": "2026-05-01"},
                "avant de commencer",
            ),
            ("step", {"title": "Bilan", "ends_on": "demain"}, "date"),
            ("funding", {"funder_words": "ARS", "year": "2026", "sought": "-10"}, "négatif"),
            ("funding", {"funder_words": "ARS", "year": "2026", "sought": "100 $"}, "en euros"),
            ("partner", {"organisation": "Inconnue"}, "Inconnue"),
        ],
    )
    def test_bad_lines_come_back_with_their_reason_and_what_was_typed(
        self, kind: str, data: dict[str, str], words: str
    ) -> None:
        sheet = make.sheet(State.WRITING)
        client = signed_in(make.worker_of(sheet.lead))
        answer = client.post(at(sheet, "line_create", kind), data)
        assert answer.status_code == 422 and words in text(answer)
        for typed in data.values():
            assert typed in text(answer)
        assert not Step.objects.exists() and not Funding.objects.exists()

    def test_once_under_way_only_what_happens_may_be_typed(self) -> None:
        sheet = make.sheet(State.UNDER_WAY)
        step = make.step(sheet)
        client = signed_in(make.worker_of(sheet.lead))
        page = text(client.get(at(sheet, "line", "step", step.pk)))
        assert 'name="done_on"' in page and 'name="title"' not in page
        assert client.get(at(sheet, "line_create", "step")).status_code == 403
        client.post(
            at(sheet, "line", "step", step.pk),
            {"done_on": timezone.localdate().isoformat(), "title": "Piraté"},
        )
        step.refresh_from_db()
        assert step.done_on == timezone.localdate() and step.title == "Convention"

    def test_lines_of_another_sheet_are_not_found(self) -> None:
        sheet, other = make.sheet(State.WRITING), make.sheet(State.WRITING)
        step = make.step(other)
        client = signed_in(make.worker_of(sheet.lead))
        assert client.get(at(sheet, "line", "step", step.pk)).status_code == 404
        assert client.get(at(sheet, "line_create", "inconnue")).status_code == 404
        assert client.post(at(sheet, "line_remove", "step", step.pk)).status_code == 404
        assert client.get(at(sheet, "lines", "inconnu")).status_code == 404

    def test_moving_asks_for_words_then_says_where_the_sheet_stands(self) -> None:
        sheet = make.sheet(State.UNDER_WAY)
        client = signed_in(make.worker_of(sheet.lead))
        url = at(sheet, "move", "suspend")
        assert client.post(url, {"words": ""}).status_code == 422
        assert client.post(url, {"words": "Le transporteur a fermé."}).status_code == 302
        assert "Le transporteur a fermé." in text(client.get(at(sheet, "overview")))
        assert client.get(at(sheet, "move", "inconnu")).status_code == 404
        assert client.get(at(sheet, "move", "adopt")).status_code == 302

    def test_marks_are_given_and_read(self) -> None:
        sheet = make.sheet(State.DONE)
        client = signed_in(make.worker_of(sheet.lead))
        marks = {
            f"{code}_{part}": value
            for code in ("objectives", "users", "time", "fit")
            for part, value in (("mark", "4"), ("words", "Tenu."))
        }
        assert client.post(at(sheet, "evaluation"), {**marks, "time_mark": "6"}).status_code == 422
        assert client.post(at(sheet, "evaluation"), marks).status_code == 302
        assert sheet.scores.count() == 4


class TestProgrammes:
    def test_an_organiser_writes_a_programme_its_axes_and_its_dates(self) -> None:
        here = place("Duras")
        sponsor, client = body(here, "Le Conseil"), signed_in(make.steward_of(here))
        data = {
            "title": "Schéma", "sponsor": "Le Conseil", "territory": "Duras", "starts_on": "2026-01-01",
            "ends_on": "2025-01-01", "axis_titles": "Repérer\nSoutenir",
        }  # fmt: skip
        url = reverse("actions:programme_create")
        assert client.post(url, data).status_code == 422
        assert client.post(url, {**data, "ends_on": "2028-12-31"}).status_code == 302
        made = Programme.objects.get()
        assert made.sponsor == sponsor and list(made.axes.values_list("title", flat=True)) == [
            "Repérer",
            "Soutenir",
        ]
        dates = reverse("actions:programme_dates", args=[made.pk])
        client.post(dates, {"day": "2026-05-01", "title": "Comité"})
        client.post(dates, {"day": "", "title": "Rien"})
        assert made.dates.get().title == "Comité"
        assert (
            signed_in(make.steward_of(place("Agen")))
            .get(reverse("actions:programme_edit", args=[made.pk]))
            .status_code
            == 403
        )

    def test_an_agreement_names_known_parties(self) -> None:
        here = place("Duras")
        mine = body(here, "Le Relais")
        body(here, "Taxi du Dropt")
        client = signed_in(make.worker_of(mine))
        data = {
            "object": "Transport",
            "territory": "Duras",
            "starts_on": "2026-01-01",
            "parties": "Le Relais\nInconnu",
        }
        url = reverse("actions:agreement_create")
        answer = client.post(url, data)
        assert answer.status_code == 422 and "Inconnu" in text(answer)
        assert client.post(url, {**data, "parties": "Le Relais\ntaxi du dropt"}).status_code == 302
        assert Agreement.objects.get().parties.count() == 2
        assert client.get(reverse("actions:agreement_list")).status_code == 200

    def test_only_those_who_may_change_an_agreement_are_led_to_its_form(self) -> None:
        here = place("Duras")
        mine, other = body(here, "Le Relais"), body(here, "Taxi du Dropt")
        made = services.write_agreement(
            actor=None, parties=[mine, other], object="Transport", territory=here, starts_on=make.LONG_AGO
        )
        form, register = reverse("actions:agreement_edit", args=[made.pk]), reverse("actions:agreement_list")
        for user, may in (
            (make.worker_of(mine), True),
            (make.steward_of(here), True),
            (make.worker_of(body(here, "Une autre")), False),
            (make.steward_of(place("Agen")), False),
            (person(Role.OFFICIAL, on=here), False),
        ):
            client = signed_in(user)
            page = text(client.get(register))
            assert "Taxi du Dropt" in page and (form in page) is may
            assert client.get(form).status_code == (200 if may else 403)

    def test_only_those_who_may_change_a_programme_are_led_to_its_form(self) -> None:
        scheme = make.programme(territory=place("Duras"))
        form, programmes = (
            reverse("actions:programme_edit", args=[scheme.pk]),
            reverse("actions:programmes"),
        )
        for user, may in ((make.steward_of(scheme.territory), True), (make.steward_of(place("Agen")), False)):
            assert (form in text(signed_in(user).get(programmes))) is may


def test_what_waits_is_shown_to_those_who_may_take_it_up() -> None:
    here = place("Duras")
    url = reverse("actions:waiting")
    assert signed_in(make.steward_of(here)).get(url).status_code == 200
    assert signed_in(person(Role.OFFICIAL, on=here)).get(url).status_code == 403
    assert not Link.objects.exists()
