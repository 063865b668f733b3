"""The course of a booking until it stands: what a turn does, whatever its words: agrees, gives up, waits and goes on, asks, adds."""

from __future__ import annotations

import pytest

from care import agreement
from care.booking import agreed_again, dropped, goods, pauses, task
from care.booking.hearing import is_question
from care.eligibility.claims import concerns
from care.turn import Entity, Turn
from tests.conftest import said
from tests.unit.booking_talk import SATURDAY, Talk, time

PHONE = "13800006601"


@pytest.fixture
def plain(stranger: Talk) -> Talk:
    stranger.conversation.region = "yangling"
    return stranger


def _haircut(talk: Talk, **more: object) -> None:
    """A haircut up to its read-back."""
    entities = {"service": "haircut", "time": time(SATURDAY, "10:00", ampm=True), "address": "康乐路3号院2号楼101"}
    talk.say("周六上午十点理发，康乐路3号院2号楼101", "book", **(entities | more))
    talk.say(PHONE, phone=PHONE)
    assert talk.state == "confirming"


@pytest.mark.parametrize(
    "words",
    [
        "是这么个事儿", "就是这个意思，定下来", "听清楚了，就这么送吧", "没啥意见，登记", "嗯呢，对了", "能行，就去那儿",
        "明白了，就这样", "对，就是这些东西", "晓得了，就咯样来吧", "要得，预约",
    ],
)  # fmt: skip
def test_a_yes_has_many_words(plain: Talk, words: str) -> None:
    _haircut(plain)
    plain.say(words, "inform")
    assert plain.state == "booked"


@pytest.mark.parametrize("words", ["对了，他耳朵背", "就这样不好吧", "知道了", "就这么着不行", "听清楚了，不对"])
def test_what_only_sounds_like_one_is_none(words: str) -> None:
    assert not agreement.agrees(Turn("c", words, "inform"))


@pytest.mark.parametrize(
    "words", ["随便哪一家都要得，不挑", "哪家先有床就去哪家", "不管谁来都中", "什么时候来都行", "哪个师傅也可以"]
)
def test_any_one_will_do_asks_nothing(words: str) -> None:
    assert not is_question(words)


@pytest.mark.parametrize("words", ["哪家有床啊？", "谁来啊", "什么时候来", "来的是哪个师傅？"])
def test_which_one_is_asked(words: str) -> None:
    assert is_question(words)


def test_any_one_will_do_is_a_remark_and_the_yes_books(plain: Talk) -> None:
    _haircut(plain)
    heard = plain.say("随便哪个师傅都要得，不挑", "correct", diet="normal")
    assert "哪里要改" not in heard and plain.state == "confirming"
    plain.say("要得，登记", "affirm")
    assert plain.state == "booked"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("等会儿，要两份", "要两份"),
        ("你等会儿，我看了一眼，不是灯，是电闸跳了", "我看了一眼，不是灯，是电闸跳了"),
        ("哎等等，不买了，先约个理发", "不买了，先约个理发"),
        ("先等等，我找下身份证", ""),
        ("等等，有人敲门", ""),
        ("稍等", ""),
    ],
)
def test_what_is_said_behind_a_pause_counts(words: str, left: str) -> None:
    rest = pauses.rest(said(words, "hold_on"))
    assert (rest.text if rest else "") == left


def test_a_pause_swallows_nothing(plain: Talk) -> None:
    _haircut(plain)
    heard = plain.hear("等一下，改到下午三点", "hold_on", time=(time("", "15:00", ampm=True), "下午三点"))
    assert "下午三点" in heard and plain.state == "confirming"


@pytest.mark.parametrize(
    "words",
    [
        "不剪了，我儿子说带我去外头剪", "不用来了，我儿媳妇剪过了", "想想又不用了，我女儿会来的", "先别约，我跟老伴合计合计",
        "头发不剪了，天太冷", "算了吧，我侄女会剪",
    ],
)  # fmt: skip
def test_a_booking_is_given_up_in_many_words(plain: Talk, words: str) -> None:
    _haircut(plain)
    plain.say(words, "order_cancel")
    assert plain.state == "idle" and plain.finished


@pytest.mark.parametrize("words", ["嗯，取消，不要了", "唉，刚才我娃来电话，说他开车来接我，那个车不要咧"])
def test_a_journey_is_given_up_while_its_particulars_are_asked_for(plain: Talk, words: str) -> None:
    plain.say("后天上午九点要个车", "book", service="travel", time=time(SATURDAY, "09:00", ampm=True))
    plain.say(words, "order_cancel")
    assert plain.state == "idle" and plain.finished


def test_giving_one_up_for_another_takes_the_other(plain: Talk) -> None:
    _haircut(plain)
    plain.say("想想又不用了，我女儿会剪。你们帮我买点菜好不好", "book", service="errand")
    assert plain.draft.service == "errand" and plain.draft.date == SATURDAY
    plain.say("两斤排骨，一颗大白菜，再要一板鸡蛋", "inform")
    assert plain.draft.particulars["problem"] == "两斤排骨，一颗大白菜，一板鸡蛋"


