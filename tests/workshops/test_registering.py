"""Registering: never over capacity, a waiting list in order, access needs apart and erased first."""

import datetime
import uuid
from functools import partial

import pytest
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from consultations.lineage.models import Link
from consultations.live.models import Event, Participant, Performed
from consultations.workshops.models import AccessNeed, Card, Registration, Workshop
from consultations.workshops.services import mailing, retention
from consultations.workshops.services.following import issue_contribution_receipt
from consultations.workshops.services.preparing import cancel_workshop, update_workshop
from consultations.workshops.services.registering import cancel_registration, register_for_workshop
from consultations.workshops.services.running import close_workshop
from core.models import AuditEntry, Receipt
from tests.factories.process import person
from tests.factories.workshops import OpenRoom, facilitator_of, workshop
from tests.surveys.test_concurrency import real_database, run_together

Status = Registration.Status


def come(to: Workshop, name: str = "Marthe", **fields: object) -> Registration:
    return register_for_workshop(workshop=to, name=name, college="residents", **fields).registration


@pytest.mark.django_db
def test_beyond_its_places_people_wait_and_a_place_given_back_goes_to_the_first() -> None:
    held = workshop(capacity=1)
    first, second, third = come(held, "A"), come(held, "B"), come(held, "C")
    assert [one.status for one in (first, second, third)] == ["confirmed", "waiting", "waiting"]
    cancel_registration(registration=first)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.status, third.status) == ("confirmed", "waiting")
    assert second.promoted_at is not None


@pytest.mark.django_db
def test_more_places_are_given_to_those_who_wait() -> None:
    held = workshop(capacity=1)
    come(held, "A"), come(held, "B"), come(held, "C")
    update_workshop(actor=facilitator_of(held), workshop=held, capacity=3)
    assert held.registrations.confirmed().count() == 3


@pytest.mark.django_db
def test_the_same_form_sent_twice_counts_once() -> None:
    held, key = workshop(), uuid.uuid4()
    assert come(held, client_uuid=key).pk == come(held, client_uuid=key).pk
    assert held.registrations.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_letter_says_the_place_is_kept_with_the_date_for_the_calendar() -> None:
    held = workshop()
    registration = come(held, email="Marthe@exemple.fr")
    (letter,) = mail.outbox
    assert letter.to == ["marthe@exemple.fr"] and "Une place vous est gardée" in letter.body
    assert str(registration.pk) in letter.body
    name, content, kind = letter.attachments[0]
    assert name.endswith(".ics") and kind == "text/calendar" and "BEGIN:VEVENT" in content


@pytest.mark.django_db(transaction=True)
def test_an_address_already_there_is_only_written_to_again() -> None:
    held = workshop()
    come(held, email="a@exemple.fr")
    come(held, "Quelqu'un d'autre", email="A@exemple.fr")
    assert held.registrations.count() == 1
    assert "déjà" in mail.outbox[1].subject


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_moment_never_take_more_than_the_places(tmp_path) -> None:
    held = workshop(capacity=3)

    def one(index: int) -> str:
        return come(held, f"Personne {index}").status

    with real_database(tmp_path):
        taken, failures = run_together([partial(one, index) for index in range(8)])
    assert not failures
    assert sorted(taken) == ["confirmed"] * 3 + ["waiting"] * 5


@pytest.mark.django_db
def test_needs_are_forgotten_when_the_person_cancels_and_the_day_after() -> None:
    held = workshop()
    gone, kept = come(held, "A", needs=["wheelchair"]), come(held, "B", words="Je dors tôt")
    cancel_registration(registration=gone)
    assert list(AccessNeed.objects.values_list("registration", flat=True)) == [kept.pk]
    past(held, days=2)
    retention.purge_access_needs()
    assert not AccessNeed.objects.exists() and held.registrations.count() == 2


@pytest.mark.django_db
def test_names_are_erased_sixty_days_after() -> None:
    held = workshop()
    come(held)
    past(held, days=59)
    assert retention.purge_registrations() == 0
    past(held, days=2)
    assert retention.purge_registrations() == 1
    assert not held.registrations.exists()
    assert retention.purge_registrations() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("left_open", [False, True])
