"""What the apps above add to surveys from their `AppConfig.ready()`."""

from collections.abc import Callable

from consultations.surveys.models import Survey
from core.registry import Registry

results_links: Registry[Callable[[Survey], str]] = Registry(
    "address of the page that shows a survey's published results; empty when there is none yet"
)
