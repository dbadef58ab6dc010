"""The federation and the year in the demo: three councils heard together, a survey examined, a report signed.

The services do each step, then days are set back to those of the story. Idempotent.
"""

import datetime
import json
import uuid
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from consultations.annual_reports.models import AnnualReport, ReportVersion
from consultations.annual_reports.selectors.reports import report_content
from consultations.annual_reports.services import reports
from consultations.annual_reports.services.surveys import record_examination
from consultations.councils.models import Council
from consultations.councils.selectors import office_holder
from consultations.lineage.models import Link, Relation
from consultations.meetings.majority import Votes
from consultations.meetings.models import MinutesVersion
from consultations.meetings.services.minutes import content_hash
from consultations.opinions.models import Forwarding, Opinion, OpinionEvent
from consultations.opinions.services import answering, life
from consultations.opinions.services import federation as up
from consultations.opinions.services.answering import Given
from consultations.process.models import Consultation
from consultations.process.services import create_consultation, publish_consultation
from consultations.surveys.models import Survey
from consultations.surveys.services import (
    close_survey,
    create_survey,
    project_waiting,
    publish_survey,
    save_draft_definition,
    submit_response,
)
from demo.federation_story import (
    DATES,
    JOINT,
    PASSED,
    REPORT,
    SIGNED,
    SURVEY,
    DemoPassed,
    other_meetings,
    title_of,
)
from demo.meetings import load_held
from demo.roles import DOMAIN
from observatory.indicators.models import Release
from observatory.portal.services import publish_survey as release_survey
from organisations.models import Organisation
from territories.models import Territory

SHIPPED = (Path(__file__).parent / "data" / "voices_satisfaction.json",)
FEDERATION, REFERENCE = "federation-cvs-47", "cvs-ehpad-agen"


@transaction.atomic
def load() -> None:
    """Create what is missing; what was changed by hand since is left as it is."""
    federation = Council.objects.get(slug=FEDERATION)
    for slug in DATES:
        _meetings(Council.objects.get(slug=slug))
    for one in PASSED:
        _pass_up(federation, one)
    if not Opinion.objects.of(federation).filter(title=JOINT.title).exists():
        _join(federation)
    if not Survey.objects.filter(slug=SURVEY.slug).exists():
        _examine(_answered_survey())
    for slug in (REFERENCE, *SIGNED):
        council = Council.objects.get(slug=slug)
        if not council.annual_reports.filter(year=REPORT.year).exists():
            _report(council, is_published=slug == REFERENCE)


def _meetings(council: Council) -> None:
    """Those of last year and some of this one, numbered after the story of meetings, so called by their month."""
    days = {meeting.held_on for meeting in council.meetings.all()}
    first = (council.meetings.aggregate(last=Max("number"))["last"] or 0) + 1
    for one in other_meetings(council.slug, first):
        if one.day not in days:
            load_held(council, one)
            council.meetings.filter(number=one.number).update(title=title_of(one.day))


def _pass_up(federation: Council, one: DemoPassed) -> None:
    """Voted on paper, allowed by the council, passed up on the day of the story."""
    council = Council.objects.get(slug=one.council)
    if Opinion.objects.of(council).filter(title=one.title).exists():
        return
    opinion = life.propose_opinion(
        actor=None,
        council=council,
        title=one.title,
        text=one.text,
        theme=one.theme,
        proposed_on=one.voted - datetime.timedelta(days=14),
        is_demo=True,
    )
    note = "Relevé de conclusions sur papier, gardé par le secrétariat."
    life.record_vote(actor=None, opinion=opinion, on=one.voted, votes=Votes(*one.votes), note=note)
    if one.passed is None:
        return
    up.allow_forwarding(
        actor=None,
        opinion=opinion,
        federation=federation,
        note="Même réunion, après le vote",
        decided_on=one.voted,
    )
    up.forward_opinion(actor=None, opinion=opinion, federation=federation)
    Forwarding.objects.filter(opinion=opinion).update(forwarded_on=one.passed)
    opinion.events.filter(verb="forwarded").update(on=one.passed)


def _join(federation: Council) -> None:
    """Three councils in one opinion: voted by the delegates, sent to the département, answered, given back."""
    titles = [one.title for one in PASSED if one.is_joined]
    origins = list(Opinion.objects.filter(title__in=titles, forwardings__federation=federation))
    joint = up.merge_opinions(
        actor=None, federation=federation, opinions=origins, title=JOINT.title, text=JOINT.text
    )
    Opinion.objects.filter(pk=joint.pk).update(proposed_on=JOINT.joined, easy_read=JOINT.easy_read)
    Forwarding.objects.filter(joint=joint).update(joined_on=JOINT.joined)
    OpinionEvent.objects.filter(opinion__in=[joint, *origins], verb__in=("joined", "merged", "proposed"), on=timezone.localdate()).update(on=JOINT.joined)  # fmt: skip
    Link.objects.filter(relation=Relation.MERGED_INTO, target_id=str(joint.pk)).update(linked_on=JOINT.joined)
    life.record_vote(
        actor=None,
        opinion=joint,
        on=JOINT.voted,
        votes=Votes(*JOINT.votes),
        note="Réunion de la fédération du 30 juin",
    )
    to = Organisation.objects.get(slug="departement-47")
    life.send_opinion(
        actor=None,
        opinion=joint,
        sent_to=to,
        on=JOINT.sent,
        to_title="La vice-présidence chargée de l’autonomie",
    )
    given = Given(
        "in_part", JOINT.answer, "La vice-présidence chargée de l’autonomie", JOINT.answered, JOINT.reasons,
        "C’est oui pour le vendredi et le samedi soir.\nC’est non pour le dimanche.",
    )  # fmt: skip
    answering.answer_opinion(actor=None, opinion=joint, given=given, way=answering.Way.ACCOUNT)
    _read_back(origins)


