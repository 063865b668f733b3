"""`yinling call` and `yinling demo`: test calls with sound, shown as they go."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import soundfile
import vosk
from rich.console import Console
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from care.calls.model import CallRecord
from care.clock import utc_now
from care.conversation.model import Conversation
from care.conversation.model import Line as Spoken
from care.db import reading
from care.settings import settings
from voice_gateway.audio import RATE
from voice_gateway.sip.caller import Channel, NotAnswered
from yinling import lab
from yinling.caller.captions import webvtt
from yinling.caller.person import Person, Report
from yinling.caller.script import Line, ScriptError, read
from yinling.caller.sounds import Sounds
from yinling.processes import StartError

DEMO = Path(__file__).with_name("demo.yml")
KEYS = "0123456789*#"
REFUSED = {
    0: "没有回应，热线启动了吗？",
    403: "热线不接受从这里打来的电话（CARE_SIP_PEERS）。",
    404: "热线不是这个号码（CARE_SIP_USER）。",
    486: "热线正忙：线路都占着，或者这个来电号码打得太勤。",
    503: "热线现在不接：打得太勤、声音端口用完了，或者正在停下来。过一会儿再试。",
}


@dataclass(frozen=True)
class Plan:
    """One test call."""

    script: list[Line]
    number: str = "13800000001"
    voice: str = "zm_yunxia"
    channel: Channel | None = None


def lines(words: list[str]) -> list[Line]:
    """Each word of the command line: a sound file, keys to press (`#` before them), or a sentence to say."""
    script = []
    for word in words:
        if word.startswith("#") and len(word) > 1 and all(digit in KEYS for digit in word[1:]):
            script.append(Line(press=word[1:]))
        elif Path(word).suffix.lower() in (".wav", ".ogg", ".flac", ".mp3"):
            script.append(Line(sound=word))
        else:
            script.append(Line(say=word))
    return script


def place(plan: Plan, target: str, console: Console) -> Report:
    """Calls and shows the conversation with its times.

    Raises:
        StartError: the hotline did not answer, or a sound cannot be used; one clear sentence.
    """
    try:
        return asyncio.run(_place(plan, target, console))
    except NotAnswered as error:
        raise StartError(f"打不通：{REFUSED.get(error.status, f'对方回了 {error.status}。')}") from None
    except OSError as error:
        raise StartError(f"打不通：{target} 这个地址用不了（{error.strerror}）。") from None
    except ScriptError as error:
        raise StartError(str(error)) from None


async def _place(plan: Plan, target: str, console: Console) -> Report:
    sounds = Sounds(plan.voice)
    await sounds.prepare(plan.script)
    vosk.SetLogLevel(-1)
    model = vosk.Model(str(settings().speech_model))
    began = utc_now()
    person = Person(
        plan.script,
        sounds,
        model,
        lambda caption: console.print(str(caption), markup=False, highlight=False),
        lambda: overhear(plan.number, began),
    )
    return await person.call(target, plan.number, plan.channel)


def overhear(number: str, since: datetime = datetime.min) -> str:
    """The hotline's last words in the newest call of a number, if a hotline of this home took one since then."""
    try:
        with reading() as session:
            call = newest_call(session, number, since)
            talk = session.get(Conversation, call.id) if call else None
            return "".join(reply["say"] for reply in talk.last_replies) if talk else ""
    except SQLAlchemyError:  # there is no hotline of this home
        return ""


def newest_call(session: Session, number: str, since: datetime = datetime.min) -> CallRecord | None:
    """The record of the newest call of a number that began since then (`care.clock.utc_now`)."""
    calls = select(CallRecord).where(CallRecord.phone == number, CallRecord.began >= since)
    return session.scalar(calls.order_by(CallRecord.began.desc()))


def save(report: Report, folder: Path, name: str) -> tuple[Path, Path]:
    """Leaves the recording (left the caller, right the hotline) and the captions."""
    folder.mkdir(parents=True, exist_ok=True)
    sound, text = folder / f"{name}.wav", folder / f"{name}.vtt"
    soundfile.write(sound, report.recording, RATE, subtype="PCM_16")
    text.write_text(webvtt(report.captions), encoding="utf-8")
    return sound, text


def tell_figures(report: Report, number: str, console: Console) -> None:
    """Prints what the hotline on this machine measured of the call, if it was taken here."""
    for turn, times in enumerate(by_the_record(report, number).get("turns", ()), 1):
        parts = {"waiting": "等说完", "machine": "机器"}
        told = "，".join(f"{title} {times[name]} 毫秒" for name, title in parts.items() if name in times)
        console.print(f"第 {turn} 轮：{told}", highlight=False)


def by_the_record(report: Report, number: str) -> dict[str, Any]:
    """Puts what the hotline really said into the captions, from the record of the call on this machine.

    Returns:
        The call's own figures; empty when the call was not taken by a hotline of this home.
    """
    try:
        with reading() as session:
            call = newest_call(session, number, report.began)
            if call is None:
                return {}
            turns = session.scalars(select(Spoken).where(Spoken.conversation_id == call.id).order_by(Spoken.id)).all()
            said = ["".join(reply["say"] for reply in turn.said) for turn in turns]
            figures = dict(call.figures)
    except SQLAlchemyError:
        return {}
    answers = [caption for caption in report.captions if caption.who == "热线" and caption.after is not None]
    for caption, text in zip(answers, said, strict=False):
        caption.text = text
    return figures


def demo(folder: Path, console: Console) -> Report:
    """One whole booking by voice on this machine, through a product of its own.

    Raises:
        StartError: something did not start or answer.
    """
    console.print("· 启动一套演示用的热线（临时数据，时间定在二〇二六年十一月二十五日）")
    with lab.running(settings().home):
        chosen = settings()
        plan = Plan(read(DEMO))
        console.print("· 拨号\n")
        report = place(plan, f"sip:{chosen.sip_user}@{lab.LOOPBACK}:{chosen.sip_port}", console)
        by_the_record(report, plan.number)
        sound, text = save(report, folder, "demo")
    console.print(f"\n录音  {sound}\n字幕  {text}", markup=False, highlight=False, soft_wrap=True)
    return report
