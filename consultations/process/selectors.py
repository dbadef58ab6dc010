"""Reads of consultations for public pages and for the workspace."""

import datetime
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import Visitor, active_memberships, is_member
from accounts.privacy import StandingProcessing, standing_processings
from consultations.process.models import Consultation, ConsultationQuerySet, Stage
from consultations.process.permissions import (
    READING,
    can_close_consultation,
    can_edit_consultation,
    covered_territory_ids,
)
from consultations.process.registries import (
    Processing,
    Waiting,
    card_notes,
    other_processings,
    stage_figures,
    waiting_lists,
)
from core.models import AuditEntry
from territories.models import Territory
from territories.selectors import ancestors

MAX_WAITING = 20
CARDS_KEPT_DAYS = 30
RESPONSES_PURGED = "responses_purged"


@dataclass(frozen=True)
class Problem:
    """What still has to be filled in, at which field, and how."""

    field: str
    message: str


@dataclass(frozen=True)
class ThreadStep:
    """A stage as the thread draws it; `figure` is empty when there is nothing to show or it is withheld.

    `status` is that of the stage, or `late` when its planned day is past.
    """

    kind: str
    label: str
    figure: str
    status: str
    note: str


def publication_problems(consultation: Consultation) -> list[Problem]:
    """Everything that keeps a consultation from being published; a person must know why they are asked."""
    required = [
        ("summary", _("Write a summary of one or two sentences.")),
        ("purpose", _("Say what the answers will be used for.")),
        ("audiences", _("Choose at least one audience.")),
        ("legal_basis", _("Choose the legal basis.")),
        ("data_categories", _("Say what is collected.")),
        ("recipients", _("Say who sees the answers.")),
        ("contact", _("Give a phone number or an address for questions.")),
    ]
    problems = [Problem(name, text) for name, text in required if not getattr(consultation, name)]
    if consultation.retention_months < 1:
        problems.append(Problem("retention_months", _("Give the number of months, at least 1.")))
    if consultation.ends_on and consultation.ends_on < timezone.localdate():
        problems.append(Problem("ends_on", _("The last day is past: choose a later one.")))
    return problems


def visible_to(user: Visitor) -> ConsultationQuerySet:
    """The consultations that the person works on."""
    consultations = Consultation.objects.select_related("territory__level", "organisation")
    if not is_member(user):
        return consultations.none()
    if user.is_superuser:
        return consultations
    organisations = [
        m.organisation_id for m in active_memberships(user) if m.role in READING and m.organisation_id
    ]
    return consultations.filter(
        Q(territory__in=covered_territory_ids(user, *READING)) | Q(organisation__in=organisations)
    )


def thread(consultation: Consultation) -> list[ThreadStep]:
    """The six stages from voices to satisfaction, in order."""
    return threads([consultation])[consultation.pk]


def threads(consultations: Sequence[Consultation]) -> dict[UUID, list[ThreadStep]]:
    """The thread of each, in as many queries as for one when their stages were loaded beforehand."""
    today = timezone.localdate()
    figures = {kind: read(consultations) for kind, read in stage_figures.items()} if consultations else {}
    return {
        consultation.pk: [
            ThreadStep(
                kind=stage.kind,
                label=stage.get_kind_display(),
                figure=figures.get(stage.kind, {}).get(consultation.pk) or stage.figure,
                status="late" if _is_late(stage, today) else stage.status,
                note=stage.note,
            )
            for stage in consultation.stages.all()
        ]
        for consultation in consultations
    }


def _is_late(stage: Stage, today: datetime.date) -> bool:
    return stage.status != Stage.Status.DONE and stage.planned_on is not None and stage.planned_on < today


def featured_consultation() -> Consultation | None:
    """The one the home page tells: published, and furthest along its thread."""
    published = Consultation.objects.filter(status=Consultation.Status.PUBLISHED).prefetch_related("stages")
    return max(published, key=_progress, default=None)


def _progress(consultation: Consultation) -> tuple[int, datetime.date]:
    done = sum(stage.status == Stage.Status.DONE for stage in consultation.stages.all())
    return done, consultation.starts_on


@dataclass(frozen=True)
class PublicCard:
    """A consultation in a public list, and what can be answered now; empty when nothing can."""

    consultation: Consultation
    note: str


def public_consultations(*, territory: Territory | None, audience: str) -> list[PublicCard]:
    """Those anyone may see, about one territory (or one that holds it) and for one audience when given.

    What can be answered comes first.
    """
    today = timezone.localdate()
    found = Consultation.objects.public().select_related("territory__level", "organisation")
    if territory:
        found = found.filter(territory__in=[territory, *(kin.territory for kin in ancestors(territory))])
    kept = [c for c in found if not audience or audience in c.audiences]
    notes = {key: note for make in card_notes for key, note in make(kept).items()}
    cards = [PublicCard(consultation, notes.get(consultation.pk, "")) for consultation in kept]
    phases = ["running", "to_come", "ended", "closed"]
    return sorted(cards, key=lambda c: (not c.note, phases.index(c.consultation.phase_on(today))))


