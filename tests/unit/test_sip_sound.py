"""What the line makes of the other side's description of its sound."""

from __future__ import annotations

import pytest
from aiosipua.sdp import parse_sdp, serialize_sdp

from tests.unit.sip_line import sdp
from voice_gateway.sip.sound import PCMA, PCMU, Described, Unacceptable, understood


def test_the_first_law_that_both_speak_is_taken():
    assert understood(parse_sdp(sdp(formats="9 18 0 8 101"))).codec == PCMU
    assert understood(parse_sdp(sdp(formats="8 0 101"))).codec == PCMA


@pytest.mark.parametrize(
    "bad",
    [
        sdp(formats="9 18"),
        sdp(port=0),
        sdp(port=70000),
        sdp(host="a.name"),
        sdp(host="224.0.0.1"),
        sdp(profile="RTP/SAVP"),
        "v=0\r\ns=-\r\n",
    ],
)
def test_what_cannot_be_met_is_refused(bad: str):
    with pytest.raises(Unacceptable):
        understood(parse_sdp(bad))


@pytest.mark.parametrize(
    ("described", "held"),
    [
        (sdp(), False),
        (sdp(more="a=sendonly\r\n"), True),
        (sdp(more="a=inactive\r\n"), True),
        (sdp(host="0.0.0.0"), True),
        (sdp(more="a=recvonly\r\n"), False),
        (sdp().replace("t=0 0", "t=0 0\r\na=inactive"), True),
    ],
)
def test_hold_is_recognised_in_all_its_forms(described: str, held: bool):
    assert understood(parse_sdp(described)).held is held


def test_the_key_events_of_the_other_side_keep_their_number():
    offer = parse_sdp(
        sdp(formats="0 110 96", more="a=rtpmap:110 telephone-event/48000\r\na=rtpmap:96 telephone-event/8000\r\n")
    )
    remote = understood(offer)
    answer = serialize_sdp(Described("127.0.0.1", 41000).answer(offer, remote))
    assert remote.keys == 96
    assert "m=audio 41000 RTP/AVP 0 96" in answer
    assert "a=rtpmap:96 telephone-event/8000" in answer


def test_answers_ask_for_packets_of_20_ms_and_turn_the_direction_round():
    offer = parse_sdp(sdp(more="a=ptime:60\r\na=sendonly\r\n"))
    answer = serialize_sdp(Described("127.0.0.1", 41000).answer(offer, understood(offer)))
    assert "a=ptime:20" in answer
    assert "a=recvonly" in answer


def test_an_old_style_hold_is_answered_with_listening_only():
    offer = parse_sdp(sdp(host="0.0.0.0"))
    assert "a=recvonly" in serialize_sdp(Described("127.0.0.1", 41000).answer(offer, understood(offer)))


def test_every_description_of_a_call_has_a_newer_version():
    end = Described("127.0.0.1", 41000)
    first, second = end.offer(), end.offer()
    assert first.origin.session_id == second.origin.session_id
    assert int(second.origin.session_version) == int(first.origin.session_version) + 1
