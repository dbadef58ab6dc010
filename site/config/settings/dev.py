"""`make run`: one machine, SQLite, no service, French demo data."""

import os

os.environ.setdefault("SECRET_KEY", "insecure-only-for-the-demo-on-this-machine-" + "0" * 20)

from config import env
from config.settings.base import *  # noqa: F403
from config.settings.base import INSTALLED_APPS, PUBLIC_URL, VAR_DIR
from config.settings.base import STORAGES as PRODUCTION_STORAGES

VAR_DIR.mkdir(parents=True, exist_ok=True)  # SQLite creates its file, not its folder
DEBUG = env.read_flag("DEBUG", False, "Django's debug pages and reloading; development only.")
DEMO = env.is_loopback(PUBLIC_URL) and env.read_flag(
    "DEMO", True, "Demo data, one-click sign-in and mailbox page; only ever on a loopback address."
)
if DEMO:
    INSTALLED_APPS = ["demo", *INSTALLED_APPS]

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mailbox"
STORAGES = {
    **PRODUCTION_STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SERVE_MEDIA = True  # one machine, no proxy