def test_when_the_retention_of_the_consultation_ends_nothing_leads_to_a_person_and_cards_stay(
    left_open: bool,
) -> None:
    room = OpenRoom(0, write={"private_first": False})
    held, consultation = room.workshop, room.workshop.consultation
    room.lead("stage.start", stage=room.write.pk)
    marthe = room.join(display_name="Marthe")
    card = room.do(marthe, "card.add", stage=room.write.pk, text="Le bus")["card"]
    issue_contribution_receipt(participant=marthe.participant)
    come(held, email="a@exemple.fr", needs=["wheelchair"])
    if not left_open:
        close_workshop(actor=room.user, workshop=held)
    past(held, days=3)
    today = timezone.localdate()
    consultation.starts_on, consultation.retention_months = today - datetime.timedelta(days=90), 1
    consultation.ends_on = today - datetime.timedelta(days=20)
    consultation.save()
    assert retention.purge_ended_workshops() == 0, "not over yet"
    consultation.ends_on -= datetime.timedelta(days=20)
    consultation.save()
    assert retention.purge_ended_workshops() > 0
    assert not held.registrations.exists() and not AccessNeed.objects.exists()
    device = Participant.objects.get()
    assert (device.display_name, device.token_hash, device.user) == ("", "", None)
    assert not Event.objects.exists() and not Performed.objects.exists() and not Receipt.objects.exists()
    assert not Link.objects.filter(source_kind="contribution").exists()
    kept = Card.objects.get(pk=card)
    assert (kept.text, kept.college) == ("Le bus", "residents")
    assert Link.objects.filter(source_kind="card", source_id=card).exists(), "what became of it is told still"
    held.refresh_from_db()
    assert held.attendance == {"residents": 1}
    entry = AuditEntry.objects.get(verb="registrations_purged")
    assert "Marthe" not in str(entry.changes)
    assert retention.purge_ended_workshops() == 0


def past(held: Workshop, *, days: int) -> None:
    shift = datetime.timedelta(days=days)
    held.refresh_from_db()
    base = min(held.ends_at, timezone.now())
    held.ends_at, held.starts_at = base - shift, base - shift - datetime.timedelta(hours=2)
    held.save(update_fields=["starts_at", "ends_at"])


def registered_long_ago(held: Workshop, **fields: object) -> Registration:
    registration = come(held, email="a@exemple.fr", **fields)
    Registration.objects.filter(pk=registration.pk).update(
        registered_at=timezone.now() - datetime.timedelta(days=30)
    )
    return registration


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "sent"), [(8, 0), (6, 1), (0.9, 1), (1.5, 0)])
def test_a_reminder_leaves_once_seven_days_before_and_once_the_day_before(days: float, sent: int) -> None:
    starts_at = timezone.now() + datetime.timedelta(days=days)
    held = workshop(starts_at=starts_at, ends_at=starts_at + datetime.timedelta(hours=2))
    registered_long_ago(held)
    mail.outbox.clear()
    assert mailing.send_due_reminders() == sent
    assert mailing.send_due_reminders() == 0
    assert len(mail.outbox) == sent


@pytest.mark.django_db
def test_someone_who_has_just_registered_is_not_reminded_of_it() -> None:
    come(workshop(), email="a@exemple.fr")
    assert mailing.send_due_reminders() == 0


@pytest.mark.django_db
def test_a_new_place_and_a_cancellation_are_told_once_with_a_newer_calendar() -> None:
    held = workshop()
    actor = facilitator_of(held)
    come(held, email="a@exemple.fr")
    mail.outbox.clear()
    assert mailing.tell_changes() == 0
    update_workshop(actor=actor, workshop=held, venue="Salle du conseil")
    assert (mailing.tell_changes(), mailing.tell_changes()) == (1, 0)
    cancel_workshop(actor=actor, workshop=held)
    assert (mailing.tell_changes(), mailing.tell_changes()) == (1, 0)
    assert "METHOD:CANCEL" in mail.outbox[1].attachments[0][1]
    assert "SEQUENCE:2" in mail.outbox[1].attachments[0][1]


