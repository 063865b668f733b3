"""The action server: rasa-sdk's own, on loopback only, in one process.

Run as `python -m actions.server`; the port is `CARE_ACTIONS_PORT`.
"""

from __future__ import annotations

import logging

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic

from actions.rehearsal import rehearse
from care import policy
from care.settings import settings


def main() -> None:
    """Serves until it is ended."""
    logging.basicConfig(level=settings().log_level)
    logging.getLogger("sanic.root").setLevel(logging.WARNING)
    policy.warm()
    rehearse()
    executor = ActionExecutor()
    executor.register_package("actions")
    app = create_app(executor, cors_origins=[])
    app.prepare(
        host="127.0.0.1", port=settings().actions_port, single_process=True, access_log=False, motd=False
    )
    Sanic.serve_single(primary=app)


if __name__ == "__main__":
    main()
