"""What syntheses hold about a person with an account: the comments they signed in to give."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import PersonalDataSource, personal_data
from consultations.syntheses.models import SynthesisComment


def export(person: User) -> list[dict[str, Any]]:
    """Their comments and the syntheses they write as volunteers."""
    comments = SynthesisComment.objects.filter(author=person).select_related("version__synthesis")
    return [
        {
            "synthesis": comment.version.synthesis.title,
            "text": comment.text,
            "given_on": comment.given_on.isoformat(),
            "status": comment.status,
        }
        for comment in comments
    ] + [
        {"synthesis": title, "role": "volunteer"}
        for title in person.syntheses_written.values_list("title", flat=True)
    ]


def erase(person: User) -> None:
    """Their comments stay, without their account; they write no synthesis any more."""
    SynthesisComment.objects.filter(author=person).update(author=None)
    person.syntheses_written.clear()


def register() -> None:
    """Called when the app is ready."""
    personal_data.register(
        "syntheses",
        PersonalDataSource(
            "syntheses",
            _("Your comments on syntheses of workshops, and the syntheses you help to write"),
            _("Kept with the synthesis; erased from your account on request."),
            export,
            erase,
        ),
    )
