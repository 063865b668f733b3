"""The sound of a call: packets of any length, keys, who may send, and what is heard when nothing comes."""

from __future__ import annotations

import asyncio
import random
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
import pytest
from aiortp.codecs import PcmaCodec, PcmuCodec

from tests.unit.sip_line import HOST, free_port, until
from voice_gateway.audio import FRAME_BYTES, SILENCE
from voice_gateway.sip.keys import MOST, Once, Presses, in_info, packets
from voice_gateway.sip.media import Grid, Media
from voice_gateway.sip.playout import Playout
from voice_gateway.sip.sound import PCMA, PCMU, Remote

EVENT = 101
TONE = (np.sin(np.arange(160 * 50) * 0.3) * 8000).astype("<i2").tobytes()


def rtp(number: int, timestamp: int, payload: bytes, kind: int = PCMA, source: int = 7) -> bytes:
    return struct.pack("!BBHII", 0x80, kind, number & 0xFFFF, timestamp & 0xFFFFFFFF, source) + payload


class Far(asyncio.DatagramProtocol):
    """The other side's RTP port."""

    def __init__(self) -> None:
        self.got: list[bytes] = []

    async def open(self, host: str = HOST) -> Far:
        self.transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: self, (host, 0))
        self.address = self.transport.get_extra_info("sockname")
        return self

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.got.append(data)

    def send(self, data: bytes, media: Media) -> None:
        self.transport.sendto(data, media._rtp_transport._transport.get_extra_info("sockname"))

    @property
    def sound(self) -> list[bytes]:
        return [data for data in self.got if data[1] & 0x7F in (PCMA, PCMU)]


@asynccontextmanager
async def opened(remote: Remote | None = None, admitted: bool = True) -> AsyncIterator[tuple[Media, list[bytes]]]:
    frames: list[bytes] = []
    media = await Media.open(HOST, free_port() & ~1, lambda host: admitted, remote)
    media.on_frame = frames.append
    try:
        yield media, frames
    finally:
        await media.close()


@pytest.mark.parametrize("length", [80, 160, 240, 320, 480, 100])
def test_packets_of_any_length_become_frames_of_20_ms(length: int):
    grid, out = Grid(), []
    start = 0xFFFFFFFF - 1000  # the clock wraps round on the way
    for at in range(0, 4800, length):
        out += grid.put((start + at) & 0xFFFFFFFF, TONE[2 * at : 2 * (at + length)])
    assert b"".join(pcm for _, pcm in out) == TONE[: len(out) * FRAME_BYTES]
    assert len(out) >= 4800 // 160 - 1
    assert [t for t, _ in out] == [(start + 160 * i) & 0xFFFFFFFF for i in range(len(out))]


def test_after_a_loss_sound_stays_where_it_belongs():
    grid = Grid()
    first = grid.put(0, TONE[:480])  # 30 ms
    later = grid.put(480, TONE[960:1440])  # 30 ms are missing before it
    assert [t for t, _ in first] == [0]
    assert [t for t, _ in later] == [160, 480]
    assert later[1][1] == TONE[960:1280]


def test_packets_that_overtake_each_other_are_both_heard():
    grid = Grid()
    order = [0, 320, 160, 640, 480, 800]
    times = [t for at in order for t, _ in grid.put(at, TONE[2 * at : 2 * at + FRAME_BYTES])]
    assert times == order


def played(jitter_ms: int, seconds: int = 20) -> Playout:
    """A playout that was fed a stream whose packets come late by up to so much."""
    moment = [0.0]
    playout, chance = Playout(lambda: moment[0]), random.Random(5)
    arrivals = sorted((20 * n + chance.random() * jitter_ms, n) for n in range(50 * seconds))
    for tick in range(50 * seconds):
        while arrivals and arrivals[0][0] <= 20 * tick + 7:
            at, number = arrivals.pop(0)
            moment[0] = at / 1000
            playout.put(160 * number, TONE[:FRAME_BYTES])
        moment[0] = (20 * tick + 7) / 1000
        playout.tick()
    return playout


@pytest.mark.parametrize(("jitter_ms", "longest"), [(0, 40), (40, 80), (100, 160)])
def test_the_buffer_grows_with_the_jitter_so_that_hardly_a_packet_is_too_late(jitter_ms: int, longest: int):
    playout = played(jitter_ms)
    assert playout.late_dropped <= 10  # of 1000
    assert playout.target_ms <= longest


