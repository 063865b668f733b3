"""What README and docs name is there: settings with their defaults, commands, files that are linked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from care.settings import ROOT, Settings
from yinling.cli import app

README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
TOLD_IN_WORDS = {"home", "trust_local", "sip_peers", "speech_model"}
"""Settings whose default the table tells in other words than the code."""


def table() -> dict[str, str]:
    """The settings of the README with their defaults as written; 空 is the empty text."""
    found: dict[str, str] = {}
    for row in README.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        names = re.findall(r"`CARE_(\w+)`", cells[0])
        if row.startswith("| `CARE_") and len(cells) == 3:
            defaults = re.findall(r"`([^`]*)`", cells[1]) or [cells[1]] * len(names)
            assert len(defaults) == len(names), row
            found |= {name.lower(): default for name, default in zip(names, defaults, strict=True)}
    return found


def test_every_setting_is_in_the_readme_with_its_default() -> None:
    told = table()
    assert set(told) == set(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        if name not in TOLD_IN_WORDS:
            assert told[name].replace("空", "") == ("" if field.default is None else str(field.default)), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_named_exist(page: Path) -> None:
    command = get_command(app)
    for words in re.findall(r"(?:\./run|\byinling) ([a-z][a-z-]*(?: [a-z][a-z-]*)?)", page.read_text("utf-8")):
        first, *second = words.split()
        assert first == "help" or first in command.commands, words
        if second and hasattr(command.commands[first], "commands"):
            assert second[0] in command.commands[first].commands, words
