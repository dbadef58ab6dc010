"""Tests: fast hashing, memory mail, tasks run at once; the database comes from DATABASE_URL."""

import os

os.environ.setdefault("SECRET_KEY", "insecure-test-key-" + "0" * 40)
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from config.settings.base import *  # noqa: F403
from config.settings.base import CACHES, INSTALLED_APPS

INSTALLED_APPS = ["demo", *INSTALLED_APPS]
DEMO = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {**CACHES, "shared": CACHES["default"]}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
SURVEY_FRESH_SECONDS = SURVEY_PROJECTION_SECONDS = 0  # what a test changes is seen at once
LIVE_FRESH_SECONDS = 0
LIVE_THREADS = 0  # the test's own database connection
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
