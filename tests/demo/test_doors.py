"""The demo's doors: they open on this machine only, and nowhere else."""

from pathlib import Path

import pytest
from django.core import mail
from django.core.checks import Error
from django.core.mail.backends.filebased import EmailBackend
from django.test import override_settings
from django.urls import reverse

from accounts.models import User
from demo import people
from demo.checks import demo_stays_on_this_machine
from demo.mailbox import letters
from demo.roles import BY_KEY, PEOPLE
from organisations.models import Organisation
from territories.models import Territory, TerritoryLevel
from tests.factories.accounts import SignedInClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> None:
    """The places the people of the story need, and the people."""
    level = TerritoryLevel.objects.create(code="departement", rank=2, name="département", name_plural="d")
    place = Territory.objects.create(level=level, code="47", name="Lot-et-Garonne", search_name="lot")
    for person in PEOPLE:
        if person.place and ":" not in person.place:
            Organisation.objects.get_or_create(
                slug=person.place, defaults={"name": person.place, "territory": place}
            )
    people.load()


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.key)
def test_each_role_enters_in_one_click(client: SignedInClient, story: None, person: object) -> None:
    response = client.post(reverse("demo:enter"), {"person": person.key})
    assert response.status_code == 302
    assert response["Location"] == person.starts_at
    assert int(client.session["_auth_user_id"]) == User.objects.get(email=person.email).pk
    if person.starts_at in {"/gestion/", "/compte/"}:
        assert client.get(person.starts_at).status_code == 200


def test_entering_changes_the_session(client: SignedInClient, story: None) -> None:
    client.post(reverse("demo:enter"), {"person": "dpo"})
    before = client.session.session_key
    client.post(reverse("demo:enter"), {"person": "habitante"})
    assert client.session.session_key != before


def test_loading_again_changes_nothing(story: None) -> None:
    before = list(User.objects.order_by("pk").values_list("pk", "email", "display_name"))
    people.load()
    assert list(User.objects.order_by("pk").values_list("pk", "email", "display_name")) == before
    assert User.objects.get(email=BY_KEY["dpo"].email).memberships.count() == 1


@pytest.mark.parametrize("name", ["doors", "mailbox"])
def test_pages_answer_this_machine_only(client: SignedInClient, name: str) -> None:
    assert client.get(reverse(f"demo:{name}"), REMOTE_ADDR="127.0.0.1").status_code == 200
    assert client.get(reverse(f"demo:{name}"), REMOTE_ADDR="192.168.1.20").status_code == 403
    assert client.get(reverse(f"demo:{name}"), REMOTE_ADDR="").status_code == 403


def test_entering_is_refused_from_elsewhere_by_get_and_without_a_known_role(
    client: SignedInClient, story: None
) -> None:
    url = reverse("demo:enter")
    assert client.post(url, {"person": "dpo"}, REMOTE_ADDR="10.0.0.9").status_code == 403
    assert client.get(url).status_code == 405
    assert client.post(url, {"person": "roi"}).status_code == 404
    assert client.post(url).status_code == 404


def test_entering_asks_for_the_form_token(story: None) -> None:
    strict = SignedInClient(enforce_csrf_checks=True)
    assert strict.post(reverse("demo:enter"), {"person": "administratrice"}).status_code == 403


def test_without_the_demo_nothing_answers(client: SignedInClient) -> None:
    with override_settings(DEMO=False):
        assert client.get(reverse("demo:doors")).status_code == 404
        assert client.post(reverse("demo:enter"), {"person": "dpo"}).status_code == 404


@pytest.mark.parametrize(
    ("demo", "url", "problems"),
    [
        (True, "http://127.0.0.1:8000", set()),
        (True, "http://localhost:8000", set()),
        (True, "http://[::1]:8000", set()),
        (False, "http://127.0.0.1:8000", {"demo.E001"}),
        (True, "https://diapason.example", {"demo.E002"}),
        (False, "https://diapason.example", {"demo.E001", "demo.E002"}),
        (True, "http://127.0.0.1.evil.example", {"demo.E002"}),
    ],
)
def test_the_demo_refuses_production(demo: bool, url: str, problems: set[str]) -> None:
    with override_settings(DEMO=demo, PUBLIC_URL=url):
        found = demo_stays_on_this_machine(None)
    assert {problem.id for problem in found} == problems
    assert all(isinstance(problem, Error) for problem in found)


def test_the_mailbox_shows_the_latest_letter_first_and_runs_nothing(
    client: SignedInClient, tmp_path: Path
) -> None:
    backend = EmailBackend(file_path=tmp_path)
    for subject in ("Premier", "Second <script>alert(1)</script>"):
        letter = mail.EmailMessage(subject, "Code 1234-5678\nhttp://localhost/compte/", to=["a@example.org"])
        backend.send_messages([letter])
    (tmp_path / "abime.log").write_bytes(b"\xff\xfe pas un courriel")
    assert [letter.subject[:6] for letter in letters(tmp_path)] == ["Second", "Premie"]
    with override_settings(EMAIL_FILE_PATH=tmp_path):
        page = client.get(reverse("demo:mailbox")).content.decode()
    assert "1234-5678" in page
    assert '<a href="http://localhost/compte/"' in page
    assert "<script>alert" not in page


def test_an_empty_mailbox_says_so(tmp_path: Path) -> None:
    assert letters(tmp_path / "absent") == []
    assert letters(None) == []


def test_the_banner_is_loud_in_the_demo_and_absent_elsewhere(client: SignedInClient) -> None:
    assert 'class="demo-banner"' in client.get("/compte/login/").content.decode()
    with override_settings(DEMO=False):
        assert 'class="demo-banner"' not in client.get("/compte/login/").content.decode()