@pytest.mark.django_db
def test_a_mail_server_that_is_down_loses_no_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    held = workshop()
    come(held, email="a@exemple.fr")
    update_workshop(actor=facilitator_of(held), workshop=held, venue="Ailleurs")
    send = mailing.send

    def down(*_args: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(mailing, "send", down)
    with pytest.raises(ConnectionRefusedError), transaction.atomic():
        mailing.tell_changes()
    monkeypatch.setattr(mailing, "send", send)
    assert mailing.tell_changes() == 1


def form(**fields: object) -> dict[str, object]:
    return {"name": "Marthe", "college": "residents", "client_uuid": str(uuid.uuid4()), **fields}


@pytest.mark.django_db
def test_one_registers_on_a_page_and_cancels_by_its_link(client) -> None:
    held = workshop()
    answer = client.post(reverse("workshops:register", args=[held.slug]), form(needs=["large_print"]))
    registration = Registration.objects.get()
    own = reverse("workshops:registration", args=[held.slug, registration.pk])
    assert answer.url == own and registration.access_need.kinds == ["large_print"]
    assert "Vous êtes inscrit" in client.get(own).content.decode()
    client.post(own)
    registration.refresh_from_db()
    assert registration.status == Status.CANCELLED
    assert "Votre inscription est annulée" in client.get(own).content.decode()


@pytest.mark.django_db
def test_whoever_types_an_address_does_not_learn_whether_it_is_registered(client) -> None:
    held = workshop()
    url = reverse("workshops:register", args=[held.slug])
    answers = [client.post(url, form(email="a@exemple.fr")) for _time in range(2)]
    assert answers[0].url == answers[1].url == reverse("workshops:registered", args=[held.slug, "place"])
    assert str(Registration.objects.get().pk) not in client.get(answers[1].url).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"college": "martians"},
        {"college": ""},
        {"email": "a@"},
        {"needs": ["telepathy"]},
        {"client_uuid": "x"},
        {"words": "a" * 501},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, bad) -> None:
    held = workshop()
    answer = client.post(reverse("workshops:register", args=[held.slug]), form(phone="05 53 00 00 00", **bad))
    assert answer.status_code == 422 and "05 53 00 00 00" in answer.content.decode()
    assert not Registration.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["closed", "cancelled", "synthesis"])
def test_registration_ends_with_the_workshop(client, status) -> None:
    held = workshop(status)
    answer = client.post(reverse("workshops:register", args=[held.slug]), form())
    assert answer.status_code == 410 and not Registration.objects.exists()


@pytest.mark.django_db
def test_only_those_who_run_it_read_names_and_needs(client) -> None:
    held = workshop()
    come(held, "Marthe Discrète", needs=["wheelchair"], words="ma tension")
    for name in ("people", "attendance", "invitations"):
        url = reverse(f"workshop_editor:{name}", args=[held.pk])
        assert client.get(url).status_code == 302
    client.force_login(person(Role.ANALYST, on=held.territory))
    assert client.get(reverse("workshop_editor:people", args=[held.pk])).status_code == 403
    client.force_login(facilitator_of(held))
    page = client.get(reverse("workshop_editor:people", args=[held.pk])).content.decode()
    assert "Marthe Discrète" in page and "ma tension" in page
    printed = client.get(reverse("workshop_editor:attendance", args=[held.pk])).content.decode()
    assert "Marthe Discrète" in printed and "tension" not in printed


@pytest.mark.django_db
def test_the_list_of_people_costs_the_same_whatever_their_number(
    client, django_assert_max_num_queries
) -> None:
    held = workshop()
    for index in range(12):
        come(held, f"Personne {index}", needs=["transport"])
    client.force_login(facilitator_of(held))
    with django_assert_max_num_queries(16):
        client.get(reverse("workshop_editor:people", args=[held.pk]))


@pytest.mark.django_db
def test_the_page_that_cancels_keeps_the_origin_of_its_form(client) -> None:
    """Under `no-referrer` a browser posts a form without an origin, and the place could not be given back."""
    registration = come(workshop())
    url = reverse("workshops:registration", args=[registration.workshop.slug, registration.pk])
    page = client.get(url)
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-referrer" not in page.content.decode()
