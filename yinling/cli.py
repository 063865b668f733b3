"""银龄热线: set up, serve, train, chat, measure."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from care.settings import ConfigurationError, settings
from voice_gateway.speaking.cli import app as voice_app
from voice_gateway.speech_model.cli import app as speech_model_app
from yinling import chat as terminal
from yinling import desk
from yinling.processes import Stack, StartError, from_here, page_address, phone_address, require_free_ports
from yinling.setup import prepare_database, train_bot

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)
policy_app = typer.Typer(help="The policy records.", no_args_is_help=True)
app.add_typer(policy_app, name="policy")
app.add_typer(speech_model_app, name="speech-model")
app.add_typer(voice_app, name="voice")
console = Console()


def _tell(text: str) -> None:
    console.print(f"· {text}", markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _one_sentence() -> Iterator[None]:
    """Turns an expected failure into one sentence and exit code 1."""
    try:
        yield
    except (StartError, ConfigurationError) as error:
        console.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(1) from None


def _stop_on_terminate() -> None:
    """Makes SIGTERM end the program the same way as Ctrl-C, and Ctrl-C work also where a shell told us to ignore it."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, interrupt)


@app.command()
def serve() -> None:
    """Sets up the database, trains if needed, and runs everything until Ctrl-C."""
    with _one_sentence():
        _stop_on_terminate()
        chosen = settings()
        stack = Stack()
        try:
            require_free_ports(stack.parts)  # before minutes of training
            _tell("准备数据库")
            prepare_database()
            train_bot()
            _tell("启动中")
            stack.start(_tell)
            console.print(f"\n聊天页面    {page_address()}", highlight=False)
            console.print(f"打电话      {phone_address()}  （软电话或话机拨这个地址）", highlight=False)
            console.print(f"坐席口令    {chosen.token()}", markup=False, highlight=False)
            console.print(f"运行日志    {chosen.home / 'logs'}", markup=False, highlight=False)
            console.print("按 Ctrl-C 停止\n", highlight=False)
            stack.watch(_tell, desk.Bell(console).ring)
        except KeyboardInterrupt:
            _tell("正在停止")
        finally:
            stack.stop()
        _tell("已停止")


@app.command()
def seed() -> None:
    """Creates the database and adds the demonstration data that is missing."""
    with _one_sentence():
        prepare_database()
        _tell(f"数据库好了：{settings().database}")


@app.command()
def train(force: Annotated[bool, typer.Option(help="Train even if nothing changed.")] = False) -> None:
    """Trains the bot if its data changed."""
    with _one_sentence():
        train_bot(force)


@app.command()
def chat(phone: Annotated[str | None, typer.Option(help="Caller's number, as a phone line would give it.")] = None) -> None:
    """Talks in the terminal; starts the product for the time of the talk if it is not running."""
    with _one_sentence():
        if terminal.is_running():
            terminal.talk(phone)
            return
        _stop_on_terminate()
        stack = Stack()
        try:
            require_free_ports(stack.parts)
            prepare_database()
            train_bot()
            stack.start(_tell)
            terminal.talk(phone)
        except KeyboardInterrupt:
            pass
        finally:
            stack.stop()


@app.command()
def tickets(close: Annotated[str | None, typer.Option(help="Number of a ticket that is done.")] = None) -> None:
    """Shows what people at the desk have to do, urgent first; or closes one."""
    with _one_sentence():
        prepare_database()
        if close and not desk.close(close):
            raise StartError(f"没有这张待办的工单：{close}")
        desk.show(console)


@app.command()
def order(
    number: Annotated[str, typer.Argument(help="The order's number.")],
    status: Annotated[str | None, typer.Option(help="confirmed, dispatched, done or cancelled.")] = None,
) -> None:
    """Shows an order; with --status moves it on (the elder agreed, somebody is on the way, it is done)."""
    with _one_sentence():
        prepare_database()
        console.print_json(data=desk.order(number, status), ensure_ascii=False)


