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
from yinling import chat as terminal
from yinling import desk
from yinling.processes import Stack, StartError
from yinling.setup import prepare_database, train_bot

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, pretty_exceptions_enable=False)
policy_app = typer.Typer(help="The policy records.", no_args_is_help=True)
app.add_typer(policy_app, name="policy")
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
    """Makes SIGTERM end the program the same way as Ctrl-C."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


@app.command()
def serve() -> None:
    """Sets up the database, trains if needed, and runs everything until Ctrl-C."""
    with _one_sentence():
        _stop_on_terminate()
        chosen = settings()
        stack = Stack()
        try:
            _tell("准备数据库")
            prepare_database()
            train_bot()
            _tell("启动中")
            stack.start(_tell)
            console.print(f"\n聊天页面    http://{chosen.host}:{chosen.web_port}/", highlight=False)
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
) -> None:
    """Measures how good the assistant is, on held-out sets (needs the development environment)."""
    from yinling.evaluate.run import SETS
    from yinling.evaluate.run import evaluate as measure

    if unknown := [name for name in only or () if name not in SETS]:
        console.print(f"没有这个测试集：{'、'.join(unknown)}。可选：{'、'.join(SETS)}", style="red", markup=False)
        raise typer.Exit(2)
    with _one_sentence():
        measure(only or [], folder or settings().home / "evaluation", console, faults)


@app.command()
def bench(
    plain: Annotated[bool, typer.Option(help="Also train and measure a plain Rasa project (many minutes).")] = True,
    epochs: Annotated[int, typer.Option(help="Epochs of the plain project's neural parts.", min=1)] = 100,
    folder: Annotated[Path | None, typer.Option(help="Where the figures go.")] = None,
) -> None:
    """Measures speed and memory, beside a plain Rasa project in the same run."""
    from yinling.bench.run import bench as measure

    with _one_sentence():
        measure(folder or settings().home / "bench", console, plain, epochs)


@policy_app.command("check")
def policy_check(seeds: Annotated[Path, typer.Option(help="Folder of the published documents.")]) -> None:
    """Proves each quote of the policy records against the published documents."""
    from care.policy.check import check_quotes

    faults = check_quotes(seeds)
    for fault in faults:
        console.print(fault, style="red", markup=False)
    _tell(f"核对完，{len(faults)} 处不符")
    raise typer.Exit(1 if faults else 0)
