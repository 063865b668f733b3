"""Configuration: environment variables `CARE_…` or one TOML file named by `CARE_CONFIG`, checked at start."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Every setting of the product; the environment wins over the TOML file."""

    model_config = SettingsConfigDict(env_prefix="CARE_", extra="ignore")

    home: Path = Field(ROOT / "var", description="Folder of the database, the trained model, logs and tokens.")
    database_url: str = Field("", description="SQLAlchemy address; empty means SQLite in `home`.")
    host: str = Field("127.0.0.1", description="Address that the web server binds to.")
    web_port: int = Field(8000, ge=1, le=65535)
    bot_port: int = Field(5005, ge=1, le=65535)
    actions_port: int = Field(5055, ge=1, le=65535)
    operator_token: str = Field("", description="Token of the operator interface; empty means one kept in `home`.")
    now: datetime | None = Field(None, description="Fixes 'now' for every relative date (ISO 8601).")
    timezone: str = "Asia/Shanghai"
    default_region: Literal["", "yangling", "hunan", "nanchang", "changchun", "dongguan"] = Field(
        "", description="Region id of a town's own installation; empty asks the caller."
    )
    bot_timeout: float = Field(6.0, gt=0, le=60, description="Seconds to wait for the bot before degrading.")
    max_text: int = Field(500, ge=50, le=5000, description="Longest message taken in whole, in characters.")
    rate_conversation: int = Field(60, ge=1, description="Turns a minute that one conversation may take.")
    rate_address: int = Field(1200, ge=1, description="Turns a minute that one network address may take.")
    trust_local: bool = Field(
        True,
        description="Requests from this machine may name the caller's phone and are not limited, as with the token.",
    )
    log_level: str = "INFO"

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        level = value.upper()
        if level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return level

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        toml = os.environ.get("CARE_CONFIG")
        sources: tuple[PydanticBaseSettingsSource, ...] = (init_settings, env_settings)
        return sources + ((TomlConfigSettingsSource(settings_cls, Path(toml)),) if toml else ())

    @property
    def database(self) -> str:
        """The database address in force."""
        return self.database_url or f"sqlite:///{self.home / 'yinling.db'}"

    @property
    def bot_url(self) -> str:
        """Address of the bot, on loopback only."""
        return f"http://127.0.0.1:{self.bot_port}"

    def environment(self) -> dict[str, str]:
        """What other processes of the product need to know, as environment variables."""
        names = ("home", "database_url", "web_port", "bot_port", "actions_port", "timezone")
        given = {f"CARE_{name.upper()}": str(getattr(self, name)) for name in names}
        return given | ({"CARE_NOW": self.now.isoformat()} if self.now else {})

    def token(self) -> str:
        """The operator token; made once and kept readable by the owner only when none is configured."""
        if self.operator_token:
            return self.operator_token
        path = self.home / "operator.token"
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                return path.read_text().strip()
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(18))
        return path.read_text().strip()


class ConfigurationError(Exception):
    """The configuration cannot be used; the message names every faulty setting."""


@lru_cache
def settings() -> Settings:
    """The settings of this process.

    Raises:
        ConfigurationError: naming every setting that is wrong.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = "；".join(f"CARE_{'_'.join(map(str, e['loc'])).upper()}：{e['msg']}" for e in error.errors())
        raise ConfigurationError(f"配置有误：{faults}") from error
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"配置文件读不了：{error}") from error
