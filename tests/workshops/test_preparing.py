"""Preparing: drafts, scenarios that have not run, announcing, inviting, documents, and who may."""

import datetime

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import Role
from consultations.process.selectors import register_of_processings
from consultations.syntheses.models import Synthesis
from consultations.workshops import permissions
from consultations.workshops.calendars import calendar_of
from consultations.workshops.forms.stage import PREFIX, StageForm
from consultations.workshops.kinds import SETTINGS
from consultations.workshops.models import Invitation, ScenarioTemplate, Stage, Workshop
from consultations.workshops.panels import block_choices, find_workshops, open_workshops, render_block
from consultations.workshops.preparation import announcement_problems, time_warning
from consultations.workshops.registries import outcomes_of
from consultations.workshops.scenarios import SCENARIOS
from consultations.workshops.selectors import templates_for
from consultations.workshops.services import documents, inviting, preparing, scenario
from tests.factories.process import ConsultationFactory, body, person, place
from tests.factories.workshops import OpenRoom, add_stage, facilitator_of, workshop

pytestmark = pytest.mark.django_db
DRAFT, ANNOUNCED, OPEN, CLOSED, CANCELLED = "draft", "announced", "open", "closed", "cancelled"


def ready(**fields: object) -> Workshop:
    """A draft that may be announced."""
    made = workshop(DRAFT, summary="On parle des trajets.", **fields)
    add_stage(made, Stage.Kind.WRITE)
    return made


TABLE = {
    "can_edit_workshop": {DRAFT, ANNOUNCED, OPEN},
    "can_announce_workshop": {DRAFT},
    "can_cancel_workshop": {ANNOUNCED},
    "can_invite_to_workshop": {ANNOUNCED},
    "can_open_workshop": {ANNOUNCED},
    "can_close_workshop": {OPEN},
    "can_facilitate_workshop": {DRAFT, ANNOUNCED, OPEN, CLOSED, CANCELLED},
}


@pytest.mark.parametrize("status", [DRAFT, ANNOUNCED, OPEN, CLOSED, CANCELLED])
@pytest.mark.parametrize("verb", TABLE)
def test_who_may_do_what_in_which_state(verb: str, status: str) -> None:
    held, may = workshop(status), getattr(permissions, verb)
    on, is_time = held.consultation.territory, status in TABLE[verb]
    assert may(person(Role.FACILITATOR, on=on), held) is is_time
    assert may(person(Role.ORGANISER, on=on), held) is is_time
    for stranger in (
        person(),
        person(Role.ANALYST, on=on),
        person(Role.INTERVIEWER, on=on),
        person(Role.FACILITATOR, on=place("Ailleurs")),
        person(Role.FACILITATOR, on=on, ended=True),
    ):
        assert may(stranger, held) is False


def test_a_draft_is_deleted_by_organisers_only() -> None:
    held = workshop(DRAFT)
    with pytest.raises(PermissionDenied):
        preparing.delete_workshop(actor=facilitator_of(held), workshop=held)
    organiser = person(Role.ORGANISER, on=held.consultation.territory)
    preparing.delete_workshop(actor=organiser, workshop=held)
    assert not Workshop.objects.exists()


def test_nothing_is_announced_before_people_can_know_where_to_go() -> None:
    held = workshop(DRAFT, venue="", address="", access_details="", contact="", colleges=[])
    fields = {problem.field or problem.place for problem in announcement_problems(held)}
    assert fields == {"summary", "venue", "address", "access_details", "contact", "colleges", "scenario"}
    with pytest.raises(ValidationError):
        preparing.announce_workshop(actor=facilitator_of(held), workshop=held)
    good = ready()
    assert preparing.announce_workshop(actor=facilitator_of(good), workshop=good).status == ANNOUNCED


