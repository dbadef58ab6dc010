"""Settings ready for production; `dev`, `test` and `production` only say what differs."""

from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _

from config import env

ROOT = env.ROOT
VAR_DIR = env.read_with(
    "VAR_DIR", str(ROOT / "var"), "Folder of the database, media and demo mailbox.", env.Path
)

HOST = env.read("HOST", "127.0.0.1", "Address the server listens on.")
PORT = env.read_with("PORT", "8000", "Port the server listens on.", int)
PUBLIC_URL = env.read(
    "PUBLIC_URL",
    f"http://127.0.0.1:{PORT}",
    "Address people use. The one source of QR codes, e-mail links, allowed hosts and CSRF origins.",
).rstrip("/")
SECRET_KEY = env.read("SECRET_KEY", None, "Signs sessions and links; at least 50 random characters.")
DEBUG = False
DEMO = False
MAINTENANCE = env.read_flag("MAINTENANCE", False, "Answers every page with the maintenance page (503).")

_public = urlsplit(PUBLIC_URL)
_hosts = [_public.hostname or ""]
if env.is_loopback(PUBLIC_URL):
    _hosts = sorted(env.LOOPBACK)
ALLOWED_HOSTS = _hosts
_port = f":{_public.port}" if _public.port else ""
_sockets = [
    f"{'wss' if _public.scheme == 'https' else 'ws'}://{host}{_port}" for host in _hosts if ":" not in host
]  # a policy has no word for IPv6
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{host}{_port}" for host in _hosts]

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "cms",
    "observatory.portal",
    "consultations.actions",
    "consultations.steering",
    "consultations.outcomes",
    "consultations.annual_reports",
    "consultations.opinions",
    "consultations.elections",
    "consultations.meetings",
    "consultations.councils",
    "consultations.syntheses",
    "consultations.workshops",
    "consultations.surveys",
    "consultations.polls",
    "consultations.bank",
    "consultations.cowriting",
    "consultations.following",
    "consultations.live",
    "consultations.process",
    "directory.finding",
    "directory",
    "orientation",
    "unmet",
    "observatory.indicators",
    "consultations.lineage",
    "needs",
    "accounts",
    "organisations",
    "territories",
    "core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail",
    "modelcluster",
    "taggit",
    "import_export",
    "channels",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "core.request_ids.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.MaintenanceMiddleware",
    "cms.middleware.AnonymousPageCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.StaffDoorMiddleware",
    "accounts.middleware.PrivatePagesMiddleware",
    "accounts.middleware.RefusedFormMiddleware",
    "accounts.middleware.AdminPolicyMiddleware",
    "core.middleware.NullCharacterMiddleware",
    "core.middleware.MethodNotAllowedMiddleware",
    "territories.asked.TerritoryMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "core.context_processors.interface",
                "cms.context_processors.surroundings",
            ],
            "builtins": ["core.templatetags.ui", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "core.forms.FormRenderer"

DATABASES = {
    "default": dj_database_url.parse(
        env.read(
            "DATABASE_URL",
            f"sqlite:///{VAR_DIR / 'diapason.sqlite3'}",
            "Database: sqlite:///path or postgres://user:password@host/name.",
        ),
        conn_max_age=600,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            "PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.read("REDIS_URL", "", "Redis shared by several processes; empty for one process.")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    ),
    "shared": (  # what the worker tells the pages: by files where there is no Redis
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache",
        }
    ),
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "accounts.backends.MembershipBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "add_email": "accounts.forms.NewAddressForm",
    "change_email": "accounts.forms.OtherAddressForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.LostPasswordForm",
    "reset_password_from_key": "accounts.forms.FreshPasswordForm",
    "reauthenticate": "accounts.forms.PasswordAgainForm",
    "request_login_code": "accounts.forms.AskCodeForm",
    "confirm_login_code": "accounts.forms.SignInCodeForm",
    "confirm_email_verification_code": "accounts.forms.AddressCodeForm",
    "confirm_password_reset_code": "accounts.forms.PasswordCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60  # to walk to the mailbox
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": True, "length": 8}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# A workshop of sixty people shares one network address: per address we count high, per account low.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "signup": "60/m/ip",
    "request_login_code": "90/m/ip,3/m/key",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
}
MFA_FORMS = {
    "add_webauthn": "accounts.forms.PasskeyForm",
    "authenticate": "accounts.forms.CodeForm",
    "reauthenticate": "accounts.forms.CodeAgainForm",
    "activate_totp": "accounts.forms.FirstCodeForm",
    "login_webauthn": "accounts.forms.PasskeyAloneForm",
    "authenticate_webauthn": "accounts.forms.PasskeyAfterForm",
    "reauthenticate_webauthn": "accounts.forms.PasskeyAgainForm",
    "edit_webauthn": "accounts.forms.PasskeyNameForm",
}
MFA_ADAPTER = "accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"  # so that a passkey alone counts as two factors
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "90/m/ip"}
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", _("French")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Europe/Paris"
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = "config.formats"
WAGTAIL_DATE_FORMAT, WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y", "%d/%m/%Y %H:%M"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # an address is read aloud, printed and typed: no accents
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no picture asked of a third party
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fr", "Français"), ("en", "English")]
WAGTAIL_USER_TIME_ZONES = [
    "Europe/Paris",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Cayenne",
    "Indian/Reunion",
    "Indian/Mayotte",
]
WAGTAIL_SITE_NAME = "Diapason"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False  # allauth's pages do both
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "french"},
}
TAGGIT_CASE_INSENSITIVE = True

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "collected"
STATICFILES_DIRS = [ROOT / "build" / "static"]  # third-party browser code, bundled at set-up
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
SERVE_MEDIA = env.read_flag(
    "SERVE_MEDIA", False, "Give the pictures of pages ourselves; otherwise the proxy gives `VAR_DIR/media`."
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {  # never under MEDIA_URL: a view asks who may before it gives a file
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "private"},
    },
    "staticfiles": {"BACKEND": "core.storage.StaticFilesStorage"},
}

