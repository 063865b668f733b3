"""What is denied, over, doubted or somebody else's is never booked: illnesses, diets, aids, ways of walking, tasks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from care.booking import task
from care.booking.stance import denied
from care.conversation.model import Conversation
from care.turn import Entity
from tests.conftest import said
from tests.unit.booking_talk import SATURDAY, Talk, meal, time

TEN = time(SATURDAY, "10:00", "morning", ampm=True)


@pytest.fixture
def newcomer(session: Session, conversation: Conversation) -> Talk:
    """A caller of whom only the town is known."""
    return Talk(session, conversation)


def heard(talk: Talk, text: str, intent: str, *named: tuple[str, object, str], **entities: object) -> None:
    """One turn; `named` are kind, value and words of what stands in the text."""
    turn = said(text, intent, f"m{text}", **entities)
    placed = tuple(Entity(kind, value, words, text.index(words), text.index(words) + len(words)) for kind, value, words in named)
    task.take(talk.session, talk.conversation, replace(turn, entities=(*turn.entities, *placed)))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("他没有糖尿病", "糖尿病"),
        ("冇得糖尿病就是牙口不好", "糖尿病"),
        ("糖尿病倒是没有", "糖尿病"),
        ("心脏病什么的都没有", "心脏病"),
        ("我妈从来没得过中风", "中风"),
        ("血糖不高", "血糖不高"),
        ("骨折早好利索了", "骨折"),
        ("糖尿病倒谈不上", "糖尿病"),
        ("气垫就不用了我们有", "气垫"),
        ("心脏没查出啥毛病", "心脏"),
        ("不知道有没有心脏病", "心脏病"),
        ("也不是回民", "回民"),
        ("不要那么软的", "软"),
        ("轮椅不用了", "轮椅"),
        ("没插尿管", "尿管"),
        ("不用擦窗户", "窗户"),
        ("窗户不擦了", "窗户"),
    ],
)
def test_what_is_denied(text: str, named: str) -> None:
    assert denied(text, text.index(named), text.index(named) + len(named))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("没人陪", "陪"),
        ("有没有糖尿病餐", "糖尿病"),
        ("离不开轮椅", "轮椅"),
        ("不光有糖尿病", "糖尿病"),
        ("没牙，要软的", "软"),
        ("有高血压不用吃药", "高血压"),
        ("血压高，没别的", "血压高"),
        ("好久没擦窗户了", "窗户"),
        ("伤口没好", "伤口"),
        ("特别是心脏病", "心脏病"),
        ("要不是心脏病我就自己洗了", "心脏病"),
        ("高血压可以洗吗", "高血压"),
        ("没有发烧，血压高", "血压高"),
    ],
)
def test_what_only_stands_beside_a_denial(text: str, named: str) -> None:
    assert not denied(text, text.index(named), text.index(named) + len(named), ["发烧"])


@pytest.mark.parametrize("text", ["没有高血压、心脏病", "没有高血压和心脏病", "没有高血压，心脏病"])
def test_one_denial_for_several_illnesses(text: str) -> None:
    assert denied(text, text.index("心脏病"), len(text), ["高血压"])


@pytest.mark.parametrize(
    "text",
    [
        "我没有高血压心脏病两个人来帮忙",
        "没有心脏病高血压",
        "没得高血压心脏病糖尿病啥的",
        "没有糖尿病高血压心脏病",
        "高血压心脏病都没有",
        "高血压、心脏病啥都没得",
        "心脏病高血压样样都冇得",
    ],
)
def test_illnesses_in_a_row_are_denied_at_once(text: str) -> None:
    for named in ("高血压", "心脏病"):
        others = ["高血压", "心脏病"]
        assert denied(text, text.index(named), text.index(named) + len(named), others)


@pytest.mark.parametrize("text", ["我有高血压心脏病", "有高血压 心脏病都没有", "有高血压没有心脏病", "高血压吃着药，心脏病没有"])
def test_an_illness_that_is_had_is_not_denied_with_another(text: str) -> None:
    assert not denied(text, text.index("高血压"), text.index("高血压") + len("高血压"), ["高血压", "心脏病"])


def test_a_denied_illness_makes_no_diet(newcomer: Talk) -> None:
    heard(newcomer, "明天订一份饭，没有糖尿病，牙不好，软一点", "book", ("diet", "diabetic", "有糖尿病"), ("diet", "soft", "软一点"), **meal())
    assert newcomer.draft.particulars["diet"] == ["soft"]


def test_a_diet_is_taken_back(newcomer: Talk) -> None:
    heard(newcomer, "明天订一份饭，糖尿病餐", "book", ("diet", "diabetic", "糖尿病餐"), **meal())
    heard(newcomer, "查了，血糖不高，普通的就行", "inform", ("diet", "diabetic", "血糖不高"), ("diet", "normal", "普通的"))
    assert newcomer.draft.particulars["diet"] == ["normal"]


def test_nothing_else_leaves_the_diet(newcomer: Talk) -> None:
    heard(newcomer, "明天订一份饭，少盐", "book", ("diet", "low_salt", "少盐"), **meal())
    heard(newcomer, "没有别的忌口", "inform", ("diet", "normal", "没有别的忌口"))
    assert newcomer.draft.particulars["diet"] == ["low_salt"]


def test_food_that_is_refused_is_no_denial(newcomer: Talk) -> None:
    heard(newcomer, "明天订一份饭，不吃猪肉，也不吃虾", "book", ("diet", "no_pork", "猪肉"), ("diet", {"allergy": "虾"}, "虾"), **meal())
    assert newcomer.draft.particulars["diet"] == ["no_pork", "allergy:虾"]


def test_the_illness_of_somebody_else_stops_no_bath(newcomer: Talk) -> None:
    text = "我老伴心脏病扶不动我，给我自己约个在家洗澡"
    heard(newcomer, text, "book", ("relation", "spouse", "我老伴"), ("relation", "self", "我自己"), ("health", "heart", "心脏病"), service="bath", bath_place="home", time=TEN)
    assert newcomer.state != "refused" and not newcomer.draft.for_other or newcomer.draft.person == "spouse"


@pytest.mark.parametrize(("text", "diet"), [("我老伴让少放盐", ["low_salt"]), ("女儿说要少放盐", ["low_salt"])])
def test_who_only_says_it_has_it_not(newcomer: Talk, text: str, diet: list[str]) -> None:
    heard(newcomer, f"明天订一份饭，{text}", "book", ("diet", "low_salt", "少放盐"), **meal())
    assert newcomer.draft.particulars["diet"] == diet


@pytest.mark.parametrize("text", ["我儿子有高血压抱不动我", "我女儿也有高血压"])
def test_the_illness_of_the_children_is_not_the_elders(newcomer: Talk, text: str) -> None:
    heard(newcomer, f"{text}，给我约在家洗澡", "book", ("health", "high_blood_pressure", "高血压"), service="bath", bath_place="home", time=TEN)
    assert "health" not in newcomer.draft.particulars


def test_a_name_is_put_right(newcomer: Talk) -> None:
    newcomer.say("周六上午十点理发，我叫翟秀莲", "book", service="haircut", time=TEN, person_name="翟秀莲")
    newcomer.say("不对，是翟秀兰，兰花的兰", "deny")
    assert newcomer.draft.name == "翟秀兰"


def test_one_portion_each(newcomer: Talk) -> None:
    newcomer.say("俺俩明天中午吃饭，一人一份", "book", **meal(1))
    assert newcomer.draft.quantity == 2


def test_an_aid_that_goes_back_is_named_with_a_denial(newcomer: Talk) -> None:
    heard(newcomer, "轮椅不用了，来收走", "book", ("aid", "wheelchair", "轮椅"), service="aids_return", time=TEN)
    assert newcomer.draft.particulars["aid"] == "wheelchair"


# --- whose name it is ---------------------------------------------------------------------------------------


def test_a_name_that_was_told_is_read_back_for_every_service(newcomer: Talk) -> None:
    newcomer.say("周六上午十点理发", "book", service="haircut", time=TEN)
    newcomer.say("幸福路三号二栋四零一", "inform", address="幸福路三号二栋四零一")
    read_back = newcomer.say("我是丁玉梅，13900007001", "inform", person_name="丁玉梅", phone="13900007001")
    assert newcomer.state == "confirming" and "丁玉梅" in read_back


def test_the_name_of_whoever_asks_is_kept_apart(newcomer: Talk) -> None:
    heard(newcomer, "给我妈约周六上午十点理发", "book", ("relation", "mother", "我妈"), service="haircut", time=TEN)
    newcomer.say("我姓彭，彭桂英", "inform", person_name="彭桂英")
    assert newcomer.draft.name == "" and newcomer.draft.asker_name == "彭桂英"


def test_a_name_told_before_it_was_said_for_whom_is_the_speakers(newcomer: Talk) -> None:
    newcomer.say("我叫彭桂英，周六上午十点理发", "book", service="haircut", time=TEN, person_name="彭桂英")
    heard(newcomer, "是给我妈理", "correct", ("relation", "mother", "我妈"))
    newcomer.say("幸福路三号二栋四零一", "inform", address="幸福路三号二栋四零一")
    assert newcomer.draft.person == "mother" and newcomer.draft.name == ""


def test_for_oneself_is_no_name(newcomer: Talk) -> None:
    newcomer.say("我想装平安铃", "book", service="safety_bell")
    newcomer.say("我自己用", "inform", person_name="我自己用")
    assert newcomer.draft.name == ""


def test_where_the_visited_live_is_where_the_way_goes(newcomer: Talk) -> None:
    heard(newcomer, "周六上午十点送我去老战友家", "book", service="travel", time=TEN)
    assert newcomer.draft.particulars["destination"] == "老战友家"
    text = "他住福祉大路十号，我从平阳街八号一栋走"
    heard(newcomer, text, "inform", ("address", "福祉大路十号", "福祉大路十号"), ("address", "平阳街八号一栋", "平阳街八号一栋"))
    assert newcomer.draft.particulars["destination"] == "福祉大路十号" and newcomer.draft.address == "平阳街八号一栋"


@pytest.mark.parametrize("words", ["上午十点", "就上午十点吧"])
def test_an_hour_is_no_place_to_go_to(newcomer: Talk, words: str) -> None:
    heard(newcomer, "周六送我去高铁站", "book", service="travel", time=time(SATURDAY))
    heard(newcomer, words, "inform", ("time", time("", "10:00", "morning", ampm=True), "上午十点"))
    assert newcomer.draft.particulars["destination"] == "高铁站" and newcomer.draft.time == "10:00"
