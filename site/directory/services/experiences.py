"""What users say of a service, and its answer."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import Visitor
from core.services import record_audit
from directory.models import Experience, ExperienceAnswer, Service
from directory.permissions import can_edit_service


@transaction.atomic
def tell_experience(*, service: Service, marks: Mapping[str, int | None]) -> Experience:
    """Anyone says how it went: three marks and the month, nothing else is kept."""
    if not service.is_public:
        raise PermissionDenied
    if not any(marks.values()):
        raise ValidationError(_("Answer at least one of the three questions."))
    row = Experience(service=service, month=timezone.localdate().replace(day=1), **marks)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def answer_experience(*, actor: Visitor, service: Service, words: str) -> ExperienceAnswer:
    """The service answers to its users; anyone reads it under the figures."""
    if not can_edit_service(actor, service):
        raise PermissionDenied
    answer = ExperienceAnswer.objects.filter(service=service).first() or ExperienceAnswer(service=service)
    answer.words, answer.answered_on = words, timezone.localdate()
    answer.by = actor if isinstance(actor, User) else None
    answer.full_clean()
    answer.save()
    record_audit(actor=actor, verb="experience_answered", target=service)
    return answer
