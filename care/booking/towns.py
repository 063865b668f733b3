"""The town of a booking: city and district, in whatever turn they are told (雁城路十八号 …… 衡阳市雁峰区).

They stand before an address that names none, so that whoever comes, and who is chosen to come, is of that town.
"""

from __future__ import annotations

import re

from care import regions
from care.booking import contact, data
from care.booking.draft import Draft
from care.booking.hearing import Hearing
from care.conversation.model import Conversation
from care.regions import Place
from care.service_list import ServiceItem, providers
from care.settings import settings
from care.turn import Turn

TOWN = "town_told"
"""Memory key of the town told in talk that was no booking."""
CITY, APPLICATION = "city", "application"
LEVELS = (CITY, "district", "town")
ELSEWHERE = ("destination", "hospital")
"""Questions that are answered by where somebody is taken to."""
_KIN = "儿子|女儿|闺女|姑娘|孩子|儿女|子女|娃|伢|仔|囡|孙子|孙女|外孙|媳妇|女婿|弟|妹|哥|姐|老大|老二|老三"
"""Who lives in another town than the elder."""
_LED = re.compile(
    r"(?:^|[，,。；;、！!？?\s]|[在住是家到给]|[我俺咱额她他]们?|[妈爸爹娘婆公]|老人|老人家|这边|那边|那里|就|要|送)$"
)
"""Before the town of somebody, as people say where they are."""
_GOES = re.compile(r"(?:(?<!送)(?<!搬)(?:去|到|回|飞|往|从|来自)|(?:户口|户籍|老家)(?:还|也|就|都)?(?:是|在)?)$")
"""Before a town to which, or from which, somebody goes or comes."""
_BEHIND = re.compile(r"(?:的|那边|这边|那里|这里|那儿|这儿|人|市里|城里|县里|乡下|吧|啊|呀|哦|呢|哈|嘛|嘞|咯|了|诶|住|，|,)*(?:$|[，,。；;、！!？?\s]|有没有|有冇|能不能|可不可以|能|可以)")


def read(hearing: Hearing) -> None:
    """Takes the town told in a turn; an address told before without it gets it."""
    draft, turn = hearing.draft, hearing.turn
    if not draft.region or hearing.asked in ELSEWHERE:
        return
    asked = hearing.asked in ("region", "place")
    told = told_in(turn, draft.region, asked)
    if not told or speaker_there(hearing, told) or told == draft.town:
        return
    before_it, draft.town = draft.town, _together(draft.town, draft.region, told)
    if regions.city_in(draft.region, told) or asked:
        hearing.handled = True
    if not draft.address or turn.all("address") or draft.address in (draft.offered.get("place"), _registered(hearing)):
        return
    address = draft.address.removeprefix(before_it)
    if hearing.corrects and (own := _run(address, draft.region)) and address.startswith(own):
        address = address.removeprefix(own)
    if (whole := before(draft.town, draft.region, address)) != draft.address:
        draft.address = whole
        hearing.set("place")


def keep(conversation: Conversation, turn: Turn) -> None:
    """Remembers the town told in talk that was no booking (衡阳有没有送饭的)."""
    asked = conversation.state == "asking_region"
    region = next((p.region for p in regions.find(turn.text, conversation.region or "", asked) if p.region), "")
    if region and (told := told_in(turn, region, asked)):
        conversation.remember(**{TOWN: {"region": region, "town": told}})


def kept(conversation: Conversation, region: str) -> str:
    """The town told before, where it is in this region."""
    known = conversation.recall(TOWN) or {}
    return str(known["town"]) if known.get("region") == region else ""


def told_in(turn: Turn, region: str, asked: bool = False) -> str:
    """City and district by which a turn says where somebody is; empty where they are told of something else, or say
    no more than the region does."""
    others = regions.elsewhere(turn.text)
    runs = [run for run in _runs(turn.text, region, asked) if run[0].name not in others]
    in_address = [str(one.text) for one in turn.of("address") if one.text]
    for run in reversed(runs):
        start, end = run[0].start, run[-1].end
        named, ahead = turn.text[start:end], turn.text[:start]
        own = bool(_LED.search(ahead)) and not _GOES.search(ahead) and bool(_BEHIND.match(turn.text[end:]))
        if own or any(address.startswith(named) for address in in_address) and not _GOES.search(ahead):
            return named
    return ""


