"""Names leave, roles and dates stay: what a council decided must still be explained."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from consultations.councils.models import Mandate
from consultations.councils.rules.seating import add_months

ERASED = ""
NAMES_KEPT_MONTHS = 72
"""Six years after a mandate (our proposal: two full terms, for contested decisions)."""


def _forget(mandates: QuerySet[Mandate]) -> int:
    return mandates.update(
        person_name=ERASED,
        born_on=None,
        seniority_from=None,
        guardian_name="",
        late_reason="",
        user=None,
    )


@transaction.atomic
def forget_member(*, user: User) -> None:
    """Pseudonymise every mandate of an account that is erased."""
    _forget(Mandate.objects.filter(user=user))


@transaction.atomic
def forget_old_names() -> int:
    """Run by the tick: mandates over for long keep their seat and dates, not their name."""
    limit = add_months(timezone.localdate(), -NAMES_KEPT_MONTHS)
    return _forget(Mandate.objects.filter(ends_on__lt=limit).exclude(person_name=ERASED))
