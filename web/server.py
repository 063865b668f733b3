"""Runs the web side: `python -m web.server`; address and port from the settings."""

from __future__ import annotations

import uvicorn

from care.settings import settings
from voice_gateway.browser.protocol import SERVING
from web.app import create_app


def main() -> None:
    """Serves until it is ended."""
    config = settings()
    uvicorn.run(create_app(), host=config.host, port=config.web_port, log_config=None, access_log=False, **SERVING)


if __name__ == "__main__":
    main()
