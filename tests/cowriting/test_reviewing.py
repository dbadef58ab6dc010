"""Versions, suggestions and comments."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from consultations.cowriting.models import Manuscript, SharedText, Suggestion
from consultations.cowriting.selectors import changes_between, talks_of, texts_of
from consultations.cowriting.services.commenting import answer_comment, comment_text, settle_comment
from consultations.cowriting.services.suggesting import (
    Clashing,
    accept_suggestion,
    refuse_suggestion,
    suggest,
    withdraw_suggestion,
)
from consultations.cowriting.services.versions import name_version, restore_version
from consultations.cowriting.services.writing import write_texts
from tests.cowriting.conftest import TEXTS

pytestmark = pytest.mark.django_db
NEW = "Le chat noir dort sur le toit rouge."


def write(manuscript: Manuscript, actor: User, **texts: str) -> None:
    write_texts(actor=actor, manuscript=manuscript, before=texts_of(manuscript), texts=texts)


def test_a_version_keeps_the_words_and_who_wrote_them(
    manuscript: Manuscript, writer: User, other_writer: User
) -> None:
    first = name_version(actor=writer, manuscript=manuscript, name="Départ")
    write(manuscript, other_writer, context=NEW)
    second = name_version(actor=writer, manuscript=manuscript, name="Après relecture")
    write(manuscript, writer, context="Tout autre chose.")
    assert (first.number, second.number) == (1, 2)
    (change,) = changes_between(manuscript, first, second)
    assert change.writers == ("Bruno",)
    assert [piece.text for piece in change.pieces if piece.kind == "added"] == [" noir"]
    assert changes_between(manuscript, None, first)[0].writers == ("Ada",)


def test_a_version_wants_a_name_a_right_and_texts_that_are_not_too_long(
    manuscript: Manuscript, writer: User, other_writer: User
) -> None:
    with pytest.raises(PermissionDenied):
        name_version(actor=other_writer, manuscript=manuscript, name="La mienne")
    with pytest.raises(ValidationError):
        name_version(actor=writer, manuscript=manuscript, name="  ")
    SharedText.objects.filter(manuscript=manuscript, name="aim").update(text="a" * 101)
    with pytest.raises(ValidationError, match="But"):
        name_version(actor=writer, manuscript=manuscript, name="Trop longue")


def test_coming_back_to_a_version_keeps_the_present_one(manuscript: Manuscript, writer: User) -> None:
    first = name_version(actor=writer, manuscript=manuscript, name="Départ")
    write(manuscript, writer, context=NEW, aim="Le laisser.")
    restore_version(actor=writer, version=first)
    assert texts_of(manuscript) == TEXTS
    assert manuscript.versions.get(number=2).texts["context"] == NEW


def test_a_suggestion_taken_joins_what_was_written_since_and_its_author_is_told(
    manuscript: Manuscript, writer: User, reader: User, django_capture_on_commit_callbacks: object
) -> None:
    asked = suggest(actor=reader, manuscript=manuscript, name="context", proposed=NEW, why="Il est noir.")
    write(manuscript, writer, context="Le chat dort sur le toit rouge, le soir.")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        accept_suggestion(actor=writer, suggestion=asked, answer="Merci.")
    assert texts_of(manuscript)["context"] == "Le chat noir dort sur le toit rouge, le soir."
    (letter,) = mail.outbox
    assert letter.to == [reader.email]
    assert "Merci." in letter.body
    with pytest.raises(ValidationError):
        refuse_suggestion(actor=writer, suggestion=asked, answer="Finalement non.")


def test_a_suggestion_on_words_that_changed_asks_someone_to_choose(
    manuscript: Manuscript, writer: User, reader: User
) -> None:
    asked = suggest(actor=reader, manuscript=manuscript, name="aim", proposed="Le nourrir.", why="")
    write(manuscript, writer, aim="Le caresser.")
    with pytest.raises(Clashing) as clash:
        accept_suggestion(actor=writer, suggestion=asked)
    assert [(one.theirs, one.mine) for one in clash.value.clashes] == [("caresser", "nourrir")]
    accept_suggestion(actor=writer, suggestion=asked, text="Le caresser et le nourrir.")
    assert texts_of(manuscript)["aim"] == "Le caresser et le nourrir."


def test_a_refusal_says_why(manuscript: Manuscript, writer: User, reader: User) -> None:
    asked = suggest(actor=reader, manuscript=manuscript, name="aim", proposed="Le nourrir.", why="")
    with pytest.raises(ValidationError):
        refuse_suggestion(actor=writer, suggestion=asked, answer=" ")
    assert refuse_suggestion(actor=writer, suggestion=asked, answer="Il mange déjà.").state == "refused"
    assert texts_of(manuscript) == TEXTS


def test_only_the_author_withdraws_and_only_the_team_answers(
    manuscript: Manuscript, writer: User, other_writer: User, reader: User
) -> None:
    asked = suggest(actor=reader, manuscript=manuscript, name="aim", proposed="Le nourrir.", why="")
    with pytest.raises(PermissionDenied):
        withdraw_suggestion(actor=writer, suggestion=asked)
    with pytest.raises(PermissionDenied):
        accept_suggestion(actor=other_writer, suggestion=asked)
    assert withdraw_suggestion(actor=reader, suggestion=asked).state == Suggestion.State.WITHDRAWN
    with pytest.raises(ValidationError):
        accept_suggestion(actor=writer, suggestion=asked)


@pytest.mark.parametrize("proposed", ["Le réveiller.", "a" * 101])
def test_a_suggestion_that_changes_nothing_or_too_much_is_refused(
    manuscript: Manuscript, reader: User, proposed: str
) -> None:
    with pytest.raises(ValidationError):
        suggest(actor=reader, manuscript=manuscript, name="aim", proposed=proposed, why="")


def test_a_stranger_neither_suggests_nor_comments(manuscript: Manuscript, stranger: User) -> None:
    with pytest.raises(PermissionDenied):
        suggest(actor=stranger, manuscript=manuscript, name="aim", proposed="Non.", why="")
    with pytest.raises(PermissionDenied):
        comment_text(actor=stranger, manuscript=manuscript, name="aim", body="Non.")


def test_a_comment_follows_its_words_until_they_are_gone(
    manuscript: Manuscript, writer: User, reader: User
) -> None:
    quoted = "dort sur le toit rouge"
    comment = comment_text(
        actor=reader, manuscript=manuscript, name="context", body="Vraiment ?", quotation=quoted
    )
    answer_comment(actor=writer, comment=comment, body="Oui.")
    shared = comment.shared_text
    write(manuscript, writer, context="Depuis hier, le chat dort sur le toit rouge.")
    shared.refresh_from_db()
    (talk,) = talks_of(shared)
    assert (talk.now, talk.orphan, [reply.body for reply in talk.replies]) == (quoted, False, ["Oui."])
    write(manuscript, writer, context="Rien de tel.")
    shared.refresh_from_db()
    (talk,) = talks_of(shared)
    assert talk.orphan
    assert talk.comment.quotation == quoted


def test_a_quotation_that_is_not_in_the_text_is_refused(manuscript: Manuscript, reader: User) -> None:
    with pytest.raises(ValidationError) as error:
        comment_text(
            actor=reader, manuscript=manuscript, name="context", body="Vraiment ?", quotation="le chien"
        )
    assert list(error.value.message_dict) == ["quotation"]


def test_a_comment_is_settled_by_its_author_or_the_team(
    manuscript: Manuscript, writer: User, other_writer: User, reader: User
) -> None:
    comment = comment_text(actor=reader, manuscript=manuscript, name="context", body="Vraiment ?")
    with pytest.raises(PermissionDenied):
        settle_comment(actor=other_writer, comment=comment)
    assert settle_comment(actor=writer, comment=comment).resolved_by == writer
    assert settle_comment(actor=reader, comment=comment, settled=False).resolved_at is None
    reply = answer_comment(actor=writer, comment=comment, body="Oui.")
    assert answer_comment(actor=reader, comment=reply, body="Bon.").answers == comment
    with pytest.raises(ValidationError):
        settle_comment(actor=writer, comment=reply)
