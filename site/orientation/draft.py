"""A request before it is sent: what the pages have gathered, in one value."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from organisations.models import Organisation
from orientation.models import HelpRequest
from territories.models import Territory


@dataclass(frozen=True)
class Draft:
    """Everything a request holds. `key` is drawn once by the browser's session: sending twice makes one request."""

    key: UUID
    needs: Sequence[str]
    commune: Territory | None
    reach: str
    contact: str
    consent_words: str
    about: str = HelpRequest.About.SELF
    age: str = ""
    modes: Sequence[str] = ()
    first_name: str = ""
    words: str = ""
    language: str = "fr"
    agrees_second_choice: bool = False
    consent_said: str = HelpRequest.Said.WRITTEN
    origin: str = HelpRequest.Origin.ALONE
    counter: Organisation | None = None