def test_a_bare_no_is_left_to_the_question(plain: Talk) -> None:
    assert dropped.off("不用了") and not dropped.off("别忘了") and not dropped.off("我不要辣的了")
    plain.say("后天中午送一份饭", "book", service="meal", time=time(SATURDAY, part="noon"), quantity={"n": 1, "unit": "份"})
    plain.say("不用了，我牙好着呢", "deny")
    assert not plain.finished and plain.draft.service == "meal"


def test_who_leaves_in_the_middle_is_told_that_nothing_stands(plain: Talk) -> None:
    plain.say("周六上午十点理发", "book", service="haircut", time=time(SATURDAY, "10:00", ampm=True))
    heard = plain.say("那我挂了", "bye")
    assert "还没有订" in heard and plain.state == "ended" and plain.finished


@pytest.mark.parametrize(
    ("words", "items"),
    [
        ("帮我捎点菜，一颗大白菜，五斤土豆，一块豆腐", "一颗大白菜，五斤土豆，一块豆腐"),
        ("帮我买两斤鸡蛋一袋大米送来", "两斤鸡蛋一袋大米"),
        ("一箱牛奶，一提纸巾", "一箱牛奶，一提纸巾"),
        ("叫人代买一桶油", "一桶油"),
        ("帮我买降压片，还有一包盐", "降压片，一包盐"),
        ("帮我买点东西", ""),
        ("你们能帮我买药不", ""),
        ("再加两斤鸡蛋，米要十斤的小袋子", "两斤鸡蛋，米要十斤的小袋子"),
        ("帮我交个电费", ""),
        ("去药房买两盒膏药，我一个人走不动", "去药房买两盒膏药"),
    ],
)
def test_what_is_to_be_bought_is_counted_up(words: str, items: str) -> None:
    assert goods.counted(words) == items


def test_a_list_is_added_to_and_taken_from(plain: Talk) -> None:
    plain.say("帮我买一袋米一桶油", "book", service="errand")
    plain.hear("再加一瓶酱油", "add_item")
    assert plain.draft.particulars["problem"] == "一袋米，一桶油，一瓶酱油" and not plain.draft.queue
    plain.say("油不要了，家里还有", "inform")
    assert plain.draft.particulars["problem"] == "一袋米，一瓶酱油"


def test_what_can_be_as_usual_is_asked_once(plain: Talk) -> None:
    plain.say("后天中午送一份饭", "book", service="meal", time=time(SATURDAY, part="noon"), quantity={"n": 1, "unit": "份"})
    assert plain.state == "asking_diet"
    plain.say("康乐路3号院2号楼101", address="康乐路3号院2号楼101")
    plain.say(PHONE, phone=PHONE)
    assert plain.state == "confirming"
    assert "糖尿病" in plain.say("我血糖高", diet="diabetic")


def test_every_week_without_an_end_is_booked_for_some_weeks(plain: Talk) -> None:
    weekly = time("2026-11-30", part="noon", every="week", weekdays=[1, 3, 5])
    plain.say("每周一三五送一份饭，从下周一开始，普通的，康乐路3号", "book", service="meal", time=weekly, diet="normal", address="康乐路3号院2号楼101", quantity={"n": 1, "unit": "份"})
    assert plain.state == "asking_duration"
    plain.say(PHONE, phone=PHONE)
    heard = plain.say("我晓得的", "nlu_fallback")
    assert plain.state == "confirming" and "每星期一、三、五" in heard and "共十二天" in heard


def test_where_somebody_asks_whether_it_can_be_had_on_a_day_it_is_wished_for() -> None:
    wish = said("我爸想去站上洗澡，明天下午能不能安排", "book", service="bath", time=time("2026-11-26"), relation="father", bath_place="centre")
    asked = said("我妈八十了，够不够条件申请能力评估", "eligibility_ask", relation="mother", age=80)
    assert not concerns(wish) and concerns(asked)


def test_the_way_back_is_not_when_one_is_fetched(plain: Talk) -> None:
    there = time(SATURDAY, "14:00", ampm=True)
    plain.say("周六下午两点去医院，轮椅，康乐路3号院2号楼101", "book", service="travel", time=there, address="康乐路3号院2号楼101", mobility="wheelchair", facility={"name": "示范区医院"})
    plain.say(PHONE, phone=PHONE)
    plain.hear("要接回来的，大概四点半看完", "inform", time=(time("", "04:30", role="until"), "四点半"))
    assert plain.draft.time == "14:00"


def test_somebody_elses_booking_takes_the_number_that_is_given(plain: Talk) -> None:
    _haircut(plain, relation="mother")
    assert plain.draft.phone == PHONE


def test_what_the_elder_needs_help_with_is_no_second_wish(plain: Talk) -> None:
    _haircut(plain)
    plain.hear("她吃饭都要人喂，脑子是清白的", "book", service=("meal", "吃饭"))
    assert not plain.draft.queue


