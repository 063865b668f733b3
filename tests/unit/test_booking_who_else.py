"""For whom something is booked: put right, for one's child, for somebody who is cared for, and whose name was told."""

from __future__ import annotations

import pytest

from care import carers
from care.booking import carried, contact, task
from care.conversation.model import Conversation
from care.eligibility import whom as elders
from care.turn import Entity, Turn
from tests.unit.booking_talk import FRIDAY, Talk, time

NOON = time(FRIDAY, part="noon")


def turn(text: str, intent: str = "inform", **people: str) -> Turn:
    """A turn in which people are named: relation=words."""
    found = [Entity(*(("relation", code, words) + (text.index(words), text.index(words) + len(words)))) for code, words in people.items()]
    return Turn("c", text, intent, 0.9, tuple(found), f"m{text}")


@pytest.fixture
def mother(talk: Talk) -> Talk:
    """A meal for the caller's mother, up to the question for her number."""
    talk.say("给我妈订后天中午的饭，送到幸福路18号", "book", service="meal", time=NOON, diet="normal", relation="mother", address="幸福路18号")
    return talk


@pytest.mark.parametrize("intent", ["deny", "correct", "inform"])
@pytest.mark.parametrize("text", ["不是我妈 是我爸", "不是我妈是我爸", "是我爸不是我妈", "说错了 不是给我妈 是给我爸订"])
def test_one_parent_put_right_for_the_other_is_the_other(mother: Talk, text: str, intent: str) -> None:
    task.take(mother.session, mother.conversation, turn(text, intent, mother="我妈", father="我爸"))
    assert mother.draft.person == "father"


def test_without_anybody_instead_it_is_asked_for_whom(mother: Talk) -> None:
    task.take(mother.session, mother.conversation, turn("不是给我妈订", "deny", mother="我妈"))
    task.ask(mother.session, mother.conversation, False)
    assert (mother.draft.person, mother.draft.asking) == ("", "person")


@pytest.mark.parametrize(
    ("text", "word"), [("给我闺女订后天中午的饭", "闺女"), ("帮我小儿子约个饭", "儿子"), ("替俺儿媳妇订一份饭", "儿媳妇")]
)
def test_a_meal_for_ones_child_is_the_childs(talk: Talk, text: str, word: str) -> None:
    heard = talk.say(text, "book", service="meal", time=NOON)
    assert talk.draft.person == "child" and f"您{word}" in heard


@pytest.mark.parametrize("text", ["我女儿不在家，订个饭", "给我儿子打过电话了，订个饭", "我闺女说你们饭好，给我订一份", "给我女儿添麻烦，订个饭"])
def test_children_are_named_for_other_reasons(talk: Talk, text: str) -> None:
    talk.say(text, "book", service="meal", time=NOON)
    assert talk.draft.person in ("", "self")


def test_the_friend_and_her_name_are_one(talk: Talk) -> None:
    text = "给老姐妹李大姐订个饭"
    task.take(talk.session, talk.conversation, turn(text, "book", friend="老姐妹"))
    talk.say("送饭", "inform", service="meal")
    assert talk.draft.person == "friend"


@pytest.mark.parametrize("intent", ["inform", "well_being"])
def test_a_stay_offered_to_a_carer_is_for_whoever_is_cared_for(talk: Talk, conversation: Conversation, intent: str) -> None:
    worn = turn("天天伺候瘫痪老头累死了，想歇几天，有没有地方送", intent, spouse="老头")
    assert carers.claims(conversation, worn) and elders.relation(worn)
    carers.answer(talk.session, conversation, worn)
    carried.keep(conversation, worn)
    talk.say("帮我订", "book")
    assert talk.draft.person == "spouse"


@pytest.mark.parametrize("text", ["我叫李秀英", "我就叫李秀英", "我名字叫李秀英", "我是他老伴李秀英", "俺是她闺女李秀英"])
def test_whoever_tells_their_own_name_tells_not_the_elders(text: str) -> None:
    assert contact.names_speaker(text, "李秀英")


@pytest.mark.parametrize("text", ["他叫李秀英", "给我叫李秀英", "我妈叫李秀英", "老伴李秀英"])
def test_the_elders_name_is_not_the_speakers(text: str) -> None:
    assert not contact.names_speaker(text, "李秀英")


@pytest.mark.parametrize("text", ["我要订餐 给老李头办", "给张老三订个饭", "替楼下老孙头订份午饭", "帮我们村王老五订饭"])
def test_somebody_called_by_a_byname_is_not_the_caller(talk: Talk, text: str) -> None:
    talk.say(text, "book", service="meal", time=NOON)
    assert talk.draft.person == "neighbour" and not talk.draft.name


@pytest.mark.parametrize("text", ["叫我老刘头就行 我要订饭", "我是老李头 订个饭", "我订个饭 老年餐多少钱"])
def test_a_byname_of_ones_own_is_no_neighbour(talk: Talk, text: str) -> None:
    talk.say(text, "book", service="meal", time=NOON)
    assert talk.draft.person in ("", "self")


@pytest.mark.parametrize("text", ["给老李头办", "是给张老三办 不是我", "不是我，是给老李头"])
def test_a_byname_told_while_something_else_is_asked_says_for_whom(talk: Talk, text: str) -> None:
    talk.say("我要订饭", "book", service="meal")
    assert talk.draft.person in ("", "self")
    talk.say(text, "inform")
    assert talk.draft.person == "neighbour"


def test_a_master_who_is_to_be_called_is_nobody_it_is_for(talk: Talk) -> None:
    talk.say("我要理发", "book", service="haircut")
    talk.say("跟李师傅说一声", "inform")
    assert talk.draft.person in ("", "self")
