"""What README and docs name is there: settings with their defaults, commands, files that are linked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
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


def locked(*files: str) -> dict[str, set[str]]:
    """What requirement files name, with its versions: another Python may take another one."""
    found: dict[str, set[str]] = {}
    for file in files:
        for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / file).read_text("utf-8"), re.MULTILINE):
            found.setdefault(name.lower(), set()).add(version)
    return found


def credited(chapter: str) -> dict[str, str]:
    """The parts named in a chapter of the licences: in its tables, and one after another in a sentence."""
    found = dict(re.findall(r"([\w.-]+) (\d[\w.]*)（", chapter))
    for names, versions in re.findall(r"^\| ([^|]+) \| ([\d.、]+) \|", chapter, re.MULTILINE):
        found |= dict(zip(names.split("、"), versions.split("、"), strict=True))
    return {name.lower().replace("_", "-"): version for name, version in found.items()}


@pytest.mark.parametrize(
    ("title", "files"),
    [
        ("主环境", ("requirements.txt",)),
        ("机器人", ("bot/requirements.txt",)),
        ("", ("requirements.txt", "requirements-dev.txt", "bot/requirements.txt", "bot/requirements-dev.txt")),
    ],
)
def test_every_part_that_is_locked_is_credited_and_no_other(title: str, files: tuple[str, ...]) -> None:
    page = (ROOT / "docs" / "licences.md").read_text("utf-8")
    chapters = re.split(r"^## ", page, flags=re.MULTILINE)
    told = credited("".join(chapter for chapter in chapters if chapter.startswith(title)))
    there = locked(*files)
    assert set(told) == set(there)
    assert {name: version for name, version in told.items() if version not in there[name]} == {}


LEXICON = {path.stem: path for path in (ROOT / "nlu_data" / "lexicon").glob("*.yml")}
NAMED_BY_EXAMPLE = {"service", "topic", "facility", "department", "allergen", "fact"}
"""Kinds of which the page tells some values only; facts have a chapter of their own."""


@pytest.mark.parametrize("kind", sorted(set(LEXICON) - NAMED_BY_EXAMPLE))
def test_every_value_of_the_lexicon_is_on_the_page_of_entities(kind: str) -> None:
    rows = (ROOT / "docs" / "entities.md").read_text("utf-8").splitlines()
    row = next(row for row in rows if row.startswith(f"| `{kind}` |"))
    values = yaml.safe_load(LEXICON[kind].read_text("utf-8"))["values"]
    assert [value for value in values if f"`{value}`" not in row] == []