@pytest.mark.parametrize("words", ["嫽得很，就这", "得啦得啦，落单啦", "都是说好的，可以下单了", "就是这个毛病，来吧"])
def test_a_yes_that_was_only_learnt_books(plain: Talk, words: str) -> None:
    _haircut(plain)
    plain.hear(words, "nlu_fallback", "agree")
    assert plain.state == "booked"


@pytest.mark.parametrize("words", ["好，不过先别下单", "不对不对", "是这样吗"])
def test_a_learnt_yes_stands_against_no_plain_words(plain: Talk, words: str) -> None:
    _haircut(plain)
    plain.hear(words, "nlu_fallback", "agree")
    assert plain.state != "booked"


@pytest.mark.parametrize("words", ["他死活不肯去，那就作罢", "隔壁老张给我推了", "等我跟老头商量好再讲"])
def test_an_end_that_was_only_learnt_ends(plain: Talk, words: str) -> None:
    _haircut(plain)
    plain.hear(words, "nlu_fallback", "stop")
    assert plain.state == "idle" and plain.finished


def test_a_part_that_is_not_wanted_is_no_end(plain: Talk) -> None:
    plain.say("帮我买一袋米一桶油", "book", service="errand")
    plain.hear("油不要了，她屋里还有一桶", "nlu_fallback", "stop")
    assert not plain.finished and plain.draft.particulars["problem"] == "一袋米"


def test_what_is_told_by_the_way_is_kept_whatever_is_asked(plain: Talk) -> None:
    plain.say("周六上午十点理发", "book", service="haircut", time=time(SATURDAY, "10:00", ampm=True))
    heard = plain.hear("我一个人住，开门要等一歇", "nlu_fallback", "remark")
    assert "没听" not in heard and plain.draft.remarks == ["我一个人住，开门要等一歇"]


def test_a_yes_that_waits_at_home_is_no_pause(plain: Talk) -> None:
    _haircut(plain)
    plain.hear("好，到时候我在屋里等", "hold_on", "agree")
    assert plain.state == "booked"


def test_a_diet_that_is_not_wanted_any_more_is_dropped(plain: Talk) -> None:
    plain.say("周六中午送一份软饭，康乐路3号院2号楼101", "book", service="meal", time=time(SATURDAY, part="noon"), quantity={"n": 1, "unit": "份"}, diet="soft", address="康乐路3号院2号楼101")
    plain.say(PHONE, phone=PHONE)
    plain.say("不要软的了", "correct")
    assert plain.draft.particulars["diet"] == ["normal"]


def test_a_weekday_named_again_is_the_one_agreed_on(plain: Talk) -> None:
    plain.say("下周三上午十点理发", "book", service="haircut", time=time("2026-12-02", "10:00", ampm=True))
    plain.hear("康乐路3号院2号楼101，周三上午十点家里有人", "inform", "", address=("康乐路3号院2号楼101", "康乐路3号院2号楼101"), time=(time("2026-11-25", "10:00", ampm=True), "周三上午十点"))
    assert plain.draft.date == "2026-12-02"


@pytest.mark.parametrize("words", ["是，对的", "对对，没毛病", "好，就这么着"])
def test_a_yes_too_many_changes_nothing(plain: Talk, words: str) -> None:
    _haircut(plain)
    plain.say("对", "affirm")
    assert agreed_again(plain.conversation, said(words, "affirm"))
    assert not agreed_again(plain.conversation, said("对，再来一次理发", "affirm", service="haircut"))


@pytest.mark.parametrize(
    ("words", "named", "meant", "code"),
    [
        ("想请人来家里打扫下卫生，系我自己住的呀", (("cleaning", "打扫下卫生"),), "home_nursing", "cleaning"),
        ("我要去外地一个星期，想把我老公送去养老院短住几天", (("waitlist", "去养老院"), ("respite", "短住几天")), "respite", "respite"),
        ("昨天洗澡滑了一跤，胳膊吊着切不了菜，帮我弄个晚饭", (("bath", "洗澡"),), "meal", "meal"),
    ],
)
def test_what_is_wished_for_by_its_name_is_booked(plain: Talk, words: str, named: tuple[tuple[str, str], ...], meant: str, code: str) -> None:
    found = tuple(Entity("service", value, text, words.find(text), words.find(text) + len(text)) for value, text in named)
    task.take(plain.session, plain.conversation, Turn(plain.conversation.id, words, "book", 0.9, found, "m1", meant=meant))
    assert plain.draft.service == code


def test_what_only_sounds_like_an_end_and_does_something_else_ends_nothing(plain: Talk) -> None:
    plain.say("后天上午九点要个车", "book", service="travel", time=time(SATURDAY, "09:00", ampm=True))
    plain.hear("回来的要不要另外约啊我搞不清先只约去的", "stop", "add")
    assert not plain.finished and plain.draft.service == "travel"
