"""`yinling voice`: render and pack the prepared voice, try it, measure how much of it is live speech."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import soundfile
import typer
from rich.console import Console

from care.settings import ConfigurationError, settings
from voice_gateway.audio import RATE
from voice_gateway.speaking import inventory
from voice_gateway.speaking.ear_text import hanzi
from voice_gateway.speaking.packs import pack
from voice_gateway.speaking.prepared import FOLDER, read_index
from voice_gateway.speaking.share import Share, read_answers
from voice_gateway.speaking.voice import PACE, SpeakingFailed, Voice

app = typer.Typer(help="The voice of the hotline.", no_args_is_help=True)
console = Console()
SHOWN = 30
"""Live words that `share` lists."""


def _tell(text: str) -> None:
    console.print(f"· {text}", markup=False, highlight=False, soft_wrap=True)


def _fail(text: str) -> typer.Exit:
    console.print(text, style="red", markup=False, highlight=False, soft_wrap=True)
    return typer.Exit(1)


@app.command()
def render(
    model: Annotated[Path | None, typer.Option(help="Folder of the voice model; fetched into it when missing.")] = None,
    studio: Annotated[Path | None, typer.Option(help="Folder of the rendered clips.")] = None,
    folder: Annotated[Path, typer.Option(help="Folder of the prepared voice.")] = FOLDER,
    first: Annotated[
        Path | None, typer.Option(help="Answers that callers heard: what they need is rendered first.")
    ] = None,
    only_pack: Annotated[bool, typer.Option(help="Render nothing, pack what is there.")] = False,
    fresh: Annotated[bool, typer.Option(help="Write all packs anew.")] = False,
) -> None:
    """Renders the clips that are missing and packs them (needs the extra `studio`; can be stopped and gone on with)."""
    model, studio = model or settings().home / "kokoro", studio or settings().home / "studio"
    wanted = inventory.inventory(read_answers(first) if first else ())
    _tell(f"要备好 {len(wanted)} 条")
    if not only_pack:
        from voice_gateway.speaking.kokoro import StudioError, fetch
        from voice_gateway.speaking.render import VOICE, missing, sha_of
        from voice_gateway.speaking.render import render as make

        try:
            fetch(model, VOICE)
            packed_already = {clip.sha for clip in read_index(folder)}
            lacking = [item for item in missing(wanted, studio) if sha_of(item) not in packed_already]
            _tell(f"还差 {len(lacking)} 条，开始录")
            make(lacking, model, studio, lambda text, seconds: _tell(f"{seconds:5.2f} 秒  {text}"))
        except (StudioError, ImportError) as error:
            raise _fail(f"录不了：{error}") from None
        except KeyboardInterrupt:
            _tell("停下了，录好的都留着")
    packed = pack(wanted, studio, folder, fresh)
    _tell(f"装好 {packed.clips} 条，{packed.minutes:.1f} 分钟，{packed.size / 1e6:.1f} MB；新加 {packed.added} 条")
    if packed.left_out:
        _tell(f"超过大小没装进去的 {packed.left_out} 条，都是排在最后的")


@app.command()
def test(
    text: Annotated[
        str, typer.Argument(help="What to say.")
    ] = "您好，这里是银龄热线，我是自动助手。您想办什么事，直接说就行。",
    file: Annotated[Path, typer.Option(help="Where the sound goes.")] = Path("said.wav"),
    pace: Annotated[int, typer.Option(help="Hanzi a minute.")] = PACE,
    louder: Annotated[bool, typer.Option(help="6 dB louder.")] = False,
    accent: Annotated[str, typer.Option(help="cmn (Mandarin) or yue (Cantonese).")] = "cmn",
) -> None:
    """Says a text into a wav file and tells where each clause came from, and how many hanzi a minute that makes."""
    try:
        asyncio.run(_say(text, file, pace, louder, accent))
    except (ConfigurationError, SpeakingFailed) as error:
        raise _fail(str(error)) from None
    _tell(f"写好了：{file}")


async def _say(text: str, file: Path, pace: int, louder: bool, accent: str) -> None:
    voice, spoken, seconds = Voice(), 0, 0.0
    try:
        with soundfile.SoundFile(file, "w", RATE, 1, "PCM_16") as sound:
            async for piece in voice.speak(text, pace=pace, louder=louder, accent=accent):
                _tell(f"{piece.source:9} {len(piece.pcm) / 2 / RATE:5.2f} 秒  {piece.text}")
                sound.buffer_write(piece.pcm, "int16")
                spoken, seconds = spoken + hanzi(piece.text), seconds + len(piece.pcm) / 2 / RATE
        _tell(f"{spoken} 个字，{seconds:.1f} 秒，一分钟 {60 * spoken / max(seconds, 0.1):.0f} 个字")
    finally:
        await voice.close()


@app.command()
def share(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Answers: one to a line, or JSON lines with `say`.")
    ] = None,
    folder: Annotated[Path, typer.Option(help="Folder of the prepared voice.")] = FOLDER,
) -> None:
    """Measures the share of live speech, in hanzi; without a file over the product's own sentences."""
    voice, counted = Voice(prepared=folder), Share()
    texts = [said for file in files or () for said in read_answers(file)]
    for text in texts or [said.text for said in inventory.sayings() if "{" not in said.text]:
        counted.add(voice.planned(text))
    for source, count in counted.hanzi.items():
        _tell(f"{source:9} {count:7} 字")
    _tell(f"现合成的占 {counted.of_live:.1%}")
    for words, times in counted.live.most_common(SHOWN):
        _tell(f"{times:4} 次  {words}")
