"""What following holds about someone who also has an account: their address, and what it follows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.privacy import PersonalDataSource, personal_data
from consultations.following.models import Reader


def export(user: User) -> list[dict[str, Any]]:
    """What their address follows."""
    reader = Reader.objects.filter(email__iexact=user.email).first()
    if reader is None:
        return []
    return [
        {"follows": str(one), "since": one.confirmed_on.isoformat() if one.confirmed_on else None}
        for one in reader.follows.all()
    ]


def erase(user: User) -> None:
    """Their address is forgotten here too."""
    Reader.objects.filter(email__iexact=user.email).delete()


SOURCE = PersonalDataSource(
    name="following",
    label=_("What you follow by e-mail"),
    kept=_("Until you stop following."),
    export=export,
    erase=erase,
    covers=(),
)


def register() -> None:
    """Called when the app is ready."""
    personal_data.register(SOURCE.name, SOURCE)
