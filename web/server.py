"""Runs the web side: `python -m web.server`; address and port from the settings."""

from __future__ import annotations

import uvicorn

from care.settings import settings
from web.app import create_app


def main() -> None:
    """Serves until it is ended."""
    uvicorn.run(create_app(), host=settings().host, port=settings().web_port, log_config=None, access_log=False)


if __name__ == "__main__":
    main()