def test_the_buffer_shrinks_again_when_the_line_is_good():
    moment = [0.0]
    playout = Playout(lambda: moment[0])
    for number in range(50 * 60):
        moment[0] = number / 50
        if number != 50:
            playout.put(160 * number, TONE[:FRAME_BYTES])
        if number == 54:
            playout.put(160 * 50, TONE[:FRAME_BYTES])  # late by four frames, once
        playout.tick()
        if number == 60:
            assert playout.target_ms > 60
    assert playout.target_ms == 20


def press(digit: str, timestamp: int) -> list[tuple[int, bytes]]:
    return [(timestamp, payload) for payload in packets(digit)]


def test_a_press_is_told_at_its_first_packet_and_once():
    presses = Presses()
    told = [
        presses.heard(t, p, 0.02 * i)
        for i, (t, p) in enumerate(press("5", 1000) + press("5", 9000) + press("#", 20000))
    ]
    assert [d for d in told if d] == ["5", "5", "#"]
    assert told[0] == "5"


def test_a_press_of_which_packets_are_lost_or_late_counts_once():
    first, second = press("1", 1000), press("2", 5000)
    presses = Presses()
    order = [first[3], second[0], first[-1], first[-1], second[-1]]
    assert [presses.heard(t, p, 0.0) for t, p in order] == ["1", "2", None, None, None]


def test_a_telephone_that_moves_the_time_within_one_press_counts_once():
    presses = Presses()
    told = [presses.heard(1000 + 160 * i, p, 0.02 * i) for i, (_, p) in enumerate(press("7", 0)[:8])]
    assert [d for d in told if d] == ["7"]


def test_what_is_no_key_is_no_key():
    presses = Presses()
    assert presses.heard(1, b"\x05", 0) is None
    assert presses.heard(2, bytes((12, 0, 0, 0)), 0) is None  # A


@pytest.mark.parametrize(
    ("kind", "body", "digit"),
    [
        ("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n", "5"),
        ("application/dtmf-relay", "signal= *\r\n", "*"),
        ("application/dtmf", "#", "#"),
        ("application/dtmf", "", None),
        ("application/dtmf-relay", "Signal=12\r\n", None),
        ("text/plain", "5", None),
    ],
)
def test_keys_in_info(kind: str, body: str, digit: str | None):
    assert in_info(kind, body) == digit


def test_a_press_told_both_ways_counts_once():
    once = Once()
    assert [once.take("5", "rtp", 0.0), once.take("5", "info", 0.1), once.take("5", "rtp", 0.2)] == [True, False, True]
    assert once.take("5", "info", 2.0)


def test_a_flood_of_presses_is_cut_off_and_a_fast_hand_is_not():
    once = Once()
    assert all(once.take("12"[n % 2], "rtp", 0.15 * n) for n in range(40))  # a number typed fast, and again
    once = Once()
    assert sum(once.take("12"[n % 2], "rtp", 0.001 * n) for n in range(5000)) == MOST
    assert once.take("1", "rtp", 60.0)


async def test_both_laws_are_understood_whichever_was_agreed():
    far = await Far().open()
    async with opened(Remote(far.address, PCMA)) as (media, frames):
        for number in range(30):
            law, kind = (PcmaCodec(), PCMA) if number < 15 else (PcmuCodec(), PCMU)
            far.send(rtp(number, 160 * number, law.encode(TONE[:FRAME_BYTES]), kind), media)
            await asyncio.sleep(0.02)
        await until(lambda: sum(any(f) for f in frames) >= 25)
    heard = np.frombuffer(b"".join(f for f in frames if any(f)), "<i2").astype(float)
    assert 4000 < np.sqrt((heard**2).mean()) < 7000  # as loud as it was said: 5657; the wrong law would be deafening


async def test_frames_come_all_the_time_and_silence_is_sent_when_the_call_says_nothing():
    far = await Far().open()
    async with opened(Remote(far.address, PCMU)) as (_, frames):
        await until(lambda: len(far.sound) >= 3)
    assert frames and all(f == SILENCE for f in frames)
    assert PcmuCodec().decode(far.sound[0][12:]) == SILENCE


async def test_nothing_is_sent_to_one_who_does_not_listen():
    far = await Far().open()
    async with opened(Remote(far.address, PCMU, listening=False)) as (media, frames):
        await until(lambda: len(frames) > 20)
        media.send(TONE[:FRAME_BYTES])
        await asyncio.sleep(0)
    assert not far.sound


