"""The protected counts of what users say, by subject."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from directory.experience import PUBLIC_MINIMUM, Share, share
from directory.models import Experience, Service

SUBJECTS = ("waiting", "access", "welcome")


@dataclass(frozen=True)
class SubjectShare:
    """One subject in words, and its share."""

    label: str
    share: Share


def experience_of(service: Service, minimum: int = PUBLIC_MINIMUM) -> list[SubjectShare]:
    """The subjects that can be shown; the month under way is never counted."""
    first = timezone.localdate().replace(day=1)
    by_subject: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in SUBJECTS}
    for row in service.experiences.filter(month__lt=first).values("month", *SUBJECTS):
        for name in SUBJECTS:
            if row[name] is not None:
                by_subject[name][row["month"].isoformat()].append(row[name])
    shown = []
    for name in SUBJECTS:
        field: Any = Experience._meta.get_field(name)
        if found := share(by_subject[name], minimum):
            shown.append(SubjectShare(str(field.verbose_name), found))
    return shown
