"""Tests of the bot; they run under bot/.venv: `python -m pytest -c bot/pyproject.toml --confcutdir tests/bot tests/bot`."""

from __future__ import annotations

import sys

if sys.version_info >= (3, 11):
    collect_ignore_glob = ["test_*.py"]