@pytest.mark.parametrize("key", SCENARIOS)
def test_every_template_makes_a_scenario_whose_sources_come_before(key: str) -> None:
    held = workshop(DRAFT)
    plans = list(SCENARIOS[key].stages)
    stages = scenario.use_template(actor=facilitator_of(held), workshop=held, plans=plans)
    assert [stage.order for stage in stages] == list(range(1, len(plans) + 1))
    assert all(stage.source.order < stage.order for stage in stages if stage.source)


def test_stages_move_and_a_source_left_behind_is_forgotten() -> None:
    held = workshop(DRAFT)
    actor = facilitator_of(held)
    write = add_stage(held, "write")
    group = add_stage(held, "group", source=write)
    scenario.move_stage(actor=actor, stage=group, up=True)
    group.refresh_from_db()
    assert list(held.stages.all()) == [group, write] and group.source is None
    scenario.move_stage(actor=actor, stage=group, up=True)
    scenario.remove_stage(actor=actor, stage=group)
    assert [stage.order for stage in held.stages.all()] == [1]


def test_a_stage_that_has_run_is_never_changed_moved_or_removed() -> None:
    room = OpenRoom(0)
    room.lead("stage.start", stage=room.write.pk)
    room.lead("stage.close", stage=room.write.pk)
    room.write.refresh_from_db()
    for act in (
        lambda: scenario.update_stage(actor=room.user, stage=room.write, title="Autre"),
        lambda: scenario.move_stage(actor=room.user, stage=room.write, up=False),
        lambda: scenario.move_stage(actor=room.user, stage=room.group, up=True),
        lambda: scenario.remove_stage(actor=room.user, stage=room.write),
        lambda: scenario.use_template(actor=room.user, workshop=room.workshop, plans=[]),
    ):
        with pytest.raises(ValidationError):
            act()


def test_phones_in_the_room_learn_the_new_scenario() -> None:
    room = OpenRoom(0)
    stage = scenario.add_stage(actor=room.user, workshop=room.workshop, kind="talk")
    told = room.room.events.order_by("-seq").first()
    assert told.kind == "stage_changed"
    assert str(stage.pk) in {item["id"] for item in told.payload["put"]["stages"]}


@pytest.mark.parametrize("kind", Stage.Kind.values)
def test_the_form_of_a_stage_follows_the_one_definition_of_its_settings(kind: str) -> None:
    held = workshop(DRAFT)
    actor = facilitator_of(held)
    stage = scenario.add_stage(actor=actor, workshop=held, kind=kind)
    form = StageForm(stage=stage, earlier=[])
    drawn = {name.removeprefix(PREFIX) for name in form.fields if name.startswith(PREFIX)}
    assert drawn == {name for name in SETTINGS[kind].model_fields if name != "speaking_turns"}
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    bound = StageForm(data, stage=stage, earlier=[])
    assert bound.is_valid(), bound.errors
    scenario.update_stage(actor=actor, stage=stage, **bound.fields_for_service())


def test_a_scenario_kept_is_offered_on_its_territory_only() -> None:
    held = workshop(DRAFT)
    actor = facilitator_of(held)
    stage = add_stage(held, "dots", settings={"dots": 7})
    add_stage(held, "talk", source=stage)
    scenario.save_template(actor=actor, workshop=held, title="Le nôtre")
    mine = [one for one in templates_for(held) if one.is_kept]
    assert [one.title for one in mine] == ["Le nôtre"]
    assert not [one for one in templates_for(workshop(DRAFT)) if one.is_kept]
    scenario.use_template(actor=actor, workshop=held, plans=mine[0].plans)
    assert held.stages.first().settings["dots"] == 7 and ScenarioTemplate.objects.count() == 1


def test_stages_longer_than_the_workshop_are_told() -> None:
    held = workshop(DRAFT)
    add_stage(held, "talk", minutes=120)
    assert time_warning(held, list(held.stages.all())) == ""
    add_stage(held, "talk", minutes=1)
    assert "1 minute de plus" in time_warning(held, list(held.stages.all()))


