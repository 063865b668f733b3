"""Several orders wished for in one breath: the first is booked, the others are offered next with what belongs to them."""

from __future__ import annotations

from typing import Any

import pytest

from care.turn import Entity, Turn
from tests.unit.booking_talk import FRIDAY, MONDAY, SATURDAY, THURSDAY, Talk, time

ONE = {"n": 1, "unit": "份"}


def breath(talk: Talk, text: str, *named: tuple[str, Any, str]) -> str:
    """A wish in which so much was recognised, each as (kind, value, its words) in the order said; gives what is answered."""
    found, at = [], {}
    for kind, value, words in named:
        start = text.index(words, at.get(kind, 0))
        at[kind] = start + len(words)
        found.append(Entity(kind, value, words, start, start + len(words)))
    talk.turns += 1
    turn = Turn(talk.conversation.id, text, "book", 0.9, tuple(found), f"m{talk.turns}", meant=str(named[-1][1]) if named[-1][0] == "service" else "")
    return talk._taken(turn)


def wishes(talk: Talk) -> list[tuple[str, Any, Any]]:
    """What is kept for afterwards: service, day and part of the day."""
    times = [next((v for k, v, _ in one.entities if k == "time"), {}) for one in talk.draft.queue]
    return [(one.service, t.get("date"), t.get("part")) for one, t in zip(talk.draft.queue, times, strict=True)]


def test_two_services_each_on_its_own_day(talk: Talk) -> None:
    heard = breath(
        talk, "明天中午送饭 后天来打扫",
        ("time", time(THURSDAY, part="noon"), "明天中午"), ("service", "meal", "送饭"), ("time", time(FRIDAY), "后天"), ("service", "cleaning", "打扫"),
    )  # fmt: skip
    assert (talk.draft.service, talk.draft.date, talk.draft.time) == ("meal", THURSDAY, "11:30")
    assert wishes(talk) == [("cleaning", FRIDAY, None)] and "打扫我记着" in heard


def test_three_services_without_a_pause(talk: Talk) -> None:
    breath(
        talk, "我明天中午要一份软饭后天上午要打扫大后天要理发",
        ("time", time(THURSDAY, part="noon"), "明天中午"), ("quantity", ONE, "一份"), ("service", "meal", "软饭"), ("diet", "soft", "软饭"),
        ("time", time(FRIDAY, part="morning"), "后天上午"), ("service", "cleaning", "打扫"), ("time", time(SATURDAY), "大后天"), ("service", "haircut", "理发"),
    )  # fmt: skip
    draft = talk.draft
    assert (draft.service, draft.date, draft.quantity, draft.particulars["diet"]) == ("meal", THURSDAY, 1, ["soft"])
    assert wishes(talk) == [("cleaning", FRIDAY, "morning"), ("haircut", SATURDAY, None)]


def test_the_second_in_the_afternoon_is_on_the_same_day(talk: Talk) -> None:
    breath(
        talk, "后天上午打扫 下午理发",
        ("time", time(FRIDAY, part="morning"), "后天上午"), ("service", "cleaning", "打扫"), ("time", time(part="afternoon"), "下午"), ("service", "haircut", "理发"),
    )  # fmt: skip
    assert wishes(talk) == [("haircut", FRIDAY, "afternoon")]


def test_lunch_and_supper_are_two_orders(talk: Talk) -> None:
    heard = breath(
        talk, "午饭晚饭都要 送一个星期",
        ("time", time(part="noon"), "午饭"), ("service", "meal", "午饭"), ("time", time(part="evening"), "晚饭"), ("service", "meal", "晚饭"), ("duration", {"days": 7}, "一个星期"),
    )  # fmt: skip
    assert talk.draft.part != "evening" and talk.draft.queue[0].same_days and "再订一次我记着" in heard
    assert ("duration", {"days": 7}, "一个星期") in talk.draft.queue[0].entities


def test_other_weekdays_for_supper(talk: Talk) -> None:
    breath(
        talk, "星期一三五送午饭 星期二四送晚饭",
        ("time", time(part="noon", every="week", weekdays=[1, 3, 5]), "星期一三五送午饭"), ("service", "meal", "送午饭"),
        ("time", time(THURSDAY, part="evening", weekdays=[2, 4]), "星期二四送晚饭"), ("service", "meal", "送晚饭"),
    )  # fmt: skip
    later = dict((kind, value) for kind, value, _ in talk.draft.queue[0].entities)["time"]
    assert talk.draft.weekdays == [1, 3, 5] and (later["every"], later["weekdays"], later["part"]) == ("week", [2, 4], "evening")


def test_so_many_on_one_day_and_so_many_on_another(talk: Talk) -> None:
    breath(
        talk, "后天中午送一份大后天送两份",
        ("time", time(FRIDAY, part="noon"), "后天中午"), ("quantity", ONE, "一份"), ("time", time(SATURDAY), "大后天"), ("quantity", {"n": 2, "unit": "份"}, "两份"), ("service", "meal", "送"),
    )  # fmt: skip
    assert (talk.draft.date, talk.draft.quantity) == (FRIDAY, 1) and wishes(talk)[0][1] == SATURDAY


def test_the_same_on_another_day_too(talk: Talk) -> None:
    breath(talk, "我后天洗澡 大后天也要洗", ("time", time(FRIDAY), "后天"), ("service", "bath", "洗澡"), ("time", time(SATURDAY), "大后天"))
    assert talk.draft.date == FRIDAY and wishes(talk) == [("bath", SATURDAY, None)]


