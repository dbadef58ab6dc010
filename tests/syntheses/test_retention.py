"""A consultation that promises not to keep the cards: their words go, wherever they were copied; counts stay."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Role, User
from consultations.live.models import Event
from consultations.process.models import Consultation
from consultations.process.selectors import CARDS_KEPT_DAYS, rights_in_words
from consultations.process.services import update_consultation
from consultations.syntheses import sources
from consultations.syntheses.models import LineSource, Synthesis, SynthesisComment, SynthesisVersion
from consultations.syntheses.selectors.evidence import evidence_of
from consultations.syntheses.services import draft_from_workshop
from consultations.syntheses.services.retention import forget_comment_authors, purge_card_words
from consultations.workshops.lineage import resolve_cards
from consultations.workshops.models import Card, Workshop
from tests.factories.days import today
from tests.factories.process import ConsultationFactory, person
from tests.factories.syntheses import Board, facilitator_of, synthesis_with

pytestmark = pytest.mark.django_db
WORDS = "Le bus du soir ne passe plus"


def drafted(**fields: object) -> tuple[Board, Synthesis]:
    """A workshop written up, one sentence from a card alone and one from a group, in a consultation."""
    place = ConsultationFactory(status="published", ends_on=None, **fields)
    board = Board(place)
    alone = board.card(WORDS)
    group = board.group("Transport", "Trop loin", "Trop cher")
    board.votes(alone, board.people(20))
    board.votes(group, board.people(15))
    Event.objects.create(
        room=board.room,
        seq=1,
        kind="card_added",
        audience="everyone",
        payload={"put": {"cards": [{"text": WORDS}]}},
    )
    board.room.is_open = False
    board.room.save()
    return board, draft_from_workshop(actor=facilitator_of(place), workshop=board.workshop)


def later() -> datetime.date:
    return today() + datetime.timedelta(days=CARDS_KEPT_DAYS)


def publish(synthesis: Synthesis, on: datetime.date | None = None) -> None:
    version = SynthesisVersion.objects.create(
        synthesis=synthesis, number=1, step="published", content={"blocks": {}}, content_hash="x"
    )
    Synthesis.objects.filter(pk=synthesis.pk).update(
        status="published", published_on=on or today(), published_version=version, adopted_version=version
    )
    Workshop.objects.filter(pk=synthesis.workshop_id).update(status="synthesis")


def words_left(synthesis: Synthesis) -> int:
    copies = LineSource.objects.filter(line__synthesis=synthesis, kind="card").exclude(label="")
    return Card.objects.exclude(text="").count() + copies.count() + Event.objects.count()


def test_words_are_erased_a_month_after_the_synthesis_and_counts_stay() -> None:
    _board, synthesis = drafted(erases_cards=True)
    before = {line: (one.cards, one.votes) for line, one in evidence_of(synthesis).items()}
    publish(synthesis)
    assert purge_card_words(on=later() - datetime.timedelta(days=1)) == 0
    assert purge_card_words(on=later()) == 3
    assert words_left(synthesis) == 0
    after = {line: (one.cards, one.votes) for line, one in evidence_of(synthesis).items()}
    assert after == before
    assert purge_card_words(on=later()) == 0
    assert sources.card_choices(synthesis) == sources.unused_cards(synthesis) == []


def test_the_author_of_a_card_is_told_that_its_words_were_erased() -> None:
    _board, synthesis = drafted(erases_cards=True)
    publish(synthesis)
    purge_card_words(on=later())
    key = str(Card.objects.order_by("order").first().pk)
    assert "effacés" in resolve_cards([key])[key].title


def test_a_sentence_never_shown_goes_with_the_card_it_was_made_from() -> None:
    _board, synthesis = drafted(erases_cards=True)
    line = synthesis.lines.filter(sources__kind="card").first()
    synthesis.lines.filter(pk=line.pk).update(is_removed=True)
    publish(synthesis)
    purge_card_words(on=later())
    line.refresh_from_db()
    assert line.text == ""
    assert synthesis.lines.live().exclude(text="").exists()


def test_kept_unless_promised() -> None:
    _board, synthesis = drafted()
    publish(synthesis)
    assert purge_card_words(on=today() + datetime.timedelta(days=4000)) == 0
    assert words_left(synthesis) > 0


def test_without_a_synthesis_they_go_with_the_answers() -> None:
    _board, _synthesis = drafted(erases_cards=True, retention_months=2)
    Consultation.objects.update(starts_on=today() - datetime.timedelta(days=90), ends_on=today())
    assert purge_card_words(on=today() + datetime.timedelta(days=40)) == 0
    assert purge_card_words(on=today() + datetime.timedelta(days=70)) == 3


def test_the_promise_is_told_and_is_not_taken_back(client) -> None:
    place = ConsultationFactory(status="published", erases_cards=True)
    assert any("30 jours" in text for text in rights_in_words(place))
    with pytest.raises(ValidationError) as refused:
        update_consultation(
            actor=person(Role.ORGANISER, on=place.territory), consultation=place, erases_cards=False
        )
    assert list(refused.value.message_dict) == ["erases_cards"]
    board = Board(place)
    Workshop.objects.filter(pk=board.workshop.pk).update(status="open")
    board.room.code = "KM7T3P"
    board.room.save(update_fields=["code"])
    page = client.get(reverse("workshops:join", args=["KM7T3P"]))
    assert page.status_code == 200
    assert "30 jours" in page.text


def test_the_author_of_a_comment_is_forgotten_with_the_answers() -> None:
    place = ConsultationFactory(
        status="published",
        starts_on=today() - datetime.timedelta(days=90),
        ends_on=today(),
        retention_months=2,
    )
    synthesis = synthesis_with("Un bus le soir", consultation=place)
    publish(synthesis)
    author = User.objects.create(email="a@example.org")
    SynthesisComment.objects.create(
        version=synthesis.versions.get(), text="Oui", author=author, client_uuid=place.pk
    )
    assert forget_comment_authors(on=today() + datetime.timedelta(days=40)) == 0
    assert forget_comment_authors(on=today() + datetime.timedelta(days=70)) == 1
    assert SynthesisComment.objects.get().author is None
    assert forget_comment_authors(on=today() + datetime.timedelta(days=70)) == 0
