"""Booking for somebody else: their address and phone, who asked, and that they will be asked themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from care.booking import task
from care.orders import by_number
from care.turn import Entity
from tests.conftest import said
from tests.unit.booking_talk import FRIDAY, HOME, SATURDAY, Talk, meal, time

NOON = time(FRIDAY, part="noon")
ONE = {"n": 1, "unit": "份"}
CALLER = "13900000001"


def meal_for(talk: Talk, words: str, **entities: object) -> str:
    """A meal on Friday for somebody, up to the question for the place."""
    return talk.say(words, "book", service="meal", time=NOON, diet="normal", **entities)


def test_for_a_mother_her_own_address_and_phone_are_asked(talk: Talk) -> None:
    heard = meal_for(talk, "给我妈订后天中午的饭", relation="mother")
    assert "给您母亲约送餐" in heard and HOME not in heard
    assert talk.state == "asking_place" and "您母亲那边的地址" in heard
    talk.say("幸福路十八号五零二", address="幸福路十八号五零二")
    assert talk.state == "asking_phone" and "您母亲的电话" in talk.replies[-1].say
    heard = talk.say("13812345678", phone="13812345678")
    assert "给您母亲订" in heard and "要您母亲同意，工作人员会打电话问她一声" in heard
    heard = talk.say("对", "affirm")
    order = by_number(talk.session, talk.order)
    assert (order.relation, order.person_phone, order.asked_by_phone) == ("mother", "13812345678", CALLER)
    assert order.person_name == "" and "她同意了就照办" in heard


def test_the_callers_own_number_is_kept_apart_from_the_elders(talk: Talk) -> None:
    meal_for(talk, "给我妈订后天中午的饭，送到幸福路18号", relation="mother", address="幸福路18号")
    heard = talk.say("我的电话是13700000000", phone="13700000000")
    assert talk.draft.phone == "13700000000" and talk.state == "confirming" and "一三七" in heard  # it will do until hers is told
    talk.say("她的是13812345678", phone="13812345678")
    assert (talk.draft.phone, talk.draft.asker_phone) == ("13812345678", "13700000000")


def test_when_the_elder_has_no_phone_the_callers_is_proposed(talk: Talk) -> None:
    meal_for(talk, "给我妈订后天中午的饭，送到幸福路18号", relation="mother", address="幸福路18号")
    heard = talk.say("她没有电话", "deny")
    assert "留您这个电话吗" in heard and talk.draft.phone == ""
    talk.say("行", "affirm")
    assert talk.draft.phone == CALLER and talk.state == "confirming"


def test_when_neither_number_is_known_the_speakers_is_asked_for(talk: Talk) -> None:
    talk.conversation.phone, talk.conversation.person = None, None
    meal_for(talk, "给我妈订后天中午的饭，送到幸福路18号", relation="mother", address="幸福路18号")
    assert talk.say("没有", "deny").endswith("那留您自己的电话，号码是多少？")
    talk.say("我的电话13700000000", phone="13700000000")
    assert (talk.draft.phone, talk.draft.asker_phone) == ("13700000000", "13700000000")
    assert talk.state == "confirming"


def test_a_neighbours_grandmother_is_a_neighbour(talk: Talk) -> None:
    talk.say("给隔壁的张奶奶约理发", "book", service="haircut", relation=["neighbour", "grandmother"])
    assert talk.draft.person == "neighbour"


def test_a_daughter_who_says_who_she_is(talk: Talk) -> None:
    heard = talk.say("我是她女儿，在外地，想给老人订饭", "book", **meal(role="daughter", diet="normal"))
    assert "您家老人" in heard and talk.state == "asking_place"
    talk.say("幸福路18号", address="幸福路18号")
    talk.say("13812345678", phone="13812345678")
    talk.say("对", "affirm")
    assert by_number(talk.session, talk.order).asked_by == "女儿"


@pytest.mark.parametrize(
    ("words", "entities", "asked_by"),
    [
        ("我是邻居，给隔壁大爷约个理发", {"role": "neighbour", "relation": "neighbour"}, "邻居"),
        ("我是护工，给我照看的老人约理发", {"role": "carer", "relation": "client"}, "护工"),
    ],
)
def test_neighbours_and_carers(talk: Talk, words: str, entities: dict[str, str], asked_by: str) -> None:
    talk.say(words, "book", service="haircut", time=time(SATURDAY, "10:00", "morning", ampm=True), **entities)
    assert talk.state == "asking_place" and HOME not in talk.replies[-1].say
    talk.say("幸福路18号", address="幸福路18号")
    talk.say("13812345678", phone="13812345678")
    talk.say("对", "affirm")
    assert by_number(talk.session, talk.order).asked_by == asked_by


def test_a_spouse_lives_at_the_same_address_which_is_offered(talk: Talk) -> None:
    meal_for(talk, "给我老伴订后天中午的饭", relation="spouse")
    assert HOME in talk.replies[-1].say and talk.draft.address == ""


def test_company_at_table_is_a_second_portion_not_another_person(talk: Talk) -> None:
    talk.say("我和老伴后天中午想吃饭", "book", service="meal", relation="spouse", time=NOON, diet="soft")
    assert talk.draft.person == "self" and talk.draft.quantity == 2


def test_a_relative_mentioned_in_passing_does_not_change_for_whom_it_is(talk: Talk) -> None:
    talk.say("后天中午订饭", "book", service="meal", time=NOON)
    talk.say("两份，我妈牙不好", quantity={"n": 2, "unit": "份"}, diet="soft", relation="mother")
    assert talk.draft.person == "self"


def test_corrected_for_whom_takes_nothing_of_the_caller_along(talk: Talk) -> None:
    talk.say("后天中午送一份饭，没忌口", "book", service="meal", time=NOON, quantity=ONE, diet="normal")
    talk.say("对", "affirm")
    assert talk.state == "confirming" and talk.draft.phone == CALLER
    talk.say("不对，是给我妈订的", "correct", relation="mother")
    assert talk.draft.person == "mother" and talk.draft.address == "" and talk.draft.phone == ""
    assert talk.state == "asking_place"


def test_for_both_parents_two_portions_are_taken(talk: Talk) -> None:
    meal_for(talk, "给我爸妈订后天中午的饭", relation="parents")
    assert talk.draft.quantity == 2


def test_an_order_for_a_mother_carries_over_to_the_next_booking(talk: Talk) -> None:
    meal_for(
        talk,
        "给我妈订后天中午的饭，送到幸福路18号",
        relation="mother",
        address="幸福路18号",
        phone="13812345678",
    )
    talk.say("对", "affirm")
    heard = talk.say(
        "再给她约个理发，大后天上午十点",
        "add_item",
        service="haircut",
        time=time(SATURDAY, "10:00", "morning", ampm=True),
    )
    assert talk.draft.person == "mother" and talk.draft.phone == "13812345678" and "幸福路十八号" in heard


def test_another_person_in_the_next_booking_inherits_nothing(talk: Talk) -> None:
    meal_for(
        talk,
        "给我妈订后天中午的饭，送到幸福路18号",
        relation="mother",
        address="幸福路18号",
        phone="13812345678",
    )
    talk.say("对", "affirm")
    talk.say(
        "给我自己也约个理发，大后天上午十点",
        "book",
        service="haircut",
        relation="self",
        time=time(SATURDAY, "10:00", "morning", ampm=True),
    )
    assert talk.draft.person == "self" and talk.draft.phone == CALLER
    assert HOME in talk.replies[-1].say


def test_a_home_of_a_child_is_a_place_and_not_a_person(talk: Talk) -> None:
    talk.say("后天中午送一份饭，没忌口", "book", service="meal", time=NOON, quantity=ONE, diet="normal")
    heard = talk.say("送到我儿子家", "inform", role="son", address="我儿子家")
    assert "送到您儿子家" in heard and talk.draft.role == "" and talk.draft.person == "self"


def test_the_draft_survives_as_plain_data(talk: Talk) -> None:
    import json

    meal_for(talk, "给我妈订后天中午的饭", relation="mother")
    kept = json.loads(json.dumps(talk.conversation.drafts, ensure_ascii=False))
    talk.conversation.drafts = kept
    assert task.ask(talk.session, talk.conversation, False).state == "asking_place"


@pytest.mark.parametrize(
    ("words", "named", "relation"),
    [
        ("一份就够，晚上我弟过去给她做", "我弟", "sibling"),
        ("我哥在西安上班回不来", "我哥", "sibling"),
        ("爱吃甜的，大姐明天要回来看她", "大姐", "sibling"),
        ("我老伴搬不动她", "老伴", "spouse"),
        ("几个朋友要来打扑克，多送点", "朋友", "friend"),
    ],
)
def test_who_only_does_something_is_not_the_one_booked_for(talk: Talk, words: str, named: str, relation: str) -> None:
    meal_for(talk, "给我妈订后天中午的饭", relation="mother")
    start = words.index(named)
    heard = (Entity("relation", relation, named, start, start + len(named)),)
    task.take(talk.session, talk.conversation, replace(said(words, "inform", "m9"), entities=heard))
    assert talk.draft.person == "mother"


def test_how_it_is_with_somebody_is_not_their_home(talk: Talk) -> None:
    words = "想问我家老头子那个情况，白天没人管他，想送去日间照料"
    heard = (Entity("service", "day_care", "日间照料", 22, 26), Entity("relation", "spouse", "我家老头子", 2, 7))
    task.take(talk.session, talk.conversation, replace(said(words, "book", "m9"), entities=heard))
    assert talk.draft.person == "spouse"


@pytest.mark.parametrize(
    ("words", "name"),
    [("吃饭的人是郭万福 不是我", {"person_name": "郭万福"}), ("不是我吃，是郭万福", {"person_name": "郭万福"}), ("不是我", {})],
)
def test_that_it_is_not_for_the_speaker_is_known_already(talk: Talk, words: str, name: dict[str, str]) -> None:
    meal_for(talk, "给隔壁老汉订后天中午的饭，送到幸福路18号", relation="neighbour", address="幸福路18号")
    talk.say("郭万福，13812345678", person_name="郭万福", phone="13812345678")
    assert talk.state == "confirming"
    talk.say(words, "inform", change="person", **name)
    assert (talk.draft.person, talk.draft.name, talk.draft.remarks) == ("neighbour", "郭万福", [])
