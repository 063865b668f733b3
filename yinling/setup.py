"""What must stand before the product can run: the database with its data, and a trained bot."""

from __future__ import annotations

import os
import subprocess

from sqlalchemy.exc import SQLAlchemyError

from care.db import unit_of_work
from care.schema import upgrade
from care.seed import seed
from care.settings import ROOT, settings
from yinling.processes import StartError, bot_python


def prepare_database() -> None:
    """Brings the schema up to date and adds the demonstration data that is missing.

    Raises:
        StartError: the database cannot be opened or brought up to date.
    """
    try:
        upgrade()
        with unit_of_work() as session:
            seed(session)
    except (SQLAlchemyError, OSError) as error:
        raise StartError(f"数据库打不开（{settings().database}）：{error}") from error


def train_bot(force: bool = False) -> None:
    """Trains the bot if its data changed; shows the progress.

    Raises:
        StartError: training failed; the old model, if any, is untouched.
    """
    command = [str(bot_python()), "bot/train.py", *(["--force"] if force else [])]
    environment = {**os.environ, **settings().environment()}
    if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, env=environment).returncode != 0:
        raise StartError("训练没有成功，原因在上面。改好 nlu_data 或 bot/domain 里的内容，再启动一次。")