def test_two_people_at_their_own_homes(talk: Talk) -> None:
    breath(
        talk, "后天送饭到康乐路8号 大后天去幸福路10号打扫",
        ("time", time(FRIDAY), "后天"), ("service", "meal", "送饭"), ("address", "康乐路8号", "康乐路8号"),
        ("time", time(SATURDAY), "大后天"), ("address", "幸福路10号", "幸福路10号"), ("service", "cleaning", "打扫"),
    )  # fmt: skip
    later = talk.draft.queue[0].entities
    assert talk.draft.address == "康乐路8号" and [value for kind, value, _ in later if kind == "address"] == ["幸福路10号"]


def test_the_same_for_the_speaker_is_an_order_of_its_own(talk: Talk) -> None:
    breath(
        talk, "给我妈订后天中午一份软饭 我自己也要一份",
        ("relation", "mother", "我妈"), ("time", time(FRIDAY, part="noon"), "后天中午"), ("quantity", ONE, "一份"), ("service", "meal", "软饭"),
        ("relation", "self", "我自己"), ("quantity", ONE, "一份"),
    )  # fmt: skip
    assert (talk.draft.person, talk.draft.quantity) == ("mother", 1)
    assert [(one.service, one.person) for one in talk.draft.queue] == [("meal", "self")] and wishes(talk)[0][1] == FRIDAY


def test_two_homes_are_two_orders(talk: Talk) -> None:
    breath(
        talk, "后天给我妈和我婆婆一人订一份饭 我妈住康乐路8号 我婆婆住幸福路10号",
        ("time", time(FRIDAY), "后天"), ("relation", "mother", "我妈"), ("relation", "mother_in_law", "我婆婆"), ("service", "meal", "订一份饭"), ("quantity", ONE, "一份"),
        ("relation", "mother", "我妈"), ("address", "康乐路8号", "康乐路8号"), ("relation", "mother_in_law", "我婆婆"), ("address", "幸福路10号", "幸福路10号"),
    )  # fmt: skip
    assert (talk.draft.person, talk.draft.quantity, talk.draft.address) == ("mother", 1, "康乐路8号")
    later = talk.draft.queue[0]
    assert later.person == "mother_in_law" and ("address", "幸福路10号", "幸福路10号") in later.entities


@pytest.mark.parametrize("text", ["明天洗澡 算了 后天打扫吧", "明天洗澡或者后天打扫都行", "不是明天洗澡 是后天打扫"])
def test_one_instead_of_the_other_is_one_order(talk: Talk, text: str) -> None:
    breath(talk, text, ("time", time(THURSDAY), "明天"), ("service", "bath", "洗澡"), ("time", time(FRIDAY), "后天"), ("service", "cleaning", "打扫"))
    assert not talk.draft.queue


def test_a_wife_at_the_same_home_eats_of_the_same_order(talk: Talk) -> None:
    breath(
        talk, "给老伴订后天中午一份软饭 我也要一份",
        ("relation", "spouse", "老伴"), ("time", time(FRIDAY, part="noon"), "后天中午"), ("quantity", ONE, "一份"), ("service", "meal", "软饭"), ("quantity", ONE, "一份"),
    )  # fmt: skip
    assert not talk.draft.queue


def test_what_is_kept_is_taken_up_on_its_own_day(talk: Talk) -> None:
    breath(
        talk, "下礼拜一中午送饭 后天来打扫屋子",
        ("time", time(MONDAY, part="noon"), "下礼拜一中午"), ("service", "meal", "送饭"), ("time", time(FRIDAY), "后天"), ("service", "cleaning", "打扫"),
    )  # fmt: skip
    while talk.state != "confirming":
        talk.say({"asking_quantity": "一份", "asking_diet": "没有"}.get(talk.state, "对"), "inform" if talk.state == "asking_quantity" else "affirm", **({"quantity": ONE} if talk.state == "asking_quantity" else {}))
    heard = talk.say("对", "affirm")
    assert talk.order and (talk.draft.service, talk.draft.date) == ("cleaning", FRIDAY) and "打扫" in heard


def test_several_friends_have_their_hair_cut_at_one_visit(talk: Talk) -> None:
    talk.say("给我们三个老姐妹一起剪头发", "book", service="haircut", quantity={"n": 3, "unit": "个"})
    assert talk.draft.remarks == ["一共三个人"]


def test_several_neighbours_have_their_hair_cut_at_one_visit(talk: Talk) -> None:
    talk.say("我要给三个老人订理发，张大爷李大娘王大爷", "book", service="haircut", quantity={"n": 3, "unit": "个"})
    assert talk.draft.remarks == ["一共三个人"]


def test_others_who_want_it_too_are_noted(talk: Talk) -> None:
    talk.say("给张大爷约理发", "book", service="haircut", relation="neighbour")
    talk.say("还有李大娘和王大爷也要剪", "add_item", relation="neighbour")
    assert talk.draft.remarks == ["李大娘和王大爷也要剪"]


def test_a_day_told_after_another_wish_is_that_ones(talk: Talk) -> None:
    talk.say("后天上午九点打扫屋子", "book", service="cleaning", time=time(FRIDAY, "09:00"), cleaning_task="rooms")
    talk.say("另外再加个理发", "add_item", service="haircut")
    heard = talk.say("礼拜六上午", "correct", time=time(SATURDAY, part="morning"))
    assert talk.draft.date == FRIDAY and wishes(talk) == [("haircut", SATURDAY, "morning")] and "好，理发" in heard and "我记着" in heard


def test_a_later_day_is_again_for_what_is_being_booked(talk: Talk) -> None:
    talk.say("后天上午九点打扫屋子", "book", service="cleaning", time=time(FRIDAY, "09:00"), cleaning_task="rooms")
    talk.say("另外再加个理发", "add_item", service="haircut")
    talk.say("康乐路8号2单元301", "inform", address="康乐路8号2单元301")
    talk.say("礼拜六上午九点", "correct", time=time(SATURDAY, "09:00"))
    assert talk.draft.date == SATURDAY
