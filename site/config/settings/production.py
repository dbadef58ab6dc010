"""Production: HTTPS only, secrets from the environment, no demo."""

from config import env
from config.settings.base import *  # noqa: F403

ALLAUTH_TRUSTED_PROXY_COUNT = env.read_with(
    "PROXY_COUNT", "1", "Proxies before the server; without the right number everyone shares one limit.", int
)

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
