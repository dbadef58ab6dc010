"""The pages of texts written together."""

import pytest
from django.urls import reverse

from accounts.models import User
from consultations.cowriting.models import Comment, Manuscript, Suggestion
from consultations.cowriting.selectors import texts_of
from consultations.cowriting.services.suggesting import suggest
from consultations.cowriting.services.versions import name_version
from consultations.cowriting.services.writing import write_texts
from tests.cowriting.conftest import TEXTS
from tests.factories.accounts import SignedInClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> SignedInClient:
    return SignedInClient()


def address(manuscript: Manuscript, page: str = "write", *more: object) -> str:
    return reverse(f"cowriting:{page}", args=[manuscript.pk, *more])


PAGES = ["write", "versions", "suggestions", "all_comments"]


@pytest.mark.parametrize("page", PAGES)
def test_visitors_sign_in_first_and_readers_read(
    manuscript: Manuscript, reader: User, browser: SignedInClient, page: str
) -> None:
    assert browser.get(address(manuscript, page)).status_code == 302
    browser.force_login(reader)
    answer = browser.get(address(manuscript, page))
    assert answer.status_code == 200
    assert 'data-shared="' not in answer.content.decode()


def test_writing_keeps_the_texts(manuscript: Manuscript, writer: User, browser: SignedInClient) -> None:
    browser.force_login(writer)
    page = browser.get(address(manuscript)).content.decode()
    assert TEXTS["context"] in page
    form = {f"before-{name}": text for name, text in TEXTS.items()} | TEXTS | {"aim": "Le laisser."}
    answer = browser.post(address(manuscript), form, follow=True)
    assert "1 texte enregistré." in answer.content.decode()
    assert texts_of(manuscript)["aim"] == "Le laisser."


def test_a_clash_is_shown_with_both_wordings(
    manuscript: Manuscript, writer: User, other_writer: User, browser: SignedInClient
) -> None:
    write_texts(actor=other_writer, manuscript=manuscript, before=TEXTS, texts={"aim": "Le caresser."})
    browser.force_login(writer)
    form = {"before-aim": TEXTS["aim"], "aim": "Le nourrir."}
    answer = browser.post(address(manuscript), form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "caresser" in page
    assert "<q>nourrir</q>" in page


def test_a_text_too_long_is_shown_again(
    manuscript: Manuscript, writer: User, browser: SignedInClient
) -> None:
    browser.force_login(writer)
    answer = browser.post(address(manuscript), {"before-aim": TEXTS["aim"], "aim": "b" * 101})
    assert answer.status_code == 422
    assert "b" * 101 in answer.content.decode()
    assert texts_of(manuscript) == TEXTS


def test_versions_are_named_compared_and_come_back_to(
    manuscript: Manuscript, writer: User, browser: SignedInClient
) -> None:
    browser.force_login(writer)
    browser.post(address(manuscript, "versions"), {"name": "Départ"})
    write_texts(actor=writer, manuscript=manuscript, before=TEXTS, texts={"aim": "Le nourrir."})
    name_version(actor=writer, manuscript=manuscript, name="Suite")
    page = browser.get(address(manuscript, "versions"), {"avant": "1", "apres": "2"}).content.decode()
    assert "<ins>" in page
    assert "<del>" in page
    browser.post(address(manuscript, "restore", 1))
    assert texts_of(manuscript) == TEXTS
    assert browser.post(address(manuscript, "restore", 99)).status_code == 404
    assert browser.post(address(manuscript, "versions"), {"name": ""}).status_code == 422
    assert browser.get(address(manuscript, "versions"), {"avant": "x", "apres": "-1"}).status_code == 200


def test_a_reader_suggests_and_the_team_answers(
    manuscript: Manuscript, writer: User, reader: User, browser: SignedInClient
) -> None:
    browser.force_login(reader)
    page = address(manuscript, "suggest", "aim")
    assert browser.post(page, {"proposed": TEXTS["aim"]}).status_code == 422
    browser.post(page, {"proposed": "Le nourrir.", "why": "Il a faim."})
    suggestion = Suggestion.objects.get()
    one = address(manuscript, "suggestion", suggestion.pk)
    assert browser.post(one, {"accept": "1"}).status_code == 403
    browser.force_login(writer)
    assert "Il a faim." in browser.get(address(manuscript, "suggestions")).content.decode()
    assert browser.post(one, {"refuse": "1", "answer": ""}).status_code == 422
    assert browser.post(one, {"accept": "1", "answer": "Merci."}).status_code == 302
    assert texts_of(manuscript)["aim"] == "Le nourrir."


def test_a_suggestion_that_clashes_gives_a_box_to_choose_the_words(
    manuscript: Manuscript, writer: User, reader: User, browser: SignedInClient
) -> None:
    asked = suggest(actor=reader, manuscript=manuscript, name="aim", proposed="Le nourrir.", why="")
    write_texts(actor=writer, manuscript=manuscript, before=TEXTS, texts={"aim": "Le caresser."})
    browser.force_login(writer)
    page = address(manuscript, "suggestion", asked.pk)
    answer = browser.post(page, {"accept": "1"})
    assert answer.status_code == 409
    assert "Le caresser." in answer.content.decode()
    browser.post(page, {"accept": "1", "text": "Le caresser, le nourrir."})
    assert texts_of(manuscript)["aim"] == "Le caresser, le nourrir."


def test_a_reader_withdraws_a_suggestion(
    manuscript: Manuscript, reader: User, browser: SignedInClient
) -> None:
    asked = suggest(actor=reader, manuscript=manuscript, name="aim", proposed="Le nourrir.", why="")
    browser.force_login(reader)
    browser.post(address(manuscript, "suggestion_withdraw", asked.pk))
    asked.refresh_from_db()
    assert asked.state == Suggestion.State.WITHDRAWN


def test_comments_are_given_answered_and_settled(
    manuscript: Manuscript, writer: User, reader: User, browser: SignedInClient
) -> None:
    browser.force_login(reader)
    page = address(manuscript, "comments", "context")
    assert browser.post(page, {"body": "", "quotation": ""}).status_code == 422
    assert browser.post(page, {"body": "Oui ?", "quotation": "le chien"}).status_code == 422
    browser.post(page, {"body": "Lequel ?", "quotation": "Le chat"})
    comment = Comment.objects.get()
    browser.force_login(writer)
    assert browser.post(address(manuscript, "reply", comment.pk), {"body": ""}).status_code == 422
    browser.post(address(manuscript, "reply", comment.pk), {"body": "Le noir."})
    shown = browser.get(page).content.decode()
    assert "Lequel ?" in shown
    assert "Le noir." in shown
    browser.post(address(manuscript, "settle", comment.pk))
    comment.refresh_from_db()
    assert comment.resolved_by == writer


def test_an_unknown_text_is_not_found(manuscript: Manuscript, writer: User, browser: SignedInClient) -> None:
    browser.force_login(writer)
    for page in ("comments", "suggest"):
        assert browser.get(address(manuscript, page, "rien")).status_code == 404


def test_pages_ask_few_questions_of_the_database(
    manuscript: Manuscript, writer: User, browser: SignedInClient, django_assert_max_num_queries: object
) -> None:
    browser.force_login(writer)
    browser.get(address(manuscript))
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        browser.get(address(manuscript))
