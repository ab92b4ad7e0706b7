"""Settings: read once, from the environment, all problems reported together. `docs/settings.md` documents each one."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MIN_SECRET_CHARS = 32
_HOST_NAME = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


class SettingsBroken(SystemExit):
    """One or more settings are bad; the message names every one of them."""


class Settings(BaseSettings):
    """What can be set from outside. Names are the environment variables in lower case."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True)

    instance_dir: Path = Field(default=Path("instance"), description="Folder of the embedded database, the index and mail")
    database_url: str = Field(default="", description="SQLAlchemy URL; empty is SQLite under INSTANCE_DIR")
    search_url: str = Field(default="whoosh:", description="whoosh: (embedded), postgresql: or memory: (for tests)")
    secret_key: SecretStr = Field(default=SecretStr(""), description="Signs cookies; empty makes one and keeps it under INSTANCE_DIR")
    port: int = Field(default=8000, ge=1, le=65535, description="Port of `make run`")
    base_url: str = Field(default="", description="Public address; empty takes it from the request")
    secure_cookies: bool = Field(default=False, description="Cookies over https only; set it on every public site")
    trusted_proxies: int = Field(default=0, ge=0, le=5, description="How many proxies before us set X-Forwarded-*")
    mail_from: str = Field(default="leerwijzer@localhost", description="Sender of mail")
    contact_email: str = Field(default="", description="Where visitors report mistakes on the site; empty shows no address")
    data_licence: str = Field(
        default="https://creativecommons.org/licenses/by/4.0/", description="Licence under which others may use the catalogue"
    )
    theme_css: Path | None = Field(default=None, description="A stylesheet of your own, after ours; empty is none")
    smtp_url: SecretStr = Field(
        default=SecretStr(""), description="smtp://user:password@host:port; empty writes mail into INSTANCE_DIR/mail"
    )
    feed_hosts: str = Field(default="", description="Host names from where feeds may come, split by commas; empty is any public one")
    feed_http: bool = Field(default=False, description="Feeds may come over http too, not over https only")
    counting: bool = Field(default=True, description="Counts how often modules are seen and what is asked in vain, in numbers only")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="Least important log line that is written")
    log_format: Literal["json", "console"] = Field(default="console", description="json for machines, console for people")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://", "postgresql://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value.replace("postgresql://", "postgresql+psycopg://", 1)

    @field_validator("search_url")
    @classmethod
    def _known_search(cls, value: str, others: ValidationInfo) -> str:
        if value not in ("whoosh:", "memory:", "postgresql:") and not value.startswith(("postgresql+psycopg://", "postgresql://")):
            raise ValueError("must be whoosh:, memory:, postgresql: or begin with postgresql://")
        # A database that is refused itself is not among the others: it has its own message.
        if value == "postgresql:" and not others.data.get("database_url", "postgresql").startswith("postgresql"):
            raise ValueError("postgresql: needs a DATABASE_URL that begins with postgresql://")
        return value.replace("postgresql://", "postgresql+psycopg://", 1)

    @field_validator("feed_hosts")
    @classmethod
    def _host_names(cls, value: str) -> str:
        if value and not all(_HOST_NAME.fullmatch(name.strip()) for name in value.split(",")):
            raise ValueError("must be host names such as data.example.org, split by commas")
        return value.lower()

    @field_validator("theme_css")
    @classmethod
    def _theme_is_there(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError("must be the path of a stylesheet")
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_secret(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and len(value.get_secret_value()) < MIN_SECRET_CHARS:
            raise ValueError(f"must have at least {MIN_SECRET_CHARS} characters")
        return value

    @classmethod
    def from_env(cls) -> Self:
        """Reads the environment.

        Raises:
            SettingsBroken: names every bad setting at once.
        """
        try:
            return cls()
        except ValidationError as error:
            lines = [f"  {'.'.join(map(str, problem['loc'])).upper()}: {problem['msg']}" for problem in error.errors()]
            raise SettingsBroken("Settings that need another value (see docs/settings.md):\n" + "\n".join(lines)) from None

    @property
    def resolved_database_url(self) -> str:
        """The database to connect to."""
        return self.database_url or f"sqlite:///{(self.instance_dir / 'leerwijzer.sqlite').resolve()}"

    def resolved_secret_key(self) -> str:
        """The key that signs cookies; makes and keeps one under `instance_dir` when none is set."""
        if given := self.secret_key.get_secret_value():
            return given
        path = self.instance_dir / "secret_key"
        if not path.exists():
            self.instance_dir.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{secrets.token_hex(4)}")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
            try:
                path.hardlink_to(fresh)  # fails when another process was first: then its key counts
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return path.read_text(encoding="ascii")
