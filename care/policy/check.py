"""A developer's check: every quote on file stands in the published text, blanks aside."""

from __future__ import annotations

import re
from pathlib import Path

from care.policy.records import REGION_FILES, library

SEED_PREFIXES = {"yangling": "000_", "hunan": "001_", "nanchang": "002_", "changchun": "003_", "dongguan": "004_"}
PAGE_MARK = re.compile(r"\d{1,2}、")
"""Page numbers that one source puts into the middle of words."""


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("，", ",").replace("\u3000", "")


def check_quotes(seeds_folder: Path | str) -> list[str]:
    """The faults found: quotes that the seed text of their document does not contain.

    Args:
        seeds_folder: folder with the five documents as published.

    Raises:
        FileNotFoundError: a document is missing there.
    """
    texts: dict[str, str] = {}
    for region in REGION_FILES:
        files = sorted(Path(seeds_folder).glob(f"{SEED_PREFIXES[region]}*.txt"))
        if not files:
            raise FileNotFoundError(f"no seed text for {region} in {seeds_folder}")
        texts[region] = _bare(files[0].read_text(encoding="utf-8"))
    faults = []
    for record in library().records.values():
        if record.document not in texts:
            continue
        quote, text = _bare(record.quote), texts[record.document]
        if quote not in text and PAGE_MARK.sub("", quote) not in PAGE_MARK.sub("", text):
            faults.append(f"{record.document}.yaml，{record.id}：原文里没有这句：{record.quote}")
    return faults
