"""Cached pages follow what they show. Signals serve the cache here, never a rule."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, Page, PageViewRestriction, Site

from cms.models import Menu, MenuItem, SiteIdentity, SiteWording
from cms.stamps import FIGURES, bump_version
from consultations.polls.models import Poll
from consultations.process.models import Consultation, Stage
from consultations.surveys.models import Survey
from observatory.indicators.models import Release

SHOWN = (
    Page,
    Site,
    Locale,
    PageViewRestriction,
    Menu,
    MenuItem,
    SiteIdentity,
    SiteWording,
    Consultation,
    Stage,
    Survey,
    Poll,
    Release,
)


def forget_cached_pages(sender: type[Model], **kwargs: Any) -> None:
    """After something shown in public was written or deleted."""
    if issubclass(sender, SHOWN) and not kwargs.get("raw"):
        bump_version(*([FIGURES] if issubclass(sender, Release) else []))


def connect() -> None:
    """Called once, from `AppConfig.ready()`."""
    post_save.connect(forget_cached_pages, dispatch_uid="cms.saved")
    post_delete.connect(forget_cached_pages, dispatch_uid="cms.deleted")
