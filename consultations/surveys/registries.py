"""What the apps above add to surveys from their `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.permissions import Visitor
from consultations.surveys.models import Survey
from core.registry import Registry

results_links: Registry[Callable[[Survey], str]] = Registry(
    "address of the page that shows a survey's published results; empty when there is none yet"
)


@dataclass(frozen=True)
class Tab:
    """One page more on a survey in the workspace; `key` says which one is open."""

    key: str
    label: str
    url: str


survey_tabs: Registry[Callable[[Survey, Visitor], Tab | None]] = Registry(
    "page that an app above adds to a survey in the workspace; none for a reader who may not open it"
)
