"""Session timers (RFC 4028): a call of which the other side knows nothing any more ends."""

from __future__ import annotations

import asyncio
import re

from aiosipua import session_timer

from tests.unit.sip_line import Echo, Hand, open_line, sdp, until


async def test_a_session_that_is_not_refreshed_ends_and_one_that_is_goes_on(monkeypatch):
    monkeypatch.setattr(session_timer, "watchdog_delay", lambda interval: 0.4)
    echo = Echo()
    async with open_line(echo) as line:
        hand = await Hand().open(line)
        timer = "Supported: timer\r\nSession-Expires: 90;refresher=uac\r\n"
        tag = await hand.calls(more=timer)
        assert re.search(r"^Session-Expires: 90;refresher=uac", hand.got[-1], re.MULTILINE)
        for number in range(2, 6):
            await asyncio.sleep(0.2)
            hand.send(hand.message("UPDATE", number=number, tag=tag))
        await until(lambda: hand.statuses("UPDATE") == [200] * 4)
        assert not echo.gone
        await until(lambda: echo.gone == ["lost"])
        await hand.asked("BYE")


async def test_too_short_a_session_is_refused_with_the_shortest_there_is():
    async with open_line(Echo()) as line:
        hand = await Hand().open(line)
        hand.send(hand.message("INVITE", body=sdp(), more="Session-Expires: 10\r\n"))
        assert await hand.status("INVITE") == 422
        assert "min-se: 90" in hand.got[-1].lower()


async def test_we_refresh_when_the_other_side_leaves_it_to_us_and_end_when_it_knows_no_such_call(monkeypatch):
    monkeypatch.setattr(session_timer, "REFRESH_FRACTION", 0.002)
    echo = Echo()
    async with open_line(echo) as line:
        hand = await Hand().open(line)
        timer = "Supported: timer\r\nAllow: INVITE, UPDATE\r\nSession-Expires: 90;refresher=uas\r\n"
        await hand.calls(more=timer)
        hand.answer(await hand.asked("UPDATE"), "200 OK", timer)
        await until(lambda: len(hand.requests("UPDATE")) > 1)  # it goes on, and is refreshed again
        assert line.running() and not echo.gone
        hand.answer(await hand.asked("UPDATE"), "481 Gone")
        await until(echo.ended.is_set)
        assert echo.gone == ["lost"]
        assert not line.running()
