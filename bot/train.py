"""Trains the bot from nlu_data, bot/domain and the lexicon into $CARE_HOME/bot/model.tar.gz.

Usage: bot/.venv/bin/python bot/train.py [--force]
Unchanged data is not trained again. A training that fails leaves the old model in place and exits with 1.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import logging
import os
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path
from typing import Iterator, List, Optional

ROOT = Path(__file__).resolve().parent.parent
BOT = ROOT / "bot"
MODEL = "model.tar.gz"
STAMP = "model.hash"
SAID_ALWAYS = ("SQLAlchemy", "Slot auto-fill has been removed", "assistant_id")
"""Warnings that come with every training, whatever the data, and tell nobody anything."""
MOST_SECONDS_SILENT = 5
"""While training says nothing, a sign of life is printed this often."""


class TrainingError(Exception):
    """The bot cannot be trained; the message says why and where."""


def sources(data: List[Path], domain: Path, config: Path) -> Iterator[Path]:
    """Every file whose content decides what the model is."""
    from bot.components import lexicon

    for folder in (*data, domain):
        yield from sorted(folder.rglob("*.yml"))
    yield config
    yield BOT / "requirements.txt"
    yield ROOT / "nlu_data" / "asking.yml"
    yield ROOT / "nlu_data" / "dialect.yml"
    yield ROOT / "nlu_data" / "times.yml"
    yield from sorted((BOT / "components").glob("*.py"))
    yield from sorted((ROOT / "meaning").glob("*.py"))
    yield ROOT / "meaning" / "kept.npz"
    yield from lexicon.files()


def fingerprint(paths: Iterator[Path]) -> str:
    """A hash of names and contents."""
    digest = hashlib.sha256()
    for path in paths:
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        digest.update(str(name).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def train(home: Path, data: List[Path], domain: Path, config: Path, force: bool = False) -> bool:
    """Trains if anything changed.

    Returns:
        Whether a new model was made.
    Raises:
        TrainingError: the data is invalid or training failed.
    """
    for folder in (*data, domain, config):
        if not folder.exists():
            raise TrainingError(f"找不到 {folder}")
    target, stamp = home / MODEL, home / STAMP
    wanted = fingerprint(sources(data, domain, config))
    if not force and target.exists() and stamp.exists() and stamp.read_text().strip() == wanted:
        return False
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".training-") as scratch:
        made = _train(Path(scratch), data, domain, config)
        stamp.unlink(missing_ok=True)
        os.replace(made, target)
        fresh = stamp.with_suffix(".new")
        fresh.write_text(wanted + "\n")
        os.replace(fresh, stamp)
    return True


def _train(scratch: Path, data: List[Path], domain: Path, config: Path) -> Path:
    _say("读取例句和词表")
    from bot.components import lexicon

    try:
        words = lexicon.words()
    except lexicon.LexiconError as error:
        raise TrainingError(f"词表有误：{error}") from error
    _say(f"词表 {len(words)} 条，载入训练程序")
    os.environ["RASA_CACHE_DIRECTORY"] = str(scratch / "cache")
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"  # nothing is ever trained on from the cache: it went with the scratch folder
    from bot.components import without_tensorflow

    without_tensorflow.leave_out(config)
    from rasa.model_training import train as rasa_train
    from rasa.utils.log_utils import configure_structlog
    from sklearn.exceptions import ConvergenceWarning

    configure_structlog(logging.WARNING)
    prepared = _with_lexicon_hash(config, scratch)
    warnings.simplefilter("error", ConvergenceWarning)
    try:
        with _SignOfLife("训练"):
            result = rasa_train(
                domain=str(domain), config=str(prepared), training_files=_files(data, scratch),
                output=str(scratch), fixed_model_name="model", force_training=True,
            )
    except ConvergenceWarning as error:
        raise TrainingError("分类器没有收敛：请在 bot/config.yml 里加大 max_iter") from error
    except (Exception, SystemExit) as error:  # whatever a data file provokes inside Rasa must become one sentence
        raise TrainingError(f"训练失败：{_innermost(error)}") from error
    if result.code or not result.model:
        raise TrainingError("训练失败：例句、规则或领域文件有误，见上面的说明")
    return Path(result.model)


def _files(data: List[Path], scratch: Path) -> List[str]:
    """The files to learn from, all examples in one: Rasa joins files one by one and copies all it has each time."""
    import yaml

    examples: List[object] = []
    others = []
    for path in (path for folder in data for path in sorted(folder.rglob("*.yml"))):
        try:
            content = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.YAMLError as error:
            raise TrainingError(f"{path.name} 写得不对：{' '.join(str(error).split())}") from error
        if isinstance(content, dict) and set(content) == {"version", "nlu"}:
            examples += content["nlu"]
        else:
            others.append(str(path))
    together = scratch / "examples.yml"
    # JSON is YAML; only the keys must begin a line, or Rasa takes the file for something else
    together.write_text(f'version: "3.1"\nnlu: {json.dumps(examples, ensure_ascii=False)}\n', encoding="utf-8")
    return [str(together), *others]


def _innermost(error: BaseException) -> str:
    """The fault itself: Rasa wraps it in the name of the step it happened in."""
    while error.__cause__ is not None:
        error = error.__cause__
    return f"{type(error).__name__}: {error}"


def _with_lexicon_hash(config: Path, scratch: Path) -> Path:
    """A copy of the configuration that names the content of the lexicon and of the times, which is not in the configuration itself."""
    import yaml
    from bot.components import lexicon

    content = yaml.safe_load(config.read_text(encoding="utf-8"))
    for part in content.get("pipeline") or []:
        if part["name"].endswith("CareEntities"):
            part["lexicon"] = fingerprint(iter([*lexicon.files(), ROOT / "nlu_data" / "times.yml"]))
    prepared = scratch / "config.yml"
    prepared.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return prepared


class _SignOfLife:
    """Prints how long a step has been running."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        started = time.monotonic()
        while not self._done.wait(MOST_SECONDS_SILENT):
            _say(f"{self._what}中，已用 {time.monotonic() - started:.0f} 秒")

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


