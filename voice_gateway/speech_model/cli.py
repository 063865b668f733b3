"""`yinling speech-model`: material, training, export, test, and the official model where there is internet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from care.settings import settings

app = typer.Typer(help="The small Mandarin model for Vosk: how it is made and tested.", no_args_is_help=True)
console = Console()
WORK = Path("var/speech-model")
Work = Annotated[Path, typer.Option(help="Folder of the material and the checkpoints.")]
Model = Annotated[Path, typer.Option(help="Folder of the model.")]
BUNDLED = Path(__file__).resolve().parent.parent / "model"
LIMIT = 12_000_000


def _tell(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _one_sentence() -> Iterator[None]:
    """Turns what an operator can mend into one sentence and exit code 1."""
    try:
        yield
    except ModuleNotFoundError as error:
        _tell(f"缺少 {error.name}：先装制作语音模型的附加包（pip install '.[studio]'）")
        raise typer.Exit(1) from None
    except (RuntimeError, ValueError, OSError) as error:
        _tell(str(error))
        raise typer.Exit(1) from None


@app.command()
def data(
    material: Annotated[Path, typer.Argument(help="Folder with audio-cmn-24k.tar, aishell-S0150.tar, kokoro-zh.tar.")],
    kokoro: Annotated[Path | None, typer.Option(help="Folder with kokoro.onnx, vocab.json and voices/.")] = None,
    neural: Annotated[int, typer.Option(help="More neural clips, each in a voice of its own.")] = 1200,
    short: Annotated[int, typer.Option(help="Neural clips of single words and answers (a few fail).")] = 1200,
    espeak: Annotated[int, typer.Option(help="espeak-ng clips.")] = 9000,
    seed: int = 101,
    work: Work = WORK,
) -> None:
    """Puts all speech to train and test on upon the shelves, at 8 kHz."""
    with _one_sentence():
        from voice_gateway.speech_model import material as shop
        from voice_gateway.speech_model.corpus import Shelf

        shelves = work / "shelves"
        _tell(f"human words: {shop.human_words(material / 'audio-cmn-24k.tar', shelves)}")
        _tell(f"reader's sentences: {shop.reader(material / 'aishell-S0150.tar', shelves)}")
        _tell(f"ready neural clips: {shop.ready_clips(material / 'kokoro-zh.tar', shelves)}")
        _tell(
            f"espeak-ng: {shop.espeak(shelves, espeak, seed)}, kept for tests {shop.espeak(shelves, 150, seed + 1, kept=True)}"
        )
        if kokoro:
            from voice_gateway.speech_model.neural import render

            render(kokoro, shelves, "reserved", 150, seed + 2, _tell)
            render(kokoro, shelves, "chosen", 50, seed + 3, _tell)
            render(kokoro, shelves, "neural", neural, seed, _tell)
            render(kokoro, shelves, "short", short, seed + 4, _tell)
        for path in sorted(shelves.glob("*.tsv")):
            shelf = Shelf(shelves, path.stem)
            _tell(f"{path.stem:12s} {len(shelf.clips()):6d} clips {shelf.hours():6.2f} h")


@app.command()
def train(
    minutes: Annotated[
        float, typer.Option(help="Time at the machine in all; a second run goes on with the rest.")
    ] = 180,
    threads: int = 2,
    width: Annotated[int, typer.Option(help="Neurons of a layer.")] = 384,
    warm: Annotated[Path | None, typer.Option(help="Weights to begin with; narrower ones are widened.")] = None,
    peak: Annotated[
        float, typer.Option(help="Highest learning rate; half of it when going on from good weights.")
    ] = 1.6e-3,
    seed: int = 0,
    work: Work = WORK,
) -> None:
    """Trains the network; stop it when you like, it goes on from the last checkpoint."""
    with _one_sentence():
        from voice_gateway.speech_model.train import train as run

        (work / "checkpoints").mkdir(parents=True, exist_ok=True)
        run(work / "shelves", work / "checkpoints" / "main.pt", minutes, width, threads, warm, _tell, seed, peak=peak)


@app.command()
def export(
    checkpoint: Annotated[
        Path | None, typer.Option(help="Weights; the newest average of `train` if not given.")
    ] = None,
    graph_only: Annotated[bool, typer.Option(help="Only rebuild the graph from the product's words.")] = False,
    to: Model = BUNDLED,
    work: Work = WORK,
) -> None:
    """Writes the model's folder. After a change of the service list: `export --graph-only`."""
    with _one_sentence():
        from voice_gateway.speech_model import export as out

        if not graph_only:
            found = (
                [checkpoint]
                if checkpoint
                else sorted((work / "checkpoints").glob("main-*.pt"), key=lambda p: p.stat().st_mtime)
            )
            if not found:
                raise ValueError(f"{work}/checkpoints 里没有权重：先跑 speech-model train")
            out.export_acoustics(found[-1], to)
        _tell(f"{out.export_graph(to)} words")
        total = out.size(to)
        _tell(f"{to}: {total / 1e6:.2f} MB")
        if total > LIMIT:
            raise ValueError(f"超过了 {LIMIT / 1e6:.0f} MB")


