"""Sheets and their funding among the tables that may be imported."""

from django.utils.translation import gettext_lazy as _

from consultations.actions.permissions import can_manage_programmes
from consultations.actions.resources import FundingResource, SheetResource
from core.imports.kinds import ImportKind, import_kinds

SHEETS = ImportKind(
    slug="fiches-action",
    label=_("Action sheets"),
    resource=SheetResource,
    may=can_manage_programmes,
    required=("slug", "title", "territory"),
)
FUNDING = ImportKind(
    slug="financements",
    label=_("Funding of action sheets"),
    resource=FundingResource,
    may=can_manage_programmes,
    required=("sheet", "funder", "funder_words", "year"),
)


def register() -> None:
    """Called once, from `AppConfig.ready()`."""
    import_kinds.register(SHEETS.slug, SHEETS)
    import_kinds.register(FUNDING.slug, FUNDING)
