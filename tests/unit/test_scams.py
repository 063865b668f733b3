"""Suspected scams: the warning, and the worry that goes on after it."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from care import scams
from care.conversation.model import Conversation
from care.handover.model import Ticket
from care.texts import reply
from tests.conftest import said


def test_a_scam_is_stopped_first(session: Session, conversation: Conversation) -> None:
    outcome = scams.warn(session, conversation, said("有人说给我办高额养老补贴，要先交两千块", "scam"))
    assert "这多半是骗子，千万别打钱" in outcome.replies[0].say and "九六一一零" in outcome.replies[0].say
    assert not session.scalars(select(Ticket)).all()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("打电话说是公安局的，让我转到安全账户", "安全账户"),
        ("有人要我验证码", "验证码"),
        ("推销保健品说包治百病", "定金"),
        ("我孙子换号了说出车祸要钱", "原来的电话"),
        ("说投资养老项目利息高", "稳赚不赔"),
    ],
)
def test_kinds_of_scams(session: Session, conversation: Conversation, text: str, word: str) -> None:
    assert word in scams.warn(session, conversation, said(text, "scam")).replies[0].say


OPINIONS = [
    ("昨天有个人打电话来，讲我有个养老补贴没领，要我先打一千五手续费到他卡上，你讲靠得住不", "warning"),
    ("社区来了个后生，说帮我办养老卡要先交三百块，你说信得过吗", "warning"),
    ("隔壁老张说有个专家卖药包治百病，三千八一疗程，你看可信不", "goods"),
    ("说我儿子在外头撞了人，要三万块，你们觉得是真的假的", "relative"),
    ("有人自称社保的要我报验证码你帮我看看正规不", "code"),
]


@pytest.mark.parametrize(("text", "kind"), OPINIONS)
def test_an_opinion_of_others_is_no_suspicion_of_us(
    session: Session, conversation: Conversation, text: str, kind: str
) -> None:
    assert not scams.asked_on(session, conversation, text)
    assert scams.warn(session, conversation, said(text, "scam")).replies == [reply(f"scams.{kind}")]


@pytest.mark.parametrize("text", ["你们不会是骗子吧", "你说你是不是骗子", "你们这个收钱靠得住不", "凭啥信你"])
def test_a_suspicion_of_us_is_one(session: Session, conversation: Conversation, text: str) -> None:
    assert scams.asked_on(session, conversation, text).replies == [reply("scams.trust")]


@pytest.mark.parametrize("kind", ["warning", "goods", "police", "code", "relative", "invest"])
def test_the_first_answer_says_plainly_what_it_is(kind: str) -> None:
    plain = reply(f"scams.{kind}").say
    assert "这多半是骗子" in plain and re.search("千万别|一分别给|别转钱|都别给", plain) and "九六一一零" in plain
    assert kind == "code" or "已经转账的打一一零报警，再打银行" in plain


@pytest.mark.parametrize("text", ["人家说我中奖了，让我先交税款两千", "接到个电话说社保卡停了叫我报卡号", OPINIONS[0][0]])
def test_a_scam_told_is_one_whatever_the_bot_took_it_for(conversation: Conversation, text: str) -> None:
    assert scams.claims(conversation, said(text, "policy_ask"))
    assert not scams.claims(conversation, said("轮椅租一个月押金多少", "price_query"))


def test_money_already_gone_is_urgent(session: Session, conversation: Conversation) -> None:
    outcome = scams.warn(session, conversation, said("骗子的钱我已经转过去了", "scam"))
    ticket = session.scalars(select(Ticket)).one()
    assert ticket.urgent and ticket.kind == "scam" and ticket.number in outcome.replies[0].show
    assert "一一零" in outcome.replies[0].say


@pytest.mark.parametrize("kind", ["warning", "goods", "police", "code", "relative", "invest", "leaked"])
def test_every_warning_has_the_word(kind: str) -> None:
    assert "骗" in reply(f"scams.{kind}").say and "骗" in reply(f"scams.{kind}", attempt=1).say


@pytest.mark.parametrize(
    ("text", "leaked"),
    [
        ("我卡号都念给他听了，密码没说", True),
        ("验证码我已经报给他了", True),
        ("密码告诉人家了", True),
        ("他叫我把卡号报给他", False),
        ("卡号我没有给他", False),
    ],
)
def test_a_number_that_was_told_is_for_the_bank(
    session: Session, conversation: Conversation, text: str, leaked: bool
) -> None:
    told = scams.warn(session, conversation, said(text, "scam")).replies[0].say
    assert ("冻结" in told and "银行" in told) == leaked


@pytest.mark.parametrize("text", ["哦，那我不给他了，好在问了你", "那我就不投了", "幸亏打了这个电话", "好，我不买他的"])
def test_relief_after_a_warning_is_no_complaint(session: Session, conversation: Conversation, text: str) -> None:
    conversation.last_replies = [
        r.as_dict() for r in scams.warn(session, conversation, said("推销床垫要交定金", "scam")).replies
    ]
    told = scams.asked_on(session, conversation, text)
    assert told is not None and "没给就好" in told.replies[0].say


@pytest.fixture
def warned(session: Session, conversation: Conversation) -> Conversation:
    outcome = scams.warn(session, conversation, said("有人打电话要我的银行卡号，说我社保停了", "scam"))
    conversation.last_replies = [r.as_dict() for r in outcome.replies]
    return conversation


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我还冇讲，佢话夜晚再打来，咁我点算", "别接"),
        ("他说后天上门来拿，我开不开门", "别开门"),
        ("要是他又打过来，我接不接", "别接"),
        ("我崽不在家，我先跟哪个讲", "家里人"),
        ("那我要不要去报警", "九六一一零"),
        ("他还有工作证嘞，盖了红章", "做假"),
        ("声音听着就是我外孙", "做假"),
        ("他不让我跟闺女讲", "骗子"),
        ("我才刚念给他了", "冻结"),
        ("他叫我念验证码，我念了", "冻结"),
        ("那个码我扫了", "冻结"),
        ("钱已经打过去了", "一一零"),
        ("没报，我把电话挂了", "做得对"),
    ],
)
def test_the_worry_goes_on(session: Session, warned: Conversation, text: str, expected: str) -> None:
    outcome = scams.asked_on(session, warned, text)
    assert outcome is not None and expected in outcome.replies[0].say


@pytest.mark.parametrize(
    "text",
    ["你不会也是骗子吧", "你们该不会是一伙的", "我凭啥信你", "你这个靠得住吗", "你是真的假的", "你跟他们是不是一伙的"],
)
def test_who_doubts_the_assistant_is_told_what_it_never_asks(session, conversation: Conversation, text: str) -> None:
    outcome = scams.asked_on(session, conversation, text)
    assert outcome is not None and "验证码" in outcome.replies[0].say


def test_a_doubt_in_a_booking_keeps_its_question(session: Session, conversation: Conversation) -> None:
    conversation.task, conversation.state = "booking", "asking_phone"
    conversation.last_replies = [{"say": "电话是多少？", "show": "电话是多少？", "choices": []}]
    outcome = scams.asked_on(session, conversation, "你是不是骗子，要我电话干啥")
    assert outcome is not None and outcome.state == "asking_phone" and outcome.replies[-1].say == "电话是多少？"


@pytest.mark.parametrize("text", ["送饭的师傅可靠吗", "他们是不是骗子", "你们这有啥服务"])
def test_other_doubts_are_not_about_the_assistant(session: Session, conversation: Conversation, text: str) -> None:
    assert scams.asked_on(session, conversation, text) is None


def test_the_same_is_not_said_twice(session: Session, warned: Conversation) -> None:
    first = scams.asked_on(session, warned, "那我咋办")
    assert first is not None
    warned.last_replies = [r.as_dict() for r in first.replies]
    second = scams.asked_on(session, warned, "到底咋弄嘛")
    assert second is not None and second.replies[0].say != first.replies[0].say


@pytest.mark.parametrize(
    ("text", "intent", "stays"),
    [
        ("下午三点钟他还要来", "order_status", True),
        ("心里慌得不行啊", "nlu_fallback", True),
        ("人家送了我一壶油", "compliment", True),
        ("给我订明天的饭", "book", False),
        ("谢谢你提醒我", "thanks", False),
        ("嗯", "nlu_fallback", False),
    ],
)
def test_what_is_about_nothing_else_stays_with_the_worry(warned, text: str, intent: str, stays: bool) -> None:
    assert scams.claims(warned, said(text, intent)) == stays


def test_after_a_leak_nothing_is_said_of_money_not_to_be_paid(session: Session, warned: Conversation) -> None:
    leaked = scams.asked_on(session, warned, "我已经念给他了")
    assert leaked is not None
    warned.last_replies = [r.as_dict() for r in leaked.replies]
    told = scams.warn_on(session, warned, said("里头有三万多存款", "inform")).replies[0].say
    assert "一一零" in told and "先别交钱" not in told


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("外孙打电话来说撞了人，要两万私了", True),
        ("有个声音像我儿子的，说出车祸要转五千块", True),
        ("自称民政的人上门，要交三百手续费", True),
        ("我孙子打电话来说他撞了头，在流血", False),
        ("帮我打电话问问要多少钱", False),
    ],
)
def test_a_call_for_money_is_told_apart_from_an_accident(text: str, one: bool) -> None:
    assert scams.tells_of_one(text) == one


@pytest.mark.parametrize("text", ["怎么证明", "你拿什么证明", "凭什么信你", "骗子都这么说", "谁知道是真是假"])
def test_who_is_not_convinced_is_told_how_to_find_out(session: Session, conversation: Conversation, text: str) -> None:
    first = scams.warn(session, conversation, said("你们是不是骗子啊", "scam"))
    conversation.last_replies = [one.as_dict() for one in first.replies]
    assert "自己拨一二三四五" in scams.warn_on(session, conversation, said(text, "scam")).replies[0].say
