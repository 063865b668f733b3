"""What is got ready before the first caller."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actions.rehearsal import rehearse
from care.conversation.model import Conversation
from care.emergency import detect
from care.orders import Order
from care.settings import ROOT
from web.app import create_app

FIRST_WORDS = """
import yaml
from actions.rehearsal import rehearse
from yinling.setup import prepare_database

prepare_database()
rehearse()

def forbidden(*_):
    raise AssertionError("a file is read while somebody waits")

yaml.safe_load = forbidden
from care import service_list
from care.conversation.opening import opened
from care.db import reading
from care.tasks import TASKS
from care.turn import Entity, Turn

with reading() as session:
    conversation = opened(session, "first", "phone", None)
    said = Turn("first", "剪个头多少钱", "service_list", 1.0, (Entity("service", "haircut", "剪个头", 0, 3),), "1")
    assert service_list.answer(session, conversation, said).replies
    conversation.task = "booking"
    said = Turn("first", "我要订个饭", "book", 1.0, (Entity("service", "meal", "订个饭", 2, 5),), "2")
    TASKS["booking"].take(session, conversation, said)
    assert TASKS["booking"].ask(session, conversation, False).replies
"""


def test_it_leaves_nothing_behind(session: Session) -> None:
    rehearse()
    assert session.scalar(select(func.count()).select_from(Conversation).where(Conversation.id == "rehearsal")) == 0
    assert session.scalar(select(func.count()).select_from(Order)) == 0


def test_after_it_nobody_waits_for_tables(tmp_path: Path) -> None:
    environment = {**os.environ, "CARE_HOME": str(tmp_path), "CARE_DATABASE_URL": "", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", FIRST_WORDS], check=True, env=environment, cwd=ROOT)


def test_the_web_side_is_ready_for_an_emergency_before_its_first_turn() -> None:
    detect.table.cache_clear()
    with TestClient(create_app()):
        assert detect.table.cache_info().currsize
