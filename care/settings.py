"""Configuration: environment variables `CARE_…` or one TOML file named by `CARE_CONFIG`, checked at start."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator
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
    voice_port: int = Field(5075, ge=1, le=65535, description="Own port of the voice gateway, on loopback only.")
    sip_host: str = Field("0.0.0.0", description="Address that the telephone listens on.")
    sip_port: int = Field(5060, ge=1, le=65535, description="SIP over UDP.")
    sip_user: str = Field("12349", description="Number that the hotline answers.")
    sip_public_host: str = Field("", description="Address told to the other side for sound; empty finds it out.")
    sip_peers: list[str] = Field(
        ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7"],
        description="Networks that may call, also those that sound comes from; everybody else gets 403.",
    )
    sip_calls: int = Field(30, ge=1, le=500, description="Calls at once; one more gets 486.")
    sip_caller_rate: int = Field(
        10, ge=1, description="Calls a minute that one caller may begin; a PBX, by its address, six times as many."
    )
    sip_max_minutes: float = Field(30, gt=0, le=240, description="Longest call.")
    sip_registrar: str = Field("", description="host[:port] of the trunk or PBX to register with; empty: none.")
    sip_register_user: str = ""
    sip_register_password: str = ""
    sip_outbound: str = Field("", description="host[:port] for outgoing calls; empty: the registrar.")
    rtp_first: int = Field(40000, ge=1024, le=65534)
    rtp_last: int = Field(40999, ge=1025, le=65535)
    operator_numbers: list[str] = Field([], description="Numbers or SIP addresses of people who take over, in order.")
    emergency_numbers: list[str] = Field(
        [], description="Of 110, 119 and 120 those that the trunk puts callers through to; for others they are told to dial."
    )
    duty_hours: str = Field("08:00-18:00", description="When people can take over, HH:MM-HH:MM.")
    outgoing_hours: str = Field("08:30-20:00", description="When the hotline may call people.")
    outgoing_daily: int = Field(3, ge=0, description="Calls a day to one number.")
    speech_model: Path = Field(ROOT / "voice_gateway" / "model", description="Folder of the Vosk model.")
    recordings: Path | None = Field(None, description="A town's own recordings: wav files and index.tsv.")
    keep_audio_days: int = Field(0, ge=0, le=365, description="Days that the sound of calls is kept; 0: not kept.")
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

    @field_validator("sip_peers")
    @classmethod
    def _networks(cls, value: list[str]) -> list[str]:
        for network in value:
            ipaddress.ip_network(network, strict=False)  # raises ValueError, naming it
        return value

    @field_validator("duty_hours", "outgoing_hours")
    @classmethod
    def _hours(cls, value: str) -> str:
        if not re.fullmatch(r"([01]?\d|2[0-4]):[0-5]\d-([01]?\d|2[0-4]):[0-5]\d", value):
            raise ValueError("must be HH:MM-HH:MM")
        return value

    @field_validator("operator_numbers")
    @classmethod
    def _numbers(cls, value: list[str]) -> list[str]:
        for number in value:
            if not re.fullmatch(r"\d{3,12}|sip:[^\s@<>]+@[^\s@<>]+", number):
                raise ValueError(f"must be digits or sip:user@host, not {number}")
        return value

    @field_validator("rtp_last")
    @classmethod
    def _ports(cls, value: int, info: ValidationInfo) -> int:
        if value <= info.data.get("rtp_first", 0):
            raise ValueError("must be greater than rtp_first")
        return value

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
        names = ("home", "database_url", "web_port", "bot_port", "actions_port", "voice_port", "sip_port", "timezone")
        given = {f"CARE_{name.upper()}": str(getattr(self, name)) for name in names}
        return given | ({"CARE_NOW": self.now.isoformat()} if self.now else {})

    def token(self) -> str:
        """The operator token; made once and kept readable by the owner only when none is configured."""
        if self.operator_token:
            return self.operator_token
        path = self.home / "operator.token"
        if kept := path.read_text().strip() if path.exists() else "":
            return kept
        self.home.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)  # empty: the disk was full
        made = self.home / f"operator.token.{os.getpid()}"
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(18))
        with suppress(FileExistsError):  # another process was faster; its token counts
            os.link(made, path)
        made.unlink()
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
