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
        hand.send(hand.message("INVITE", body=sdp(), more=timer))
        await hand.status("INVITE")
        assert re.search(r"^Session-Expires: 90;refresher=uac", hand.got[-1], re.MULTILINE)
        tag = hand.tag()
        hand.send(hand.message("ACK", tag=tag))
        for number in range(2, 6):
            await asyncio.sleep(0.2)
            hand.send(hand.message("UPDATE", number=number, tag=tag))
        await until(lambda: hand.statuses("UPDATE") == [200] * 4)
        assert not echo.gone
        await until(lambda: echo.gone == ["lost"])
        await until(lambda: any(text.startswith("BYE") for text in hand.got))


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
        hand.send(hand.message("INVITE", body=sdp(), more=timer))
        await hand.status("INVITE")
        hand.send(hand.message("ACK", tag=hand.tag()))
        await until(lambda: any(text.startswith("UPDATE") for text in hand.got))
        update = next(text for text in hand.got if text.startswith("UPDATE"))
        kept = [row for row in update.split("\r\n") if re.match(r"(Via|From|To|Call-ID|CSeq):", row)]
        hand.send("\r\n".join(["SIP/2.0 481 Gone", *kept, "Content-Length: 0", "", ""]))
        await until(lambda: echo.gone == ["lost"])
