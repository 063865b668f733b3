"""What was just asked: patience, the answers listened for, what an answer looks like. The words are the product's own."""

from __future__ import annotations

import pytest

from care.reply import Choice, Reply
from voice_gateway.listening import Expectation, numbers, phrases, spoken_names
from voice_gateway.listening.expect import yes_or_no
from voice_gateway.listening.recogniser import Hypothesis
from voice_gateway.listening.repair import repair

MEALS = Reply("中午吃，还是晚上吃？", choices=(Choice("中午", "中午"), Choice("晚上", "晚上")))
SAME = Reply("送到登记的那个地址吗？", choices=(Choice("对", "对"), Choice("换个地址", "不是，换个地址")))


def asked(slot: str, say: str = "", region: str = "yangling") -> Expectation:
    return Expectation.of(f"asking_{slot}", [Reply(say or "请说")], region)


@pytest.mark.parametrize(
    ("slot", "seconds"), [("phone", 2.0), ("place", 1.8), ("date", 1.5), ("time", 1.5), ("service", 1.2), ("diet", 1.2)]
)
def test_patience_by_what_was_asked(slot: str, seconds: float) -> None:
    assert asked(slot).patience("") == seconds


def test_nobody_waits_less_than_the_rule_for_a_yes() -> None:
    assert Expectation.of("confirming", [Reply("对吗？")]).patience("对") == 1.2


@pytest.mark.parametrize(
    "words", ["我 想", "我 就 想", "我 要", "我 想 问 一下", "麻烦 你", "帮 我", "我 想 嗯", "那 那", "这个 事 因为"]
)
def test_whoever_has_only_begun_is_waited_for(words: str) -> None:
    assert Expectation().patience(words) == 2.5


@pytest.mark.parametrize("words", ["要", "不要", "我 要 洗澡", "我 不想", "请 师傅 来", "想", "我 家里 有 我"])
def test_whoever_is_done_is_not_waited_for(words: str) -> None:
    assert Expectation().patience(words) == 1.2


def test_a_complete_number_needs_no_more_patience() -> None:
    phone = asked("phone")
    assert phone.patience("一 三 八 零 零") == 2.0
    assert phone.patience("三 八 零 零 一 二 五") == 2.0, "seven digits may be the middle of a mobile number"
    assert phone.patience("幺 三 八 零 零 一 二 五 六 七 八") == 1.2


@pytest.mark.parametrize("words", ["我 想 嗯", "明天 那个", "还有"])
def test_hesitation_extends(words: str) -> None:
    assert asked("service").patience(words) == 2.5


def test_a_hum_is_a_yes_where_a_yes_is_wanted() -> None:
    assert Expectation.of("confirming", [Reply("对吗？")]).patience("嗯") == 1.2


def test_the_question_in_force_is_read_from_the_last_reply() -> None:
    heard = Expectation.of("asking_time", [Reply("好。"), MEALS], "hunan")
    assert heard.asking == "time" and heard.keys == ("1", "2") and heard.region == "hunan"
    assert not heard.yes_no
    assert Expectation.of("asking_place", [SAME]).yes_no
    confirming = Expectation.of("confirming", [Reply("我给您念一遍，对吗？")])
    assert confirming.yes_no and confirming.asking == "confirm"
    assert Expectation.of("idle", []).asking == ""
    assert asked("income", "家里是低保吗？").yes_no


def test_an_open_question_is_heard_freely() -> None:
    assert Expectation.of("idle", [Reply("您说。")]).phrases == ()
    assert asked("what", "").phrases == ()


def test_names_and_addresses_that_nobody_listed_are_listened_for() -> None:
    people, addresses = set(asked("name").phrases), asked("place").phrases
    assert {"人工", "再说一遍"} <= people and sum(spoken_names.is_name(words) for words in people) > 20_000
    assert sum("小区" in words for words in addresses) > 500 and any("岳麓区" in words for words in addresses)


@pytest.mark.parametrize("words, name", [("张桂英", True), ("我叫欧阳兰", True), ("她叫李三", True), ("上回", False), ("没有", False), ("我不想说", False)])
def test_a_name_begins_with_a_surname(words: str, name: bool) -> None:
    assert spoken_names.is_name(words) is name
    assert bool(asked("name").answer(words)) is name


@pytest.mark.parametrize("words, listed", [("岳麓区幸福小区三栋四零二", True), ("人民路五十六号", True), ("绿园区同样借三号", False)])
def test_an_address_of_listed_words_is_told_from_one_misheard(words: str, listed: bool) -> None:
    assert spoken_names.is_address(words) is listed


def test_the_answers_listened_for_come_from_the_product() -> None:
    confirming = Expectation.of("confirming", [Reply("对吗？")]).phrases
    assert {"对", "不对", "要得"} <= set(confirming)
    choices = Expectation.of("asking_time", [MEALS], "hunan").phrases
    assert {"中午", "晚上", "第二个"} <= set(choices) and "第三个" not in choices
    assert {"理发", "洗澡"} <= set(asked("service").phrases)
    assert {"杨凌", "长沙", "东莞"} <= set(asked("region", region="").phrases)
    assert {"后天", "下星期三", "十二号"} <= set(asked("date").phrases)
    assert {"十点半", "下午三点"} <= set(asked("time").phrases)


