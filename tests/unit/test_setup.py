"""Setting up: an environment is made anew only when what it is made from has changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from care.settings import ROOT

UV = """#!/usr/bin/env bash
echo "$@" >> "$LOG"
if [ "$1" = venv ]; then mkdir -p "${@: -1}/bin"; printf '' > "${@: -1}/bin/python"; chmod +x "${@: -1}/bin/python"; fi
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two locks and a uv that only notes what it was asked for."""
    (tmp_path / "uv").write_text(UV)
    (tmp_path / "uv").chmod(0o755)
    (tmp_path / "run.txt").write_text("a==1\n")
    (tmp_path / "dev.txt").write_text("b==1\n")
    return tmp_path


def installed(folder: Path, *locks: str) -> int:
    """How many steps an installation from these locks took."""
    log = folder / "log"
    log.write_text("")
    script = f". deploy/setup.sh; UV={folder}/uv; install {folder}/venv python {' '.join(f'{folder}/{lock}' for lock in locks)}"
    subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=ROOT, env={"PATH": "/usr/bin:/bin", "LOG": str(log)}, check=True
    )
    return len(log.read_text().splitlines())


def test_starting_after_testing_installs_nothing(folder: Path) -> None:
    assert installed(folder, "run.txt", "dev.txt") == 2  # the environment, and what is in it
    assert installed(folder, "run.txt", "dev.txt") == 0
    assert installed(folder, "run.txt") == 0
    assert installed(folder, "run.txt", "dev.txt") == 0


def test_a_changed_lock_is_installed(folder: Path) -> None:
    assert installed(folder, "run.txt") == 2
    assert installed(folder, "run.txt", "dev.txt") == 1
    (folder / "run.txt").write_text("a==2\n")
    assert installed(folder, "run.txt") == 1
    assert installed(folder, "run.txt") == 0
    assert installed(folder, "run.txt", "dev.txt") == 1  # made for running alone last time
