"""The one reader of the environment. Every setting has a default that brings the product up on a laptop.

Settings are read once, at start, from `HANDSEL_*` variables (and `DATABASE_URL`), and handed on as arguments;
nothing else in the product looks at the environment.
"""

import ipaddress
import os
from enum import StrEnum
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

import platformdirs
from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from server.secrets import SECRET_BYTES, Secrets, read_or_make_secret
from server.tls.network import own_address

#: Listens to all networks that this machine is in.
EVERY_NETWORK = "0.0.0.0"  # noqa: S104 - only where it was asked for


class Environment(StrEnum):
    """Development sends any document and shows GraphiQL; production takes trusted documents only."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


def default_data_folder() -> Path:
    """The user's own data folder; as root `/var/lib/handsel`, where an unprivileged PostgreSQL can reach it."""
    if os.name == "posix" and os.geteuid() == 0:
        return Path("/var/lib/handsel")
    return Path(platformdirs.user_data_dir("handsel", appauthor=False))


class Settings(BaseSettings):
    """How this server runs. Each field is documented in the README's table of settings."""

    model_config = SettingsConfigDict(env_prefix="HANDSEL_", env_ignore_empty=True, frozen=True, extra="ignore")

    database_url: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("DATABASE_URL", "HANDSEL_DATABASE_URL", "database_url")
    )
    host: str = ""
    port: int = Field(default=8765, ge=1, le=65535)
    data: Path = Field(default_factory=default_data_folder)
    public_url: str = ""
    secret_file: Path | None = None
    env: Environment = Environment.DEVELOPMENT
    smtp_url: SecretStr | None = None
    mail_from: str = "Handsel <handsel@localhost>"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    metrics_token: SecretStr | None = None
    pg_bin: Path | None = Field(default=None, validation_alias=AliasChoices("PG_BIN", "pg_bin"))
    pg_os_user: str | None = Field(default=None, validation_alias=AliasChoices("PG_OS_USER", "pg_os_user"))
    pwa: Path = Path(__file__).parent.parent / "pwa" / "dist"
    work: bool = True
    tls: bool = False
    push_hosts: str = ""
    push_to_loopback: bool = False

    @model_validator(mode="after")
    def _push_to_nobody_nearby(self) -> Self:
        if self.push_to_loopback and self.env is Environment.PRODUCTION:
            raise ValueError("HANDSEL_PUSH_TO_LOOPBACK is for tests alone: leave it out in production.")
        return self

    @model_validator(mode="after")
    def _fill_in_host_and_public_url(self) -> Self:
        if not self.host:  # phones come from the network; without them this machine is enough
            object.__setattr__(self, "host", EVERY_NETWORK if self.tls else "127.0.0.1")
        if not self.public_url:
            object.__setattr__(
                self, "public_url", f"{'https' if self.tls else 'http'}://{self._own_name()}:{self.port}"
            )
        object.__setattr__(self, "public_url", self.public_url.rstrip("/"))
        parts = urlsplit(self.public_url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
            raise ValueError(
                "HANDSEL_PUBLIC_URL must be the address people type, such as https://meet.example.org, without a path."
            )
        if self.env is Environment.PRODUCTION and parts.scheme != "https":
            raise ValueError(
                "HANDSEL_ENV=production needs an https HANDSEL_PUBLIC_URL: camera, sign-in cookie and offline "
                "work depend on it."
            )
        if self.tls and parts.scheme != "https":
            raise ValueError("--tls needs an https HANDSEL_PUBLIC_URL, or none, and one is made.")
        return self

    def _own_name(self) -> str:
        """What people type for this machine."""
        if self.host in {EVERY_NETWORK, "::"}:
            return own_address() if self.tls else "localhost"
        return "localhost" if _is_loopback(self.host) else self.host

    @property
    def is_secure(self) -> bool:
        """Whether people reach this server over https."""
        return self.public_url.startswith("https://")

    @property
    def tls_folder(self) -> Path:
        """Where the certificates of `tls` are kept."""
        return self.data / "tls"

    @property
    def outbox(self) -> Path:
        """Where mail goes as `.eml` files while no `HANDSEL_SMTP_URL` is set."""
        return self.data / "outbox"

    @property
    def secret_path(self) -> Path:
        """Where the secret is kept that all keys come from."""
        return self.secret_file or self.data / "secret"

    def secrets(self) -> Secrets:
        """The server's keys, made on first start in the secret file and kept.

        Raises `StartUpError` when the file cannot be read or written.
        """
        return Secrets(read_or_make_secret(self.secret_path, SECRET_BYTES))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
