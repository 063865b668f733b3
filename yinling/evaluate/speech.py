"""How well callers are heard: characters and facts, per voice and condition of the line, with and without repair."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from pypinyin import lazy_pinyin
from rich.progress import Progress
from rich.table import Table

from voice_gateway.audio import FRAME_BYTES, SILENCE
from voice_gateway.listening import Expectation, Hearing, Utterance
from yinling.evaluate.channel import CONDITIONS, Sound, load, pcm
from yinling.evaluate.heldout import FOLDER
from yinling.evaluate.heldout import load as load_set
from yinling.evaluate.understanding import Parse

CLIPS = FOLDER / "speech"
LEAD_FRAMES = 15
TAIL_FRAMES = 150
"""Silence before and after, in frames of 20 ms; long enough for any patience."""
NAMES, ADDRESSES = "神经·姓名", "神经·地址"
VOICES = {"espeak": "合成", "zf": "神经·女", "zm": "神经·男", "human": "真人", "names": NAMES, "addresses": ADDRESSES}
"""Kinds of recordings by the beginning of their names; the people's were kept out of training, like the voices."""
BY_SOUND = (NAMES, ADDRESSES)
"""What is right when it sounds right: nobody can hear whether somebody is 刘 or 柳."""
REGION = "hunan"
UNSPOKEN = re.compile(r"[^\w]|_")


@dataclass
class Heard:
    """Counts for one voice on one kind of line."""

    phrases: int = 0
    exact: int = 0
    characters: int = 0
    wrong: int = 0
    facts: int = 0
    facts_right: int = 0
    raw_wrong: int = 0
    faults: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, float | int]:
        """Shares, 0 to 1."""
        return {
            "phrases": self.phrases,
            "exact": round(self.exact / (self.phrases or 1), 4),
            "cer": round(self.wrong / (self.characters or 1), 4),
            "cer_unrepaired": round(self.raw_wrong / (self.characters or 1), 4),
            "facts": round(self.facts_right / (self.facts or 1), 4),
        }


@dataclass(frozen=True)
class Phrase:
    """One recording and what was said."""

    voice: str
    said: str
    asking: str
    sound: Path


def phrases(folder: Path = CLIPS) -> Iterator[Phrase]:
    """The recordings of the repository: neural voices that no model was trained on, and people."""
    for case in load_set("speech"):
        for path in sorted(folder.glob(f"*-{case['id']}.ogg")):
            yield Phrase(VOICES[path.stem.split("_")[0]], case["say"], case["asking"], path)


def run(parse: Parse, models: list[Path], folder: Path, progress: Progress, faults: bool) -> None:
    """Measures each model; prints tables, writes `speech.json`."""
    figures = {}
    for model in models:
        task = progress.add_task(f"speech {model.name}", total=len(list(phrases())))
        counts = asyncio.run(measure(parse, model, lambda task=task: progress.advance(task)))
        figures[model.name] = {voice: {} for voice, _ in counts}
        table = Table("声音", "线路", "句", "全对", "字错率", "不修正", "意思对", title=model.name)
        for (voice, condition), heard in counts.items():
            shares = figures[model.name][voice][condition] = heard.as_dict()
            cells = (f"{shares[name]:.1%}" for name in ("exact", "cer", "cer_unrepaired", "facts"))
            table.add_row(voice, condition, str(heard.phrases), *cells)
            if faults:
                for fault in heard.faults:
                    progress.console.print(f"[{voice}·{condition}] {fault}", markup=False, highlight=False)
        progress.console.print(table)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "speech.json").write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


async def measure(
    parse: Parse, model: Path, step: Callable[[], None], region: str = REGION
) -> dict[tuple[str, str], Heard]:
    """Plays every recording over every line and compares what is understood with what was said."""
    hearing = Hearing(model)
    await hearing.ready()
    counts: dict[tuple[str, str], Heard] = {}
    for number, phrase in enumerate(phrases()):
        sound = load(str(phrase.sound))
        wanted = _facts(parse(phrase.said))
        for condition, line in CONDITIONS.items():
            spoken = line(sound, np.random.default_rng(number))
            said = await _listen(hearing, spoken, phrase.asking, region)
            count = counts.setdefault((phrase.voice, condition), Heard())
            _add(count, phrase, said, wanted, parse)
        step()
    hearing.close()
    return counts


async def _listen(hearing: Hearing, sound: Sound, asking: str, region: str) -> list[Utterance]:
    ear = hearing.ear()
    ear.expect(Expectation.of(_state(asking), [], region))
    data = SILENCE * LEAD_FRAMES + pcm(sound) + SILENCE * TAIL_FRAMES
    said = []
    for start in range(0, len(data), FRAME_BYTES):
        said += [event for event in await ear.feed(data[start : start + FRAME_BYTES]) if isinstance(event, Utterance)]
    await ear.close()
    return said


def _state(asking: str) -> str:
    return {"": "idle", "confirm": "confirming"}.get(asking, f"asking_{asking}")


def _add(count: Heard, phrase: Phrase, said: list[Utterance], wanted: set[tuple[str, str]], parse: Parse) -> None:
    text = "".join(one.text for one in said)
    compared = lazy_pinyin if phrase.voice in BY_SOUND else str
    truth, heard = compared(_plain(phrase.said)), compared(_plain(text))
    wrong = distance(truth, heard)
    count.phrases += 1
    count.exact += not wrong
    count.characters += len(truth)
    count.wrong += wrong
    count.raw_wrong += distance(truth, compared(_plain("".join(one.raw for one in said))))
    found = _facts(parse(text)) if wrong and text else wanted if text else set()
    count.facts += len(wanted)
    count.facts_right += len(wanted & found)
    if wrong:
        count.faults.append(f"{phrase.said}：听成 {text or '（没听见）'}")


def _facts(understood: dict[str, Any]) -> set[tuple[str, str]]:
    """The intent and the entities of a sentence: what the dialogue goes by."""
    found = {("intent", understood["intent"]["name"])}
    return found | {(e["entity"], str(e["value"])) for e in understood["entities"]}


def _plain(text: str) -> str:
    return UNSPOKEN.sub("", text).replace("幺", "一")


def distance(wanted: Sequence[str], heard: Sequence[str]) -> int:
    """How many characters (or syllables) have to be put in, left out or exchanged (Levenshtein)."""
    row = list(range(len(heard) + 1))
    for i, a in enumerate(wanted, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(heard, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]
