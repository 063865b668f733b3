"""Fetches the official small Chinese model of Vosk where there is internet, and checks it."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx

NAME = "vosk-model-small-cn-0.22"
ADDRESS = f"https://alphacephei.com/vosk/models/{NAME}.zip"
SHA256 = "3af8b0e7e0f835ae9d414ce5df580237a3cfb08d586c9fbbb0f7ff29ad5b14ba"
SIZE = 43_898_754


class FetchError(RuntimeError):
    """One sentence why there is no model."""


def fetch(home: Path, tell: Callable[[str], None], address: str = ADDRESS, sha256: str = SHA256) -> Path:
    """Downloads, verifies and unpacks the model below `home`; its folder.

    Raises:
        FetchError: no connection, another file than expected, or no room.
    """
    folder = home / NAME
    if (folder / "am" / "final.mdl").exists():
        return folder
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home) as name:
        archive = Path(name) / "model.zip"
        try:
            _download(address, archive, tell)
        except httpx.HTTPError as error:
            raise FetchError(
                f"下载不了 {address}：{error or type(error).__name__}。没有外网就用自带的模型，不用下载。"
            ) from error
        found = hashlib.sha256(archive.read_bytes()).hexdigest()
        if found != sha256:
            raise FetchError(f"下载的文件不对（sha256 是 {found}，应当是 {sha256}），没有使用它。")
        with zipfile.ZipFile(archive) as packed:
            if any(Path(member).is_absolute() or ".." in Path(member).parts for member in packed.namelist()):
                raise FetchError("压缩包里的路径不对，没有使用它。")
            packed.extractall(name)
        (Path(name) / NAME).rename(folder)
    return folder


def _download(address: str, archive: Path, tell: Callable[[str], None]) -> None:
    with httpx.stream("GET", address, follow_redirects=True, timeout=30) as answer, archive.open("wb") as file:
        answer.raise_for_status()
        done = told = 0
        for piece in answer.iter_bytes():
            file.write(piece)
            done += len(piece)
            if done - told > SIZE / 10:
                told = done
                tell(f"{done / 1e6:.0f} / {SIZE / 1e6:.0f} MB")
