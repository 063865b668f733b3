"""Words that do not fit the open question: no question in the same words for ever, nothing lost, nothing made up."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from care import booking, routing
from care.booking import carried, contact, task
from care.reply import Choice, Reply
from care.turn import Entity
from tests.conftest import said
from tests.unit.booking_talk import FRIDAY, MONDAY, SATURDAY, Talk, time

ADDRESS = "康乐路12号2单元301"


def to_bath_place(talk: Talk) -> str:
    talk.say("我是刘桂香，礼拜六上午十点想洗澡", "book", service="bath", person_name="刘桂香", time=time(SATURDAY, "10:00", ampm=True))
    assert talk.state == "asking_bath_place"
    return talk.replies[-1].say


def test_an_address_says_that_the_bath_is_at_home(talk: Talk) -> None:
    to_bath_place(talk)
    heard = talk.say(ADDRESS, address=ADDRESS)
    assert talk.draft.particulars["bath_place"] == "home" and talk.draft.address == ADDRESS
    assert talk.state == "asking_health" and "在家洗" in heard


def test_half_an_address_says_so_too(talk: Talk) -> None:
    to_bath_place(talk)
    talk.say("康乐小区", address="康乐小区")
    assert talk.draft.particulars["bath_place"] == "home"


def test_to_the_centre_stays_to_the_centre(talk: Talk) -> None:
    to_bath_place(talk)
    talk.say("到站里洗，我住康乐路12号2单元301", address=ADDRESS, bath_place="centre")
    assert talk.draft.particulars["bath_place"] == "centre"


def test_no_words_a_third_time_though_the_answers_are_of_use(talk: Talk) -> None:
    asked = [to_bath_place(talk)]
    told = [("都没有毛病", {"health": "none"}), ("给我妈约的", {"relation": "mother"}), ("她叫王桂芳", {"person_name": "王桂芳"}),
            ("13800005555", {"phone": "13800005555"}), ("换到下午三点", {"time": time(SATURDAY, "15:00", ampm=True)})]  # fmt: skip
    for words, entities in told:
        talk.say(words, **entities)
        assert talk.state == "asking_bath_place"
        asked.append(talk.replies[-1].say)
    assert max(Counter(asked).values()) <= 2


def test_no_words_a_third_time_after_questions_in_between(talk: Talk) -> None:
    asked = [to_bath_place(talk)] + [talk.resume().partition("：")[2] for _ in range(4)]
    assert max(Counter(asked).values()) <= 2


@pytest.mark.parametrize("words", ["俺想磨刀", "能不能磨个刀", "我还想配眼镜", "那帮我喂鸽子吧"])
@pytest.mark.parametrize("intent", ["nlu_fallback", "book", "inform", "out_of_scope"])
def test_what_nobody_offers_is_said_and_the_booking_goes_on(talk: Talk, words: str, intent: str) -> None:
    to_bath_place(talk)
    heard = talk.say(words, intent)
    assert "单子上" in heard and "没听" not in heard and talk.state == "asking_bath_place"
    assert talk.draft.service == "bath"


def test_a_wish_is_nobodys_name(talk: Talk) -> None:
    talk.say("给我妈约周六上午十点去站里洗澡", "book", service="bath", relation="mother", bath_place="centre", time=time(SATURDAY, "10:00", ampm=True))
    talk.say("没毛病", health="none")
    assert talk.state == "asking_name"
    talk.say("俺想磨刀", "nlu_fallback")
    assert talk.draft.name == ""


@pytest.mark.parametrize("words", ["我想问一下", "我要喝水", "我想想", "能听见吗"])
def test_other_words_are_no_wish_for_a_service(talk: Talk, words: str) -> None:
    to_bath_place(talk)
    assert "单子上" not in talk.say(words, "nlu_fallback")


@pytest.mark.parametrize(
    ("words", "intent", "entities", "right"),
    [
        ("哦不对，是3栋301", "correct", {"address": "3栋301"}, "井冈山大道200号3栋301"),
        ("不是，五栋", "deny", {"address": "五栋"}, "井冈山大道200号五栋301"),
        ("哎门牌也说错了 是2栋401", "correct", {"change": "place"}, "井冈山大道200号2栋401"),
    ],
)
def test_numbers_of_the_address_are_put_right(talk: Talk, words: str, intent: str, entities: dict, right: str) -> None:
    talk.say("给我妈约周六上午九点擦窗户", "book", service="cleaning", relation="mother", cleaning_task="windows", time=time(SATURDAY, "09:00", ampm=True))
    talk.say("井冈山大道200号2栋301", address="井冈山大道200号2栋301")
    talk.say(words, intent, **entities)
    assert talk.draft.address == right and talk.draft.date == SATURDAY


def test_another_day_is_no_other_house(talk: Talk) -> None:
    talk.say("给我妈约周六上午九点擦窗户", "book", service="cleaning", relation="mother", cleaning_task="windows", time=time(SATURDAY, "09:00", ampm=True))
    talk.say("井冈山大道200号", address="井冈山大道200号")
    talk.say("不对，是30号", "correct", time=time(MONDAY))
    assert talk.draft.address == "井冈山大道200号" and talk.draft.date == MONDAY


def test_the_number_of_a_house_put_right_is_no_day(talk: Talk) -> None:
    words = "地址错了，是5号"
    talk.say("给我妈约周六上午九点擦窗户", "book", service="cleaning", relation="mother", cleaning_task="windows", time=time(SATURDAY, "09:00", ampm=True))
    talk.say("帅家村3号", address="帅家村3号")
    heard = Entity("time", time("2026-12-05"), "5号", 6, 8)
    task.take(talk.session, talk.conversation, replace(said(words, "correct", "late"), entities=(heard,)))
    assert talk.draft.address == "帅家村5号" and talk.draft.date == SATURDAY


# --- told beside the question --------------------------------------------------------------------------------


def to_place(talk: Talk) -> None:
    talk.say("给我妈约周六上午九点擦窗户", "book", service="cleaning", relation="mother", cleaning_task="windows", time=time(SATURDAY, "09:00", ampm=True))
    assert talk.state == "asking_place"


@pytest.mark.parametrize(
    ("words", "entities"),
    [("她瘫床上两年了", {"mobility": "bedridden"}), ("我没有糖尿病", {"diet": "diabetic"}), ("擦窗户就行", {"cleaning_task": "windows"})],
)
def test_what_is_told_beside_the_question_is_no_miss(talk: Talk, words: str, entities: dict) -> None:
    to_place(talk)
    heard = talk.say(words, **entities)
    assert "没听" not in heard and talk.state == "asking_place" and talk.draft.misses == {}


@pytest.mark.parametrize("words", ["那装一个吧", "你帮我登记吧", "那就约一个"])
def test_words_that_only_want_it_are_no_miss(talk: Talk, words: str) -> None:
    to_place(talk)
    assert "没听" not in talk.say(words, "book") and "单子上" not in talk.replies[0].say


def test_what_was_offered_goes_before_what_the_story_before_suggests(talk: Talk) -> None:
    carried.keep(talk.conversation, said("老头子瘫了，我弄不动他，要人陪着", "inform", medical_task="escort"))
    offer = Reply("要帮您订吗？", choices=(Choice("要，订上门护理", "我想要上门护理"), Choice("先不用", "先不用")))
    talk.conversation.last_replies = [offer.as_dict()]
    talk.say("约一个吧，周五上午九点", "book", time=time(FRIDAY, "09:00", ampm=True))
    assert talk.draft.service == "home_nursing"


@pytest.mark.parametrize("words", ["那怎么办啊", "咋申请呢", "那装一个吧"])
def test_after_an_offer_how_to_have_it_begins_it(talk: Talk, words: str) -> None:
    offer = Reply("要我帮您登记吗？", choices=(Choice("要，登记能力评估", "我要申请能力评估"), Choice("先不用", "先不用")))
    talk.conversation.last_replies = [offer.as_dict()]
    assert routing.claimed_by(talk.conversation, said(words, "out_of_scope"), routing.POLICY) == routing.BOOKING
    talk.say(words, "out_of_scope")
    assert talk.draft.service == "ability_assessment"


def test_whoever_tells_address_and_name_instead_means_themselves(talk: Talk) -> None:
    talk.conversation.person = None
    talk.say("想装平安铃", "book", service="safety_bell", place={"region": "dongguan", "name": "东莞", "level": "city"})
    assert talk.state == "asking_person"
    talk.say("莞城街道北隅社区18号", address="莞城街道北隅社区18号")
    assert talk.draft.person == "self" and talk.state != "asking_person"


@pytest.mark.parametrize(
    ("words", "entity"),
    [("上厕所洗澡得人扶", Entity("service", "bath", "洗澡", 3, 5)), ("明天他去体检，改后天吧", Entity("service", "medical", "体检", 4, 6))],
)
@pytest.mark.parametrize("intent", ["book", "correct", "inform", "add_item"])
def test_a_service_only_told_of_is_not_wanted(talk: Talk, words: str, entity: Entity, intent: str) -> None:
    to_place(talk)
    task.take(talk.session, talk.conversation, replace(said(words, intent, "m9"), entities=(entity,)))
    assert talk.draft.service == "cleaning" and talk.draft.queue == []


def test_that_day_is_the_day_of_what_was_booked_before(talk: Talk) -> None:
    talk.to_confirmation()
    talk.say("对", "affirm")
    talk.say("那天上午再来个人擦窗户", "book", service="cleaning", cleaning_task="windows", time=time(part="morning"))
    assert talk.draft.date == FRIDAY


def test_what_stays_is_not_asked_again(talk: Talk) -> None:
    talk.say("后天上午九点洗澡", "book", service="bath", time=time(FRIDAY, "09:00", ampm=True))
    heard = Entity("service", "haircut", "理发", 4, 6)
    words = "给我换成理发吧，时间还是那个时间"
    task.take(talk.session, talk.conversation, replace(said(words, "correct", "m9"), entities=(heard,)))
    assert talk.draft.service == "haircut" and talk.draft.time == "09:00"


def test_nobody_to_come_along_asks_for_company(talk: Talk) -> None:
    talk.say("下周二去市医院看骨科，没人陪", "book", service="medical", facility="市医院", department="骨科", medical_task="escort")
    assert talk.draft.particulars["medical_task"] == ["escort"]


def test_what_is_broken_in_the_kitchen_is_mended(talk: Talk) -> None:
    talk.say("厨房水管子滴水，能不能来个师傅", "book", cleaning_task="kitchen")
    assert talk.draft.service == "urgent"


def test_from_here_to_there_in_one_breath(talk: Talk) -> None:
    words = "从我家走，西安大路4468号102，送到人民大街8988号"
    here, there = Entity("address", "西安大路4468号102", "西安大路4468号102", 5, 17), Entity("address", "人民大街8988号", "人民大街8988号", 20, 29)
    talk.say("给我妈叫个车，周日上午十点", "book", service="travel", relation="mother", time=time("2026-11-29", "10:00", ampm=True))
    assert talk.state == "asking_destination"
    task.take(talk.session, talk.conversation, replace(said(words, "inform", "m9"), entities=(here, there)))
    assert talk.draft.address == "西安大路4468号102" and talk.draft.particulars["destination"] == "人民大街8988号"


def test_where_to_is_told_with_where_from(talk: Talk) -> None:
    words = "约个车，后天上午九点，从家上长春站，自己能走"
    talk.say(words, "book", service="travel", mobility="walks", time=time(FRIDAY, "09:00", ampm=True))
    assert talk.draft.particulars["destination"] == "长春站" and talk.state != "asking_destination"


def test_a_name_with_a_number_is_no_address(talk: Talk) -> None:
    to_place(talk)
    words = "我叫佟长河 13800002006 就我一个人"
    given = (Entity("person_name", "佟长河", "佟长河", 2, 5), Entity("phone", "13800002006", "13800002006", 6, 17), Entity("address", words, words, 0, 22))
    task.take(talk.session, talk.conversation, replace(said(words, "inform", "m9"), entities=given))
    assert talk.draft.address == ""


def test_what_she_can_do_herself_does_not_make_it_mine(talk: Talk) -> None:
    to_place(talk)
    talk.say("她能自己吃饭，上厕所要人扶", relation="self")
    assert talk.draft.person == "mother"


def test_a_carers_old_gentleman_is_no_father(talk: Talk) -> None:
    talk.say("我是护工，我照顾的老爷子头发长了，想理一下", "book", service="haircut", relation="father", role="carer")
    assert talk.draft.person == "client"


def test_who_tells_name_and_number_before_the_service_is_kept(talk: Talk) -> None:
    talk.conversation.person = None
    talk.say("我想订个服务", "book")
    assert talk.state == "asking_service"
    talk.say("我叫万水根，13800002003", person_name="万水根", phone="13800002003")
    assert talk.draft.name == "万水根" and talk.draft.phone == "13800002003"


# --- what was said right before ------------------------------------------------------------------------------


def ordered_after(talk: Talk, words: str, intent: str, /, **entities: object) -> None:
    """A turn that was no booking and told these."""
    booking.remember_told(talk.conversation, said(words, intent, "before", **entities))


def test_the_aid_that_was_asked_about_is_rented(talk: Talk) -> None:
    ordered_after(talk, "租张护理床一个月多少钱", "price_query", service="aids_rental", aid="nursing_bed", duration={"days": 30})
    talk.say("那租一张", "book", service="aids_rental")
    assert talk.draft.particulars["aid"] == "nursing_bed" and talk.draft.days == 0


def test_what_was_wrong_is_not_asked_again(talk: Talk) -> None:
    ordered_after(talk, "我不会用手机交电费，代缴费行不", "service_query", service="errand")
    talk.say("那明天上午来一趟", "book", service="errand", time=time("2026-11-26", part="morning"))
    assert "电费" in talk.draft.particulars["problem"]


def test_words_that_were_not_taken_up_are_not_lost(talk: Talk) -> None:
    ordered_after(talk, "我妈明天没人做饭", "inform", relation="mother", time=time("2026-11-26"))
    talk.say("送份饭", "book", service="meal", quantity={"n": 1, "unit": "份"})
    assert talk.draft.person == "mother" and talk.draft.date == "2026-11-26"


@pytest.mark.parametrize(
    ("words", "entities", "service"),
    [
        ("要三份饭，一份软的", {"quantity": {"n": 3, "unit": "份"}, "diet": "soft"}, "订饭"),
        ("我去二附院复查，想要个人陪", {"facility": "二附院"}, "陪看病"),
    ],
)
def test_an_order_by_what_belongs_to_it(conversation, words: str, entities: dict, service: str) -> None:
    assert service in booking.taken_with(conversation, said(words, "inform", **entities))


@pytest.mark.parametrize(
    ("intent", "words"),
    [("order_reschedule", "那先约下星期二"), ("order_status", "礼拜六来行不行")],
)
def test_a_day_for_what_was_spoken_of_moves_no_order(conversation, intent: str, words: str) -> None:
    conversation.remember(service="visit")
    turn = said(words, intent, time=time("2026-12-01"))
    assert booking.claims(conversation, turn)
    conversation.remember(last_order="3582")
    assert not booking.claims(conversation, turn)


def test_an_aid_that_is_of_no_more_use_goes_back(talk: Talk) -> None:
    turn = said("租你们那张床不用了，怎么退", "order_cancel", "m1")
    assert booking.claims(talk.conversation, turn)
    task.take(talk.session, talk.conversation, turn)
    assert talk.draft.service == "aids_return"


def test_another_day_after_an_end_is_no_end(talk: Talk) -> None:
    talk.say("下水道堵了，明天上午十点来", "book", service="urgent", time=time("2026-11-26", "10:00", ampm=True))
    talk.say("算了，太晚，今天下午能来吗", "stop", time=time("2026-11-25", part="afternoon"))
    assert talk.state != "idle" and talk.draft.date == "2026-11-25"


def test_a_service_put_right_takes_the_place_of_the_other(talk: Talk) -> None:
    talk.say("约助浴", "book", service="bath")
    words = "啊呀不对，我是想订餐，怎么说成洗澡了"
    heard = (Entity("service", "meal", "订餐", 8, 10), Entity("service", "bath", "洗澡", 15, 17))
    task.take(talk.session, talk.conversation, replace(said(words, "service_query", "m9"), entities=heard))
    assert talk.draft.service == "meal"


@pytest.mark.parametrize(("words", "taken"), [("温锦全", True), ("金山寺", False), ("人民桥", False)])
def test_a_name_in_full_is_a_name_wherever_it_is_said(words: str, taken: bool) -> None:
    assert contact.surely_a_name(words) is taken


# --- which service, and whether it is wanted -------------------------------------------------------------------


def test_a_reason_for_another_hour_is_no_other_service(talk: Talk) -> None:
    to_place(talk)
    heard = (Entity("service", "home_nursing", "打针", 7, 9), Entity("time", time(SATURDAY, "15:00", ampm=True), "下午三点", 11, 15))
    turn = replace(said("呃明天上午我要打针，改下午三点吧", "correct", "m9"), entities=heard)
    task.take(talk.session, talk.conversation, turn)
    assert talk.draft.service == "cleaning" and talk.draft.time == "15:00"


def test_what_is_applied_for_her_home_is_for_her(talk: Talk) -> None:
    talk.say("我妈家卫生间太滑，想装扶手", "book", service="home_adaptation", relation="mother")
    assert talk.draft.person == "mother"


def test_whose_name_is_told_is_meant(talk: Talk) -> None:
    talk.say("找个地方住几天", "book", service="respite")
    talk.say("老头子叫曾水生", relation="spouse", person_name="曾水生")
    assert talk.draft.person == "spouse"


OFFERED = Reply("登记不收钱。要帮您登记吗？", "", (Choice("要", "我想要登记适老化改造"), Choice("先不用", "先不用"))).as_dict()


def test_a_question_never_goes_on_for_ever(talk: Talk) -> None:
    to_bath_place(talk)
    for _ in range(12):
        talk.resume()
    assert talk.state == "handed_over" and talk.conversation.task is None
