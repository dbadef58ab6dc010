"""The nomenclature among the tables that may be imported."""

from django.utils.translation import gettext_lazy as _

from core.imports.kinds import ImportKind, import_kinds
from needs.permissions import can_edit_needs
from needs.resources import NeedResource, order_of

NEEDS = ImportKind(
    slug="needs",
    label=_("Needs and services"),
    resource=NeedResource,
    may=can_edit_needs,
    required=("code", "official_label", "plain_label"),
    order=order_of,
)


def register_imports() -> None:
    """Called once the apps are ready."""
    import_kinds.register(NEEDS.slug, NEEDS)
