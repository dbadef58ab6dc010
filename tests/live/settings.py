"""The product plus echo rooms; tables made at once, without replaying every migration."""

from config.settings.dev import *  # noqa: F403
from config.settings.dev import INSTALLED_APPS


class WithoutMigrations(dict):
    """Every app's tables come from its models."""

    def __contains__(self, app: object) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


INSTALLED_APPS = [*INSTALLED_APPS, "tests.live.echo_app"]
MIGRATION_MODULES = WithoutMigrations()
LOGGING: dict = {}
