"""What happens around a meeting: reminders, minutes sent with the next agenda, panels, the lineage."""

import datetime

import pytest
import tablib
from django.contrib.auth.models import AnonymousUser
from icalendar import Calendar

from consultations.councils.calendars import feed_of
from consultations.meetings.lineage import resolve_items, resolve_meetings
from consultations.meetings.majority import Votes
from consultations.meetings.models import Meeting
from consultations.meetings.panels import public_panel, waiting_meetings, workspace_panel
from consultations.meetings.selectors.desk import agenda_of
from consultations.meetings.services import (
    agenda,
    convening,
    minutes,
    reminding,
    voting,
)
from tests.factories.councils import member_of
from tests.factories.meetings import Sitting, convened, ended, prepared
from tests.factories.process import person

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def test_members_are_reminded_once(mailoutbox) -> None:
    made = prepared(days=2, state="convened")
    assert reminding.send_reminders() == 1
    assert reminding.send_reminders() == 0
    assert mailoutbox[0].to == [made.president.email]
    prepared(days=9, state="convened")
    assert reminding.send_reminders() == 0


def test_signed_minutes_are_sent_with_the_next_agenda_and_adopted_by_vote(
    mailoutbox, django_capture_on_commit_callbacks
) -> None:
    first = ended()
    minutes.share_minutes(actor=first.secretary, meeting=first.meeting)
    first.sign()
    later = first.meeting.held_at + 30 * DAY
    second = Meeting.objects.create(
        council=first.council, number=2, held_at=later, place="Agen", state="draft"
    )
    found = agenda_of(second).suggestions
    assert [(one.kind, one.suggestion.purpose) for one in found] == [("minutes", "vote")]
    item = agenda.take_suggestion(
        actor=first.secretary, meeting=second, kind="minutes", key=str(first.meeting.pk)
    )
    assert not agenda_of(second).suggestions
    with django_capture_on_commit_callbacks(execute=True):
        convening.convene_meeting(actor=first.president, meeting=second)
    assert [name for name, _body, _kind in mailoutbox[0].attachments][1].endswith("-1-releve.pdf")
    Meeting.objects.filter(pk=second.pk).update(state="open", held_at=first.meeting.held_at + DAY / 1000)
    made = Sitting(
        Meeting.objects.get(pk=second.pk), first.president, first.secretary, first.members, first.substitutes
    )
    made.come(*made.users_side, *made.others)
    decision = made.vote(made.start(item))
    counts = {"supported_persons": Votes(3), "families": Votes(3)}
    voting.record_votes(actor=made.secretary, decision=decision, counts=counts)
    voting.close_decision(actor=made.secretary, decision=decision)
    adopted = first.again()
    assert (adopted.state, adopted.minutes.adopted_in_id) == ("minutes_adopted", second.pk)


def test_panels_and_what_waits() -> None:
    made = prepared()
    assert public_panel(made.council, AnonymousUser()) is None
    panel = workspace_panel(made.council, made.secretary)
    assert (len(panel.context["meetings"]), panel.context["can_create"]) == (1, True)
    assert [one.icon for one in waiting_meetings(made.secretary)] == ["gavel"]
    assert waiting_meetings(member_of(made.council)) == []


def test_confidential_items_have_no_title_in_the_lineage() -> None:
    made = convened()
    secret, plain = made.item("debate", "Mme X", is_confidential=True), made.item()
    found = resolve_items([str(secret.pk), str(plain.pk), "not a key"])
    assert "Mme X" not in found[str(secret.pk)].title
    assert found[str(plain.pk)].url
    assert resolve_meetings([str(made.meeting.pk)])[str(made.meeting.pk)].is_public


def test_a_meeting_to_come_waits_for_the_secretary_and_is_in_the_council_s_calendar() -> None:
    made = prepared(days=2, state="convened")
    (found,) = waiting_meetings(made.secretary)
    assert found.detail.startswith("La convocation est partie")
    calendar = Calendar.from_ical(feed_of(made.council))
    (event,) = calendar.walk("VEVENT")
    assert event["DTSTART"].dt == made.meeting.held_at.replace(microsecond=0)


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("what", "held"), [("presences", "familles"), ("convocations", ""), ("votes", "Le jardin")]
)
def test_tables_are_for_those_who_read_the_meeting(client, what: str, held: str, extension: str) -> None:
    made = ended()
    address = f"/espace/reunions/{made.meeting.pk}/fichiers/{what}.{extension}"
    client.force_login(person())
    assert client.get(address).status_code == 403
    client.force_login(made.secretary)
    answer = client.get(address)
    assert answer.status_code == 200
    table = tablib.Dataset().load(
        answer.content.decode("utf-8-sig") if extension == "csv" else answer.content, extension
    )
    assert any(held in str(cell) for row in table for cell in row) or not held
