"""Every setting comes from the environment; the table in the README lists the names."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from .safety import troubles

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name: str, default: str = "") -> str:
    """The value of NAME, or the content of the file that NAME_FILE points at, or the default."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    return os.environ.get(name, default)


def env_bool(name: str, *, default: bool = False) -> bool:
    return env(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def env_list(name: str, default: str = "") -> list[str]:
    return [item.strip() for item in env(name, default).split(",") if item.strip()]


# --- where we run -------------------------------------------------------------------------------
DEBUG = env_bool("DEBUG")
DEMO = env_bool("DEMO")  # ready links, the components page; never on a public machine
SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS")
PUBLIC_URL = env("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")
if found := troubles(
    secret_key=SECRET_KEY, public_url=PUBLIC_URL, allowed_hosts=ALLOWED_HOSTS, is_debug=DEBUG, is_demo=DEMO
):
    raise ImproperlyConfigured(" ".join(found))
SOCKET_ORIGINS = [PUBLIC_URL, *env_list("SOCKET_ORIGINS")]
PROXY_COUNT = int(env("PROXY_COUNT", "0"))  # how many proxies of ours stand in front

# --- what it is made of -------------------------------------------------------------------------
INSTALLED_APPS = [
    "daphne",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "sessions_app",
    "eaa",
]
MIDDLEWARE = [
    "sessions_app.middleware.private_answers",
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sessions_app.middleware.SmallBodies",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sessions_app.middleware.PlainErrors",
    "sessions_app.staff_language.StaffLanguage",
]
ROOT_URLCONF = "coproduction.urls"
ASGI_APPLICATION = "coproduction.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sessions_app.context_processors.page",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "sessions_app.templatetags.ui",
                "sessions_app.templatetags.times",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "sessions_app.kinds.templates.KindTemplates",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- PostgreSQL, Redis, Celery ------------------------------------------------------------------
DATABASES: dict[str, dict[str, Any]] = {
    "default": {**dj_database_url.parse(env("DATABASE_URL", "postgres://localhost/coproduction"))}
}
DATABASES["default"].update(
    CONN_MAX_AGE=0,  # connections are shared by the pool instead
    OPTIONS={
        # Whoever waits for a lock, or asks too much, is told to try again instead of holding a thread for ever.
        "options": "-c lock_timeout=3s -c statement_timeout=20s",
        **DATABASES["default"].get("OPTIONS", {}),
        "pool": {"min_size": 2, "max_size": int(env("DATABASE_POOL", "8")), "timeout": 4},
    },
)
REDIS_URL = env("REDIS_URL", "redis://localhost:6379/0")
# Only for signing in: its limits and used-up codes must hold across processes. No page is ever cached.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "web"}
}
CELERY_BROKER_URL = env("CELERY_BROKER_URL", REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
MAILBOX_URL = env("MAILBOX_URL")  # imaps://user:password@host/INBOX, asked once a minute; empty: other roads
CELERY_BEAT_SCHEDULE = {
    "worker-heartbeat": {"task": "sessions_app.tasks.beat_heart", "schedule": 10.0},
    "run-practices": {"task": "sessions_app.tasks.run_practices", "schedule": 4.0},
    "make-notices": {"task": "sessions_app.tasks.make_notices", "schedule": 30.0, "options": {"expires": 30}},
    "send-notices": {"task": "sessions_app.tasks.send_notices", "schedule": 15.0, "options": {"expires": 15}},
    "open-due-windows": {"task": "sessions_app.tasks.open_windows", "schedule": 15.0},
    "make-exports": {"task": "sessions_app.tasks.make_exports", "schedule": 4.0, "options": {"expires": 4}},
    "drop-exports": {"task": "sessions_app.tasks.drop_exports", "schedule": 3600.0},
    "close-due-windows": {"task": "sessions_app.tasks.close_due_windows", "schedule": 15.0},
    "agree-in-time": {"task": "eaa.tasks.bring_due_into_force", "schedule": 15.0},
}
if MAILBOX_URL:
    CELERY_BEAT_SCHEDULE["poll-mailbox"] = {
        "task": "sessions_app.tasks.poll_mailbox",
        "schedule": 60.0,
        "options": {"expires": 60},
    }
if DEMO:  # in the sample's meeting things go on happening
    CELERY_IMPORTS = ["sessions_app.sample.going_on"]
    CELERY_BEAT_SCHEDULE["sample-goes-on"] = {
        "task": "sessions_app.sample.going_on.let_it_go_on",
        "schedule": 3.0,
    }

# --- people -------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "sessions_app.accounts.StaffAccounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_EMAIL_VERIFICATION = env("EMAIL_VERIFICATION", "mandatory")
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SIGNUP_OPEN = env_bool("SIGNUP_OPEN")
ACCOUNT_FORMS = {"login": "sessions_app.forms.accounts.SignIn"}
MFA_ADAPTER = "sessions_app.accounts.SecondSteps"
MFA_FORMS = {"activate_totp": "sessions_app.forms.accounts.AppCode"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_REQUIRED_FOR_RESEARCHERS = env_bool("MFA_REQUIRED_FOR_RESEARCHERS", default=True)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workshops"
ACCOUNT_LOGOUT_REDIRECT_URL = "front"
EMAIL_BACKEND = env("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", "workshops@localhost")
REPLY_ADDRESS = env("REPLY_ADDRESS")  # what is sent to answers+KEY@ goes into the thread; empty: no answers by mail
ACCESSIBILITY_CONTACT = env("ACCESSIBILITY_CONTACT")  # an e-mail address or a telephone number

# --- cookies and headers ------------------------------------------------------------------------
# The __Host- prefix needs Secure, which a browser grants to https only (and to localhost).
COOKIE_PREFIX = "__Host-" if HTTPS else ""
DEVICE_COOKIE = f"{COOKIE_PREFIX}device"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}staff"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "sessions_app.views.errors.form_expired"
SECURE_SSL_REDIRECT = HTTPS and env_bool("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env_bool("HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env_bool("HSTS_PRELOAD", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE, SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "worker-src": [SELF],
        "connect-src": [SELF, *(origin.replace("http", "ws", 1) for origin in SOCKET_ORIGINS)],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# --- exports ------------------------------------------------------------------------------------
PSEUDONYM_KEY = env("PSEUDONYM_KEY")  # of the ids in exports; never in the database
EXPORT_FOLDER = Path(env("EXPORT_FOLDER", str(BASE_DIR / "exports")))  # shared by web and worker, served by no server

# --- words, files, logs -------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("sv", "Svenska"), ("ar", "العربية")]
STAFF_LANGUAGES = ["en", "sv"]  # those in which also the pages of hosts and researchers are translated
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "static/"
STATIC_ROOT = env("STATIC_ROOT", str(BASE_DIR / "collected"))
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [BASE_DIR / "static"]
FACE_DIR = BASE_DIR / "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files"
HAS_FACE = FACE_DIR.is_dir()
if HAS_FACE:  # without npm the pages fall back to the system's face
    STATICFILES_DIRS.append(("face", FACE_DIR))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "coproduction.static_storage.OneSheetStorage"},
}
SERVESTATIC_USE_MANIFEST = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "sessions_app.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", "WARNING")},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}

# --- limits -------------------------------------------------------------------------------------
POSTS_AT_ONCE = int(env("POSTS_AT_ONCE", "20"))
POSTS_PER_SECOND = float(env("POSTS_PER_SECOND", "1"))