def audience_labels(consultation: Consultation) -> list[str]:
    """Who may answer, in words, in the order of the list."""
    return [str(label) for code, label in Consultation.Audience.choices if code in consultation.audiences]


def rights_in_words(consultation: Consultation) -> list[str]:
    """Why the answers may be kept, for how long, and what people may ask, in plain words."""
    basis = {
        Consultation.LegalBasis.PUBLIC_INTEREST: _(
            "We ask because it is our public duty to know what people need. "
            "You may ask to see, correct or limit what concerns you, and you may object."
        ),
        Consultation.LegalBasis.LEGAL_OBLIGATION: _(
            "We ask because the law requires it. You may ask to see, correct or limit what concerns you."
        ),
        Consultation.LegalBasis.CONSENT: _(
            "We ask because you agree to it. You may change your mind and ask us to erase what concerns you."
        ),
    }
    kept = ngettext(
        "Answers are kept %(months)s month after the end, then erased.",
        "Answers are kept %(months)s months after the end, then erased.",
        consultation.retention_months,
    ) % {"months": consultation.retention_months}
    told = [basis[Consultation.LegalBasis(consultation.legal_basis)], kept]
    return [*told, cards_erased_in_words()] if consultation.erases_cards else told


def cards_erased_in_words() -> str:
    """What a consultation that does not keep the cards of its workshops promises."""
    return _(
        "The words written on workshop cards are erased %(days)s days after the synthesis is published, and with the "
        "answers at the latest. How many cards and votes there were stays."
    ) % {"days": CARDS_KEPT_DAYS}


@dataclass(frozen=True)
class Erasure:
    """The proof that answers were erased: when, how many."""

    day: datetime.date
    count: int


@dataclass(frozen=True)
class RegisterLine:
    """One processing, as Article 30 of the GDPR asks to keep it."""

    consultation: Consultation
    purpose: str
    legal_basis: str
    data_categories: str
    people: str
    recipients: str
    retention: str
    contact: str
    erased_from: datetime.date | None
    erasures: tuple[Erasure, ...]
    others: tuple[Processing, ...]


def retention_ends_on(consultation: Consultation) -> datetime.date | None:
    """The first day answers are no longer kept; none while the consultation has no last day."""
    closed = timezone.localdate(consultation.closed_at) if consultation.closed_at else None
    last_day = consultation.ends_on or closed
    if last_day is None:
        return None
    months = last_day.month - 1 + consultation.retention_months
    year, month = last_day.year + months // 12, months % 12 + 1
    return datetime.date(year, month, min(last_day.day, monthrange(year, month)[1]))


def _erasures() -> dict[str, list[Erasure]]:
    """Erasures written in the audit log, by consultation."""
    found: dict[str, list[Erasure]] = {}
    for entry in AuditEntry.objects.filter(verb=RESPONSES_PURGED).order_by("at"):
        erasure = Erasure(timezone.localdate(entry.at), int(entry.changes.get("count", 0)))
        found.setdefault(entry.target_id, []).append(erasure)
    return found


def standing_lines() -> list[StandingProcessing]:
    """What is processed outside consultations, by title."""
    return sorted(standing_processings, key=lambda one: str(one.title))


def register_of_processings() -> list[RegisterLine]:
    """Every consultation that is or was public, for the data-protection officer."""
    consultations = list(Consultation.objects.public().select_related("territory", "organisation"))
    erasures, others = _erasures(), [read(consultations) for read in other_processings]
    return [
        RegisterLine(
            consultation=consultation,
            purpose=consultation.purpose,
            legal_basis=consultation.get_legal_basis_display(),
            data_categories=consultation.data_categories,
            people=", ".join(audience_labels(consultation)),
            recipients=consultation.recipients,
            retention=ngettext("%(n)s month", "%(n)s months", consultation.retention_months)
            % {"n": consultation.retention_months},
            contact=consultation.contact,
            erased_from=retention_ends_on(consultation),
            erasures=tuple(erasures.get(str(consultation.pk), ())),
            others=tuple(one for found in others for one in found.get(consultation.pk, ())),
        )
        for consultation in consultations
    ]


def waiting_for(user: User) -> list[Waiting]:
    """What waits for the person: their drafts, what is past its last day, then what upper apps add."""
    mine = visible_to(user)
    drafts = [
        Waiting(
            label=c.title,
            detail=_("Draft consultation, not published yet."),
            url=reverse("process:consultation_dashboard", args=[c.pk]),
            icon="pencil",
        )
        for c in mine.drafts()[:MAX_WAITING]
        if can_edit_consultation(user, c)
    ]
    late = [
        Waiting(
            label=c.title,
            detail=_("Its last day is past: say what became of it, then close it."),
            url=reverse("process:consultation_close", args=[c.pk]),
            icon="clock-alert",
            is_late=True,
        )
        for c in mine.to_close_on(timezone.localdate())[:MAX_WAITING]
        if can_close_consultation(user, c)
    ]
    return [*late, *drafts, *(item for found in waiting_lists for item in found(user))]