@pytest.mark.django_db(transaction=True)
def test_each_address_is_invited_once_with_a_link_of_its_own() -> None:
    held = workshop()
    actor = facilitator_of(held)
    job = inviting.invite_by_email(actor=actor, workshop=held, addresses=["a@exemple.fr", "A@exemple.fr"])
    job.refresh_from_db()
    invitation = Invitation.objects.get()
    assert (job.status, invitation.status, len(mail.outbox)) == ("done", "sent", 1)
    assert str(invitation.pk) in mail.outbox[0].body and mail.outbox[0].attachments
    inviting.run_invitations.call(str(job.pk))
    with pytest.raises(ValidationError):
        inviting.invite_by_email(actor=actor, workshop=held, addresses=["a@exemple.fr"])
    assert len(mail.outbox) == 1


def test_the_list_is_shown_line_by_line_before_anything_is_sent(client) -> None:
    held = workshop()
    client.force_login(facilitator_of(held))
    url = reverse("workshop_editor:invitations", args=[held.pk])
    typed = {"op": "preview", "text": "a@exemple.fr\npas une adresse\nb@\na@exemple.fr"}
    page = client.post(url, typed).content.decode()
    assert "1 adresse recevra" in page and "Ligne 2" in page and "Ligne 3" in page and "Ligne 4" in page
    assert not Invitation.objects.exists() and not mail.outbox


def test_an_invitation_leads_to_one_registration(client) -> None:
    held = workshop()
    invitation = Invitation.objects.create(workshop=held, email="a@exemple.fr", college="officials")
    url = reverse("workshops:invited", args=[held.slug, invitation.pk])
    page = client.get(url).content.decode()
    assert "a@exemple.fr" in page
    key = "5f0f0f0f-0000-4000-8000-000000000001"
    data = {"name": "Élue", "college": "officials", "email": "a@exemple.fr", "client_uuid": key}
    client.post(url, data)
    invitation.refresh_from_db()
    assert invitation.registration is not None
    assert client.get(url).url.endswith(f"{invitation.registration_id}/")


def test_the_calendar_file_is_read_back_whole() -> None:
    held = workshop(title="Dire, écrire ; décider", venue="Salle, à l’étage")
    (event,) = Calendar.from_ical(calendar_of(held)).walk("VEVENT")
    assert event["summary"] == held.title and "Salle, à l’étage" in event["location"]
    assert event.decoded("dtstart") == held.starts_at and event["sequence"] == 0


def test_only_the_part_a_document_needs_is_kept() -> None:
    held = workshop(DRAFT)
    actor = facilitator_of(held)
    made = documents.add_document(
        actor=actor, workshop=held, kind="link", title="Chiffres", url="https://exemple.fr/", figure="x"
    )
    assert (made.url, made.figure) == ("https://exemple.fr/", "")
    with pytest.raises(ValidationError):
        documents.add_document(actor=actor, workshop=held, kind="figure", title="Rien", url="https://a.fr/")
    documents.remove_document(actor=actor, document=made)
    assert not held.documents.exists()


def test_drafts_are_found_nowhere_and_announced_ones_everywhere(client) -> None:
    hidden, shown = workshop(DRAFT, title="Secret"), workshop(title="Trajets")
    assert [one.slug for one in Workshop.objects.public()] == [shown.slug]
    assert [hit.title for hit in find_workshops("trajets", 5)] == ["Trajets"]
    assert find_workshops("secret", 5) == []
    assert [key for key, _label in block_choices()] == [shown.slug]
    assert "Trajets" in render_block(shown.slug, None) and render_block(hidden.slug, None) == ""
    assert client.get(reverse("workshops:detail", args=[hidden.slug])).status_code == 404
    assert client.get(reverse("workshops:calendar", args=[hidden.slug])).status_code == 404
    public = client.get(reverse("process:consultation_detail", args=[shown.consultation.slug]))
    assert "Trajets" in public.content.decode()


