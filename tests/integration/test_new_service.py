"""A new service is rows in the service list: nothing else is written for it, and it is heard in any usual wording.

The product is copied, the rows are added to the copy, and the copy is trained and talked to.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from care.settings import ROOT

ROW = """
  - code: {code}
    name: {name}
    say_name: {say_name}
    aliases: {aliases}
    kind: visit
    audience: 六十岁以上的老人
    content: {content}
    standard: 本地便民服务
    who: {who}
    payer: paid
    price: "5"
    price_unit: 次
    price_source: 演示
    minutes: 20
    lead_hours: 4
    hours: [["09:00", "11:30"], ["14:00", "17:00"]]
    weekdays: [1, 2, 3, 4, 5, 6]
    on_holidays: false
    slot_minutes: 60
    capacity: 2
    slots: [person, date, time, place, phone]
"""
KNIVES = {"code": "knife_sharpening", "name": "上门磨刀", "say_name": "磨刀", "aliases": "[磨刀, 磨剪子, 磨菜刀, 磨刀师傅]",
          "content": "师傅上门磨菜刀、剪子，磨好当面试", "who": "磨刀师傅"}  # fmt: skip
PETS = {"code": "pet_walking", "name": "宠物代遛", "say_name": "遛狗", "aliases": "[宠物代遛, 遛狗, 代遛, 喂猫]",
        "content": "志愿者上门带狗出去走一圈", "who": "一位志愿者"}  # fmt: skip
BOOKS, ANSWERS = "asking_date", "answered"
WORDINGS = {
    "我想要磨刀": BOOKS,
    "给我来个磨刀": BOOKS,
    "帮我妈约个磨刀的": BOOKS,
    "俺想磨个刀": BOOKS,
    "叫个磨刀师傅来一趟": BOOKS,
    "能不能帮我磨一下菜刀": BOOKS,
    "想请人遛狗": BOOKS,
    "我腿疼，找个人帮我遛一下狗": BOOKS,
    "磨刀怎么收费": ANSWERS,
    "磨一次刀多少钱": ANSWERS,
    "有没有磨剪子的": ANSWERS,
    "遛狗都包啥": ANSWERS,
}
TALK = """
import json, pathlib, sys
from yinling import lab
from yinling.evaluate.talk import Talk, client, order
heard = {}
with lab.running(), client() as http:
    for words in json.loads(sys.argv[1]):
        talk = Talk(http)
        talk.say(words)
        heard[words] = [talk.state, talk.answer]
    talk = Talk(http)
    for words in json.loads(sys.argv[2]):
        talk.say(words)
    stands = order(http, talk.last.get("order") or "-")
pathlib.Path(sys.argv[3]).write_text(json.dumps({"heard": heard, "state": talk.state, "order": stands}, ensure_ascii=False))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What a product with two more rows answers to the wordings, and how a whole booking ended."""
    copy = tmp_path_factory.mktemp("product")
    leave = shutil.ignore_patterns(".venv", "__pycache__")
    for room in ("actions", "bot", "care", "meaning", "nlu_data", "voice_gateway", "web", "yinling"):
        shutil.copytree(ROOT / room, copy / room, ignore=leave)
    shutil.copy(ROOT / "pyproject.toml", copy)
    (copy / "bot" / ".venv").symlink_to(ROOT / "bot" / ".venv")
    (copy / ".venv").symlink_to(ROOT / ".venv")
    rows = copy / "care" / "data" / "service_list" / "base.yaml"
    base, general, rest = rows.read_text(encoding="utf-8").partition("\ngeneral:")
    rows.write_text(base.rstrip() + ROW.format(**KNIVES) + ROW.format(**PETS) + general + rest, encoding="utf-8")
    booking = ["给我约个磨刀", "明天", "上午十点", "杨陵区康乐路5号2栋301", "13800001111", "对"]
    answer = copy / "told.json"
    arguments = [json.dumps(list(WORDINGS), ensure_ascii=False), json.dumps(booking, ensure_ascii=False), str(answer)]
    subprocess.run([sys.executable, "-c", TALK, *arguments], cwd=copy, env={**os.environ, "PYTHONPATH": str(copy)}, check=True)
    return json.loads(answer.read_text(encoding="utf-8"))


@pytest.mark.parametrize("words", WORDINGS)
def test_heard(told: dict, words: str) -> None:
    state, answer = told["heard"][words]
    assert state == WORDINGS[words], answer
    assert ("遛狗" if "遛" in words else "磨刀") in answer


def test_booked(told: dict) -> None:
    assert told["state"] == "submitted"  # nobody in providers.yaml does it yet: the order stands, and a call is promised
    assert (told["order"]["service"], told["order"]["time"]) == ("knife_sharpening", "10:00")
