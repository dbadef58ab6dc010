"""The pages, navigation and settings of the site."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    name = "cms"
    verbose_name = _("Pages")

    def ready(self) -> None:
        """Connect the cache to what it shows, and the search to what it finds."""
        import_module("cms.invalidation").connect()
        import_module("cms.search_sources").register()
        import_module("cms.privacy").register()
        last_app = list(apps.get_app_configs())[-1]  # permissions of every app exist once it is migrated
        post_migrate.connect(_grant_page_roles, sender=last_app, dispatch_uid="cms.roles")


def _grant_page_roles(**_options: object) -> None:
    """Permissions exist only after a migration: the groups that use them are completed then."""
    import_module("cms.services").grant_page_roles()
