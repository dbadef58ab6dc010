"""Places, hours and services among the tables that may be imported."""

from django.utils.translation import gettext_lazy as _

from core.imports.kinds import ImportKind, import_kinds
from directory.permissions import can_work_on_directory
from directory.resources import HoursResource, LocationResource, ServiceResource
from directory.services.importing.ledger import remember

MOST = 1000
"""Lines are written one by one, with their history, while the person waits."""
KINDS = (
    ImportKind(
        slug="directory-locations",
        label=_("Directory: places"),
        resource=LocationResource,
        may=can_work_on_directory,
        required=("uid", "organisation", "name"),
        remember=remember("location"),
        most=MOST,
    ),
    ImportKind(
        slug="directory-services",
        label=_("Directory: services"),
        resource=ServiceResource,
        may=can_work_on_directory,
        required=("uid", "organisation", "name", "description"),
        remember=remember("service"),
        most=MOST,
    ),
    ImportKind(
        slug="directory-hours",
        label=_("Directory: hours of places"),
        resource=HoursResource,
        may=can_work_on_directory,
        required=("uid", "organisation", "hours"),
        remember=remember("location"),
        most=MOST,
    ),
)


def register_imports() -> None:
    """Called once the apps are ready."""
    for kind in KINDS:
        import_kinds.register(kind.slug, kind)
