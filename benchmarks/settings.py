"""The demo's settings plus the bare references: same server, same middleware, same database."""

from config.settings.dev import *  # noqa: F403
from config.settings.dev import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.bare", "benchmarks.sockets"]
ROOT_URLCONF = "benchmarks.urls"
LOGGING: dict = {}
SURVEY_SUBMISSIONS_PER_MINUTE = 10**9  # one machine sends what a whole county would
