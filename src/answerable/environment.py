"""Strict helpers for reading settings from the environment.

Each helper takes the name of an environment variable, returns a value of the right type, and
remembers the name with its help, so that the reference page and ``answerable doctor`` know it.
:meth:`Environment.finish` refuses names that nobody asked for: a misspelt setting must not be
silently ignored.
"""

import contextlib
import difflib
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

PREFIX = "ANSWERABLE_"
TRUE = frozenset({"1", "true", "yes", "on"})
SMTP_OVER_TLS = 465
FALSE = frozenset({"0", "false", "no", "off"})
SQLITE_OPTIONS = {
    # IMMEDIATE: a transaction that will write takes its lock at the start, or two of them deadlock.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # recursive_triggers: without it INSERT OR REPLACE slips past the append-only triggers.
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
        "PRAGMA foreign_keys=ON;PRAGMA recursive_triggers=ON;"
    ),
}


class Misconfigured(Exception):
    """A setting is missing, misspelt or cannot be read; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Described:
    """One setting as the reference page shows it."""

    name: str
    default: str
    help: str


class Environment:
    """Reads ``ANSWERABLE_…`` variables; see the module's docstring."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values = os.environ if values is None else values
        self.described: list[Described] = []

    def _raw(self, name: str, default: object, help: str) -> str | None:
        self.described.append(Described(name, "" if default is None else str(default), help))
        value = self.values.get(name)
        return None if value is None or not value.strip() else value.strip()

    def text(self, name: str, *, default: str, help: str) -> str:
        """The value as it stands."""
        return self._raw(name, default, help) or default

    def flag(self, name: str, *, default: bool, help: str) -> bool:
        """yes or no, in the usual spellings."""
        value = self._raw(name, "yes" if default else "no", help)
        if value is None:
            return default
        if value.lower() in TRUE | FALSE:
            return value.lower() in TRUE
        raise Misconfigured(f"{name} must be yes or no, and is “{value}”.")

    def number(self, name: str, *, default: int, help: str) -> int:
        """A whole number above zero."""
        value = self._raw(name, default, help)
        if value is None:
            return default
        if value.isdecimal() and int(value) > 0:
            return int(value)
        raise Misconfigured(f"{name} must be a whole number above 0, and is “{value}”.")

    def choice(self, name: str, among: Sequence[str], *, default: str, help: str) -> str:
        """One of the given words."""
        value = self._raw(name, default, help) or default
        if value in among:
            return value
        raise Misconfigured(f"{name} must be one of {', '.join(among)}, and is “{value}”.")

    def words(self, name: str, *, default: tuple[str, ...], help: str) -> list[str]:
        """A list with commas between."""
        value = self._raw(name, ",".join(default), help)
        found = [w.strip() for w in value.split(",") if w.strip()] if value else list(default)
        if found:
            return found
        raise Misconfigured(f"{name} must name at least one, with commas between.")

    def path(self, name: str, *, default: Path, help: str) -> Path:
        """A folder or file, relative to where the command is started."""
        value = self._raw(name, default, help)
        return Path(value).expanduser().resolve() if value else default.resolve()

    def url(self, name: str, *, default: str, help: str) -> str:
        """An address of http or https, without a slash at its end."""
        value = self._raw(name, default, help) or default
        parts = urlsplit(value)
        if parts.scheme in {"http", "https"} and parts.hostname:
            return value.rstrip("/")
        raise Misconfigured(
            f"{name} must be an address like https://record.example, and is “{value}”."
        )

    def secret(self, name: str, *, folder: Path, help: str) -> str:
        """A secret from the environment, or one made once and kept in ``folder`` for its owner only."""
        value = self._raw(name, None, help)
        if value:
            if len(value) < 32:
                raise Misconfigured(f"{name} is too short: it needs at least 32 characters.")
            return value
        kept = folder / "secret-key"
        try:
            if not kept.exists():
                folder.mkdir(parents=True, exist_ok=True)
                made = kept.with_name(f"secret-key.{os.getpid()}")
                made.touch(mode=0o600)
                made.write_text(secrets.token_urlsafe(48), encoding="ascii")
                with contextlib.suppress(FileExistsError):
                    os.link(made, kept)  # first one wins: two processes may start at once
                made.unlink()
            return kept.read_text(encoding="ascii").strip()
        except OSError as error:
            raise Misconfigured(
                f"No secret key could be kept in {folder} ({error.strerror}). "
                f"Set {name}, or let ANSWERABLE_DATA name a folder that can be written."
            ) from error

    def database(self, name: str, *, default: str, help: str) -> dict[str, object]:
        """Django's description of the database at an address; see ``help`` of the setting."""
        value = self._raw(name, default, help) or default
        parts = urlsplit(value)
        if parts.scheme == "sqlite" and len(parts.path) > 1:
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": value.removeprefix("sqlite:///"),
                "OPTIONS": dict(SQLITE_OPTIONS),
                "CONN_MAX_AGE": None,
            }
        if parts.scheme in {"postgresql", "postgres"} and len(parts.path) > 1:
            return {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(parts.path[1:]),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": unquote(parts.hostname or ""),
                "PORT": str(parts.port or ""),
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
            }
        raise Misconfigured(
            f"{name} must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME."
        )

    def openid(
        self, name: str, url: str, client: str, secret: str, *, help: str
    ) -> dict[str, object]:
        """allauth's description of one OpenID Connect provider, or none; all four names or none."""
        given = {n: self._raw(n, None, help) for n in (name, url, client, secret)}
        self._openid_url = given[url]
        if not any(given.values()):
            return {}
        missing = [n for n, value in given.items() if not value]
        if missing:
            raise Misconfigured(f"Sign-in through a provider also needs {', '.join(missing)}.")
        app = {
            "provider_id": "office",
            "name": given[name],
            "client_id": given[client],
            "secret": given[secret],
            "settings": {"server_url": given[url]},
        }
        return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}

    def form_targets(self) -> list[str]:
        """Origins to which a form may lead: the OpenID Connect provider, where there is one."""
        if not self._openid_url:
            return []
        parts = urlsplit(self._openid_url)
        return [f"{parts.scheme}://{parts.netloc}"]

    def mail(self, name: str, *, help: str) -> tuple[str, str, int, bool, bool, str, str]:
        """Django's seven mail settings from one address; port 465 is encrypted from the first byte."""
        value = self._raw(name, "", help)
        if not value:
            return ("django.core.mail.backends.console.EmailBackend", "", 25, False, False, "", "")
        parts = urlsplit(value)
        if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
            raise Misconfigured(f"{name} must be like smtp://USER:PASSWORD@HOST:PORT.")
        sealed = parts.scheme == "smtps"
        port = parts.port or (587 if sealed else 25)
        return (
            "django.core.mail.backends.smtp.EmailBackend",
            parts.hostname,
            port,
            sealed and port != SMTP_OVER_TLS,
            sealed and port == SMTP_OVER_TLS,
            unquote(parts.username or ""),
            unquote(parts.password or ""),
        )

    def finish(self) -> None:
        """Refuse every ``ANSWERABLE_…`` name that no setting asked for.

        Raises:
            Misconfigured: with the nearest known name.
        """
        known = {d.name for d in self.described}
        for name in sorted(self.values):
            if name.startswith(PREFIX) and name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f" Did you mean {near[0]}?" if near else ""
                raise Misconfigured(f"{name} is not a setting of Answerable.{hint}")
