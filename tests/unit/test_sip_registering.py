"""The hotline registers with a trunk: with a password, again before it runs out, and after failures."""

from __future__ import annotations

import asyncio
import hashlib
import re

import pytest

from tests.unit.sip_line import HOST, Echo, open_line, until
from voice_gateway.sip import registering

USER, PASSWORD, NONCE = "hotline", "secret", "abc"


class Exchange(asyncio.DatagramProtocol):
    """A registrar: asks for a digest (RFC 2617 with qop), then grants a time."""

    def __init__(self, grants: int = 60, refuse: int = 0) -> None:
        self.grants, self.refuse = grants, refuse
        self.requests: list[str] = []
        self.accepted: list[str] = []

    async def open(self) -> Exchange:
        self.transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: self, (HOST, 0))
        self.address = f"{HOST}:{self.transport.get_extra_info('sockname')[1]}"
        return self

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        text = data.decode()
        if not text.startswith("REGISTER"):
            return
        self.requests.append(text)
        if self.refuse:
            self.refuse -= 1
            self.reply(text, addr, "500 Server Internal Error")
        elif self.is_known(text):
            self.accepted.append(text)
            self.reply(text, addr, "200 OK", f"Expires: {self.grants}\r\n")
        else:
            self.reply(
                text, addr, "401 Unauthorized", f'WWW-Authenticate: Digest realm="r", nonce="{NONCE}", qop="auth"\r\n'
            )

    def is_known(self, text: str) -> bool:
        found = re.search(r"^Authorization: Digest (.*)$", text, re.MULTILINE)
        if not found:
            return False
        given = dict(re.findall(r'(\w+)="?([^",\r]+)"?', found[1]))
        first = hashlib.md5(f"{USER}:r:{PASSWORD}".encode()).hexdigest()
        second = hashlib.md5(f"REGISTER:{given['uri']}".encode()).hexdigest()
        whole = f"{first}:{NONCE}:{given['nc']}:{given['cnonce']}:auth:{second}"
        return given["username"] == USER and given["response"] == hashlib.md5(whole.encode()).hexdigest()

    def reply(self, text: str, addr: tuple[str, int], status: str, more: str = "") -> None:
        kept = [line for line in text.split("\r\n") if re.match(r"(Via|From|To|Call-ID|CSeq):", line)]
        self.transport.sendto(
            ("\r\n".join([f"SIP/2.0 {status}", *kept]) + f"\r\n{more}Content-Length: 0\r\n\r\n").encode(), addr
        )


def trunk(exchange: Exchange, password: str = PASSWORD) -> dict[str, str]:
    return {"sip_registrar": exchange.address, "sip_register_user": USER, "sip_register_password": password}


async def test_registers_with_a_password_and_takes_it_back_at_the_end():
    exchange = await Exchange().open()
    async with open_line(Echo(), **trunk(exchange)) as line:
        await until(lambda: line.registrar.registered.is_set())
        assert re.search(
            rf"^Contact: <sip:12349@{HOST}:{line.transport.local_addr[1]}>", exchange.accepted[0], re.MULTILINE
        )
        assert PASSWORD not in "".join(exchange.requests)
    assert "Expires: 0" in exchange.accepted[-1]


async def test_registers_again_before_the_time_is_over(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registering, "SHORTEST", 1)
    exchange = await Exchange(grants=1).open()
    async with open_line(Echo(), **trunk(exchange)):
        await until(lambda: len(exchange.accepted) >= 3)
    assert "Expires: 0" in exchange.accepted[-1]  # and takes it back in the end


async def test_a_registrar_that_fails_is_asked_again_and_calls_are_taken_meanwhile(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registering, "FIRST_WAIT", 0.02)
    exchange = await Exchange(refuse=3).open()
    async with open_line(Echo(), **trunk(exchange)) as line:
        await until(lambda: line.registrar.registered.is_set())
    assert len(exchange.requests) >= 5


async def test_a_wrong_password_does_not_end_the_line_nor_hammer_the_registrar(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registering, "FIRST_WAIT", 0.2)
    exchange = await Exchange().open()
    async with open_line(Echo(), **trunk(exchange, "wrong")) as line:
        await asyncio.sleep(0.5)
        assert not line.registrar.registered.is_set()
        assert 2 <= len(exchange.requests) <= 8


async def test_a_registrar_that_grants_no_time_is_not_asked_in_a_rush(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(registering, "FIRST_WAIT", 0.2)
    exchange = await Exchange(grants=0).open()
    async with open_line(Echo(), **trunk(exchange)):
        await asyncio.sleep(0.3)
    assert len(exchange.requests) <= 8


async def test_a_registrar_that_cannot_be_found_is_no_reason_to_stop():
    async with open_line(Echo(), sip_registrar="no.such.host.invalid") as line:
        await asyncio.sleep(0.05)
        assert line.running() == []
