"""Organisations among the tables that may be imported."""

from django.utils.translation import gettext_lazy as _

from core.imports.kinds import ImportKind, import_kinds
from organisations.permissions import can_edit_organisations
from organisations.resources import OrganisationResource

ORGANISATIONS = ImportKind(
    slug="organisations",
    label=_("Organisations"),
    resource=OrganisationResource,
    may=can_edit_organisations,
    required=("slug", "name", "kind", "territory"),
)


def register_imports() -> None:
    """Called once the apps are ready."""
    import_kinds.register(ORGANISATIONS.slug, ORGANISATIONS)
