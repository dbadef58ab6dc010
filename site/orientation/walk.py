"""What the guided path has gathered: in the session only, until a request is sent. Nothing else is stored."""

import uuid
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.http import HttpRequest

from organisations.models import Organisation
from orientation.matching import Wish
from orientation.models import HelpRequest
from orientation.permissions import can_act_for, can_guide_people
from orientation.selectors.offers import wish_of
from territories.models import Territory

KEY = "orientation"
SENT = "orientation_sent"


@dataclass
class Walk:
    """The answers so far, as JSON values; codes only, except the words and contact of a request being written."""

    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    about: str = ""
    age: str = ""
    situations: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    commune: str = ""
    modes: list[str] = field(default_factory=list)
    services: list[str] = field(default_factory=list)
    reach: str = ""
    contact: str = ""
    first_name: str = ""
    words: str = ""
    counter: int | None = None
    origin: str = str(HelpRequest.Origin.ALONE)
    counted: str = ""

    @property
    def is_own(self) -> bool:
        """Somebody asks for themselves, without a professional."""
        return self.about == HelpRequest.About.SELF and self.counter is None

    @property
    def is_ready(self) -> bool:
        """Enough was said to look for services."""
        return bool(self.needs)

    @property
    def place(self) -> Territory | None:
        """The commune, as it is today."""
        if not self.commune:
            return None
        rows = Territory.objects.current().at_level("commune").select_related("level")
        return rows.filter(code=self.commune).first()

    @property
    def wish(self) -> Wish:
        """What is looked for."""
        return wish_of(
            needs=self.needs,
            commune=self.place,
            age=self.age,
            situations=self.situations,
            modes=self.modes,
        )


def read_walk(request: HttpRequest) -> Walk:
    """The path of this browser; a new one when there is none, or when another account's was left there."""
    kept: dict[str, Any] = request.session.get(KEY) or {}
    names = {one.name for one in fields(Walk)}
    walk = Walk(**{name: value for name, value in kept.items() if name in names})
    if walk.counter is not None and counter_of(request, walk) is None:
        return Walk()
    return walk


def keep_walk(request: HttpRequest, walk: Walk) -> None:
    """For the next page."""
    request.session[KEY] = asdict(walk)


def forget_walk(request: HttpRequest) -> None:
    """Nothing is left of the path."""
    request.session.pop(KEY, None)


def counter_of(request: HttpRequest, walk: Walk) -> Organisation | None:
    """The counter a professional acts for; None for anyone else, whatever the session says."""
    if walk.counter is None or not can_guide_people(request.user):
        return None
    organisation = Organisation.objects.filter(pk=walk.counter).first()
    return organisation if organisation and can_act_for(request.user, organisation) else None