def speaker_there(hearing: Hearing, name: str) -> bool:
    """Whether a town is only where the speaker is, who asks for somebody else (我在深圳，给我妈…), or where children live."""
    turn, draft = hearing.turn, hearing.draft
    if re.search(rf"(?:{_KIN})[^，。]{{0,4}}(?:在|去了?|到|嫁到|跟去){re.escape(name)}", turn.text):
        return True
    other = draft.for_other or draft.role or turn.all("role") or [r for r in turn.all("relation") if r != "self"]
    return bool(other) and bool(
        re.search(
            rf"(?:我|儿子|女儿|闺女|儿媳|媳妇|女婿|孙子|孙女|人)(?:人|现在|这会儿)?(?:就|都)?在{re.escape(name)}",
            turn.text,
        )
    )


def before(town: str, region: str, address: str) -> str:
    """The address with the town before it, as far as it does not name one itself."""
    if not town or not address or town in address or contact.lacks_street(address):
        return address
    own = [place for run in _runs(address, region) for place in run]
    if not own:
        return town + address
    city = next((p for run in _runs(town, region) for p in run if p.level == CITY), None)
    if city is None or any(p.level == CITY for p in own) or any(p.city and p.city != city.city for p in own):
        return address
    return city.name + address


def _together(town: str, region: str, told: str) -> str:
    """The town with what was told of it now: the district of a city, or the city of a district."""
    if told in town:
        return town
    runs = _runs(told, region)
    only_city = all(place.level == CITY for run in runs for place in run)
    of_it = any(place.city == runs[0][0].city for run in _runs(town, region) for place in run) if runs else False
    has_city = any(place.level == CITY for run in _runs(town, region) for place in run)
    return told + town if only_city and of_it and not has_city else before(town, region, told)


def like(known: str, region: str, address: str) -> str:
    """An address that names no town, in that of another one (of the same order, say)."""
    own = _run(known, region)
    return before(own if known.startswith(own) else "", region, address)


def lacking(draft: Draft, item: ServiceItem) -> bool:
    """Whether it is not known in which city of a region with several the address is, although that says who comes."""
    if not draft.address or draft.region == settings().default_region or item.kind == APPLICATION or "place" not in item.slots:
        return False
    return bool(regions.cities(draft.region)) and not _known(draft)


def _known(draft: Draft) -> bool:
    """Whether the city is known, or the address is that of a place that somebody covers by name."""
    if regions.city_in(draft.region, draft.town + draft.address):
        return True
    covered = [name for one in providers(draft.region, draft.service) for name in one.communities]
    return any(name in draft.address for name in covered)


def unserved(draft: Draft, item: ServiceItem) -> str:
    """The city in which nobody does what is wanted, although others of the region do; empty elsewhere."""
    city = regions.city_in(draft.region, draft.address or draft.town)
    return "" if not city or providers(draft.region, item.code, city) else city


def warn(hearing: Hearing) -> None:
    """Says it once the town is known in which nobody does what is wanted."""
    draft, item = hearing.draft, hearing.item
    if item is None or not {"place", "region", "service"} & set(hearing.changed):
        return
    if (city := unserved(draft, item)) and city not in draft.warned:
        draft.warned = [*draft.warned, city]
        hearing.note("no_station_there", city=city, service=data.service_name(item))


def _registered(hearing: Hearing) -> str:
    person = hearing.conversation.person
    return person.address if person else ""


def _run(text: str, region: str) -> str:
    runs = _runs(text, region)
    return text[runs[0][0].start : runs[0][-1].end] if runs else ""


def _runs(text: str, region: str, asked: bool = False) -> list[list[Place]]:
    """The names of a city or district of the region that a text names, those said as one together (衡阳市雁峰区); the region's
    own name alone adds nothing where the region is a city."""
    runs: list[list[Place]] = []
    for place in regions.find(text, region, asked):
        if place.region != region or place.level not in LEVELS or regions.names_a_road(text, place.name, place.end):
            continue
        if runs and runs[-1][-1].end == place.start:
            runs[-1].append(place)
        else:
            runs.append([place])
    several = bool(regions.cities(region))
    return [run for run in runs if several or any(place.level != CITY for place in run)]
