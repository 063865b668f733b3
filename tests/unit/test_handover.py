"""Handing over: one ticket, honest words, numbers read back, personal data masked."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from care import calls
from care.conversation.model import Conversation
from care.emergency import follow_up
from care.handover import binding_task, callback_task, human, open_ticket
from care.handover.model import Ticket
from care.handover.phones import find_phone
from care.masking import mask
from care.settings import settings
from tests.conftest import said


def tell(task, session: Session, conversation: Conversation, turn):
    """One turn of a task, as the actions would run it."""
    taken = task.take(session, conversation, turn)
    if taken.finished:
        conversation.task = None
        return taken
    conversation.task = task.name
    asked = task.ask(session, conversation, False)
    conversation.state = asked.state
    return type(taken)(taken.replies + asked.replies, asked.state, None, False)


def test_a_human_gets_one_ticket_however_often_one_asks(session: Session, conversation: Conversation) -> None:
    first = human(session, conversation, said("人工", "human"))
    human(session, conversation, said("我要找人工", "human"))
    assert first.state == "handed_over"
    assert first.replies[0].command and first.replies[0].command.name == "transfer"
    assert len(session.scalars(select(Ticket)).all()) == 1


def test_at_night_nobody_is_promised_at_once(
    session: Session, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARE_NOW", "2026-11-25T22:30:00")
    settings.cache_clear()
    words = human(session, conversation, said("人工", "human")).replies[0].say
    assert "下班" in words and "请稍等" not in words


def test_kinds_of_tickets_are_kept_apart(session: Session, conversation: Conversation) -> None:
    one = open_ticket(session, "human", conversation, "人工")
    two = open_ticket(session, "complaint", conversation, "饭凉了")
    assert one.number != two.number and len(one.number) >= 5
    assert not set(one.number + two.number) & set("0146")


def test_an_unknown_kind_is_refused(session: Session, conversation: Conversation) -> None:
    with pytest.raises(ValueError, match="unknown ticket kind"):
        open_ticket(session, "banana", conversation, "")


def test_a_summary_holds_no_personal_data(session: Session, conversation: Conversation) -> None:
    made = open_ticket(session, "callback", conversation, "我叫王秀英，住幸福路十八号五零二，电话13812345678")
    assert "13812345678" not in made.summary and "秀英" not in made.summary and "五零二" not in made.summary


def test_call_back_reads_the_number_back(session: Session, conversation: Conversation) -> None:
    asked = tell(callback_task, session, conversation, said("让人给我回个电话", "callback"))
    assert asked.state == "asking_phone"
    confirm = tell(callback_task, session, conversation, said("幺三八 幺二三四 五六七八"))
    assert confirm.state == "confirming" and "一三八，一二三四，五六七八" in confirm.replies[-1].say
    assert not session.scalars(select(Ticket)).all()  # nothing before the yes
    done = tell(callback_task, session, conversation, said("对", "affirm"))
    assert done.finished and done.state == "submitted"
    assert session.scalars(select(Ticket)).one().phone == "13812345678"


def test_call_back_offers_the_number_that_called(session: Session, conversation: Conversation) -> None:
    conversation.phone = "13900001111"
    assert (
        "一三九，零零零零，一一一一"
        in tell(callback_task, session, conversation, said("回电话", "callback")).replies[-1].say
    )
    again = tell(callback_task, session, conversation, said("不对", "deny"))
    assert again.state == "asking_phone"


def test_a_number_in_two_breaths(session: Session, conversation: Conversation) -> None:
    tell(callback_task, session, conversation, said("回电话", "callback"))
    more = tell(callback_task, session, conversation, said("一三八一二三四"))
    assert "后面" in more.replies[-1].say
    assert tell(callback_task, session, conversation, said("五六七八")).state == "confirming"


def test_the_same_message_twice_changes_nothing(session: Session, conversation: Conversation) -> None:
    tell(callback_task, session, conversation, said("回电话", "callback"))
    turn = said("13812345678", message_id="m9")
    callback_task.take(session, conversation, turn)
    before = conversation.draft("callback")
    callback_task.take(session, conversation, turn)
    assert conversation.draft("callback") == before


def test_a_number_not_given_is_asked_for_differently(session: Session, conversation: Conversation) -> None:
    first = tell(callback_task, session, conversation, said("回电话", "callback")).replies[-1].say
    assert tell(callback_task, session, conversation, said("那个")).replies[-1].say != first


def test_binding_needs_the_elders_own_yes(session: Session, conversation: Conversation) -> None:
    tell(binding_task, session, conversation, said("我想绑定我妈的账号", "bind_family"))
    tell(binding_task, session, conversation, said("王秀英"))
    tell(binding_task, session, conversation, said("我是她女儿"))
    confirm = tell(binding_task, session, conversation, said("13812345678"))
    assert confirm.state == "confirming" and "王秀英" in confirm.replies[-1].say and "女儿" in confirm.replies[-1].say
    done = tell(binding_task, session, conversation, said("对", "affirm"))
    assert done.state == "submitted" and "愿意" in done.replies[0].say and "还没有绑" in done.replies[0].say
    assert session.scalars(select(Ticket)).one().kind == "binding"


def test_binding_can_be_given_up(session: Session, conversation: Conversation) -> None:
    tell(binding_task, session, conversation, said("绑定", "bind_family"))
    assert tell(binding_task, session, conversation, said("算了不绑了", "stop")).finished
    assert not session.scalars(select(Ticket)).all()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("138 1234 5678", "13812345678"),
        ("一三八，一二三四，五六七八", "13812345678"),
        ("我电话是0731-88886666", "073188886666"),
        ("打八八八六六六六", "8886666"),
        ("两份饭", None),
    ],
)
def test_numbers_as_dictated(text: str, number: str | None) -> None:
    assert find_phone(text) == number


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("电话13812345678", "1234"),
        ("身份证610403194501012345", "19450101"),
        ("我叫王秀英", "秀英"),
        ("住光明社区7号楼2单元301", "301"),
        ("号码是一三八一二三四五六七八", "一二三四"),
    ],
)
def test_masking(text: str, gone: str) -> None:
    assert gone not in mask(text) and mask(mask(text)) == mask(text)


@pytest.mark.parametrize("text", ["明天中午两份饭", "我要人工", "长沙高龄津贴八十岁多少钱", "单号三五八二"])
def test_masking_leaves_the_rest(text: str) -> None:
    assert mask(text) == text


@pytest.mark.parametrize(
    ("operators", "hours", "words", "through"),
    [
        ('["801"]', "00:00-24:00", "请稍等", True),
        ("[]", "00:00-24:00", "打电话找您", False),
        ('["801"]', "18:00-20:00", "晚上六点上班", False),
    ],
)
def test_a_caller_on_the_telephone_hears_one_short_sentence(
    session: Session, conversation: Conversation, monkeypatch: pytest.MonkeyPatch,
    operators: str, hours: str, words: str, through: bool,
) -> None:  # fmt: skip
    monkeypatch.setenv("CARE_OPERATOR_NUMBERS", operators)
    monkeypatch.setenv("CARE_DUTY_HOURS", hours)
    settings.cache_clear()
    conversation.channel, conversation.phone = "phone", "13812345678"
    reply = human(session, conversation, said("人工", "human")).replies[0]
    assert words in reply.say and "一三八" not in reply.say and "都记下了" not in reply.say  # nothing was said yet
    assert reply.command and reply.command.detail["open"] is through


@pytest.mark.parametrize(("hours", "words"), [("00:00-24:00", "您说的都记下了"), ("18:00-20:00", "晚上六点上班")])
def test_where_nobody_can_be_put_through_a_call_back_is_offered_at_once(
    session: Session, monkeypatch: pytest.MonkeyPatch, hours: str, words: str
) -> None:
    monkeypatch.setenv("CARE_OPERATOR_NUMBERS", '["801"]')
    monkeypatch.setenv("CARE_EMERGENCY_NUMBERS", '["120"]')
    monkeypatch.setenv("CARE_DUTY_HOURS", hours)
    settings.cache_clear()
    calls.begin(session, "b1", "browser", "", transfers=False)
    conversation = session.get_one(Conversation, "b1")
    reply = human(session, conversation, said("人工", "human")).replies[0]
    assert words in reply.say and "请稍等" not in reply.say
    assert [choice.value for choice in reply.choices] == ["请给我回电话"]
    assert reply.command and reply.command.detail["open"] is False
    called = follow_up(session, conversation, "叫一二零")
    assert called and "要您自己拨" in called.replies[0].say
