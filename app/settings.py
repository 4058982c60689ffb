"""Every setting, read once from the environment or ``.env``. Secrets are SecretStr and have no default."""

from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AwareDatetime, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_ENGINES = frozenset({"sqlite", "postgresql", "postgres"})
_SHORTEST_KEY = 32


class UnsafeSettings(Exception):
    """The service would not be safe with these settings, and says why."""


class Settings(BaseSettings):
    """Names are the environment's in lower case; ``.env.example`` explains each (a test compares the two)."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    database_url: str = "sqlite:///data/pekanbaru.db"
    public_url: str = "http://localhost:8000"
    secret_key: SecretStr = SecretStr("")

    facebook_page_id: str = ""
    facebook_page_token: SecretStr = SecretStr("")
    facebook_app_id: str = ""
    facebook_app_secret: SecretStr = SecretStr("")
    facebook_app_secret_previous: SecretStr = SecretStr("")
    facebook_verify_token: SecretStr = SecretStr("")
    facebook_graph_url: str = "https://graph.facebook.com"
    facebook_graph_version: str = "v26.0"

    telegram_bot_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_secret: SecretStr = SecretStr("")

    media_dir: Path = Path("data/media")
    media_hosts: str = "fbcdn.net,fbsbx.com,facebook.com,cdninstagram.com"
    go_live_at: AwareDatetime | None = None
    close_after_days: Annotated[int, Field(ge=1, le=365)] = 10
    burst_seconds: Annotated[float, Field(ge=0, le=60)] = 3.0

    metrics_token: SecretStr = SecretStr("")
    triage_team_name: str = "Humas Pemko Pekanbaru"
    log_level: Annotated[str, Field(pattern="^(DEBUG|INFO|WARNING|ERROR)$")] = "INFO"

    @field_validator("database_url")
    @classmethod
    def _database_is_one_we_speak(cls, url: str) -> str:
        # Without the value in the sentence: there may be a password in it.
        sentence = "must begin with sqlite:/// or postgresql://"
        try:
            engine = make_url(url).get_backend_name()
        except ArgumentError as error:
            raise ValueError(sentence) from error
        if engine not in _ENGINES:
            raise ValueError(sentence)
        return url

    @model_validator(mode="after")
    def _public_address_is_safe(self) -> Self:
        address = urlsplit(self.public_url)
        if address.scheme != "https" and not self.is_local:
            raise ValueError("PUBLIC_URL must be https, except on localhost")
        return self

    @property
    def is_local(self) -> bool:
        return urlsplit(self.public_url).hostname in _LOCAL

    @property
    def app_secrets(self) -> tuple[str, ...]:
        """The current app secret and, while it is being changed, the previous one."""
        both = (self.facebook_app_secret, self.facebook_app_secret_previous)
        return tuple(secret.get_secret_value() for secret in both if secret.get_secret_value())

    def refuse_if_unsafe(self) -> None:
        """What ``serve`` and ``work`` cannot do without. Raises UnsafeSettings."""
        if not self.app_secrets:
            raise UnsafeSettings("FACEBOOK_APP_SECRET is empty: anybody could forge a citizen's message")
        if not self.facebook_page_id:
            raise UnsafeSettings("FACEBOOK_PAGE_ID is empty: we would not know which page is ours")
        if not self.is_local and "://" in self.media_hosts:
            raise UnsafeSettings("MEDIA_HOSTS names an origin: that is for a demo on this machine only")
        if not self.is_local and len(self.secret_key.get_secret_value()) < _SHORTEST_KEY:
            raise UnsafeSettings(f"SECRET_KEY needs at least {_SHORTEST_KEY} characters on a public address")

    def signing_key(self) -> bytes:
        """The key of citizens' links. On localhost the app secret stands in for a missing SECRET_KEY."""
        own = self.secret_key.get_secret_value()
        return (own or f"links:{self.facebook_app_secret.get_secret_value()}").encode()


def load_settings() -> Settings:
    """From the environment and ``.env`` in the working folder."""
    return Settings(_env_file=Path(".env"))
