"""Letters that come back after they left: whatever tells it, only ours, only for good, each once."""

import io
import json
from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart

import pytest
from django.core.management import call_command

from core.returned_mail import Returned, read_event, read_report, returned_letters, traced_id

KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"
ADDRESS, TOKEN = "/courrier/retours/", "a-key-only-the-provider-knows"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, settings) -> list[tuple[str, str]]:
    """What the app is told, and the address open."""
    seen: list[tuple[str, str]] = []
    monkeypatch.setitem(returned_letters._entries, "test_kind", lambda *given: not seen.append(given))
    settings.EMAIL_RETURN_TOKEN = TOKEN
    return seen


def report(action: str = "failed", *, letter: str = "") -> bytes:
    """What a mail server writes back (RFC 3464)."""
    made = MIMEMultipart("report", report_type="delivery-status")
    whole, recipient = Message(), Message()
    whole["Reporting-MTA"] = "dns; mx.example.org"
    recipient["Final-Recipient"] = "rfc822; quelqu.un@example.org"
    recipient["Action"], recipient["Status"] = action, "5.1.1"
    recipient["Diagnostic-Code"] = "smtp; 550 5.1.1 no such user"
    status = Message()
    status["Content-Type"] = "message/delivery-status"
    status.set_payload([whole, recipient])
    original = EmailMessage()
    original["Message-ID"] = letter or traced_id("test_kind", KEY)
    original.set_content("Vous êtes convoqué.")
    made.attach(status)
    made.attach(MIMEMessage(original))
    return made.as_bytes()


def test_a_report_leads_to_the_letter_and_its_status() -> None:
    assert read_report(report()) == Returned("test_kind", KEY, "5.1.1")


@pytest.mark.parametrize(
    "raw",
    [
        report("delayed"),
        report(letter=f"<test_kind.{KEY}.{'0' * 24}@testserver>"),
        b"Subject: Absent du bureau\r\nIn-Reply-To: " + traced_id("test_kind", KEY).encode() + b"\r\n\r\nAbsent",
        b"\xff\x00",
    ],
    ids=["only late", "forged", "automatic answer", "noise"],
)  # fmt: skip
def test_what_is_not_a_return_is_passed_over(raw: bytes) -> None:
    assert read_report(raw) is None


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ({"event": "hard_bounce", "message-id": traced_id("test_kind", KEY), "reason": "550 5.1.1 x"}, "5.1.1"),
        ({"Type": "Bounce", "Headers": [{"Value": traced_id("test_kind", KEY)}]}, ""),
        ({"event-data": {"event": "failed", "message": {"headers": {"message-id": traced_id("test_kind", KEY)[1:-1]}}}}, ""),
    ],
    ids=["flat", "capitals", "nested"],
)  # fmt: skip
def test_events_of_providers(event: dict[str, object], status: str) -> None:
    assert read_event(event) == Returned("test_kind", KEY, status)


@pytest.mark.parametrize("name", ["delivered", "soft_bounce", "deferred", "opened"])
def test_other_events_say_nothing(name: str) -> None:
    assert read_event({"event": name, "message-id": traced_id("test_kind", KEY)}) is None


@pytest.mark.django_db
def test_the_address_asks_for_its_key(client, told, settings) -> None:
    event = json.dumps([{"event": "bounce", "message-id": traced_id("test_kind", KEY)}, {"event": "open"}])
    given = {"data": event, "content_type": "application/json"}
    assert client.post(ADDRESS, **given).status_code == 403
    answer = client.post(ADDRESS, **given, headers={"Authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, answer.json(), told) == (200, {"changed": 1}, [(KEY, "")])
    settings.EMAIL_RETURN_TOKEN = ""
    assert client.post(ADDRESS, **given).status_code == 404


def test_the_address_takes_reports_and_names_what_it_cannot_read(client, told) -> None:
    key = {"Authorization": f"Bearer {TOKEN}"}
    answer = client.post(ADDRESS, report(), content_type="message/rfc822", headers=key)
    assert (answer.json(), told) == ({"changed": 1}, [(KEY, "5.1.1")])
    assert client.post(ADDRESS, b"<x>", content_type="text/xml", headers=key).status_code == 400


def test_the_command_reads_what_the_mail_server_pipes(told, tmp_path) -> None:
    (tmp_path / "report.eml").write_bytes(report())
    out = io.StringIO()
    call_command("receive_bounce", file=tmp_path / "report.eml", json=True, stdout=out)
    assert (json.loads(out.getvalue()), told) == ({"understood": True, "changed": True}, [(KEY, "5.1.1")])
    (tmp_path / "report.eml").write_bytes(b"Bonjour")
    call_command("receive_bounce", file=tmp_path / "report.eml", stdout=out)
    assert len(told) == 1