async def test_after_a_pause_the_clock_of_the_sound_has_gone_on():
    far = await Far().open()
    async with opened(Remote(far.address, PCMU)) as (media, _):
        media.send(SILENCE)
        media._sent_at -= 1.0  # a second ago
        media.send(SILENCE)
        await until(lambda: len(far.sound) >= 2)
    first, second = (struct.unpack("!BBHII", data[:12]) for data in far.sound[:2])
    assert 7800 <= (second[3] - first[3]) & 0xFFFFFFFF <= 8200
    assert second[1] & 0x80  # a new spurt


async def test_sound_follows_the_address_it_really_comes_from():
    described, real = await Far().open(), await Far().open()
    async with opened(Remote(described.address, PCMU)) as (media, frames):
        for number in range(20):
            real.send(rtp(number, 160 * number, PcmuCodec().encode(TONE[:FRAME_BYTES]), PCMU), media)
            await asyncio.sleep(0.02)
        assert sum(any(frame) for frame in frames) > 10  # it is heard, …
        before = len(described.sound)
        real.got.clear()
        await until(lambda: len(real.sound) > 2)  # … it hears us, …
        assert len(described.sound) == before  # … and where nobody is nothing goes any more


async def test_a_stranger_can_neither_speak_into_a_call_nor_take_it_over():
    mate, stranger = await Far().open(), await Far().open("127.0.0.2")
    async with opened(Remote(mate.address, PCMA), admitted=False) as (media, frames):
        tone = PcmaCodec().encode(TONE[:FRAME_BYTES])
        for number in range(20):
            mate.send(rtp(number, 160 * number, PcmaCodec().encode(SILENCE)), media)
            stranger.send(rtp(number, 160 * number, tone, source=9), media)
            await asyncio.sleep(0.02)
        assert media.quality()["packets"] == 20
    assert not stranger.got
    assert not any(np.abs(np.frombuffer(f, "<i2")).max() > 100 for f in frames)


async def test_sound_goes_to_an_address_outside_the_networks_only_after_it_came_from_there():
    far = await Far().open()
    async with opened(Remote(far.address, PCMU), admitted=False) as (media, frames):
        await until(lambda: len(frames) > 20)
        assert not far.got
        far.send(rtp(0, 0, bytes(160), PCMU), media)
        await until(lambda: far.sound)


async def test_a_packet_that_comes_twice_counts_once():
    far = await Far().open()
    async with opened(Remote(far.address, PCMU)) as (media, _):
        for number in range(10):
            for _ in range(2):
                far.send(rtp(number, 160 * number, bytes(160), PCMU), media)
        await until(lambda: media.quality()["packets"] >= 10)
        await asyncio.sleep(0.05)
        assert media.quality()["packets"] == 10 and media.quality()["lost"] == 0


async def test_garbage_does_no_harm_and_stun_is_not_answered():
    far = await Far().open()
    chance = random.Random(3)
    async with opened(Remote(far.address, PCMU)) as (media, frames):
        far.send(struct.pack("!HHI", 1, 0, 0x2112A442) + bytes(12), media)
        for number in range(300):
            far.send(chance.randbytes(chance.randrange(0, 60)), media)
            far.send(rtp(number, 0, chance.randbytes(2), EVENT), media)
            far.send(
                rtp(number, chance.randrange(1 << 32), chance.randbytes(chance.randrange(2000)), chance.randrange(128)),
                media,
            )
        await asyncio.sleep(0.05)
        frames.clear()
        for number in range(1000, 1030):
            far.send(rtp(number, 160 * number, PcmuCodec().encode(TONE[:FRAME_BYTES]), PCMU), media)
            await asyncio.sleep(0.02)
        await until(lambda: sum(any(f) for f in frames) >= 15)
    assert not [data for data in far.got if data[0] >> 6 != 2]


async def test_keys_are_sent_as_the_other_side_numbers_them_and_heard_once():
    presses: list[str] = []
    async with opened() as (there, _), opened() as (here, _):
        here_address = here._rtp_transport._transport.get_extra_info("sockname")
        there_address = there._rtp_transport._transport.get_extra_info("sockname")
        here.on_key = presses.append
        here.agree(Remote(there_address, PCMA, keys=96))
        there.agree(Remote(here_address, PCMA, keys=96))
        for digit in "0123456789*#":
            await there.press(digit)
        await until(lambda: len(presses) >= 12)
    assert "".join(presses) == "0123456789*#"
