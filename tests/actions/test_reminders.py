"""Reminders: to those who lead, then to the sponsor; each thing once, in plain words, whoever is left to read it."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from accounts.privacy import personal_data
from consultations.actions.models import ActionSheet, Agreement, Funding, Reminder, State
from consultations.actions.selectors.reminding import AGREEMENT_BEFORE, MONEY_BEFORE, SPONSOR_AFTER, due_today
from consultations.actions.services.reminding import MOST_AT_ONCE, send_reminders
from core.due import due
from core.models import AuditEntry
from tests.factories import actions as make
from tests.factories.accounts import SignedInClient
from tests.factories.process import body, person, place

pytestmark = pytest.mark.django_db


def tick(capture: Any) -> int:
    with capture(execute=True):
        return send_reminders()


def later(days: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same product, so many days from now."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    for module in ("services.reminding", "selectors.standing"):
        monkeypatch.setattr(f"consultations.actions.{module}.timezone.localdate", lambda: day)


def running(**fields: Any) -> ActionSheet:
    sheet = make.sheet(State.UNDER_WAY, texts=False, **fields)
    ActionSheet.objects.filter(pk=sheet.pk).update(last_news_on=timezone.localdate())
    sheet.refresh_from_db()
    return sheet


def late(**fields: Any) -> ActionSheet:
    sheet = running(**fields)
    make.step(sheet, "Signer la convention", days=-3)
    return sheet


def readers() -> list[str]:
    return sorted(address for letter in mail.outbox for address in letter.to)


def test_the_tick_does_it() -> None:
    assert due["actions.send_reminders"] is send_reminders


def test_the_person_in_charge_is_told_what_is_late_and_what_to_do(
    django_capture_on_commit_callbacks: Any,
) -> None:
    sheet = late(title="Répit à domicile")
    sheet.lead_user = make.worker_of(sheet.lead)
    sheet.save()
    make.worker_of(sheet.lead)
    assert tick(django_capture_on_commit_callbacks) == 1
    letter = mail.outbox[0]
    assert letter.to == [sheet.lead_user.email]
    for words in (
        "Répit à domicile", "Signer la convention", "3 jours", reverse("actions:updates", args=[sheet.pk]),
    ):  # fmt: skip
        assert words in letter.body, letter.body
    assert sheet.lead_user.email not in letter.body
    assert AuditEntry.objects.filter(verb="action_reminded").count() == 1
    assert Reminder.objects.get().readers == 1


def test_run_twice_nobody_is_written_to_twice(django_capture_on_commit_callbacks: Any) -> None:
    sheet = late()
    make.worker_of(sheet.lead)
    for _again in range(3):
        tick(django_capture_on_commit_callbacks)
    assert len(mail.outbox) == 1 and Reminder.objects.count() == 1


def test_then_the_sponsor_two_weeks_after_and_not_before(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheme = make.programme(no_news_days=700)
    sheet = late(programme=scheme)
    make.worker_of(sheet.lead)
    director = make.worker_of(scheme.sponsor, Role.DIRECTOR)
    tick(django_capture_on_commit_callbacks)
    mail.outbox.clear()
    later(SPONSOR_AFTER - 1, monkeypatch)
    assert tick(django_capture_on_commit_callbacks) == 0
    later(SPONSOR_AFTER, monkeypatch)
    assert tick(django_capture_on_commit_callbacks) == 1
    assert readers() == [director.email]
    assert "Vous portez le programme" in mail.outbox[0].body
    later(SPONSOR_AFTER + 40, monkeypatch)
    assert tick(django_capture_on_commit_callbacks) == 0


def test_one_letter_for_everything_a_person_should_look_at(django_capture_on_commit_callbacks: Any) -> None:
    lead = body(place("Duras"), "Le Relais")
    reader = make.worker_of(lead)
    for _sheet in range(3):
        late(lead=lead)
    assert tick(django_capture_on_commit_callbacks) == 3
    assert readers() == [reader.email] and "3" in mail.outbox[0].subject


def test_a_date_put_back_is_a_new_promise(django_capture_on_commit_callbacks: Any) -> None:
    sheet = late()
    make.worker_of(sheet.lead)
    tick(django_capture_on_commit_callbacks)
    sheet.steps.update(ends_on=timezone.localdate() - datetime.timedelta(days=1))
    assert tick(django_capture_on_commit_callbacks) == 1


@pytest.mark.parametrize("state", [one for one in State if one not in {State.ADOPTED, State.UNDER_WAY}])
def test_what_does_not_run_is_not_reminded(state: str, django_capture_on_commit_callbacks: Any) -> None:
    sheet = make.sheet(state, texts=False)
    make.step(sheet, days=-100)
    ActionSheet.objects.update(last_news_on=make.LONG_AGO)
    assert tick(django_capture_on_commit_callbacks) == 0


def test_silence_is_reminded_once_by_silence(django_capture_on_commit_callbacks: Any) -> None:
    sheet = running()
    worker = make.worker_of(sheet.lead)
    ActionSheet.objects.update(last_news_on=timezone.localdate() - datetime.timedelta(days=91))
    for _again in range(2):
        tick(django_capture_on_commit_callbacks)
    assert readers() == [worker.email] and "91 jours" in mail.outbox[0].body
    ActionSheet.objects.update(last_news_on=timezone.localdate() - datetime.timedelta(days=100))
    assert tick(django_capture_on_commit_callbacks) == 1


class TestWhoIsLeft:
    def erased(self, sheet: ActionSheet) -> User:
        """The person in charge has their account erased."""
        user = person()
        sheet.lead_user = user
        sheet.save()
        for source in dict(personal_data.items()).values():
            source.erase(user)
        user.is_active = False
        user.save()
        sheet.refresh_from_db()
        return user

    def test_the_colleagues_of_an_erased_lead_are_written_to_and_the_page_says_nobody_leads(
        self, client: SignedInClient, django_capture_on_commit_callbacks: Any
    ) -> None:
        sheet = late()
        gone = self.erased(sheet)
        colleague = make.worker_of(sheet.lead)
        tick(django_capture_on_commit_callbacks)
        assert reverse("actions:assign", args=[sheet.pk]) in mail.outbox[0].body
        assert readers() == [colleague.email] and gone.email not in readers()
        page = client.get(reverse("actions:detail", args=[sheet.slug])).content.decode()
        assert "Personne ne s’en occupe" in page

    def test_without_colleagues_the_organiser_of_the_place_or_of_what_holds_it(
        self, django_capture_on_commit_callbacks: Any
    ) -> None:
        department = place("Lot-et-Garonne", "departement")
        sheet = late(territory=place("Duras", within=department))
        self.erased(sheet)
        organiser = make.steward_of(department)
        make.steward_of(place("Agen"))
        tick(django_capture_on_commit_callbacks)
        assert readers() == [organiser.email]

    def test_with_nobody_at_all_it_is_noted_and_nothing_breaks(
        self, django_capture_on_commit_callbacks: Any
    ) -> None:
        self.erased(late())
        assert tick(django_capture_on_commit_callbacks) == 1
        assert not mail.outbox and Reminder.objects.get().readers == 0

    def test_someone_who_left_the_lead_is_not_written_to(
        self, django_capture_on_commit_callbacks: Any
    ) -> None:
        sheet = late()
        person(Role.PROFESSIONAL, on=sheet.lead, ended=True)
        tick(django_capture_on_commit_callbacks)
        assert not mail.outbox

    def test_a_mailbox_that_refuses_stops_nobody_else(
        self, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sheet = late()
        for _worker in range(2):
            make.worker_of(sheet.lead)
        User.objects.filter(pk=User.objects.order_by("pk").values("pk")[:1]).update(email="mal\nformée@x.fr")
        tick(django_capture_on_commit_callbacks)
        assert len(mail.outbox) == 1


class TestAgreements:
    def ending(self, days: int) -> Agreement:
        here = place("Duras")
        made = Agreement.objects.create(
            object="Séjours", territory=here, starts_on=make.LONG_AGO,
            ends_on=timezone.localdate() + datetime.timedelta(days=days),
        )  # fmt: skip
        made.parties.set([body(here, "Le Relais"), body(here, "Taxi")])
        return made

    @pytest.mark.parametrize(
        ("days", "told"), [(AGREEMENT_BEFORE, 1), (AGREEMENT_BEFORE + 1, 0), (0, 1), (-1, 0)]
    )
    def test_the_parties_are_told_in_time_and_once(
        self, days: int, told: int, django_capture_on_commit_callbacks: Any
    ) -> None:
        agreement = self.ending(days)
        workers = [make.worker_of(party) for party in agreement.parties.all()]
        for _again in range(2):
            tick(django_capture_on_commit_callbacks)
        assert readers() == sorted(one.email for one in workers) * told
        assert Reminder.objects.count() == told


def test_looking_for_what_is_due_costs_the_same_for_any_number(django_assert_max_num_queries: Any) -> None:
    for _sheet in range(3):
        late()
    with django_assert_max_num_queries(9):
        assert len(due_today(timezone.localdate(), MOST_AT_ONCE)) == 3
    with django_assert_max_num_queries(9):
        assert len(due_today(timezone.localdate(), 2)) == 2


def funded(year: int, *, secured: int = 1000, **fields: Any) -> ActionSheet:
    sheet = running(**fields)
    Funding.objects.create(sheet=sheet, funder_words="ARS", year=year, sought=2000, secured=secured)
    return sheet


def test_money_that_stops_is_told_once_to_lead_and_sponsor(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = timezone.localdate().year
    scheme = make.programme(no_news_days=3650, ends_on=datetime.date(year + 4, 12, 31))
    sheet = funded(year + 1, programme=scheme, title="Répit à domicile")
    worker, director = make.worker_of(sheet.lead), make.worker_of(scheme.sponsor, Role.DIRECTOR)
    before = datetime.date(year + 1, 12, 31) - timezone.localdate()
    later(before.days - MONEY_BEFORE, monkeypatch)
    assert tick(django_capture_on_commit_callbacks) == 0
    later(before.days - MONEY_BEFORE + 1, monkeypatch)
    assert tick(django_capture_on_commit_callbacks) == 2
    assert readers() == sorted([worker.email, director.email])
    letter = next(one for one in mail.outbox if one.to == [worker.email])
    for words in (
        "Répit à domicile",
        f"31 décembre {year + 1}",
        reverse("actions:lines", args=[sheet.pk, "moyens"]),
    ):
        assert words in letter.body, letter.body
    assert tick(django_capture_on_commit_callbacks) == 0
    Funding.objects.create(sheet=sheet, funder_words="ARS", year=year + 2, secured=10)
    assert due_today(timezone.localdate(), MOST_AT_ONCE) == []


@pytest.mark.parametrize(
    "case", ["nothing was ever secured", "the programme ends with the money", "it is done"]
)
def test_no_letter_about_money_when(case: str) -> None:
    last = timezone.localdate().year - 1
    ends_on = datetime.date(last if "programme" in case else last + 4, 12, 31)
    starts_on = datetime.date(last - 2, 1, 1)
    scheme = make.programme(no_news_days=3650, starts_on=starts_on, ends_on=ends_on)
    sheet = funded(last, secured=0 if "secured" in case else 5, programme=scheme)
    if "done" in case:
        ActionSheet.objects.filter(pk=sheet.pk).update(state=State.DONE)
    assert due_today(timezone.localdate(), MOST_AT_ONCE) == []
