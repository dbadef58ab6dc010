"""What organisers see of invitations: what they made and sent; answers only as protected participation."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from consultations.surveys.invitations import REMINDING, SENDING
from consultations.surveys.models import Invitation, InvitationBatch, ParticipationState, Survey
from consultations.surveys.participation import INVITED, Shown
from core.models import Job

MOST_JOBS = 3


@dataclass(frozen=True)
class Rate:
    """How many invitations were made, and the protected count of those used; None while it is withheld."""

    issued: int
    answered: int | None

    @property
    def share(self) -> int:
        return round(100 * (self.answered or 0) / self.issued) if self.issued else 0


def invited_rate(survey: Survey) -> Rate:
    """Invitations and the answers given with one, which move by groups of five like all participation."""
    state = ParticipationState.objects.filter(survey=survey).first()
    by_door = Shown.from_json(state.shown if state else {}).by_door
    answered = None if by_door.is_withheld or by_door.others else by_door.counts.get(INVITED, 0)
    return Rate(survey.invitations.count(), answered)


def batches_of(survey: Survey) -> list[InvitationBatch]:
    """Batches with their size and how many addresses the mail server refused."""
    refused = Count("invitations", filter=Q(invitations__delivery=Invitation.Delivery.FAILED))
    found = survey.invitation_batches.annotate(size=Count("invitations"), failed=refused)
    return list(found.order_by("-issued_on", "label", "pk"))


@dataclass(frozen=True)
class Mailing:
    """A sending under way or just done; `done` is a share of a hundred."""

    pk: str
    label: str
    done: int
    said: str
    is_running: bool


def mailings_of(survey: Survey) -> list[Mailing]:
    """The latest sendings of this survey."""
    jobs = Job.objects.filter(kind__in=[SENDING, REMINDING], arguments__survey=str(survey.pk))
    return [_mailing(job) for job in jobs.order_by("-created_at")[:MOST_JOBS]]


def _mailing(job: Job) -> Mailing:
    said = {
        Job.Status.WAITING: _("It starts within a minute."),
        Job.Status.RUNNING: _("Under way. You may leave this page."),
        Job.Status.DONE: _("Done."),
        Job.Status.FAILED: _("The mail server does not answer. We try again in ten minutes."),
    }[Job.Status(job.status)]
    label = _("Reminder") if job.kind == REMINDING else _("Invitations")
    running = job.status in {Job.Status.WAITING, Job.Status.RUNNING}
    return Mailing(f"envoi-{job.pk}", label, job.done_count, said, running)
