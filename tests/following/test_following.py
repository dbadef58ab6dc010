"""Asking to be told, digests, stopping."""

import datetime
import re

import pytest
from django.core import mail, signing
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.following.models import Follow, Reader
from consultations.following.privacy import erase, export
from consultations.following.selectors import news_of
from consultations.following.services import readers
from consultations.following.services.digests import send_digests
from consultations.following.tokens import CONFIRM, confirm_token, read_confirm, reader_token
from consultations.lineage.models import Relation
from consultations.lineage.registries import Item, LineageKind, Milestone, lineage_kinds
from consultations.lineage.services import link
from consultations.process.models import Consultation
from tests.factories.accounts import UserFactory
from tests.factories.process import ConsultationFactory

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 20)
ADDRESS = "ada@example.org"


def day(back: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=back)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    move_to(monkeypatch, TODAY)


def move_to(monkeypatch: pytest.MonkeyPatch, moment: datetime.date) -> None:
    noon = datetime.datetime.combine(moment, datetime.time(12), tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    monkeypatch.setattr(timezone, "localdate", lambda *_args: moment)


STEPS: dict[str, list[Milestone]] = {}
WORKS = LineageKind(
    "chantier",
    lambda keys: {
        key: Item(f"Chantier {key}", url=f"/chantiers/{key}/", milestones=tuple(STEPS.get(key, [])))
        for key in keys
    },
    reached="C'est repris dans un chantier",
)


@pytest.fixture
def consultation() -> object:
    lineage_kinds.register("work", WORKS)
    STEPS.clear()
    yield ConsultationFactory(status=Consultation.Status.PUBLISHED, title="Bien vieillir")
    del lineage_kinds._entries["work"]


def follow(consultation: Consultation, email: str = ADDRESS, rhythm: str = "day") -> Follow:
    asked = readers.ask_to_follow(email=email, kind="consultation", key=str(consultation.pk), rhythm=rhythm)
    return readers.confirm_follow(follow=asked)


def lead_to(consultation: Consultation, key: str, on: datetime.date, *steps: Milestone) -> None:
    STEPS[key] = list(steps)
    source, target = ("consultation", str(consultation.pk)), ("work", key)
    link(actor=None, source=source, relation=Relation.IMPLEMENTED_BY, target=target, on=on)


def test_news_are_what_it_led_to_and_the_steps_done_since(consultation: Consultation) -> None:
    done, planned = Milestone("Adopté", "done", day(2)), Milestone("Terminé", "to_come", day(-20))
    lead_to(consultation, "1", day(5), done, planned)
    found = news_of("consultation", str(consultation.pk), after=day(6), until=day(1))
    assert [(one.day, one.label) for one in found if one.title == "Chantier 1"] == [
        (day(5), "C'est repris dans un chantier"),
        (day(2), "Adopté"),
    ]
    assert not news_of("consultation", str(consultation.pk), after=day(2), until=day(1))


def test_nothing_is_sent_before_the_address_confirms(
    consultation: Consultation, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        asked = readers.ask_to_follow(
            email=" ADA@example.org ", kind="consultation", key=str(consultation.pk), rhythm="day"
        )
    (letter,) = mail.outbox
    assert letter.to == [ADDRESS]
    lead_to(consultation, "1", day(1))
    assert send_digests() == 0
    path = re.search(r"http://[^/]+(/abonnements/confirmer/\S+)", str(letter.body))
    assert path is not None
    browser = Client()
    assert browser.get(path[1]).status_code == 200
    asked.refresh_from_db()
    assert asked.confirmed_on is None
    assert browser.post(path[1]).status_code == 200
    asked.refresh_from_db()
    assert asked.confirmed_on == TODAY


def test_a_digest_groups_what_moved_and_says_how_to_stop(
    consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = ConsultationFactory(status=Consultation.Status.PUBLISHED, title="Se déplacer")
    follow(consultation)
    follow(other)
    lead_to(consultation, "1", TODAY, Milestone("Adopté", "done", TODAY))
    lead_to(other, "2", TODAY)
    assert send_digests() == 0, "the day is not over"
    move_to(monkeypatch, day(-1))
    assert send_digests() == 1
    (letter,) = mail.outbox
    for words in (
        "Bien vieillir",
        "Se déplacer",
        "Chantier 1",
        "Adopté",
        "Chantier 2",
        "/abonnements/choix/",
    ):
        assert words in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert send_digests() == 0, "told once"


def test_never_more_often_than_they_chose_and_nothing_is_missed(
    consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(consultation, rhythm="week")
    lead_to(consultation, "1", TODAY)
    move_to(monkeypatch, day(-1))
    assert send_digests() == 1
    lead_to(consultation, "2", day(-1))
    for later in range(2, 8):
        move_to(monkeypatch, day(-later))
        assert send_digests() == 0
    move_to(monkeypatch, day(-8))
    assert send_digests() == 1
    assert "Chantier 2" in mail.outbox[-1].body
    assert "Chantier 1" not in mail.outbox[-1].body


def test_one_click_stops_everything_and_erases_the_address(consultation: Consultation) -> None:
    reader = follow(consultation).reader
    browser = Client(enforce_csrf_checks=True)
    path = reverse("following:stop", args=[reader_token(reader)])
    assert browser.get(path).status_code == 200
    assert Reader.objects.exists(), "looking at the page stops nothing"
    assert browser.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Reader.objects.exists()
    assert browser.post(path).status_code == 200, "a mail program may ask twice"


def test_a_reader_chooses_the_rhythm_and_stops_one_thing(consultation: Consultation) -> None:
    other = ConsultationFactory(status=Consultation.Status.PUBLISHED, title="Se déplacer")
    one, two = follow(consultation), follow(other)
    path, browser = reverse("following:manage", args=[reader_token(one.reader)]), Client()
    browser.post(path, {"rhythm": "month"})
    one.reader.refresh_from_db()
    assert one.reader.rhythm == "month"
    assert browser.post(path, {"rhythm": "each second"}).status_code == 422
    browser.post(path, {"stop": str(one.pk)})
    assert list(Follow.objects.all()) == [two]
    assert browser.post(path, {"stop": "nothing"}).status_code == 404
    assert browser.post(path, {"stop": str(two.pk)}).status_code == 200
    assert not Reader.objects.exists()


def test_another_readers_thing_is_not_stopped(consultation: Consultation) -> None:
    mine, theirs = follow(consultation), follow(consultation, email="bruno@example.org")
    path = reverse("following:manage", args=[reader_token(mine.reader)])
    assert Client().post(path, {"stop": str(theirs.pk)}).status_code == 404
    assert Follow.objects.count() == 2


@pytest.mark.parametrize("page", ["confirm", "manage"])
def test_a_forged_link_opens_nothing(consultation: Consultation, page: str) -> None:
    follow(consultation)
    forged = signing.dumps(str(Reader.objects.get().pk), salt="another")
    for token in (forged, "x", "a:b:c"):
        assert Client().get(reverse(f"following:{page}", args=[token])).status_code == 410


def test_an_old_confirmation_is_void(consultation: Consultation, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = readers.ask_to_follow(email=ADDRESS, kind="consultation", key=str(consultation.pk), rhythm="day")
    token = confirm_token(asked)
    assert read_confirm(token) == asked
    monkeypatch.setattr("consultations.following.tokens.CONFIRM_WITHIN", -1)
    assert read_confirm(token) is None
    assert CONFIRM not in token


def test_addresses_that_did_not_confirm_are_forgotten(
    consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers.ask_to_follow(email=ADDRESS, kind="consultation", key=str(consultation.pk), rhythm="day")
    follow(consultation, email="bruno@example.org")
    move_to(monkeypatch, day(-4))
    readers.forget_unconfirmed()
    assert [reader.email for reader in Reader.objects.all()] == ["bruno@example.org"]


@pytest.mark.parametrize(
    ("status", "kept"), [("5.1.1", False), ("", False), ("4.4.1", True), ("5.2.2", True)]
)
def test_a_letter_that_comes_back_for_good_ends_it(
    consultation: Consultation, status: str, kept: bool
) -> None:
    reader = follow(consultation).reader
    readers.stop_at_return(str(reader.pk), status)
    assert Reader.objects.exists() is kept
    assert readers.stop_at_return("00000000-0000-0000-0000-000000000000", "5.1.1") is False


def test_only_what_is_public_is_followed() -> None:
    draft = ConsultationFactory(status=Consultation.Status.DRAFT)
    with pytest.raises(ValidationError):
        readers.ask_to_follow(email=ADDRESS, kind="consultation", key=str(draft.pk), rhythm="day")
    browser = Client()
    for kind, key in (("consultation", str(draft.pk)), ("nothing", "1"), ("consultation", "x")):
        assert browser.get(reverse("following:ask", args=[kind, key])).status_code == 404
        assert browser.get(reverse("following:feed", args=[kind, key])).status_code == 404


def test_asking_says_nothing_of_whether_the_address_was_known(consultation: Consultation) -> None:
    follow(consultation)
    path, browser = reverse("following:ask", args=["consultation", consultation.pk]), Client()
    known = browser.post(path, {"email": ADDRESS, "rhythm": "week"})
    fresh = browser.post(path, {"email": "chloe@example.org", "rhythm": "week"})
    assert (known.status_code, known["Location"]) == (fresh.status_code, fresh["Location"])
    assert browser.post(path, {"email": "not an address", "rhythm": "week"}).status_code == 422


def test_too_many_requests_in_a_minute_wait(
    consultation: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consultations.following.views.ASKED_PER_MINUTE", 0)
    path = reverse("following:ask", args=["consultation", consultation.pk])
    assert Client().post(path, {"email": ADDRESS, "rhythm": "week"}).status_code == 429
    assert not Reader.objects.exists()


def test_the_feed_tells_the_same(consultation: Consultation) -> None:
    lead_to(consultation, "1", day(1), Milestone("Adopté", "done", TODAY))
    answer = Client().get(reverse("following:feed", args=["consultation", consultation.pk]))
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert "Adopté – Chantier 1" in answer.content.decode()


def test_erasing_an_account_forgets_its_address_here(consultation: Consultation) -> None:

    user = UserFactory(email=ADDRESS)
    follow(consultation)
    assert len(export(user)) == 1
    erase(user)
    assert not Reader.objects.exists()
    assert export(user) == []
