"""Councils and mandates among the tables that may be imported."""

from django.utils.translation import gettext_lazy as _

from accounts.permissions import is_administrator
from consultations.councils.resources import CouncilResource, MandateResource
from core.imports.kinds import ImportKind, import_kinds

COUNCILS = ImportKind(
    slug="conseils",
    label=_("Councils"),
    resource=CouncilResource,
    may=is_administrator,
    required=("slug", "name", "kind", "territory", "created_on"),
)
MANDATES = ImportKind(
    slug="mandats",
    label=_("Mandates"),
    resource=MandateResource,
    may=is_administrator,
    required=("council", "constituency", "rank", "person_name", "starts_on"),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    import_kinds.register(COUNCILS.slug, COUNCILS)
    import_kinds.register(MANDATES.slug, MANDATES)
