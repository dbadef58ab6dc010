"""What the tick does for surveys."""

from django.utils import timezone

from consultations.surveys.models import Draft


def purge_drafts() -> int:
    """Delete the drafts past their date, as their page said; gives how many."""
    return Draft.objects.filter(expires_on__lt=timezone.localdate()).delete()[0]
