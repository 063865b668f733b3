"""Questions about services, as an elder asks them."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import service_list
from care.conversation.model import Conversation
from care.settings import settings
from tests.conftest import said


@pytest.fixture
def ask(session, conversation):
    def _ask(text, intent="service_query", **entities):
        return service_list.answer(session, conversation, said(text, intent, **entities))

    return _ask


def words(outcome):
    return "".join(reply.say for reply in outcome.replies)


def test_what_there_is_names_three_to_choose_and_the_rest(ask):
    outcome = ask("有啥服务")
    assert [choice.title for choice in outcome.replies[0].choices] == ["送餐", "洗澡", "陪看病"]
    assert "还有" in words(outcome)


def test_what_else_there_is_names_others(ask):
    titles = [choice.title for choice in ask("除了送饭还有啥").replies[0].choices]
    assert titles and not set(titles) & {"送餐", "洗澡", "陪看病"}


def test_a_price_is_told_as_a_demonstration(ask):
    said_words = words(ask("洗个澡多少钱", "price_query", service="bath"))
    assert "一次三十块" in said_words and "演示" in said_words


@pytest.mark.parametrize("text", ["在家里洗多少钱", "上门洗多少钱"])
def test_the_price_at_home_is_told_to_who_asks_for_it(ask, text):
    said_words = words(ask(text, "price_query", service="bath", bath_place="home"))
    assert "在家和去站里都是一次三十块" in said_words and "演示" in said_words


def test_an_unknown_price_is_not_invented(ask):
    said_words = words(ask("租轮椅多少钱", "price_query", service="aids_rental"))
    assert "没有准数" in said_words and "块" not in said_words


def test_registering_is_free_but_the_rest_is_not_promised(ask):
    said_words = words(ask("能力评估收钱吗", "price_query", service="ability_assessment"))
    assert "登记不收钱" in said_words and "各地不一样" in said_words


def test_who_pays_less_is_told_for_the_own_region_only(ask, conversation):
    conversation.region = "yangling"
    assert "低保" in words(ask("洗澡多少钱", "price_query", service="bath"))
    conversation.region = "hunan"
    assert "低保" not in words(ask("洗澡多少钱", "price_query", service="bath"))


def test_a_town_told_after_the_price_brings_something_new(ask):
    before = words(ask("洗个澡多少钱", "price_query", service="bath"))
    there = {"region": "hunan", "name": "长沙", "level": "city"}
    after = words(ask("长沙的洗澡多少钱", "price_query", service="bath", place=there))
    assert "三十块" in before and "三十块" not in after and "也是这样" in after and "订吗" in after
    assert "三十块" in words(ask("那洗个澡多少钱", "price_query", service="bath"))


def test_the_canteen_nearby_needs_the_place_and_then_answers(ask, session, conversation):
    outcome = ask("附近有没有食堂", service="canteen")
    assert outcome.state == "asking_region"
    task = service_list.service_region_task
    turn = said("红谷滩", place={"region": "nanchang", "name": "红谷滩", "level": "district"})
    done = task.take(session, conversation, turn)
    assert done.finished and "红谷滩" in words(done)
    assert conversation.region == "nanchang" and "service_region" not in conversation.drafts


def test_the_known_region_is_not_asked_again(ask, conversation):
    conversation.region = "dongguan"
    outcome = ask("附近有没有食堂", service="canteen")
    assert outcome.state == "answered" and "莞城" in words(outcome)


def test_a_place_that_is_none_of_ours_is_told_so(ask, session, conversation):
    assert "不在我们管的地方" in words(ask("苏州有没有送饭", service="meal", place={"region": "", "name": "苏州"}))
    ask("附近有没有食堂", service="canteen")
    done = service_list.service_region_task.take(
        session, conversation, said("我在苏州", place={"region": "", "name": "苏州"})
    )
    assert done.finished and "苏州" in words(done)


def test_asking_the_region_gives_up_after_two_misses(ask, session, conversation):
    ask("附近有没有食堂", service="canteen")
    task = service_list.service_region_task
    first = task.take(session, conversation, said("嗯啊", message_id="1"))
    assert not first.finished
    asked = task.ask(session, conversation, False)
    assert asked.state == "asking_region" and "比如" in words(asked)
    assert task.take(session, conversation, said("那个那个", message_id="2")).finished


def test_the_same_message_twice_changes_nothing(ask, session, conversation):
    ask("附近有没有食堂", service="canteen")
    task = service_list.service_region_task
    for _ in range(3):
        assert not task.take(session, conversation, said("嗯啊", message_id="same")).finished


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("洗澡要带什么", "空着肚子"),
        ("是几个人来洗", "两位护理员"),
        ("一次要多久", "四十五分钟"),
        ("几点到几点能洗", "上午九点"),
        ("要提前几天约", "四个小时"),
        ("站里有人扶吧", "有，每次两位护理员"),
        ("什么人能用", "自己洗澡不方便"),
        ("洗澡都包啥", "量血压"),
    ],
)
def test_details_of_a_service(ask, text, expected):
    assert expected in words(ask(text, service="bath"))


def test_details_go_on_about_the_service_spoken_of(ask):
    ask("洗个澡多少钱", "price_query", service="bath")
    assert "护理员" in words(ask("谁来呀"))


def test_the_open_booking_says_which_service_is_meant(ask, conversation):
    conversation.task = "booking"
    conversation.keep_draft("booking", {"service": "bath"})
    outcome = ask("站里有人扶吧")
    assert "两位护理员" in words(outcome) and "订吗" not in words(outcome)


def test_soft_food(ask):
    assert "软饭" in words(ask("软饭有没有", service="meal", diet="soft"))


def test_a_day_of_rest_is_told(ask):
    assert "休息" in words(ask("礼拜天能剪头发不", service="haircut", time={"date": "2026-11-29", "time": None}))
    assert "元旦" in words(ask("元旦能洗澡吗", service="bath", time={"date": "2027-01-01", "time": None}))


def test_what_another_town_has_is_not_promised(ask, conversation):
    conversation.region = "nanchang"
    said_words = words(ask("平安铃是咋用的", service="safety_bell"))
    assert "东莞" in said_words and "不知道" in said_words


def test_prices_in_general_come_with_three_examples(ask):
    outcome = ask("咋收费", "price_query")
    assert "一份十二块" in words(outcome) and "演示" in words(outcome) and len(outcome.replies[0].choices) == 3


def test_nothing_spoken_has_brackets_or_latin_letters(ask, conversation):
    for region in ("", *service_list.regions()):
        conversation.region = region
        for code in ("meal", "bath", "visit", "home_bed", "respite", "aids_rental"):
            for text, intent in (("多少钱", "price_query"), ("是啥", "service_query"), ("几点", "service_query")):
                for letter in words(ask(text, intent, service=code)):
                    assert letter not in "（）()【】*" and not letter.isascii(), (code, text)


def test_several_hours_or_portions_are_added_up(ask):
    assert "七十五块" in words(ask("保洁三个钟头多少钱", "price_query", service="cleaning", duration={"minutes": 180}))
    assert "二十四块" in words(ask("两份饭多少钱", "price_query", service="meal", quantity={"n": 2, "unit": "份"}))


def test_a_question_about_money_is_answered_with_money(ask):
    assert "三十五块" in words(ask("上门打针咋收费的", "price_query", service="home_nursing"))
    assert "不另收" in words(ask("送饭另收跑腿费不", "price_query", service="meal"))


def test_a_place_without_a_provider_nearby_is_not_glossed_over(ask):
    place = {"region": "hunan", "name": "株洲", "level": "city"}
    told = words(ask("株洲能送餐吗", service="meal", place=place))
    assert "没有登记株洲" in told and "一二三四五" in told
    near = {"region": "hunan", "name": "衡阳", "level": "city"}
    assert "没登记" not in words(ask("衡阳有没有送餐的", service="meal", place=near))


def test_what_is_not_known_is_said(ask):
    told = words(ask("早饭有没有"))
    assert "说不准" in told and "一二三四五" in told


def test_a_diet_alone_is_about_meals(ask):
    assert "清真饭" in words(ask("有清真的没有", diet="halal"))


def test_when_the_canteen_serves_is_not_when_meals_are_brought(ask):
    heard = words(ask("食堂几点开饭", service=["canteen", "meal"]))
    assert "食堂" in heard and "开饭" in heard and "以门口写的为准" in heard and "送餐" not in heard


def test_meals_at_the_door_keep_their_own_hours(ask):
    assert "送餐" in words(ask("送餐几点能到", service="meal"))


def test_a_price_is_short_for_the_ear_and_whole_on_the_screen(ask, conversation):
    conversation.region = "yangling"
    reply = ask("洗个澡多少钱", "price_query", service="bath").replies[0]
    assert len(reply.say) <= 45 and "浴资" not in reply.say
    assert "浴资和车费另算" in reply.show and "请民政核实" in reply.show


def test_where_without_a_town_is_left_to_the_booking(conversation):
    conversation.region = ""
    turn = said("能把他送哪儿住几天不", "service_query")
    assert service_list.aside(conversation, turn, "respite") is None


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    monkeypatch.setenv("CARE_NOW", moment)
    settings.cache_clear()


@pytest.mark.parametrize(
    ("moment", "text", "told", "heard"),
    [
        ("2026-11-25T22:00:00", "今天晚饭还能订吗", {"date": "2026-11-25", "part": "evening"}, "来不及了，明天，星期四有"),
        ("2026-11-25T11:50:00", "今天中午饭还来得及吗", {"date": "2026-11-25", "part": "noon"}, "那会儿来不及了，下午四点半到"),
        ("2026-11-25T11:50:00", "今天晚饭还能订吗", {"date": "2026-11-25", "part": "evening"}, "今天，星期三有，下午四点半到"),
        ("2026-11-25T22:00:00", "现在还能送饭吗", {}, "来不及了，明天，星期四有"),
        ("2026-11-25T22:00:00", "明天晚饭还能订吗", {"date": "2026-11-26", "part": "evening"}, "明天，星期四有，上午十点半"),
    ],
)
def test_what_of_today_is_over_is_not_offered(
    session: Session, conversation: Conversation, monkeypatch: pytest.MonkeyPatch, moment: str, text: str, told: dict, heard: str
) -> None:
    at(monkeypatch, moment)
    outcome = service_list.answer(session, conversation, said(text, "service_query", service="meal", **({"time": told} if told else {})))
    assert heard in outcome.replies[0].say
    day = "十一月二十五号" if "今天，星期三有" in heard or "那会儿" in heard else "十一月二十六号"
    assert outcome.replies[0].choices[0].value == f"我想要送餐，{day}"


def test_what_rests_on_a_holiday_is_told(session: Session, conversation: Conversation) -> None:
    outcome = service_list.answer(session, conversation, said("过年开不开", "service_query", time={"date": "2027-02-06"}))
    assert "送餐" in outcome.replies[0].say and "休息" in outcome.replies[0].say