EMAIL_URL_HELP = "SMTP server that sends our e-mails."
EMAIL_HOST = env.read("EMAIL_HOST", "localhost", EMAIL_URL_HELP)
EMAIL_PORT = env.read_with("EMAIL_PORT", "25", "Port of the SMTP server.", int)
EMAIL_HOST_USER = env.read("EMAIL_HOST_USER", "", "User of the SMTP server.")
EMAIL_HOST_PASSWORD = env.read("EMAIL_HOST_PASSWORD", "", "Password of the SMTP server.")
EMAIL_USE_TLS = env.read_flag("EMAIL_USE_TLS", False, "Whether the SMTP server wants STARTTLS.")
DEFAULT_FROM_EMAIL = env.read("DEFAULT_FROM_EMAIL", f"diapason@{_public.hostname}", "Sender of our e-mails.")
EMAIL_RETURN_TOKEN = env.read(
    "EMAIL_RETURN_TOKEN", "", "Key by which the mail provider tells what came back; empty closes the address."
)

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.errors.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
ACTION_NO_NEWS_DAYS = env.read_with(
    "ACTION_NO_NEWS_DAYS",
    "90",
    "Days without news after which the page of an action under way says so, unless its programme chose otherwise.",
    int,
)
SURVEY_FRESH_SECONDS = 1.0  # how long a process may go on with the survey it read
SURVEY_PROJECTION_SECONDS = 2  # responses kept within this time are projected by one task
LIVE_FRESH_SECONDS = 1.0  # how long a process may go on with the room's row it read to let people in
LIVE_THREADS = 4  # database threads of the sockets, each with its connection
SURVEY_SUBMISSIONS_PER_MINUTE = 6_000  # by survey, for everyone together: no address is kept

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF, *_sockets],  # some browsers do not count sockets as 'self'
        "manifest-src": [SELF],
        "media-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
    }
}
LOG_LEVEL = env.read("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR.").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "core.request_ids.RequestIdFilter"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": "line"},
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Errors go to the log, not by mail; refusals (4xx) are not logged: their address may be a receipt's.
        "django": {"handlers": [], "level": LOG_LEVEL},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "WARNING"},
        "django.utils.autoreload": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},  # who edited which page is in the audit log
    },
}
# Wagtail's admin writes inline scripts and styles, and previews images before they are sent.
ADMIN_CONTENT_SECURITY_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # our own pages are framed by Wagtail's preview; frame-ancestors keeps others out
    "security.W021",  # joining the browsers' preload list is a choice of whoever owns the domain
]