def _say(text: str) -> None:
    print(f"[bot] {text}", flush=True)


def quiet() -> None:
    """Settings that must stand before Rasa is imported."""
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    # Even where Python is told to keep no compiled files: compiling Rasa anew takes 5 s of every training and start.
    sys.dont_write_bytecode = False
    os.environ["LOG_LEVEL"] = "ERROR"
    show = warnings.showwarning

    def without_deprecations(message: object, category: type, *rest: object, **more: object) -> None:
        if not issubclass(category, DeprecationWarning) and not any(words in str(message) for words in SAID_ALWAYS):
            show(message, category, *rest, **more)  # type: ignore[arg-type]

    warnings.showwarning = without_deprecations
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))


def main(arguments: Optional[List[str]] = None) -> int:
    """Trains; 0 when there is a usable model, 1 when not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=Path(os.environ.get("CARE_HOME") or ROOT / "var") / "bot")
    parser.add_argument("--data", type=Path, nargs="+", default=[ROOT / "nlu_data" / "nlu", ROOT / "nlu_data" / "rules"])
    parser.add_argument("--domain", type=Path, default=BOT / "domain")
    parser.add_argument("--config", type=Path, default=BOT / "config.yml")
    parser.add_argument("--force", action="store_true", help="train even if nothing changed")
    given = parser.parse_args(arguments)
    quiet()
    gc.disable()  # Rasa copies its examples again and again: looking for what nobody needs took a sixth of the training
    started = time.monotonic()
    try:
        made = train(given.home, given.data, given.domain, given.config, given.force)
    except TrainingError as error:
        print(f"[bot] {error}", file=sys.stderr, flush=True)
        return 1
    except OSError as error:
        print(f"[bot] 模型写不下来：{error}", file=sys.stderr, flush=True)
        return 1
    _say(f"训练完成，用了 {time.monotonic() - started:.0f} 秒" if made else "数据没有变，不用重新训练")
    return 0


if __name__ == "__main__":
    sys.exit(main())
