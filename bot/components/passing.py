"""People that a speech names in passing: 我去县医院看我姐姐 is no ride for the sister."""

from __future__ import annotations

import re
from typing import List

from bot.components.spans import Span

VISITED = re.compile(
    r"(?:去|到|上(?!门)|往)[^，。,]{0,8}(?:看望|看看|看|照顾|伺候|找|探望|接)(?:一下|下)?(?:一个|个|我)?(?:[^，。,]{0,6}那边的?)?$"
)
"""Before the people to whom somebody goes."""


def kept(spans: List[Span], text: str) -> List[Span]:
    """The spans without those visited, and without lengths that are no more than a vague time (这两天)."""
    vague = [s for s in spans if s.kind in ("time", "told_time") and s.value.get("vague")]
    spans = [
        s for s in spans if not (s.kind == "relation" and VISITED.search(text[: s.start]) and not _comes(text[s.end :]))
    ]
    return [s for s in spans if not (s.kind == "duration" and any(time.overlaps(s) for time in vague))]


def _comes(behind: str) -> bool:
    """Whether those visited are the ones to be helped (去医院接我妈回家，她坐轮椅)."""
    return bool(re.match(r"[^，。]{0,2}(?:回|出院|去|上|下)", behind))