def test_digits_only_when_a_telephone_number_is_asked_for() -> None:
    listened = asked("phone").phrases
    assert set(numbers.DIGIT_PAIRS) <= set(listened)
    assert "下午三点" not in listened and "洗澡" not in listened


def test_a_region_has_its_own_services() -> None:
    from care import service_list

    here = {item.say_name for item in service_list.items("yangling")}
    assert {name for name in here if len(name) <= phrases.SHORT_NAME} <= set(asked("service").phrases)


@pytest.mark.parametrize(
    ("slot", "text", "answer"),
    [
        ("date", "那就下星期三吧", "下星期三"),
        ("date", "大概十二月三号", "十二月三号"),
        ("time", "上午十点半行不行", "上午十点半"),
        ("phone", "我电话是幺三九二五六八零零四六", "一三九二五六八零零四六"),
        ("phone", "一三九二五六八", ""),
        ("quantity", "两个人", "两"),
        ("quantity", "十二份吧", "十二"),
        ("quantity", "一三", ""),  # 一份, misheard
        ("age", "她今年七十六了", "七十六"),
        ("age", "第一回", ""),
        ("duration", "两个星期", "两个星期"),
        ("duration", "六个行器", ""),
        ("region", "我们在杨凌这边", "杨凌"),
        ("place", "光明社区七号楼", "光明社区七号楼"),
        ("service", "我想理发", "理发"),
        ("diet", "要清淡一点的", "清淡一点"),
        ("date", "人工", "人工"),
        ("date", "你好", ""),
    ],
)
def test_what_answers_a_question(slot: str, text: str, answer: str) -> None:
    assert asked(slot).answer(text) == answer


def test_choices_are_answers_by_name_and_by_number() -> None:
    meals = Expectation.of("asking_time", [MEALS], "hunan")
    assert meals.answer("晚上吧") == "晚上"
    assert meals.answer("第二个") == "第二个"
    assert Expectation.of("asking_what", [MEALS]).answer("第三个") == ""


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("对", "affirm"),
        ("嗯对的", "affirm"),
        ("不是的", "deny"),
        ("不晓得", "dont_know"),
        ("对不起我想改", ""),
        ("明天", ""),
    ],
)
def test_yes_and_no(words: str, meant: str) -> None:
    assert yes_or_no(words) == meant


@pytest.mark.parametrize(
    ("heard", "digits"),
    [
        ("一三八零零一二五六七八", "一三八零零一二五六七八"),
        ("幺三八洞洞幺两五六拐八", "一三八零零一二五六七八"),
        ("138零零一二五六七八", "一三八零零一二五六七八"),
        ("零二九八七零三一二三四", "零二九八七零三一二三四"),
        ("八七零三一二三", "八七零三一二三"),
        ("一三八零零一二五六七", ""),
        ("九三八零零一二五六七八", ""),
        ("", ""),
    ],
)
def test_telephone_numbers(heard: str, digits: str) -> None:
    assert numbers.telephone(heard) == digits


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("一三爸零铃一二五六气八", "一三八零零一二五六七八"),
        ("幺三八洞洞幺两五六拐八", "幺三八洞洞幺两五六七八"),
        ("我的号码是一三八零零一二", "我的号码是一三八零零一二"),
        ("就是一三八零零一二五六七爸", "就是一三八零零一二五六七八"),
        ("一三八零零一二五六七八吧", "一三八零零一二五六七八吧"),
        ("我家要两份软饭", "我家要两份软饭"),
        ("零食铃铛", "零食铃铛"),
    ],
)
def test_digits_by_sound_only_among_digits(heard: str, written: str) -> None:
    assert numbers.read(heard) == written


def test_a_goodbye_is_listened_for_once_the_matter_is_settled() -> None:
    settled = Expectation.of("booked", [Reply("订好了。还有别的事吗？")])
    assert {"再见", "没事了"} <= set(settled.phrases)
    heard = [Hypothesis("三 天", 0.9), Hypothesis("再见", 0.8, held=True)]
    repaired = repair("三 天", heard, settled)
    assert repaired.text == "再见" and repaired.unsure
    for state in ("confirming", "emergency", "asking_home"):
        assert "再见" not in Expectation.of(state, [Reply("您在家吗？")]).phrases


def test_addresses_of_the_town_are_listened_for_most_once_it_is_known() -> None:
    def share(region: str) -> float:
        listened = Expectation(asking="place", region=region).phrases
        return sum("莲塘" in said or "青云谱" in said for said in listened) / len(listened)

    assert share("nanchang") > 2 * share("") > 0 and share("dongguan") < share("")


def test_at_a_read_back_short_answers_are_listened_for_and_no_parts_of_other_words() -> None:
    choices = (Choice("对", "对"), Choice("要改", "不对"))
    listened = Expectation.of("confirming", [Reply("我给您念一遍，对吗？", choices=choices)], "hunan").phrases
    assert {"对", "是的", "是啊", "行啊", "不对", "错了", "要改", "算了"} <= set(listened)
    assert not {"客服", "人工座席", "再说一遍", "等一下"} & set(listened)
    assert {"客服", "再说一遍"} <= set(Expectation.of("answered", [Reply("要帮您订吗？")]).phrases)
