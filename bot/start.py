"""Starts the bot on loopback.

Usage: bot/.venv/bin/python bot/start.py [--port 5005] [--actions-port 5055] [--model $CARE_HOME/bot/model.tar.gz]
Ready when GET /webhooks/care/ answers 200.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path
from typing import List, Optional

ROOT = Path(__file__).resolve().parent.parent
BOT = ROOT / "bot"
CONFIG = BOT / "config.yml"
HOST = "127.0.0.1"
"""Never another address: Rasa's own interface has no protection."""
THREADS = "1"
MOST_SECONDS = 30
"""Longest that one request may take."""


def prepare() -> None:
    """Settings that must stand before Rasa, numpy and TensorFlow are imported."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_INTRA_OP_PARALLELISM_THREADS",
                 "TF_INTER_OP_PARALLELISM_THREADS"):
        os.environ.setdefault(name, THREADS)
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    # Even where Python is told to keep no compiled files: compiling Rasa anew takes 5 s of every start.
    sys.dont_write_bytecode = False
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))


def quiet_logs() -> None:
    """Warnings only: debug lines of Rasa cost more than the turn and would hold what people said."""
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)
    configure_logging_and_warnings(logging.WARNING)


def serve(port: int, actions_port: int, model: Path) -> None:
    """Runs until stopped."""
    prepare()
    os.environ["CARE_ACTIONS_PORT"] = str(actions_port)
    from bot.components import without_tensorflow

    without_tensorflow.leave_out(CONFIG)
    from rasa.core.run import serve_application
    from rasa.core.utils import AvailableEndpoints

    from bot.components import action_calls, runner

    quiet_logs()
    action_calls.install()
    runner.install()
    endpoints = AvailableEndpoints.read_endpoints(os.environ.get("CARE_BOT_ENDPOINTS") or str(BOT / "endpoints.yml"))
    serve_application(
        model_path=str(model), interface=HOST, port=port, credentials=str(BOT / "credentials.yml"),
        endpoints=endpoints, enable_api=True, response_timeout=MOST_SECONDS,
    )


def main(arguments: Optional[List[str]] = None) -> int:
    """Starts; 1 with a sentence when there is no model."""
    home = Path(os.environ.get("CARE_HOME") or ROOT / "var")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("CARE_BOT_PORT") or 5005))
    parser.add_argument("--actions-port", type=int, default=int(os.environ.get("CARE_ACTIONS_PORT") or 5055))
    parser.add_argument("--model", type=Path, default=home / "bot" / "model.tar.gz")
    given = parser.parse_args(arguments)
    if not given.model.is_file():
        print(f"[bot] 没有训练好的模型：{given.model}；请先运行 bot/train.py", file=sys.stderr, flush=True)
        return 1
    serve(given.port, given.actions_port, given.model)
    return 0


if __name__ == "__main__":
    sys.exit(main())