@app.command()
def test(
    model: Model = BUNDLED,
    checkpoint: Annotated[
        Path | None, typer.Option(help="Also the initials and finals of these weights (needs torch).")
    ] = None,
    most: Annotated[int, typer.Option(help="Clips of a shelf.")] = 500,
    work: Work = WORK,
) -> None:
    """Errors on voices kept out of training, clean and over the telephone band."""
    with _one_sentence():
        from voice_gateway.speech_model.score import table

        network = None
        if checkpoint:
            from voice_gateway.speech_model.network import load

            network = load(checkpoint)[0]
        found = table(work / "shelves", model, network, most)
        if not found:
            raise ValueError(f"{work}/shelves 里没有留作测试的录音：先跑 speech-model data")
        shown = Table(
            "voices",
            "band",
            "clips",
            "initials/finals wrong",
            "characters wrong",
            "phrases exact",
            "but for same sounds",
            "processor, s / s",
        )
        for row in found:
            cells = [
                f"{100 * value:.1f} %" if value >= 0 else ""
                for value in (row.unit_error, row.character_error, row.exact, row.same_sound)
            ]
            cost = f"{row.cost:.3f}" if row.cost >= 0 else ""
            shown.add_row(row.shelf, row.band, str(row.clips), *cells, cost)
        console.print(shown)


@app.command()
def curve(
    picture: Annotated[Path, typer.Option(help="Where the picture goes (png or svg).")] = Path(
        "docs/pictures/speech-model-curve.png"
    ),
    most: Annotated[int, typer.Option(help="Clips of a shelf.")] = 70,
    work: Work = WORK,
) -> None:
    """The learning curve: errors on kept voices at every checkpoint, as rows and a picture."""
    with _one_sentence():
        from voice_gateway.speech_model.curve import draw, measure

        rows = measure(work / "shelves", work / "checkpoints", most, _tell)
        if not rows:
            raise ValueError(f"{work}/checkpoints 里没有权重：先跑 speech-model train")
        draw(rows, picture)
        _tell(str(picture))


@app.command()
def fetch(
    use: Annotated[Path | None, typer.Option(help="A model already unpacked, for example vosk-model-cn-0.22.")] = None,
) -> None:
    """Fetches and verifies the official vosk-model-small-cn-0.22, or checks another model's folder."""
    with _one_sentence():
        from voice_gateway.listening.model import ModelError, SpeechModel
        from voice_gateway.speech_model.fetch import fetch as download

        folder = use or download(settings().home / "models", _tell)
        try:
            rate = SpeechModel(folder).rate
        except ModelError as error:
            raise ValueError(str(error)) from None
        _tell(f"可以用了（{rate} Hz）：设 CARE_SPEECH_MODEL={folder.resolve()}")