def _read_back(origins: list[Opinion]) -> None:
    """Two councils heard the answer at a meeting since; the third will hear it at its next one."""
    for opinion in origins:
        meeting = (
            opinion.council.meetings.filter(held_at__date__gt=JOINT.answered).order_by("held_at").first()
        )
        answer = opinion.answers.last()
        if meeting is not None and answer is not None and opinion.council.slug != "cvs-esat-villeneuve":
            answering.mark_read_back(actor=None, answer=answer, on=meeting.held_on, meeting=meeting)


def _day(offset: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=offset)


def _consultation(actor: User, place: Territory) -> Consultation:
    return create_consultation(
        actor=actor,
        territory=place,
        organisation=Organisation.objects.get(slug="ehpad-agen"),
        title="Satisfaction 2026 aux Terrasses de Garonne",
        summary="Chaque année, l’établissement demande aux résidents et à leurs proches s’ils sont satisfaits.",
        purpose="Les résultats sont affichés à l’accueil et examinés par le conseil de la vie sociale.",
        easy_read_summary="Êtes-vous bien ici ?\nVous pouvez le dire.",
        audiences=["residents", "carers"],
        legal_basis=Consultation.LegalBasis.LEGAL_OBLIGATION,
        data_categories="Avis sur l’établissement, commune.",
        recipients="La direction, le conseil de la vie sociale.",
        contact="05 53 00 00 00 (numéro inventé)",
        starts_on=_day(SURVEY.opens),
        ends_on=_day(30),
        is_demo=True,
    )


def _answered_survey() -> Survey:
    """The yearly survey of the reference establishment: 38 answers, closed, its results out."""
    actor = User.objects.get(email=f"organisatrice@{DOMAIN}")
    place = Territory.objects.current().get(level_id="commune", code="47001")
    consultation = _consultation(actor, place)
    publish_consultation(actor=actor, consultation=consultation)
    survey = create_survey(
        actor=actor, consultation=consultation, title=SURVEY.title, slug=SURVEY.slug, purpose="satisfaction",
        minutes=3, opens_on=_day(SURVEY.opens), closes_on=_day(SURVEY.closes),
    )  # fmt: skip
    document = json.loads(SHIPPED[0].read_text())
    save_draft_definition(actor=actor, survey=survey, document=document, revision=0)
    version = publish_survey(actor=actor, survey=survey)
    survey.refresh_from_db()
    for number, choice in enumerate(choice for choice, count in SURVEY.counts for _one in range(count)):
        submit_response(
            version=version,
            client_uuid=uuid.uuid5(survey.pk, str(number)),
            answers={"commune": place.code, "satisfait": choice},
            mode="helped" if number % 3 else "alone",
            on=_day(SURVEY.opens + number),
        )
    while project_waiting():
        pass
    close_survey(actor=actor, survey=survey)
    release_survey(actor=None, survey=survey)
    return survey


def _examine(survey: Survey) -> None:
    """Put before the council of the place a month after its results came out."""
    Release.objects.of("survey", str(survey.pk)).update(released_on=_day(SURVEY.closes + 10))
    council = Council.objects.get(slug=REFERENCE)
    record_examination(actor=None, council=council, survey=survey, examined_on=_day(SURVEY.examined))


def _report(council: Council, *, is_published: bool) -> None:
    """Last year's report, signed in February by who presides; the reference council published its own."""
    report = reports.draw_up_report(actor=None, council=council, year=REPORT.year)
    reports.write_report(actor=None, report=report, texts=REPORT.texts if is_published else {})
    content, signatory = report_content(report), office_holder(council, "president")
    if signatory is None:
        return
    ReportVersion.objects.create(
        report=report,
        number=1,
        content=content,
        content_hash=content_hash(content),
        signed_as="La présidence",
        signed_mandate=signatory,
        signed_at=timezone.make_aware(datetime.datetime.combine(REPORT.signed, datetime.time(16, 0))),
        way=MinutesVersion.Way.SECOND_FACTOR,
    )
    AnnualReport.objects.filter(pk=report.pk).update(
        state="published" if is_published else "signed",
        presented_on=REPORT.presented,
        published_on=REPORT.presented if is_published else None,
    )
