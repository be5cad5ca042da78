"""Settings: read from the environment once, checked at start, nowhere else."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

SECRET_BYTES = 32
CONSOLE = "console:"
"""What ROADMAP_MAIL_URL says where mails shall reach nobody, on purpose."""


class SettingError(ValueError):
    """A setting is missing or wrong; the message names the setting and says what to write."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that may differ between two installations. docs/settings.md explains each."""

    env: str = "development"
    instance: Path = field(default_factory=lambda: Path.cwd() / "instance")
    secret_key: str = field(default="", repr=False)
    database_url: str = field(default="", repr=False)
    redis_url: str = field(default="", repr=False)
    mail_url: str = field(default="", repr=False)
    mail_from: str = "roadmap@localhost"
    contact_address: str = "contact@localhost"
    base_url: str = "http://127.0.0.1:8000"
    sqlite_synchronous: str = "full"
    proxies: int = 0
    processes: int = 1
    threads: int = 2
    page_age: int = 2
    jobs: str = "thread"
    similarity: str = "auto"
    testing: bool = False

    @property
    def production(self) -> bool:
        return self.env == "production"

    @property
    def secure(self) -> bool:
        """Whether people reach the site over https, so that cookies may be bound to it."""
        return self.base_url.startswith("https://")

    @property
    def mails_stay(self) -> bool:
        """Whether there is no mail server: mails are shown on the console, kept in a folder, and reach nobody."""
        return self.mail_url in ("", CONSOLE)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read ROADMAP_* variables; raises SettingError with one clear sentence."""
        values = os.environ if environ is None else environ
        env = _choice(values, "ROADMAP_ENV", "development", ("development", "production"))
        instance = Path(values.get("ROADMAP_INSTANCE") or Path.cwd() / "instance").resolve()
        base_url = values.get("ROADMAP_BASE_URL", "").rstrip("/")
        if env == "production" and not base_url:
            raise SettingError(
                "Set ROADMAP_BASE_URL to the public address, for example https://forum.example.org."
            )
        return cls(
            env=env,
            instance=instance,
            secret_key=_secret(values, env, instance),
            database_url=_database(values, instance),
            redis_url=values.get("ROADMAP_REDIS_URL", ""),
            mail_url=_mail(values, env),
            mail_from=values.get("ROADMAP_MAIL_FROM") or "roadmap@localhost",
            contact_address=values.get("ROADMAP_CONTACT_ADDRESS") or "contact@localhost",
            base_url=_address(base_url or "http://127.0.0.1:8000"),
            sqlite_synchronous=_choice(values, "ROADMAP_SQLITE_SYNCHRONOUS", "full", ("full", "normal")),
            proxies=_count(values, "ROADMAP_PROXIES", 0, 10),
            processes=_count(values, "ROADMAP_PROCESSES", 1, 64),
            threads=_count(values, "ROADMAP_THREADS", 2, 64),
            page_age=_count(values, "ROADMAP_PAGE_AGE", 2, 10),
            jobs=_choice(values, "ROADMAP_JOBS", "thread", ("thread", "none")),
            similarity=_choice(values, "ROADMAP_SIMILARITY", "auto", ("auto", "words")),
        )


def _choice(values: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    value = values.get(name) or default
    if value not in allowed:
        raise SettingError(f"{name} must be one of: {', '.join(allowed)}.")
    return value


def _count(values: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = values.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or int(text) > most:
        raise SettingError(f"{name} must be a whole number from 0 to {most}.")
    return int(text)


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path or parts.query:
        raise SettingError("ROADMAP_BASE_URL must look like https://forum.example.org, without a path.")
    return url


def _database(values: Mapping[str, str], instance: Path) -> str:
    url = values.get("ROADMAP_DATABASE_URL") or f"sqlite:///{instance / 'roadmap.sqlite3'}"
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingError("ROADMAP_DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _mail(values: Mapping[str, str], env: str) -> str:
    url = values.get("ROADMAP_MAIL_URL", "")
    if not url and env == "production":
        raise SettingError(
            "Set ROADMAP_MAIL_URL to a mail server, for example smtp://user:password@mail.example.org:587; "
            f"with {CONSOLE} mails are only shown on the console and kept in a folder, links to sign in included."
        )
    if url not in ("", CONSOLE) and not _names_a_server(url):
        raise SettingError(
            f"ROADMAP_MAIL_URL must look like smtp://user:password@host:587 or smtps://…, or be {CONSOLE}"
        )
    return url


def _names_a_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that do not close, a port that is no number
        return False


def _secret(values: Mapping[str, str], env: str, instance: Path) -> str:
    secret = values.get("ROADMAP_SECRET_KEY", "")
    if secret:
        if len(secret.encode()) < SECRET_BYTES or len(set(secret)) < 10:
            raise SettingError(
                f"ROADMAP_SECRET_KEY needs at least {SECRET_BYTES} random bytes, "
                "for example from: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        return secret
    if env == "production":
        raise SettingError("Set ROADMAP_SECRET_KEY: production does not start without one.")
    return _kept_secret(instance / "secret_key")


def _kept_secret(path: Path) -> str:
    """The development secret: made once, readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()
