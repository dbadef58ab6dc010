"""Who is invited and who comes, as those who run a workshop read it."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from consultations.workshops.models import AccessNeed, College, Invitation, Registration, Workshop
from consultations.workshops.services.inviting import SENDING
from core.models import Job

Status = Registration.Status
MOST_JOBS = 3


@dataclass(frozen=True)
class Line:
    """How many of something, named."""

    label: str
    count: int


@dataclass(frozen=True)
class Expected:
    """Someone registered, with what they need; None when nothing was said, or it was erased."""

    registration: Registration
    need: AccessNeed | None

    @classmethod
    def of(cls, registration: Registration) -> "Expected":
        return cls(registration, getattr(registration, "access_need", None))


@dataclass(frozen=True)
class People:
    """Registrations by state, and what has to be ready for them, counted without names."""

    confirmed: list[Expected]
    waiting: list[Expected]
    cancelled: int
    colleges: list[Line]
    needs: list[Line]

    @property
    def to_phone(self) -> list[Registration]:
        """Those who have a place since it came free, and no e-mail to learn it."""
        return [
            one.registration
            for one in self.confirmed
            if one.registration.promoted_at and not one.registration.email
        ]


def people_of(workshop: Workshop) -> People:
    """One query, whatever their number."""
    rows = list(workshop.registrations.select_related("access_need").order_by("registered_at", "pk"))
    confirmed = [Expected.of(row) for row in rows if row.status == Status.CONFIRMED]
    confirmed.sort(key=lambda one: one.registration.name.casefold())
    colleges = [
        Line(str(label), sum(one.registration.college == code for one in confirmed))
        for code, label in College.choices
    ]
    needs = [
        Line(str(label), sum(code in one.need.kinds for one in confirmed if one.need))
        for code, label in AccessNeed.Kind.choices
    ]
    return People(
        confirmed,
        [Expected.of(row) for row in rows if row.status == Status.WAITING],
        sum(row.status == Status.CANCELLED for row in rows),
        [one for one in colleges if one.count],
        [one for one in needs if one.count],
    )


@dataclass(frozen=True)
class Invited:
    """Invitations by state."""

    total: int
    sent: int
    failed: int
    answered: int


def invited_of(workshop: Workshop) -> Invited:
    """One query."""
    counts = dict(workshop.invitations.order_by().values_list("status").annotate(total=Count("pk")))
    answered = workshop.invitations.exclude(registration=None).count()
    states = Invitation.Status
    return Invited(sum(counts.values()), counts.get(states.SENT, 0), counts.get(states.FAILED, 0), answered)


@dataclass(frozen=True)
class Mailing:
    """A sending under way or just done."""

    pk: str
    done: int
    total: int
    said: str
    is_running: bool


def mailings_of(workshop: Workshop) -> list[Mailing]:
    """The latest sendings of this workshop."""
    jobs = Job.objects.filter(kind=SENDING, arguments__workshop=str(workshop.pk)).order_by("-created_at")
    return [_mailing(job) for job in jobs[:MOST_JOBS]]


def _mailing(job: Job) -> Mailing:
    said = {
        Job.Status.WAITING: _("It starts within a minute."),
        Job.Status.RUNNING: _("Under way. You may leave this page."),
        Job.Status.DONE: _("Done."),
        Job.Status.FAILED: _("The mail server does not answer. We try again in ten minutes."),
    }[Job.Status(job.status)]
    running = job.status in {Job.Status.WAITING, Job.Status.RUNNING}
    return Mailing(f"envoi-{job.pk}", job.done_count, job.total_count, said, running)
