"""How wishes begin: out of an offer that still stands, out of a note without a verb, half understood, for somebody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from care import booking, offers, routing
from care.booking.hearing import asks_whether_there_is
from care.conversation import manners, repair
from care.reply import Choice, Reply
from care.service_list import SERVICE_SPOKEN_OF
from care.turn import Entity, Turn
from tests.conftest import said
from tests.unit.booking_talk import Talk, time

SATURDAY, MONDAY = "2026-11-28", "2026-11-30"
APPLY = Reply(
    "要我帮您登记吗？", choices=(Choice("帮我登记", "我要申请适老化改造"), Choice("先不用", "不用了"))
).as_dict()
TOLD = Reply("好，记下了。还有别的情况，您接着说。").as_dict()


def _heard(words: str, intent: str = "book", meant: str = "", **found: str) -> Turn:
    """A turn whose entities are given with their words: kind_value=words."""
    entities = tuple(
        Entity(kind, value, word, words.index(word), words.index(word) + len(word))
        for name, word in found.items()
        for kind, _, value in (name.partition("__"),)
    )
    return replace(said(words, intent, "m"), entities=entities, meant=meant)


def _offered_before(conversation) -> None:
    """An offer was made, and then something was told that was no answer to it."""
    conversation.last_replies = [APPLY]
    offers.keep(conversation, declined=False)
    conversation.last_replies = [TOLD]
    offers.keep(conversation, declined=False)


# --- an offer stands for a few turns ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "turn",
    [
        said("他是五保户，走路扶墙。够得上的话就帮我登个记吧", "eligibility_ask"),
        said("行，那就报一个", "affirm"),
        said("住幸福街12号，他叫孙有财", "inform", address="幸福街12号", person_name="孙有财"),
        said("让他们下周三上午来看就行", "inform", time=time(MONDAY)),
        said("叫人上门来看一下嘛", "inform"),
        said("咁就帮佢登记先啦", "stop"),
    ],
)
def test_it_is_taken_up_a_turn_later_with_all_that_is_told(conversation, turn: Turn) -> None:
    _offered_before(conversation)
    assert routing.claimed_by(conversation, turn, "eligibility") == routing.BOOKING
    assert routing.claimed_by(conversation, turn, "booking") == ""  # and it stays there


def test_the_application_that_was_offered_begins(talk: Talk) -> None:
    _offered_before(talk.conversation)
    talk.say("他叫孙有财，电话13800006604", "inform", person_name="孙有财", phone="13800006604")
    assert talk.draft.service == "home_adaptation" and talk.draft.name == "孙有财"


def test_a_plain_yes_takes_it_up_too(session, conversation) -> None:
    _offered_before(conversation)
    manners.loose(session, conversation, said("是的", "affirm"))
    assert conversation.recall("again") == "我要申请适老化改造"


@pytest.mark.parametrize(
    "turn",
    [
        said("先不用，我跟家里商量", "deny"),
        said("那我奶奶呢，她住幸福街", "eligibility_ask", address="幸福街"),
        said("要带什么材料吗", "policy_ask"),
        said("我叫孙有财，问问高龄津贴", "policy_ask", person_name="孙有财"),
    ],
)
def test_other_words_take_up_nothing(conversation, turn: Turn) -> None:
    _offered_before(conversation)
    assert not booking.takes_up(conversation, turn)


def test_it_is_over_when_declined_or_when_something_else_has_begun(conversation) -> None:
    _offered_before(conversation)
    offers.keep(conversation, declined=True)
    assert not offers.wish(conversation)
    _offered_before(conversation)
    conversation.state = "asking_date"
    offers.keep(conversation, declined=False)
    assert not offers.wish(conversation)


def test_a_case_to_be_looked_at_is_no_offer_of_a_visit(conversation) -> None:
    """“上门探访可能够得上，要我看看吗？” “那先帮我登记”: what was asked about is registered."""
    offers.leave_open(conversation, "我要申请适老化改造")
    look = Reply("上门探访可能够得上。要看看吗？", choices=(Choice("看看", "我能不能申请上门探访"),))
    conversation.last_replies = [look.as_dict()]
    assert offers.wish(conversation) == "我要申请适老化改造"


@pytest.mark.parametrize("words", ["我爸是五保，先给他排上", "那就排一个吧", "那下周一上午来一趟"])
def test_what_was_asked_about_is_wanted_without_its_name(talk: Talk, words: str) -> None:
    talk.conversation.remember(**{SERVICE_SPOKEN_OF: "waitlist"})
    assert routing.claimed_by(talk.conversation, said(words)) == routing.BOOKING
    talk.say(words, "inform")
    assert talk.draft.service == "waitlist"


def test_a_check_left_for_the_application_says_for_whom(talk: Talk) -> None:
    conversation = talk.conversation
    conversation.keep_draft(
        "eligibility", {"benefit": "home_adaptation", "relation": "mother", "last_question": "income"}
    )
    conversation.task = "eligibility"
    routing.leave(conversation, "eligibility")
    conversation.remember(**{SERVICE_SPOKEN_OF: "home_adaptation"})
    conversation.task = None
    talk.say("那就给她登一个吧", "affirm")
    assert talk.draft.person == "mother" and "eligibility" not in conversation.drafts


def test_what_is_out_of_scope_but_named_and_meant_is_a_wish(conversation) -> None:
    turn = replace(said("帮我买个锅", "out_of_scope", service="errand"), meant="errand")
    assert routing.claimed_by(conversation, turn) == routing.BOOKING
    assert routing.claimed_by(conversation, replace(turn, meant="meal")) == ""


def test_sounds_like_an_end_but_wishes_for_something(session, conversation) -> None:
    turn = replace(said("头发再不剪就成辫子了", "stop"), meant="haircut", ranking=(("book", 0.2),))
    assert "您是想要理发吗" in manners.loose(session, conversation, turn).replies[0].say


# --- notes, and what was half understood --------------------------------------------------------------------


def test_a_day_and_a_place_in_one_message_are_an_order(conversation) -> None:
    turn = said("礼拜六 两扇窗 幸福街12号", "inform", time=time(SATURDAY), address="幸福街12号")
    assert booking.taken_with(conversation, replace(turn, meant="cleaning")).startswith("想要打扫")
    assert booking.taken_with(conversation, turn) == ""
    assert booking.taken_with(conversation, replace(said("礼拜六", time=time(SATURDAY)), meant="cleaning")) == ""


def test_what_was_half_understood_is_asked_about_in_its_own_words(session, conversation) -> None:
    turn = replace(said("屋里灰老厚", "nlu_fallback"), meant="cleaning", ranking=(("lonely", 0.2), ("book", 0.1)))
    asked = repair.answer(session, conversation, turn)
    assert "您是想要打扫吗" in asked.replies[0].say
    assert asked.replies[0].choices[0].value == "想要打扫卫生，屋里灰老厚"


def test_what_is_most_likely_a_wish_is_taken_for_one(session, conversation) -> None:
    turn = replace(said("酱油给捎一瓶", "nlu_fallback"), meant="errand", ranking=(("book", 0.2), ("inform", 0.1)))
    repair.answer(session, conversation, turn)
    assert conversation.recall("again").endswith("酱油给捎一瓶")


@pytest.mark.parametrize("words", ["我一个", "我家里有个", "那就给我弄一个", "一个洞"])
def test_nothing_is_guessed_out_of_words_that_name_nothing(words: str) -> None:
    assert booking.guess(Turn("c", words, "nlu_fallback", 0.3, meant="cleaning", ranking=(("book", 0.3),))) is None


def test_nothing_is_guessed_where_nothing_was_learnt(session, conversation) -> None:
    assert "没听明白" in repair.answer(session, conversation, said("嘟嘟嘟", "nlu_fallback")).replies[0].say


def test_whether_there_is_such_a_thing_is_answered_first(talk: Talk) -> None:
    assert talk.say("我妈想租个轮椅，社区有得租没得", "book", service="aids_rental").startswith("有的。")


@pytest.mark.parametrize(
    ("words", "asks"),
    [
        ("拐杖有冇得借", True),
        ("有上门的护士没", True),
        ("租个拐杖", False),
        ("还有别的没有", False),
        ("我没有力气了", False),
    ],
)
def test_which_words_ask_whether_there_is_such_a_thing(words: str, asks: bool) -> None:
    assert asks_whether_there_is(words) == asks


def test_the_days_of_a_chat_are_not_those_of_the_visit(talk: Talk) -> None:
    booking.remember_told(
        talk.conversation, said("今天早上就煮了碗粉，没胃口", "well_being", "c1", time=time("2026-11-25"))
    )
    talk.say("你们有人来坐坐不", "book", service="visit")
    assert talk.draft.service == "visit" and not talk.draft.date


# --- another wish instead -----------------------------------------------------------------------------------


def _amid(talk: Talk, words: str, code: str, named: str, intent: str = "inform", refused: str = "") -> None:
    entities = [Entity("service", code, named, words.index(named), words.index(named) + len(named))]
    if refused:
        start = words.index(refused)
        entities.insert(0, Entity("service", talk.draft.service, refused, start, start + len(refused)))
    booking.task.take(talk.session, talk.conversation, replace(said(words, intent, "m9"), entities=tuple(entities)))


@pytest.mark.parametrize(
    ("first", "words", "code", "named", "refused"),
    [
        ("medical", "不用陪看病了，派个车就行", "travel", "派个车", "陪看病"),
        ("cleaning", "不用打扫了，再帮我约志愿者上门坐坐", "visit", "志愿者上门", "打扫"),
        ("cleaning", "其实也不用打扫，就想有个人来坐坐", "visit", "来坐坐", "打扫"),
        ("medical", "儿子说他陪我，你们派车就好", "travel", "派车", ""),
        ("day_care", "还是住几天吧，夜里也在那", "respite", "住几天", ""),
    ],
)
def test_it_takes_the_place_of_what_is_no_longer_wanted(
    talk: Talk, first: str, words: str, code: str, named: str, refused: str
) -> None:
    talk.say("后天上午约一个", "book", service=first, time=time("2026-11-27", "09:00"))
    _amid(talk, words, code, named, refused=refused)
    assert talk.draft.service == code and not talk.draft.queue


def test_who_will_not_go_there_has_it_brought(talk: Talk) -> None:
    talk.say("明天去食堂吃，留个座", "book", service="canteen", time=time("2026-11-26"))
    talk.turns += 1
    booking.task.take(
        talk.session, talk.conversation, replace(said("算了，下雨，还是给我送来吧", "stop", "m9"), meant="meal")
    )
    assert talk.draft.service == "meal"


def test_the_hospital_is_where_the_car_goes(talk: Talk) -> None:
    talk.say(
        "后天上午陪我去湘雅医院看病", "book", service="medical", facility="湘雅医院", time=time("2026-11-27", "09:00")
    )
    _amid(talk, "不用陪看病了，派个车就行", "travel", "派个车", refused="陪看病")
    assert talk.draft.particulars["destination"] == "湘雅医院"


def test_who_is_fed_orders_no_meal(talk: Talk) -> None:
    talk.say("把我老伴送你们那住五天", "book", service="respite")
    _amid(talk, "半身不遂，吃饭要喂，没有传染病", "meal", "吃饭", "correct")
    assert talk.draft.service == "respite"


# --- for somebody else --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "relation", "named", "person"),
    [
        ("我楼下老李大哥腿摔了，给他送几天饭", "sibling", "大哥", "neighbour"),
        ("我们二楼的陈婆婆没人做饭，给她送饭", "mother_in_law", "婆婆", "neighbour"),
        ("隔壁黄爹想吃口热的，帮他订个饭", "father", "爹", "neighbour"),
        ("楼下郑伯没人做饭，老伴也病了，给他送饭", "spouse", "老伴", "neighbour"),
        ("村东头赵大叔没人管，想给他报养老院", "self", "没人", "neighbour"),
        ("家里来了个远房表叔，给我送饭", "aunt_uncle", "表叔", "self"),
        ("给我大哥送饭", "sibling", "我大哥", "sibling"),
    ],
)
def test_a_surname_before_a_title_makes_a_neighbour(
    talk: Talk, words: str, relation: str, named: str, person: str
) -> None:
    start = words.index(named)
    entities = (Entity("service", "meal", "饭", 0, 0), Entity("relation", relation, named, start, start + len(named)))
    booking.task.take(talk.session, talk.conversation, replace(said(words, "book", "m"), entities=entities))
    assert (talk.draft.person or "self") == person


@pytest.mark.parametrize("words", ["我是照顾陈奶奶的阿姨，她头发长了，来个人剪剪", "我在刘老师家做保姆，他头发该剪了"])
def test_a_carer_asks_for_whom_they_care(talk: Talk, words: str) -> None:
    booking.task.take(talk.session, talk.conversation, replace(said(words, "book", "m", service="haircut")))
    assert talk.draft.person == "client"


def test_what_is_done_to_her_home_is_for_her(talk: Talk) -> None:
    words = "给我妈家打扫一下"
    entities = (Entity("service", "cleaning", "打扫", 5, 7), Entity("relation", "mother", "我妈", 1, 3))
    booking.task.take(talk.session, talk.conversation, replace(said(words, "book", "m"), entities=entities))
    assert talk.draft.person == "mother"


def test_a_day_told_after_an_offer_is_for_what_was_offered(stranger: Talk) -> None:
    stranger.conversation.last_replies = [Reply("要帮您订吗？", choices=(Choice("订", "我想订喘息服务"), Choice("先不用", "不用了"))).as_dict()]
    text = "下个月七号开始十二号接回来五个晚上上午九点送来"
    stranger.conversation.region = "hunan"
    stranger._taken(Turn("c1", text, "book", 0.9, (Entity("time", time("2026-12-07"), "下个月七号", 0, 5),), "m1", meant="day_care"))
    assert stranger.draft.service == "respite"


def test_who_tells_their_name_right_after_a_booking_was_dropped_still_wants_it(stranger: Talk) -> None:
    stranger.say("周六上午十点理发", "book", service="haircut", time=time(SATURDAY, "10:00", ampm=True))
    stranger.say("先不约了", "stop")
    told = _heard("我叫欧阳翠娥", "inform", person_name__欧阳翠娥="欧阳翠娥")
    stranger.conversation.last_replies = [one.as_dict() for one in stranger.replies]
    stranger.conversation.task = None
    again = booking.taken_with(stranger.conversation, told)
    assert "欧阳翠娥" in again
    stranger.say(again, "book", person_name="欧阳翠娥")
    assert stranger.draft.service == "haircut" and stranger.draft.date == SATURDAY


# --- an order is asked for, or one that stands is asked about -----------------------------------------------


@pytest.mark.parametrize(("turn", "begins"), [
    (_heard("几时能来修灯", "order_status", service__urgent="修灯"), True),
    (_heard("今天下午来打扫行不", "order_reschedule", service__cleaning="打扫"), True),
    (_heard("什么时候能来给我理发", "order_status", service__haircut="理发"), True),
    (_heard("订好的打扫几时来", "order_status", service__cleaning="打扫"), False),
    (_heard("给我妈订的饭帮我查下", "order_status", service__meal="饭"), False),
    (_heard("给我爸约的打扫，查一下", "order_status", service__cleaning="打扫"), False),
    (_heard("打扫的怎么还没来", "order_status", service__cleaning="打扫"), False),
    (_heard("说好今天来打扫的呢", "order_status", service__cleaning="打扫"), False),
])  # fmt: skip
def test_asking_whether_somebody_can_come_is_a_wish(conversation, turn: Turn, begins: bool) -> None:
    assert booking.claims(conversation, turn) is begins


@pytest.mark.parametrize(("turn", "back"), [
    (_heard("全退了", "order_cancel", "aids_return"), False), (_heard("我前天订的，单号忘了，能不能退", "order_cancel", "aids_return"), False),
    (_heard("租的床想退", "order_cancel", "aids_return"), True), (_heard("轮椅退了吧", "order_cancel", "aids_return", aid__wheelchair="轮椅"), True),
])  # fmt: skip
def test_only_what_was_lent_is_given_back(conversation, turn: Turn, back: bool) -> None:
    assert booking.claims(conversation, turn) is back
