"""Who may call, how often; whom the hotline may call, and when; ports; the queue of what was heard."""

from __future__ import annotations

import socket
from datetime import datetime

import pytest

from care.settings import ConfigurationError, Settings, settings
from voice_gateway.audio import SILENCE
from voice_gateway.leg import Gone, Hold, Key, Sound
from voice_gateway.sip.admission import Networks, Rate
from voice_gateway.sip.dialling import DialRefused, Permission, domestic, within
from voice_gateway.sip.mailbox import Mailbox
from voice_gateway.sip.ports import NoPort, Ports


def test_only_the_networks_named_may_call_and_our_own_trunk():
    networks = Networks(["192.168.0.0/16", "::1/128"])
    assert networks.allow("192.168.3.4")
    assert networks.allow("::ffff:192.168.3.4")
    assert networks.allow("::1")
    assert not networks.allow("203.0.113.7")
    assert not networks.allow("a.name")
    networks.add_trunk("203.0.113.7")
    assert networks.allow("203.0.113.7")


def test_the_rate_counts_a_minute_for_each_caller():
    moment = [0.0]
    rate = Rate(2, lambda: moment[0])
    assert [rate.take("a"), rate.take("a"), rate.take("a"), rate.take("b")] == [True, True, False, True]
    moment[0] = 20
    assert rate.wait("a") == 40
    moment[0] = 60
    assert rate.take("a")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+8613800000001", "13800000001"),
        ("008613800000001", "13800000001"),
        ("8613800000001", "13800000001"),
        ("029-8701 2345", "02987012345"),
        ("anonymous", ""),
        ("", ""),
        ("+", ""),
        ("123;DROP", ""),
    ],
)
def test_a_caller_is_known_by_the_number_people_dial(written: str, number: str):
    assert domestic(written) == number


def permission(hour: int = 10, **more: object) -> Permission:
    chosen = Settings(operator_numbers=["8001", "sip:duty@10.0.0.2"], outgoing_daily=2, **more)
    return Permission(chosen, lambda: datetime(2026, 11, 25, hour), lambda number: number == "13800000001")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("13900000009", "not_listed"),
        ("120", "not_listed"),
        ("+8613800000001", "international"),
        ("0044207946000", "international"),
        ("sip:anybody@10.0.0.2", "not_listed"),
        ("13800000001@evil.example", "not_listed"),
        ("", "not_listed"),
    ],
)
def test_no_number_outside_the_list_is_called(number: str, reason: str):
    with pytest.raises(DialRefused) as refused:
        permission().check(number)
    assert refused.value.reason == reason


def test_people_on_file_are_called_within_hours_and_not_too_often():
    with pytest.raises(DialRefused, match="hours"):
        permission(21).check("13800000001")
    rules = permission()
    for _ in range(2):
        rules.placed(rules.check("138 0000 0001"))
    with pytest.raises(DialRefused, match="daily"):
        rules.check("13800000001")


def test_operators_are_called_at_any_hour_and_in_order():
    rules = permission(3)
    assert rules.check("8001") == "8001"
    assert rules.operators() == ["8001", "sip:duty@10.0.0.2"]
    assert rules.operators("sip:duty@10.0.0.2") == ["sip:duty@10.0.0.2"]
    assert rules.operators("13800000001") == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sip_peers", '["the internet"]'),
        ("duty_hours", "always"),
        ("outgoing_hours", "8-20"),
        ("operator_numbers", '["+8613800000001"]'),
        ("operator_numbers", '["8001; rm"]'),
        ("rtp_last", "2000"),
    ],
)
def test_a_setting_of_the_line_that_cannot_be_is_named_at_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
):
    monkeypatch.setenv(f"CARE_{name.upper()}", value)
    settings.cache_clear()
    try:
        with pytest.raises(ConfigurationError, match=f"CARE_{name.upper()}"):
            settings()
    finally:
        settings.cache_clear()


def test_hours_may_pass_midnight():
    assert within("22:00-06:00", datetime(2026, 1, 1, 23))
    assert within("22:00-06:00", datetime(2026, 1, 1, 5, 59))
    assert not within("22:00-06:00", datetime(2026, 1, 1, 6))
    assert within("00:00-24:00", datetime(2026, 1, 1, 23, 59))
    with pytest.raises(ValueError, match="no hours"):
        within("always", datetime(2026, 1, 1))


def test_ports_come_in_pairs_from_the_range_and_the_longest_unused_goes_first():
    ports = Ports("127.0.0.1", 41701, 41707)
    assert ports.total == 3
    taken = [ports.take(), ports.take()]
    assert taken == [41702, 41704]
    ports.give(41702)
    assert ports.take() == 41706
    assert ports.take() == 41702
    with pytest.raises(NoPort):
        ports.take()


def test_a_port_that_somebody_else_has_is_passed_over():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        other.bind(("127.0.0.1", 41711))  # the odd one of the first pair
        assert Ports("127.0.0.1", 41710, 41713).take() == 41712


async def test_of_a_slow_listener_old_sound_is_lost_but_never_a_key_or_the_end():
    box = Mailbox(most=2)
    box.put(Key("1"))
    for number in range(4):
        box.put(Sound(bytes([number]) + SILENCE[1:]))
    box.put(Hold(True))
    box.put(Gone("bye"))
    box.put(Key("2"))  # too late
    events = [event async for event in box.events()]
    assert [e.pcm[0] for e in events if isinstance(e, Sound)] == [2, 3]
    assert [e for e in events if not isinstance(e, Sound)] == [Key("1"), Hold(True), Gone("bye")]
    assert [event async for event in box.events()] == []