@app.command()
def evaluate(
    only: Annotated[list[str] | None, typer.Option(help="Measure only these sets (may be repeated).")] = None,
    folder: Annotated[Path | None, typer.Option(help="Where the report goes.")] = None,
    faults: Annotated[bool, typer.Option(help="Print every open case that went wrong.")] = False,
    model: Annotated[list[Path] | None, typer.Option(help="Speech model to measure (repeat to compare).")] = None,
) -> None:
    """Measures how good the assistant is, on held-out sets (needs the development environment)."""
    from yinling.evaluate.run import SETS
    from yinling.evaluate.run import evaluate as measure

    if unknown := [name for name in only or () if name not in SETS]:
        console.print(f"没有这个测试集：{'、'.join(unknown)}。可选：{'、'.join(SETS)}", style="red", markup=False)
        raise typer.Exit(2)
    with _one_sentence():
        measure(only or [], folder or settings().home / "evaluation", console, faults, model)


@app.command()
def bench(
    plain: Annotated[bool, typer.Option(help="Also train and measure a plain Rasa project (many minutes).")] = True,
    epochs: Annotated[int, typer.Option(help="Epochs of the plain project's neural parts.", min=1)] = 100,
    folder: Annotated[Path | None, typer.Option(help="Where the figures go.")] = None,
    only: Annotated[str, typer.Option(help="text or calls; both if not given.")] = "",
) -> None:
    """Measures speed and memory of chat and telephone, beside a plain pipeline in the same run."""
    from yinling.bench.run import PARTS
    from yinling.bench.run import bench as measure

    if only and only not in PARTS:
        console.print(f"没有这一项：{only}。可选：{'、'.join(PARTS)}", style="red", markup=False)
        raise typer.Exit(2)
    with _one_sentence():
        measure(folder or settings().home / "bench", console, plain, epochs, only)


@app.command()
def call(
    words: Annotated[
        list[str] | None, typer.Argument(help="What the caller does in turn: a sentence, a sound file, or #keys.")
    ] = None,
    to: Annotated[str | None, typer.Option(help="SIP address; the hotline on this machine if not given.")] = None,
    script: Annotated[Path | None, typer.Option(help="YAML file of lines with cues, instead of words.")] = None,
    number: Annotated[str, typer.Option(help="The caller's number.")] = "13800000001",
    voice: Annotated[str, typer.Option(help="zm_yunxia, zf_xiaoyi or pyttsx3.")] = "zm_yunxia",
    bad_line: Annotated[bool, typer.Option(help="Loses packets, delays and hisses.")] = False,
    save: Annotated[Path | None, typer.Option(help="Folder for the recording and the captions.")] = None,
) -> None:
    """Places a test call with sound and prints the conversation with its times."""
    from voice_gateway.sip.caller import Channel
    from yinling.caller import command
    from yinling.caller.script import ScriptError, read

    with _one_sentence():
        try:
            lines = read(script) if script else command.lines(words or [])
        except (OSError, ScriptError) as error:
            raise StartError(f"剧本读不了：{error}") from None
        channel = Channel(loss=0.03, jitter_ms=40, noise=0.004) if bad_line else None
        chosen = settings()
        target = to or f"sip:{chosen.sip_user}@{from_here(chosen.sip_host)}:{chosen.sip_port}"
        report = command.place(command.Plan(lines, number, voice, channel), target, console)
        command.tell_figures(report, number, console)
        if save:
            for path in command.save(report, save, "call"):
                _tell(str(path))


@app.command()
def demo(
    folder: Annotated[Path | None, typer.Option(help="Where the recording and the captions go.")] = None,
) -> None:
    """Holds one whole spoken booking on this machine and leaves the recording."""
    from yinling.caller.command import demo as hold

    with _one_sentence():
        _stop_on_terminate()
        hold(folder or settings().home / "demo", console)


@app.command()
def meaning(anew: Annotated[bool, typer.Option(help="Choose the directions again and compute everything.")] = False) -> None:
    """Keeps the meanings of new examples and questions (meaning/kept.npz)."""
    from rich.progress import Progress

    from yinling.meanings import keep

    with _one_sentence(), Progress(console=console) as progress:
        task = progress.add_task("句子")
        count = keep(anew, lambda done, total: progress.update(task, completed=done, total=total))
    _tell(f"{count} 句的意思都存着")


@policy_app.command("check")
def policy_check(seeds: Annotated[Path, typer.Option(help="Folder of the published documents.")]) -> None:
    """Proves each quote of the policy records against the published documents."""
    from care.policy.check import check_quotes

    faults = check_quotes(seeds)
    for fault in faults:
        console.print(fault, style="red", markup=False)
    _tell(f"核对完，{len(faults)} 处不符")
    raise typer.Exit(1 if faults else 0)
