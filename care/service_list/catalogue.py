"""The service list and its providers, read from `care/data`, checked field by field.

`service_list/base.yaml` holds the rows that towns share; `service_list/<region>.yaml` says what differs there
(`change`), what is missing (`without`), what is extra (`add`) and who pays less (`relief`). `providers.yaml` lists
who does the work: demonstration data, invented names. A new service is a new row.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from care.regions import city_in

DATA = Path(__file__).resolve().parent.parent / "data"
BASE = "base.yaml"
GENERAL = ""
"""Stands for no region in particular."""
BOOKING_SLOTS = frozenset(
    {
        "service",
        "region",
        "person",
        "name",
        "date",
        "time",
        "place",
        "quantity",
        "diet",
        "bath_place",
        "health",
        "medical_task",
        "hospital",
        "department",
        "destination",
        "wheelchair",
        "cleaning_task",
        "aid",
        "duration",
        "problem",
        "mobility",
        "phone",
    }
)
"""Questions that the booking dialogue knows how to ask."""
DAY_PARTS = Literal["dawn", "morning", "noon", "afternoon", "evening"]


class CatalogueError(Exception):
    """The data cannot be used; the message names file, row and field."""


def _clock(value: str) -> str:
    hour, _, minute = value.partition(":")
    if len(value) != 5 or not (hour + minute).isdigit() or int(hour) > 23 or int(minute) > 59:
        raise ValueError(f"不是“时:分”：{value}")
    return value


Clock = Annotated[str, AfterValidator(_clock)]
Weekday = Annotated[int, Field(ge=1, le=7)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


T = TypeVar("T", bound=_Row)


class Relief(_Row):
    """Who pays less or nothing, as the region's document says."""

    say: str
    brief: str
    """The same for the ear, as short as can be."""
    record: str
    """Id of the policy record."""
    applies: tuple[str, ...]
    """Service codes."""


class Variant(_Row):
    """Another price for one answer to one question (kitchen instead of the whole home)."""

    slot: str
    value: str
    price: Decimal
    unit: str
    source: str


class Answer(_Row):
    """A ready answer to a question about a service."""

    ask: tuple[str, ...] = Field(min_length=1)
    """Words of the question; one is enough."""
    say: str


class ServiceItem(_Row):
    """One service as one region offers it."""

    code: str
    name: str
    """As on the list."""
    say_name: str
    """As said in conversation."""
    aliases: tuple[str, ...]
    """Elders' words for it, north and south; the understanding learns them too."""
    kind: Literal["visit", "delivery", "application", "rental", "place"]
    audience: str
    content: str
    standard: str
    """Standard or clause it goes by, for the screen."""
    record: str = ""
    """Policy record of this region that names it, if one does."""
    who: str
    """Who comes."""
    payer: Literal["free", "subsidised", "paid"]
    price: Decimal | None = None
    """Yuan per unit; none = not known here."""
    price_unit: str = ""
    price_source: str = ""
    """Record that the demonstration price was modelled on."""
    price_note: str = ""
    """What comes on top, in spoken words."""
    variants: tuple[Variant, ...] = ()
    minutes: int = Field(gt=0)
    """How long it usually takes."""
    preconditions: tuple[str, ...] = ()
    lead_hours: int = Field(0, ge=0)
    """It must be booked at least so long before it starts."""
    hours: tuple[tuple[Clock, Clock], ...]
    """When it can start, several intervals a day; the end itself is too late."""
    usual: dict[DAY_PARTS, Clock] = {}
    """The time meant by a part of the day, where one is plain."""
    weekdays: tuple[Weekday, ...]
    on_holidays: bool
    slot_minutes: int = Field(0, ge=0)
    """Length of a bookable slot; 0 = the whole day is one."""
    capacity: int = Field(0, ge=0)
    """Places per slot; 0 = nothing to run out of (applications)."""
    slots: tuple[str, ...]
    """What the booking dialogue asks, in order."""
    diets: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    """Health flags with which it is not booked (X-D-31)."""
    answers: tuple[Answer, ...] = ()
    """Ready answers to what people ask about it."""
    region: str
    relief: Relief | None = None

    @property
    def price_demo(self) -> bool:
        """Whether the price is demonstration data."""
        return bool(self.price)

    @property
    def timed(self) -> bool:
        """Whether it takes place at a time that has to be agreed."""
        return self.slot_minutes > 0

    @property
    def dated(self) -> bool:
        """Whether it takes place on a day that has to be agreed (an application does not)."""
        return self.kind != "application"

    @model_validator(mode="after")
    def _sound(self) -> ServiceItem:
        unknown = set(self.slots) - BOOKING_SLOTS
        if unknown:
            raise ValueError(f"slots 里有不认识的问题：{'、'.join(sorted(unknown))}")
        if any(start >= end for start, end in self.hours):
            raise ValueError("hours 的结束要晚于开始")
        if self.price is not None and self.price > 0 and not self.price_source:
            raise ValueError("有价格就要写 price_source")
        if (self.kind == "application") == bool(self.capacity):
            raise ValueError("申请类不设 capacity，其他服务要设")
        if not self.aliases:
            raise ValueError("aliases 不能空")
        for time in self.usual.values():
            if not any(start <= time < end for start, end in self.hours):
                raise ValueError(f"usual 里的 {time} 不在服务时间里")
        return self


