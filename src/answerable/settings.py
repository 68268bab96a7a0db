"""Settings: one file, read from the environment, that fails loudly.

Every setting has one environment name. A name that starts with ``ANSWERABLE_`` and is not known
here, a value that cannot be read, or a required value that is missing stops the start with a
sentence. ``docs/reference/settings.md`` is made from :data:`SETTINGS`.
"""

from pathlib import Path

from answerable.environment import Environment

env = Environment()


# --- Where things are ---------------------------------------------------------------------------

PACKAGE = Path(__file__).resolve().parent
DATA = env.path(
    "ANSWERABLE_DATA",
    default=Path("data"),
    help="Folder for the embedded database, documents, pictures and editions.",
)
DEMO = env.flag(
    "ANSWERABLE_DEMO",
    default=False,
    help="Demo mode: the example world, and sign-in as anyone with one click.",
)
DEBUG = env.flag(
    "ANSWERABLE_DEBUG",
    default=False,
    help="Detailed error pages. Never on a machine that others can reach.",
)
SECRET_KEY = env.secret(
    "ANSWERABLE_SECRET_KEY",
    folder=DATA,
    help="Signs sessions and links. Made and kept in the data folder when not given.",
)
SITE_URL = env.url(
    "ANSWERABLE_URL",
    default="http://127.0.0.1:8000",
    help="The address at which people reach this office's record.",
)
OFFICE_NAME = env.text(
    "ANSWERABLE_OFFICE",
    default="An oversight office",
    help="The name of the oversight office, shown on every page.",
)
HELP_LINES = [
    line.strip()
    for line in env.text(
        "ANSWERABLE_HELP",
        default="",
        help="Who helps people whom a page affects, and how to reach them; semicolons between.",
    ).split(";")
    if line.strip()
]
ALLOWED_HOSTS = env.words(
    "ANSWERABLE_HOSTS",
    default=("127.0.0.1", "localhost", "[::1]"),
    help="Host names that are answered, with commas between.",
)
SECURE = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- The application ----------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "answerable.audit",
    "answerable.accounts",
    "answerable.reports",
    "answerable.register",
    "answerable.plan",
    "answerable.assurance",
    "answerable.handover",
    "answerable.chasing",
    "answerable.gaps",
    "answerable.publishing",
    "answerable.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "answerable.accounts.gate.SeenNowAndThen",
    "answerable.accounts.gate.ClosedByDefault",
    "answerable.accounts.gate.RefusalsInWords",
]

ROOT_URLCONF = "answerable.urls"
WSGI_APPLICATION = "answerable.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ]
            if not DEBUG
            else [
                "django.template.loaders.filesystem.Loader",
                "django.template.loaders.app_directories.Loader",
            ],
            "libraries": {"html": "answerable.html"},
            "builtins": ["answerable.html"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "answerable.desk.context.page",
            ],
        },
    }
]

# --- The database -------------------------------------------------------------------------------

