"""The emergency check: everything that must raise the alarm does, and everyday talk does not."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from care.emergency import check
from care.emergency.detect import is_doubtful, likely_kind, told_kind
from care.emergency.kinds import KINDS, OTHER
from care.emergency.sound import merged, sounds

CASES = yaml.safe_load(Path(__file__).with_name("emergency_cases.yaml").read_text(encoding="utf-8"))
BY_KIND = yaml.safe_load(Path(__file__).with_name("emergency_by_kind.yaml").read_text(encoding="utf-8"))
FIRST_SIGHT = yaml.safe_load(Path(__file__).with_name("emergency_first_sight.yaml").read_text(encoding="utf-8"))
TOLD = yaml.safe_load(Path(__file__).with_name("emergency_told.yaml").read_text(encoding="utf-8"))
TWINS = yaml.safe_load(Path(__file__).with_name("emergency_twins.yaml").read_text(encoding="utf-8"))
OBLIQUE = yaml.safe_load(Path(__file__).with_name("emergency_oblique.yaml").read_text(encoding="utf-8"))
IN_BOOKINGS = yaml.safe_load(Path(__file__).with_name("emergency_in_bookings.yaml").read_text(encoding="utf-8"))
FRAMED = yaml.safe_load(Path(__file__).with_name("emergency_framed.yaml").read_text(encoding="utf-8"))
SAID = yaml.safe_load(Path(__file__).with_name("emergency_said.yaml").read_text(encoding="utf-8"))
ANYTHING = Path(__file__).parents[2] / "voice_gateway" / "speech_model" / "said.txt"
MOST_FALSE_OF_ANYTHING = 0.015
"""Of what callers say of anything at all."""
IN_STORIES = yaml.safe_load(Path(__file__).with_name("emergency_in_stories.yaml").read_text(encoding="utf-8"))
GROUPED = (BY_KIND, FIRST_SIGHT, TOLD, TWINS, OBLIQUE, IN_BOOKINGS, IN_STORIES, FRAMED)


def dangers_of(file: dict[str, Any]) -> list[str]:
    return [text for group in file["alarm"].values() for text in group]


DANGERS = [text for file in (CASES, *GROUPED) for text in dangers_of(file)]
EVERYDAY = [*CASES["calm"], *(text for file in GROUPED for group in file["calm"].values() for text in group)]
UNSEEN = yaml.safe_load(Path(__file__).with_name("unseen_emergencies.yaml").read_text(encoding="utf-8"))
LEAST_HEARD, LEAST_NOTICED, MOST_FALSE = 0.88, 0.94, 0.06
"""Of sentences that were never learnt, all on purpose oblique or close to danger: alarm, alarm or question, false alarm."""
LEAST_RIGHT, MOST_WRONG = 0.7, 0.2
"""Of such dangers: the right advice, and one for something else; for the rest, that which is right for all."""
TYPICAL_MS = 1.0


@pytest.mark.parametrize("text", DANGERS)
def test_danger_is_heard(text: str) -> None:
    assert check(text) is not None


@pytest.mark.parametrize("text", dangers_of(SAID))
def test_danger_among_anything_said_is_noticed(text: str) -> None:
    assert check(text) is not None or is_doubtful(text)


def test_anything_said_is_left_alone() -> None:
    apart = {*dangers_of(SAID), *SAID["open"]}
    calm = [line for line in ANYTHING.read_text(encoding="utf-8").splitlines() if line and line not in apart]
    false = [line for line in calm if check(line) is not None]
    assert len(false) <= MOST_FALSE_OF_ANYTHING * len(calm), false


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_talk_is_left_alone(text: str) -> None:
    assert check(text) is None


def test_what_was_never_learnt_is_noticed_too() -> None:
    dangers = dangers_of(UNSEEN)
    calm = [text for group in UNSEEN["calm"].values() for text in group]
    heard = sum(check(text) is not None for text in dangers)
    noticed = sum(check(text) is not None or is_doubtful(text) for text in dangers)
    assert heard >= LEAST_HEARD * len(dangers) and noticed >= LEAST_NOTICED * len(dangers)
    assert sum(check(text) is not None for text in calm) <= MOST_FALSE * len(calm)


@pytest.mark.parametrize(
    "text",
    [
        "灯管一闪一闪的赶紧来个人",
        "楼道灯咋又不亮了呢，马上派个人来",
        "家里没电了，快来个人看看",
        "马桶冲不下去，赶快来人",
    ],
)
def test_something_broken_is_no_danger_however_urgent(text: str) -> None:
    assert check(text) is None


@pytest.mark.parametrize("text", ["灯泡冒烟了赶紧来个人", "插座冒火花了快来人", "热水器漏电把我妈打倒了快来人"])
def test_something_broken_that_hurts_is_one(text: str) -> None:
    assert check(text) is not None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("哎哟，我摔了，动不了。", "fall"),
        ("心口痛", "chest_pain"),
        ("嘴歪了话也说不清", "stroke"),
        ("喘不赢气", "breathing"),
        ("头上流了好多血", "bleeding"),
        ("鱼刺卡喉咙了", "choking"),
        ("老伴喝敌敌畏了", "poisoning"),
        ("厨房着火了", "fire"),
        ("屋里一股臭鸡蛋味", "gas"),
        ("我迷路了", "lost"),
        ("我反锁在屋里出不来", "locked_out"),
        ("不想活了", "suicide"),
        ("老头子怎么喊都不答应", "unresponsive"),
        ("有人撬我家锁", "crime"),
        ("开水烫了脚", "burn"),
        ("被电打了", "electric"),
        ("快叫救护车", "other"),
        ("有人敲门说是查煤气的，我不认识他", "crime"),
        ("邻居老王两天没出门了，敲门也不应", "no_answer"),
        ("我妈电话打不通，一天一夜没消息了", "no_answer"),
        ("老伴出去买菜三个钟头没回来，他脑子糊涂", "lost"),
    ],
)
def test_the_kind_decides_the_advice(text: str, kind: str) -> None:
    found = check(text)
    assert found is not None and found.kind == kind


@pytest.mark.parametrize("file", sorted(Path(__file__).parent.glob("emergency_*.yaml")), ids=lambda path: path.stem)
def test_dangers_are_sorted_by_kind(file: Path) -> None:
    groups = yaml.safe_load(file.read_text(encoding="utf-8"))["alarm"]
    assert set(groups) <= {*KINDS, "unclear"}


@pytest.mark.parametrize("asks", ["我要订{}", "我想订{}", "帮我约{}", "{}我要", "取消{}"])
def test_a_plain_order_for_today_is_no_danger(asks: str) -> None:
    for day in ("今天", "今晚", "今天晚上", "明天"):
        for what in ("的车", "的饭", "的晚饭", "的理发", "洗澡", "送餐", "的打扫"):
            said = asks.format(day + what)
            assert check(said) is None and not is_doubtful(said), said


def test_the_advice_fits_what_was_never_learnt() -> None:
    told = [(text, kind) for kind, group in UNSEEN["alarm"].items() if kind in KINDS for text in group]
    kinds = [(likely_kind(text), kind) for text, kind in told]
    assert sum(found == kind for found, kind in kinds) >= LEAST_RIGHT * len(told)
    assert sum(found not in (kind, OTHER) for found, kind in kinds) <= MOST_WRONG * len(told)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("水管爆了，快来人", False),
        ("水管爆了，水都漏到插座上了，快来人", True),
        ("暖气片爆了，烫着我妈了，快来人", True),
        ("马桶堵了，快点来人通", False),
        ("快来人", True),
    ],
)
def test_a_burst_pipe_is_a_danger_only_with_people_or_electricity(text: str, danger: bool) -> None:
    assert (check(text) is not None) == danger


@pytest.mark.parametrize("text", ["心脏不舒服", "我心脏很不舒服", "胸闷", "胸口憋得慌", "心口疼得厉害"])
def test_the_heart_told_by_itself_is_a_danger(text: str) -> None:
    assert check(text) is not None


@pytest.mark.parametrize("text", ["心脏病药哪里报销", "想做个心电图", "我心脏不舒服，想约陪诊下周去复查"])
def test_the_heart_told_with_a_wish_is_none(text: str) -> None:
    assert check(text) is None


@pytest.mark.parametrize("text", ["有个声音像我外孙的打来，说撞了人要三万", "短信说我儿子出车祸了，叫我转两万块"])
def test_an_accident_for_which_money_is_wanted_is_a_scam(text: str) -> None:
    assert check(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "我妈叫余春莲，她电话13800002030",
        "老爷子叫雷长生，手机13900001234",
        "南昌县澄湖北大道65号，我爸叫江水生，电话13700001234",
    ],
)
def test_who_somebody_is_called_is_no_danger(text: str) -> None:
    assert check(text) is None


def test_the_southern_ear_hears_the_same() -> None:
    assert merged("ling") == merged("nin")
    assert merged("zhang") == merged("zang")
    assert sounds("负") == sounds("户")
    assert sounds("生") == sounds("森")


def test_a_homophone_is_marked_as_such() -> None:
    found = check("我帅倒了起不来")
    assert found is not None
    assert check("厨房招火了，家里找火了") is not None and check("厨房招火了，家里找火了").by_sound


@pytest.mark.parametrize("text", ["", "，。！", "😀😀", "a" * 5000, "我要订饭" * 2000, "{}'; drop table", "\x00\ufffd"])
def test_any_text_is_survived(text: str) -> None:
    assert check(text) is None


def test_a_cry_at_the_end_of_a_long_text_is_heard() -> None:
    assert check("今天天气不错，" * 500 + "我摔倒了起不来") is not None


def test_it_is_quick() -> None:
    check("热身")
    spent = []
    for text in EVERYDAY:
        started = time.perf_counter()
        check(text)
        spent.append((time.perf_counter() - started) * 1000)
    assert statistics.median(spent) <= TYPICAL_MS


@pytest.mark.parametrize(
    "text", ["屋里老人动不了，厕所能不能改造一下", "我爸动弹不得了，评重度要怎么弄", "老娘爬不起床，想装个扶手"]
)
def test_somebody_bedridden_for_whom_something_is_applied_for_is_no_danger(text: str) -> None:
    assert check(text) is None


@pytest.mark.parametrize("text", ["我爸在厕所动不了了，扶手掉了", "老伴刚才摔了动不了，家里改造过的"])
def test_words_of_rebuilding_do_not_hide_a_danger(text: str) -> None:
    assert check(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "奶奶摔倒了，后脑勺流血，能不能派个人陪她去医院",
        "老头子流了好多血，帮我约个人陪着看医生，多少钱",
        "我姨绊倒了额头出血，要不要拍片，叫个陪诊的来",
    ],
)
def test_blood_beside_a_wish_for_company_to_the_doctor_is_asked_about(text: str) -> None:
    assert check(text) or is_doubtful(text)


def test_blood_of_long_ago_beside_a_wish_is_not() -> None:
    text = "去年摔破头流过血，早好了，想约个人陪我复查"
    assert not check(text) and not is_doubtful(text)


@pytest.mark.parametrize("text", ["他叫韩国栋，地址也一样", "外甥女结婚，我激动得都要晕过去了", "他讲今天不买就没有名额咯"])
def test_joy_and_what_stays_the_same_are_no_danger(text: str) -> None:
    assert not check(text) and not is_doubtful(text)


@pytest.mark.parametrize(
    "text", ["我那个厨房哦，油烟机滴油滴到锅里，恶心死了", "灶台上全是油，看着就恶心", "地上都是老鼠屎恶心得很，喊个人来扫", "马桶里脏得恶心人叫个阿姨来搞卫生"]
)
def test_disgust_at_dirt_is_no_sickness(text: str) -> None:
    assert check(text) is None and not is_doubtful(text)


@pytest.mark.parametrize(
    "text",
    ["我恶心死了，想吐", "吃了馊饭，恶心死了", "喝了脏水恶心死了", "闻到油烟味恶心，头晕", "厨房漏煤气，脏死了，恶心死了", "痰里有血，恶心得很", "床上脏了，我恶心得很，想吐"],
)
def test_sickness_beside_dirt_is_heard(text: str) -> None:
    assert check(text) is not None or is_doubtful(text)


def test_getting_up_by_holding_on_is_no_fire() -> None:
    assert told_kind("在厕所滑倒了 扶着起来了 现在胳膊疼") == "fall"


def test_who_else_to_ring_is_nobody_lost() -> None:
    assert check("打13511110001找她 找不到打我13600000001") is None


def test_a_figure_of_speech_names_no_kind_of_danger() -> None:
    assert likely_kind("我妈昨天打电话说头晕得厉害，我在外地，急死我了") != "suicide"