class Provider(_Row):
    """Somebody who carries services out. Demonstration data."""

    id: str
    name: str
    region: str
    communities: tuple[str, ...]
    """Communities and districts covered; matched against addresses."""
    grade: str
    services: tuple[str, ...]
    address: str
    hours: str
    """Opening hours in spoken words."""
    demo: bool = True


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open(encoding="utf-8") as file:
            content = yaml.safe_load(file)
    except (OSError, yaml.YAMLError) as error:
        raise CatalogueError(f"{path.name} 读不了：{error}") from error
    if not isinstance(content, dict):
        raise CatalogueError(f"{path.name} 应当是一张表")
    return content


def _checked(model: type[T], row: dict[str, Any], file: str, label: str) -> T:
    try:
        return model.model_validate(row)
    except ValidationError as error:
        faults = "；".join(f"{'.'.join(map(str, e['loc'])) or '整行'}：{e['msg']}" for e in error.errors())
        raise CatalogueError(f"{file} 的“{label}”有误：{faults}") from error


def load(folder: Path) -> dict[str, dict[str, ServiceItem]]:
    """The service list of every region in a folder: region → code → item; `""` holds what is common to all.

    Raises:
        CatalogueError: naming file, row and field.
    """
    base: dict[str, dict[str, Any]] = {}
    for row in _read(folder / BASE).get("services", []):
        if row.get("code") in base:
            raise CatalogueError(f"{BASE} 里“{row['code']}”写了两遍")
        base[row.get("code")] = row
    towns = {
        town["region"]: _town(town, base, path.name)
        for path in sorted(folder.glob("*.yaml"))
        if path.name != BASE and (town := _read(path))
    }
    return {GENERAL: _town({"region": GENERAL}, base, BASE), **towns}


def _town(town: dict[str, Any], base: dict[str, dict[str, Any]], file: str) -> dict[str, ServiceItem]:
    changes, without = town.get("change") or {}, town.get("without") or []
    for code in [*changes, *without]:
        if code not in base:
            raise CatalogueError(f"{file} 改了或去掉了 {BASE} 里没有的“{code}”")
    relief = _checked(Relief, town["relief"], file, "relief") if town.get("relief") else None
    rows = [{**row, **changes.get(code, {})} for code, row in base.items() if code not in without]
    listed: dict[str, ServiceItem] = {}
    for row in [*rows, *(town.get("add") or [])]:
        code = row.get("code")
        if code in listed:
            raise CatalogueError(f"{file} 里“{code}”写了两遍")
        more = row.pop("more_aliases", [])
        full = {**row, "aliases": [*row.get("aliases", []), *more], "region": town["region"]}
        if relief and code in relief.applies:
            full["relief"] = relief
        listed[code] = _checked(ServiceItem, full, file, code)
    return listed


@lru_cache
def _catalogue() -> dict[str, dict[str, ServiceItem]]:
    return load(DATA / "service_list")


@lru_cache
def general_answers() -> tuple[Answer, ...]:
    """Ready answers to questions about any service."""
    rows = _read(DATA / "service_list" / BASE).get("general", [])
    return tuple(_checked(Answer, row, BASE, "general") for row in rows)


@lru_cache
def _providers() -> tuple[Provider, ...]:
    file = DATA / "providers.yaml"
    found = tuple(_checked(Provider, row, file.name, str(row.get("id"))) for row in _read(file)["providers"])
    for one in found:
        for code in one.services:
            if item(one.region, code) is None:
                raise CatalogueError(f"{file.name} 的“{one.id}”：{one.region} 没有服务“{code}”")
    return found


def regions() -> list[str]:
    """The regions that have a service list."""
    return [region for region in _catalogue() if region != GENERAL]


def items(region: str) -> list[ServiceItem]:
    """Every service of a region, in the order of the list; nothing for an unknown region."""
    return list(_catalogue().get(region, {}).values()) if region else []


def item(region: str, code: str) -> ServiceItem | None:
    """One service of a region, or nothing if it is not offered there."""
    return _catalogue().get(region, {}).get(code) if region else None


def general(code: str) -> ServiceItem | None:
    """The service as most regions offer it, to speak of it while the region is unknown."""
    return _catalogue()[GENERAL].get(code)


def general_items() -> list[ServiceItem]:
    """The services that the base list has, to speak of while the region is unknown."""
    return list(_catalogue()[GENERAL].values())


def anywhere(code: str) -> list[ServiceItem]:
    """The service in every region that offers it."""
    return [found for region in regions() if (found := item(region, code))]


@lru_cache
def aliases() -> dict[str, str]:
    """Every word for a service → its code, over all regions; for the lexicon of the understanding."""
    words: dict[str, str] = {}
    for listed in _catalogue().values():
        for one in listed.values():
            for word in (one.say_name, *one.aliases):
                words.setdefault(word, one.code)
    return words


def providers(region: str, code: str | None = None, community: str = "") -> list[Provider]:
    """Who works in a region, those who cover the place named in `community` (a community or an address) first.

    Where that is in one of several cities of a region, only those who work in that city or in all of the region.
    """
    there = [one for one in _providers() if one.region == region and (code is None or code in one.services)]
    if city := city_in(region, community):
        there = [one for one in there if city in (cities := _cities_of(one)) or not cities]
    return sorted(there, key=lambda one: not any(name in community for name in one.communities))


@lru_cache
def _cities_of(one: Provider) -> frozenset[str]:
    """The cities of its region in which a provider works; empty for all of it."""
    return frozenset({city_in(one.region, name) for name in (*one.communities, one.address)} - {""})


def provider(provider_id: str) -> Provider | None:
    """One provider by id."""
    return next((one for one in _providers() if one.id == provider_id), None)