DATABASES = {
    "default": env.database(
        "ANSWERABLE_DATABASE",
        default=f"sqlite:///{DATA.resolve() / 'answerable.sqlite3'}",
        help="sqlite:///FILE for the embedded default, or postgresql://USER:PASSWORD@HOST/NAME.",
    )
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "answerable_cache",
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- Files --------------------------------------------------------------------------------------

MEDIA_ROOT = DATA / "documents"
EDITIONS = env.path(
    "ANSWERABLE_EDITIONS", default=DATA / "editions", help="Folder of published editions."
)
PICTURES = DATA / "pictures"
PICTURES_BYTES = env.number(
    "ANSWERABLE_PICTURES_BYTES",
    default=512 * 1024 * 1024,
    help="How much room cached pictures of pages may take, in bytes.",
)
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = ["answerable.desk.uploads.ToItsPlace"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# --- Documents: how much a stranger may cost ----------------------------------------------------

DOCUMENT_BYTES = env.number(
    "ANSWERABLE_DOCUMENT_BYTES",
    default=200 * 1024 * 1024,
    help="The largest document received, in bytes.",
)
DOCUMENT_PAGES = env.number(
    "ANSWERABLE_DOCUMENT_PAGES", default=2_000, help="The most pages a document may have."
)
DOCUMENT_MEMORY = env.number(
    "ANSWERABLE_DOCUMENT_MEMORY",
    default=2 * 1024 * 1024 * 1024,
    help="The most memory that reading one document may take, in bytes.",
)
DOCUMENT_SECONDS = env.number(
    "ANSWERABLE_DOCUMENT_SECONDS",
    default=300,
    help="The longest that reading one document may take, in seconds.",
)
OCR_SECONDS = env.number(
    "ANSWERABLE_OCR_SECONDS",
    default=60,
    help="The longest that recognising the text in the picture of one page may take, in seconds.",
)
RECOGNISED = DATA / "recognised"
CLAMD_SOCKET = env.text(
    "ANSWERABLE_CLAMD_SOCKET", default="", help="Socket of a clamd virus scanner; empty for none."
)

# --- Assurance ----------------------------------------------------------------------------------

VERIFIERS_NEEDED = env.number(
    "ANSWERABLE_VERIFIERS",
    default=1,
    help="How many verifiers must have signed that something is assured before it can be closed.",
)

# --- What is published --------------------------------------------------------------------------

SMALL_NUMBER = env.number(
    "ANSWERABLE_SMALL_NUMBER",
    default=10,
    help="Counts of people or records below this are not published, nor what would give them away.",
)

# --- People -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
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
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "answerable.accounts.signin.ByInvitation"
SOCIALACCOUNT_ADAPTER = "answerable.accounts.signin.ByInvitationElsewhere"
ACCOUNT_FORMS = {
    "login": "answerable.desk.forms.signin.SignIn",
    "reauthenticate": "answerable.desk.forms.signin.PasswordAgain",
    "change_password": "answerable.desk.forms.signin.ChangePassword",
    "set_password": "answerable.desk.forms.signin.SetPassword",
    "reset_password": "answerable.desk.forms.signin.AskForPassword",
    "reset_password_from_key": "answerable.desk.forms.signin.NewPassword",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation already reached the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Answerable: "
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever owns a sign-in hears of every change to it
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger cannot make us write to anyone
MFA_ADAPTER = "answerable.accounts.signin.SecondFactor"
MFA_FORMS = {
    "authenticate": "answerable.desk.forms.signin.Code",
    "reauthenticate": "answerable.desk.forms.signin.CodeAgain",
    "activate_totp": "answerable.desk.forms.signin.AddApp",
    "add_webauthn": "answerable.desk.forms.signin.AddPasskey",
    "edit_webauthn": "answerable.desk.forms.signin.RenamePasskey",
    "login_webauthn": "answerable.accounts.signin.PasskeyForm",
    "reauthenticate_webauthn": "answerable.accounts.signin.PasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Answerable"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are up to half a minute out
USERSESSIONS_ADAPTER = "answerable.accounts.signin.NotedSessions"
USERSESSIONS_TRACK_ACTIVITY = True
INVITATION_DAYS = env.number(
    "ANSWERABLE_INVITATION_DAYS", default=7, help="How many days an invitation stays open."
)
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = env.openid(
    "ANSWERABLE_OIDC_NAME",
    "ANSWERABLE_OIDC_URL",
    "ANSWERABLE_OIDC_CLIENT",
    "ANSWERABLE_OIDC_SECRET",
    help="Sign-in through an OpenID Connect provider: its name, discovery address, client and secret.",
)
(
    EMAIL_BACKEND,
    EMAIL_HOST,
    EMAIL_PORT,
    EMAIL_USE_TLS,
    EMAIL_USE_SSL,
    EMAIL_HOST_USER,
    EMAIL_HOST_PASSWORD,
) = env.mail(
    "ANSWERABLE_MAIL",
    help="smtp://USER:PASSWORD@HOST:PORT (smtps:// for TLS); empty prints messages to the log's terminal.",
)
EMAIL_TIMEOUT = 20  # a mail server that does not answer must not hold the worker up
DEFAULT_FROM_EMAIL = env.text(
    "ANSWERABLE_MAIL_FROM",
    default="answerable@localhost",
    help="The address that messages come from.",
)

# --- Security -----------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
BEHIND_PROXY = env.flag(
    "ANSWERABLE_BEHIND_PROXY",
    default=False,
    help="A proxy in front of us ends TLS and sets X-Forwarded-Proto and X-Forwarded-For.",
)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0  # whose address the rate limits count
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *env.form_targets()],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}

# --- Words, dates, logs -------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "j F Y"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {
        "handlers": ["terminal"],
        "level": env.choice(
            "ANSWERABLE_LOG",
            ("DEBUG", "INFO", "WARNING", "ERROR"),
            default="INFO",
            help="How much is logged.",
        ),
    },
    "loggers": {
        "django.server": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}

env.finish()
SETTINGS = env.described