def test_the_published_synthesis_is_linked_from_the_page(client) -> None:
    held = workshop(CLOSED)
    assert outcomes_of(held) == []
    Synthesis.objects.create(title="Ce qui a été dit", slug="dit", workshop=held, status="draft")
    assert outcomes_of(held) == []


def test_the_register_of_processings_names_registrations(client) -> None:
    held = workshop()
    (line,) = [one for one in register_of_processings() if one.consultation == held.consultation]
    labels = [other.label for other in line.others]
    assert {"Inscriptions et invitations aux ateliers", "Participer à un atelier"} <= set(labels)


def test_a_consultation_does_not_close_before_its_workshops() -> None:
    held = workshop()
    assert "n’est pas terminé" in open_workshops(held.consultation)[0]


def test_public_lists_cost_the_same_whatever_their_number(client, django_assert_max_num_queries) -> None:
    consultation = ConsultationFactory(status="published")
    for _index in range(6):
        workshop(consultation=consultation)
    with django_assert_max_num_queries(12):
        client.get(reverse("workshops:list"))


PAGES = ("detail", "edit", "scenario", "documents", "invitations", "people", "attendance", "poster")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_preparation_opens_for_its_facilitator_alone(client, name) -> None:
    held = workshop()
    add_stage(held, "write")
    url = reverse(f"workshop_editor:{name}", args=[held.pk])
    assert client.get(url).status_code == 302
    client.force_login(person(Role.FACILITATOR, on=body(place("Loin"))))
    assert client.get(url).status_code == 403
    client.force_login(facilitator_of(held))
    assert client.get(url).status_code == 200


def test_a_workshop_is_written_by_forms(client) -> None:
    consultation = ConsultationFactory(status="published")
    client.force_login(person(Role.FACILITATOR, on=consultation.territory))
    day = timezone.localdate() + datetime.timedelta(days=20)
    data = {
        "title": "Atelier", "day": day.isoformat(), "starts": "14:00", "ends": "13:00",
        "territory": consultation.territory_id, "colleges": ["residents"],
    }  # fmt: skip
    url = reverse("workshop_editor:create", args=[consultation.pk])
    assert client.post(url, data).status_code == 422
    answer = client.post(url, {**data, "ends": "16:00"})
    made = Workshop.objects.get()
    assert answer.url == reverse("workshop_editor:scenario", args=[made.pk]) and made.minutes == 120
    use = reverse("workshop_editor:template_use", args=[made.pk])
    client.post(use, {"template": "dot_vote"})
    assert made.stages.count() == 4
    kept = set(made.stages.values_list("pk", flat=True))
    asked = client.post(use, {"template": "dot_vote"})
    assert 'name="do" value="replace"' in asked.content.decode() and "4 étapes" in asked.content.decode()
    assert set(made.stages.values_list("pk", flat=True)) == kept, "nothing is replaced without being asked"
    client.post(use, {"template": "dot_vote", "do": "after"})
    assert made.stages.count() == 8 and kept < set(made.stages.values_list("pk", flat=True))
    added = made.stages.get(order=7)
    assert added.source is None or added.source.order > 4, "its stages work on its own, not on those before"
    client.post(use, {"template": "dot_vote", "do": "replace"})
    assert made.stages.count() == 4 and not kept & set(made.stages.values_list("pk", flat=True))
    assert (
        client.post(reverse("workshop_editor:template_use", args=[made.pk]), {"template": "?"}).status_code
        == 422
    )
    stage = made.stages.first()
    client.post(reverse("workshop_editor:stage_move", args=[made.pk, stage.pk]), {"to": "down"})
    stage.refresh_from_db()
    assert stage.order == 2
    client.post(reverse("workshop_editor:stage_remove", args=[made.pk, stage.pk]))
    assert made.stages.count() == 3
    added = client.post(reverse("workshop_editor:stage_add", args=[made.pk]), {"kind": "grid"})
    assert client.get(added.url).status_code == 200
