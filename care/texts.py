"""The sentences that the product says: `care/texts/<capability>.yaml`, so that a town can change them without code.

An entry is a string, or a mapping with `say` and optionally `show` and `choices` (`title`, `value`), or a list of
such entries: a list is a ladder, where attempt 0 is the normal wording and later attempts are rephrased.
Placeholders are `{name}` as in `str.format`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from care.reply import Choice, Command, Reply

FOLDER = Path(__file__).with_name("texts")


@lru_cache
def _table(capability: str) -> dict[str, Any]:
    with (FOLDER / f"{capability}.yaml").open(encoding="utf-8") as file:
        return yaml.safe_load(file)


def has(key: str) -> bool:
    """Whether there is a text under `capability.name`."""
    capability, name = key.split(".", 1)
    return name in _table(capability)


def reply(
    key: str,
    /,
    *,
    attempt: int = 0,
    command: Command | None = None,
    card: dict[str, Any] | None = None,
    choices: tuple[Choice, ...] | None = None,
    **values: Any,
) -> Reply:
    """The reply stored under `capability.name`, filled in.

    Args:
        key: such as `booking.ask_date`.
        attempt: how often this was asked before without success; chooses the rung of a ladder.
        command: passed on to the channel.
        card: passed on to the screen.
        choices: instead of those in the file.
        values: for the placeholders.

    Raises:
        KeyError: no such text, or a placeholder without a value.
    """
    capability, name = key.split(".", 1)
    entry = _table(capability)[name]
    if isinstance(entry, list):
        entry = entry[min(attempt, len(entry) - 1)]
    if isinstance(entry, str):
        entry = {"say": entry}
    stored = tuple(
        Choice(str(c["title"]).format(**values), str(c["value"]).format(**values)) for c in entry.get("choices", ())
    )
    return Reply(
        say=entry["say"].format(**values),
        show=entry.get("show", "").format(**values),
        choices=stored if choices is None else choices,
        command=command,
        card=card,
    )


def phrase(key: str, /, **values: Any) -> str:
    """The spoken words stored under a key, for building into a longer sentence."""
    return reply(key, **values).say
