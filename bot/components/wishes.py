"""Which of the services named in a sentence are wished for: 请人陪诊，不要轮椅 wants no rental, a long story wants what
is asked for in the end."""

from __future__ import annotations

import re
from typing import List, Sequence

from bot.components.spans import Span

RENTAL = "aids_rental"
RENTS = re.compile(r"租|借|出租|赁|领一?[个辆台副张]|想要|要[一个辆台副张]|弄[一个辆]|买")
REFUSED = re.compile(r"(?:不要|不用|不需要|不坐|唔要|唔使|冇|没有|用不着|莫要|甭|别)(?:给|带|推|准备|送|再|那个|什么|啥|个){0,2}$")
REFUSED_REACH = 6
NOT_THERE = re.compile(r"[^，。,]{0,3}(?:太远|好远|远得|去不了|去不动|走不到|走不动|不想去|不愿去|不去|不方便|洗不了|没地方洗|冇地方|太冷|太小)")
"""What is said of the place that is not meant (在家里洗，站里太远了)."""
LONG = 100
"""Characters from which a speech is searched for its wish."""
WISH = re.compile(r"想|要|帮|给我|给俺|给额|能不能|可不可以|可以|请|麻烦|约|订|定|安排|办|申请|派|叫个|找个|有没有")
WISH_REACH = 14
"""Characters between the word of wishing and the service."""


def wished(spans: List[Span], text: str) -> List[Span]:
    """The spans without services that are only mentioned."""
    spans = [span for span in spans if span.kind != "aid" or not REFUSED.search(text[max(0, span.start - REFUSED_REACH) : span.start])]
    spans = _places_meant(spans, text)
    services = [span for span in spans if span.kind == "service"]
    if not services:
        return spans
    kept = _long(services, text) if len(text) > LONG else services
    kept = _not_refused(kept, text)
    return [span for span in spans if span.kind != "service" or span in kept]


def _places_meant(spans: List[Span], text: str) -> List[Span]:
    """Of two places to bathe the one that nothing is said against."""
    places = [span for span in spans if span.kind == "bath_place"]
    if len({span.value for span in places}) < 2:
        return spans
    against = [span for span in places if NOT_THERE.match(text[span.end :])]
    return [span for span in spans if span not in against] if len(against) < len(places) else spans


def _not_refused(services: Sequence[Span], text: str) -> List[Span]:
    """An aid that is refused is no rental; one that is only mentioned is none beside another service."""
    kept = []
    others = any(span.value != RENTAL for span in services)
    for span in services:
        refused = REFUSED.search(text[max(0, span.start - REFUSED_REACH) : span.start])
        if span.value == RENTAL and (refused or (others and not RENTS.search(text))):
            continue
        kept.append(span)
    return kept


def _long(services: Sequence[Span], text: str) -> List[Span]:
    """Of a long story the service wished for last, and whatever is named in the same breath."""
    wanted = [s for s in services if WISH.search(text[max(0, s.start - WISH_REACH) : s.end])]
    return [s for s in wanted if wanted[-1].start - s.end <= WISH_REACH] if wanted else []
