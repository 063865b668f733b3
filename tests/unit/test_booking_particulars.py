"""What single services ask besides day and place, applications, and what is not booked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from care.booking import particulars, task
from care.booking.addresses import read_address
from care.booking.contact import home_of_others, phone_fault, read_name, read_phone
from care.conversation.model import Conversation
from care.orders import by_number
from care.service_list import items, regions
from care.turn import Entity
from tests.conftest import said
from tests.unit.booking_talk import FRIDAY, MONDAY, SATURDAY, THURSDAY, Talk, meal, time

TEN = time(SATURDAY, "10:00", "morning", ampm=True)


@pytest.fixture
def newcomer(session: Session, conversation: Conversation) -> Talk:
    """A caller of whom only the town is known."""
    return Talk(session, conversation)


@pytest.mark.parametrize(
    ("words", "told", "then"),
    [
        ("油烟机也要弄哩", "kitchen", {"windows", "room", "kitchen"}),
        ("厨房你漏咧，厨房最要紧", "kitchen", {"windows", "room", "kitchen"}),
        ("不对，改成擦厨房", "kitchen", {"kitchen"}),
    ],
)
def test_what_is_wanted_too_takes_nothing_away(newcomer: Talk, words: str, told: str, then: set[str]) -> None:
    newcomer.say("后天上午九点打扫", "book", service="cleaning", cleaning_task=["windows", "room"], time=time(FRIDAY, "09:00", ampm=True))
    newcomer.say(words, "correct", cleaning_task=told)
    assert set(newcomer.draft.particulars["cleaning_task"]) == then


# --- bath ----------------------------------------------------------------------------------------------------


def bath(talk: Talk) -> None:
    """A bath at home, up to the health question."""
    talk.say("大后天上午十点在家洗澡", "book", service="bath", bath_place="home", time=TEN)
    assert talk.state == "asking_health"


@pytest.mark.parametrize(
    ("words", "entities"),
    [("有点发烧", {"health": "fever"}), ("上个月刚中风", {}), ("背上有褥疮", {}), ("身上插着尿管", {})],
)
def test_a_bath_is_not_booked_when_it_is_not_safe(talk: Talk, words: str, entities: dict[str, str]) -> None:
    bath(talk)
    heard = talk.say(words, "inform", **entities)
    assert "先请医生看看" in heard and talk.state == "refused" and talk.finished
    assert talk.choices == ["约上门护理", "请人给我回电话"]


def test_illness_said_at_the_start_stops_the_bath_at_once(talk: Talk) -> None:
    talk.say("我发烧了想洗个澡", "book", service="bath", health="fever")
    assert talk.state == "refused"


def test_high_blood_pressure_as_such_gets_a_bath_with_a_word_to_the_carer(talk: Talk) -> None:
    bath(talk)
    heard = talk.say("我有高血压", "inform", health="high_blood_pressure")
    assert "洗前先量" in heard and talk.state == "asking_place"


def test_pressure_that_is_very_high_today_sends_to_the_doctor(talk: Talk) -> None:
    bath(talk)
    talk.say("血压一百八，头晕", "inform", health="blood_pressure_now")
    assert talk.state == "refused"


def test_a_denial_inside_the_words_of_an_illness_counts(talk: Talk) -> None:
    talk.say("我想在家洗个澡", "book", service="bath", bath_place="home")
    heard = said("没有别的毛病，皮肤没破", "inform")
    skin = Entity("health", "skin", "皮肤没破", 7, 11)
    task.take(talk.session, talk.conversation, replace(heard, entities=(skin,)))
    assert "skin" not in talk.draft.particulars.get("health", ())


@pytest.mark.parametrize(
    ("words", "intent"),
    [("没有", "deny"), ("没发烧也没中风", "inform"), ("都好着呢", "inform"), ("前年做过手术", "inform")],
)
def test_healthy_people_get_their_bath(talk: Talk, words: str, intent: str) -> None:
    bath(talk)
    talk.say(words, intent)
    assert talk.draft.particulars["health"] == ["none"] and talk.state == "asking_place"


def test_a_yes_to_the_health_question_asks_which(talk: Talk) -> None:
    bath(talk)
    heard = talk.say("有", "affirm")
    assert "是哪一样" in heard and "没听" not in heard and talk.state == "asking_health"


def test_why_health_is_asked_is_answered_and_asked_again(talk: Talk) -> None:
    bath(talk)
    heard = talk.say("为啥问这个？", "inform")
    assert "容易出事" in heard and talk.state == "asking_health" and talk.conversation.misses == 0


def test_what_only_the_centre_costs_on_top_is_told_only_there(talk: Talk) -> None:
    bath(talk)
    talk.say("没有", "deny")
    assert "浴资" not in talk.say("对", "affirm")
    assert "浴资和车费另算" in talk.say("改成去站里洗", "correct", bath_place="centre")


def test_at_the_centre_no_address_is_asked(talk: Talk) -> None:
    talk.say("大后天上午十点去站里洗澡", "book", service="bath", bath_place="centre", time=TEN)
    heard = talk.say("没有", "deny")
    assert talk.state == "confirming" and "上门" not in heard


# --- the others ----------------------------------------------------------------------------------------------


def test_going_to_hospital_with_company(talk: Talk) -> None:
    talk.say("陪我去看病", "book", service="medical", medical_task="escort")
    talk.say("大后天上午八点", time=time(SATURDAY, "08:00", "morning", ampm=True))
    assert talk.state == "asking_hospital"
    talk.say("去市人民医院", facility="市人民医院")
    assert talk.state == "asking_department"
    talk.say("不知道", "dont_know")
    assert talk.state == "asking_place"
    heard = talk.say("对", "affirm")
    assert "陪着去看病" in heard and "市人民医院" in heard and "轮椅" not in heard
    assert "看病和买药的钱另算" in heard
    talk.say("对", "affirm")
    details = by_number(talk.session, talk.order).particulars
    assert "wheelchair" not in details and details["hospital"] == "市人民医院"


def test_an_answer_in_free_words_counts_for_what_was_asked(talk: Talk) -> None:
    talk.say("想去看病", "book", service="medical", medical_task="escort", time=time(SATURDAY, "08:00", ampm=True))
    talk.say("去城东那个老年病医院", "nlu_fallback")
    assert talk.draft.particulars["hospital"] == "城东那个老年病医院"


def test_travel_asks_from_where_to_where_and_for_a_wheelchair(talk: Talk) -> None:
    talk.say("送我出门", "book", service="travel")
    assert talk.state == "asking_destination"
    talk.say("去市人民医院", facility="市人民医院")
    talk.say("大后天上午九点", time=time(SATURDAY, "09:00", "morning", ampm=True))
    assert talk.state == "asking_wheelchair"
    talk.say("坐轮椅", mobility="wheelchair")
    assert "到登记的那个地址接吗" in talk.replies[-1].say
    heard = talk.say("对", "affirm")
    assert "市人民医院" in heard and "要轮椅" in heard and "到光明社区七号楼二单元接" in heard


def test_cleaning_asks_what(talk: Talk) -> None:
    talk.say("找人打扫", "book", service="cleaning")
    assert talk.state == "asking_cleaning_task"
    talk.say("擦窗户和厨房", cleaning_task=["windows", "kitchen"])
    assert talk.draft.particulars["cleaning_task"] == ["windows", "kitchen"]


def test_renting_an_aid_asks_which_and_how_long(talk: Talk) -> None:
    talk.say("轮椅坏了想租一个", "book", service="aids_rental", aid="wheelchair")
    assert talk.state == "asking_duration"
    talk.say("一个月", duration={"days": 30})
    talk.say("大后天上午十点", time=TEN)
    heard = talk.say("对", "affirm")
    assert "轮椅" in heard and "三十天" in heard
    talk.say("对", "affirm")
    assert by_number(talk.session, talk.order).particulars["duration"] == {"days": 30}


def test_what_is_broken_may_be_in_the_first_sentence(talk: Talk) -> None:
    talk.say("厨房灯泡坏了", "book", service="urgent")
    assert talk.draft.particulars["problem"] == "厨房灯泡坏了" and talk.state == "asking_date"


def test_what_is_broken_is_asked_otherwise(talk: Talk) -> None:
    talk.say("找师傅来一趟", "book", service="urgent")
    assert talk.state == "asking_problem"
    talk.say("马桶一直流水")
    assert talk.draft.particulars["problem"] == "马桶一直流水"


@pytest.mark.parametrize(
    ("answer", "problem"),
    [("对对，就是水管", "水管"), ("是的，就是马桶", "马桶"), ("对，水龙头", "水龙头"), ("嗯，是厨房的灯", "厨房的灯")],
)
def test_a_yes_that_names_what_is_broken_is_the_answer(talk: Talk, answer: str, problem: str) -> None:
    talk.say("找师傅来一趟", "book", service="urgent")
    talk.say("对", "affirm")
    assert "problem" not in talk.draft.particulars
    talk.say(answer, "affirm")
    assert talk.draft.particulars["problem"] == problem


@pytest.mark.parametrize("broken", ["厨房水管爆了", "卫生间马桶反水", "下水道不通"])
def test_pipes_that_burst_and_clog_are_told_in_the_first_sentence(talk: Talk, broken: str) -> None:
    talk.say(broken, "book", service="urgent")
    assert talk.draft.particulars["problem"] == broken


def test_an_application_is_submitted_with_a_number(newcomer: Talk) -> None:
    newcomer.say("想申请适老化改造", "book", service="home_adaptation")
    assert newcomer.state == "asking_person"
    newcomer.say("给我自己", relation="self")
    assert newcomer.state == "asking_place" and "您住在哪里" in newcomer.replies[-1].say
    newcomer.say("光明社区七号楼二单元", address="光明社区七号楼二单元")
    assert newcomer.state == "asking_name"
    newcomer.say("我叫王秀英", person_name="王秀英")
    newcomer.say("13812345678", phone="13812345678")
    assert "登记申请" in newcomer.replies[-1].say and "不收钱" in newcomer.replies[-1].say
    heard = newcomer.say("对", "affirm")
    assert newcomer.state == "submitted" and "登记好了" in heard and "订好了" not in heard
    assert by_number(newcomer.session, newcomer.order).days == []


def test_the_waiting_list_takes_how_somebody_is_when_told_and_does_not_ask(talk: Talk) -> None:
    talk.say(
        "养老院要排队，给我登记，我吃低保",
        "book",
        service="waitlist",
        relation="self",
        fact={"fact": "income", "value": "dibao"},
    )
    talk.say("对", "affirm")
    assert talk.state == "confirming" and "低保" in talk.replies[-1].say
    talk.say("对", "affirm")
    assert talk.state == "submitted"
    assert by_number(talk.session, talk.order).particulars == {"priority": "dibao"}


def test_a_canteen_meal_needs_no_address(talk: Talk) -> None:
    talk.say(
        "后天中午去食堂吃，一个人，没忌口",
        "book",
        service="canteen",
        diet="normal",
        quantity={"n": 1, "unit": "人"},
        time=time(FRIDAY, part="noon"),
    )
    assert talk.state == "confirming" and "送到" not in talk.replies[-1].say


def test_what_a_town_does_not_offer_is_said(talk: Talk) -> None:
    heard = talk.say("装个平安铃", "book", service="safety_bell")
    assert "还没有平安铃" in heard and talk.state == "refused" and talk.choices == ["请人给我回电话"]


def test_every_service_of_every_town_can_be_asked_through(session: Session, conversation: Conversation) -> None:
    """No question of any service lacks its text, and each one leads on."""
    answers = {
        "person": ("给我自己", "inform", {"relation": "self"}),
        "name": ("王秀英", "inform", {"person_name": "王秀英"}),
        "date": ("下星期一", "inform", {"time": time(MONDAY)}),
        "phone": ("13812345678", "inform", {"phone": "13812345678"}),
        "place": ("幸福路十八号", "inform", {"address": "幸福路十八号"}),
        "region": ("长沙", "inform", {}),
        "quantity": ("一份", "inform", {"quantity": {"n": 1, "unit": "份"}}),
        "duration": ("一个星期", "inform", {"duration": {"days": 7}}),
        "problem": ("灯泡坏了", "inform", {}),
        "destination": ("市人民医院", "inform", {"facility": "市人民医院"}),
        "hospital": ("市人民医院", "inform", {"facility": "市人民医院"}),
        "bath_place": ("在家", "inform", {"bath_place": "home"}),
        "health": ("没有", "deny", {}),
        "aid": ("轮椅", "inform", {"aid": "wheelchair"}),
        "medical_task": ("陪我看病", "inform", {"medical_task": "escort"}),
    }
    for region in regions():
        for item in items(region):
            conversation.drafts, conversation.memory = {}, {}
            talk = Talk(session, conversation, region)
            talk.turns = 1000
            talk.say("我要办这个", "book", service=item.code)
            for _ in range(14):
                if talk.state == "confirming":
                    break
                slot = talk.state.removeprefix("asking_")
                if talk.draft.options:
                    talk.say(talk.choices[0])
                elif slot == "time":
                    start = item.hours[0][0]
                    talk.say("那时候", "inform", time=time(time=start, ampm=True))
                else:
                    talk.say(
                        *answers.get(slot, ("随便", "dont_know", {}))[:2],
                        **answers.get(slot, ("", "", {}))[2],
                    )
            assert talk.state == "confirming", (region, item.code, talk.state, [r.say for r in talk.replies])


# --- contact -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("送到幸福路十八号，五零二吧", "幸福路十八号五零二"),
        ("嗯我住在光明社区7号楼2单元", "光明社区7号楼2单元"),
        ("在大寨村三组", "大寨村三组"),
        ("我不知道", ""),
        ("你说哪里", ""),
        ("啥", ""),
    ],
)
def test_addresses_in_answers(said: str, address: str) -> None:
    assert read_address(said) == address


def test_homes_of_others_are_named_back() -> None:
    assert home_of_others("不是，在我闺女家") == "您闺女家"
    assert home_of_others("送到俺儿子那儿") == "您儿子家"
    assert home_of_others("幸福路十八号") == "" and home_of_others("在我家") == ""


@pytest.mark.parametrize(
    ("said", "digits", "fault"),
    [
        ("幺三八 一二三四 五六七八", "13812345678", ""),
        ("138-1234-5678", "13812345678", ""),
        ("零二九八八八八一二三四", "02988881234", ""),
        ("1381234567", "1381234567", "short"),
        ("138123456789", "138123456789", "long"),
        ("12012345678", "12012345678", "odd"),
        ("没有", "", "short"),
    ],
)
def test_telephone_numbers(said: str, digits: str, fault: str) -> None:
    assert read_phone(said) == digits and phone_fault(digits) == fault


@pytest.mark.parametrize(
    ("said", "name"),
    [("我叫王秀英", "王秀英"), ("姓李", "李"), ("欧阳锋", "欧阳锋"), ("你问这个干嘛呀大哥", "")],
)
def test_names(said: str, name: str) -> None:
    assert read_name(said) == name


def test_a_number_with_a_digit_missing_is_asked_again_naming_how_many_were_heard(newcomer: Talk) -> None:
    newcomer.say("后天中午送一份饭到幸福路十八号，没忌口", "book", **meal(diet="normal", address="幸福路十八号"))
    heard = newcomer.say("1381234567")
    assert "我听到的是十位" in heard and newcomer.state == "asking_phone"
    newcomer.say("13812345678")
    assert newcomer.state == "confirming"


def test_a_number_may_come_in_two_pieces(newcomer: Talk) -> None:
    newcomer.say("后天中午送一份饭到幸福路十八号，没忌口", "book", **meal(diet="normal", address="幸福路十八号"))
    newcomer.say("幺三八一二三四")
    newcomer.say("五六七八")
    assert newcomer.draft.phone == "13812345678" and newcomer.state == "confirming"


def test_what_to_buy_is_asked_when_it_was_not_said(talk: Talk) -> None:
    talk.say("帮我买点东西", "book", service="errand")
    assert talk.state == "asking_problem"


def test_the_menu_is_told_at_any_question_of_a_meal(talk: Talk) -> None:
    talk.say("我想吃饭", "book", service="meal")
    assert "一荤两素一汤" in talk.say("都有啥菜啊？") and talk.state == "asking_date"


def test_absurd_numbers_are_limited_with_a_way_to_a_human(talk: Talk) -> None:
    heard = talk.say("后天中午送一百份饭", "book", **meal(100))
    assert "一百份" in heard and "最多订十份" in heard and "人工" in heard and talk.draft.quantity == 0
    talk.say("行", "affirm")
    assert talk.draft.quantity == 10
    assert "我没弄明白" in talk.say("零份", "correct", quantity={"n": 0, "unit": "份"})


def test_a_town_that_is_not_served_is_said(session: Session, conversation: Conversation) -> None:
    talk = Talk(session, conversation, region="")
    talk.say("明天中午送一份饭，没忌口", "book", **meal(date=THURSDAY, diet="normal"))
    talk.say("幸福路十八号", address="幸福路十八号")
    heard = talk.say("苏州", place={"region": "", "name": "苏州"})
    assert "苏州还不在我能办的地方" in heard and talk.state == "asking_region"
    talk.say("哦，长沙")
    assert talk.draft.region == "hunan"


def test_values_are_said_back_in_words() -> None:
    assert particulars.say("diet", ["soft", "allergy:虾"]) == "软一点的、不放虾"
    assert particulars.say("wheelchair", True) == "要轮椅"


# --- what is denied, what is something else, what is decided in the end -----------------------------------------


def test_a_task_that_is_not_wanted_is_not_taken_nor_is_the_sentence_a_hospital(talk: Talk) -> None:
    talk.say("明天早上陪诊", "book", service="medical", medical_task="escort", time=time("2026-11-26", "08:00", ampm=True))
    text = "陪着去看病就行，不拿药"
    found = (
        Entity("medical_task", "escort", "陪着去看", 0, 4), Entity("service", "medical", "陪着去看病", 0, 5),
        Entity("medical_task", "fetch_medicine", "拿药", 9, 11), Entity("facility", text, text, 0, 11),
    )  # fmt: skip
    task.take(talk.session, talk.conversation, replace(said(text, "inform", "m9"), entities=found))
    assert talk.draft.particulars["medical_task"] == ["escort"] and "hospital" not in talk.draft.particulars


def test_the_hospital_is_no_department(talk: Talk) -> None:
    talk.say("明天早上陪诊", "book", service="medical", medical_task="escort", time=time("2026-11-26", "08:00", ampm=True))
    talk.say("市医院", facility="市医院")
    assert talk.state == "asking_department"
    text = "湘雅二医院"
    found = (Entity("facility", text, text, 0, 5), Entity("department", text, text, 0, 5))
    task.take(talk.session, talk.conversation, replace(said(text, "inform", "m9"), entities=found))
    assert "department" not in talk.draft.particulars and talk.draft.particulars["hospital"] == text


def test_the_last_word_on_a_diet_counts(talk: Talk) -> None:
    talk.say("明天中午一份饭", "book", service="meal", time=time("2026-11-26", part="noon"), quantity={"n": 1, "unit": "份"})
    talk.say("不要辣的，等下，孙子要吃辣，那就正常的", diet=["no_spicy", "normal"])
    assert talk.draft.particulars["diet"] == ["normal"]


def _two_portions(talk: Talk, text: str = "明天中午两份饭，一份软的一份低糖的") -> None:
    """One soft, one without sugar; what is without sugar is known to the understanding alone."""
    one = {"n": 1, "unit": "份"}
    words = [("service", "meal", "饭"), ("quantity", {"n": 2, "unit": "份"}, "两份"), ("quantity", one, "一份"), ("diet", "soft", "软的"),
             ("quantity", one, "一份"), ("diet", "diabetic", "低糖的")]  # fmt: skip
    found, behind = [], 0
    for kind, value, word in words:
        start = text.index(word, 0 if kind in ("service", "diet") else behind)
        behind = start + len(word) if kind == "quantity" else behind
        found.append(Entity(kind, value, word, start, start + len(word)))
    task.take(talk.session, talk.conversation, replace(said(text, "book", "m0", time=time("2026-11-26", part="noon")), entities=tuple(found)))


def test_a_diet_that_only_the_understanding_knows_has_its_portion(talk: Talk) -> None:
    _two_portions(talk)
    assert talk.draft.quantity == 2 and talk.draft.shares == {"soft": 1, "diabetic": 1}


def test_one_portion_told_anew_leaves_the_other(talk: Talk) -> None:
    _two_portions(talk)
    text = "不对 一份是少盐的"
    talk.hear(text, "correct", quantity=({"n": 1, "unit": "份"}, "一份"), diet=("low_salt", "少盐的"))
    assert talk.draft.quantity == 2 and talk.draft.shares == {"soft": 1, "low_salt": 1}
    assert talk.draft.particulars["diet"] == ["soft", "low_salt"]


@pytest.mark.parametrize("text", ["给我爸和我妈各订一份饭", "我爸我妈各来一份饭", "我爸、我妈一人一份饭"])
def test_one_for_each_of_those_named(talk: Talk, text: str) -> None:
    named = [("relation", "father", "我爸"), ("relation", "mother", "我妈"), ("service", "meal", "饭"), ("quantity", {"n": 1, "unit": "份"}, "一份")]
    found = tuple(Entity(kind, value, word, text.index(word), text.index(word) + len(word)) for kind, value, word in named)
    task.take(talk.session, talk.conversation, replace(said(text, "book", "m1"), entities=found))
    assert talk.draft.quantity == 2


def test_one_with_a_diet_and_one_who_eats_anything(talk: Talk) -> None:
    talk.hear("老伴血糖高，我自己啥都吃，明天晌午送两份", "book", service=("meal", "送两份"), relation=("spouse", "老伴"),
              diet=("diabetic", "血糖高"), quantity=({"n": 2, "unit": "份"}, "两份"))  # fmt: skip
    assert talk.draft.quantity == 2 and talk.draft.shares == {"diabetic": 1}


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ("哎呀娃呀额灶房水管子漏咧地上全是水你赶紧叫个人来", "灶房水管子漏"),
        ("你们能不能找个人来我家厨房灯坏了晚上看不见做饭", "厨房灯坏了"),
        ("马桶冲不下去堵死了好几天了你们来看看呗", "马桶冲不下去堵死了"),
        ("门锁打不开了我进不去屋了在楼道站着呢快叫人来", "门锁打不开了"),
    ],
)
def test_what_is_broken_is_found_in_a_tale_without_a_pause(talk: Talk, told: str, problem: str) -> None:
    talk.say(told, "book", service="urgent")
    assert talk.draft.particulars["problem"] == problem


def test_what_is_broken_may_be_told_along_with_a_question(talk: Talk) -> None:
    talk.say("找师傅来一趟", "book", service="urgent")
    talk.say("总闸额关咧现在不流咧就是没水用了今儿后晌两点能来不", time=time("2026-11-25", "14:00"))
    assert talk.draft.particulars["problem"] == "没水用了"


@pytest.mark.parametrize("words", ["行么对着哩就这样订", "得嘞您受累", "那就麻烦你们咯", "成成成就这么定", "谢谢你们啊"])
@pytest.mark.parametrize("intent", ["inform", "affirm"])
def test_going_along_is_no_problem(talk: Talk, words: str, intent: str) -> None:
    talk.say("找师傅来一趟", "book", service="urgent")
    talk.say(words, intent)
    assert "problem" not in talk.draft.particulars


@pytest.mark.parametrize("words", ["行么对着哩就这样订", "得嘞您受累", "那就麻烦你们咯"])
@pytest.mark.parametrize(("service", "slot"), [("errand", "problem"), ("medical", "hospital"), ("travel", "destination")])
def test_going_along_is_no_free_words_at_all(talk: Talk, words: str, service: str, slot: str) -> None:
    talk.say("想找你们办个事", "book", service=service)
    for _ in range(2):
        talk.say(words)
    assert slot not in (talk.draft.particulars if talk.draft else {})


@pytest.mark.parametrize("words", ["他三年前中过风，左边不灵便，没发烧", "中风两年了，半边身子不灵", "偏瘫好几年，别的没毛病"])
def test_an_old_stroke_gets_a_bath_with_a_word_to_the_carer(talk: Talk, words: str) -> None:
    bath(talk)
    assert "不灵便" in talk.say(words, "inform", health="stroke") and talk.state == "asking_place"


def test_a_hospital_named_by_its_town_is_the_hospital(talk: Talk) -> None:
    talk.say("后天早上八点陪我看病", "book", service="medical", medical_task="escort", time=time(FRIDAY, "08:00", ampm=True))
    assert talk.state == "asking_hospital"
    town = {"region": "yangling", "name": "杨凌示范区", "level": "city"}
    talk.hear("杨凌示范区医院", "inform", place=(town, "杨凌示范区"), facility=("杨凌示范区医院", "杨凌示范区医院"))
    assert talk.draft.particulars["hospital"] == "杨凌示范区医院"


@pytest.mark.parametrize("text", ["找个人陪着去女儿家", "找人陪我去上坟", "想找个人跟我回趟老家", "要个人陪着我妈去逛逛街"])
def test_company_to_a_place_that_is_no_doctors_is_no_company_to_the_doctors(talk: Talk, text: str) -> None:
    talk._taken(replace(said(text, "book", medical_task="escort"), meant="medical"))
    assert talk.draft.service == "travel"


@pytest.mark.parametrize("text", ["找个人陪着去医院", "找人陪我去看牙", "找个人陪我去拿药"])
def test_company_to_the_doctors_stays_that(talk: Talk, text: str) -> None:
    talk._taken(replace(said(text, "book", medical_task="escort"), meant="medical"))
    assert talk.draft.service == "medical"
