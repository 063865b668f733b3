"""Who is on the telephone: the number alone tells nobody what is on file."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from care import identity, orders
from care.conversation import manners
from care.conversation.model import Conversation
from care.people import Person
from care.reply import Outcome
from tests.conftest import said

PHONE = "13800005678"


@pytest.fixture
def call(session: Session) -> Conversation:
    """A call from the number of somebody on file."""
    person = Person(phone=PHONE, name="王秀英", address="光明社区七号楼二单元", region="yangling", facts={"income": "dibao"})
    made = Conversation(
        id="c1", channel="phone", phone=PHONE, person=person, drafts={}, memory={}, state="idle", misses=0,
        region="yangling", last_replies=[],
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def words(outcome: Outcome | None) -> str:
    assert outcome is not None
    return "".join(r.say for r in outcome.replies)


def ask(session: Session, call: Conversation) -> Outcome:
    outcome = manners.answer(session, call, said("你们登记的我的地址是哪里", "my_info"))
    call.state = outcome.state
    return outcome


def test_what_is_on_file_is_not_told_to_whoever_has_the_telephone(session: Session, call: Conversation) -> None:
    outcome = ask(session, call)
    assert outcome.state == "asking_identity"
    assert "光明" not in words(outcome) and "王" not in words(outcome)


@pytest.mark.parametrize("answer", ["我叫王秀英，五六七八", "王秀英 5678", "王秀英，尾号是五六七八", "我姓王，王秀英，后四位五六七八"])
def test_name_and_last_digits_open_it(session: Session, call: Conversation, answer: str) -> None:
    ask(session, call)
    outcome, again = identity.answer(session, call, answer)
    assert "对上了" in words(outcome)
    assert again == "你们登记的我的地址是哪里"
    assert "光明" in words(ask(session, call))


def test_a_name_as_a_recogniser_writes_it_is_the_name(session: Session, call: Conversation) -> None:
    ask(session, call)
    outcome, _ = identity.answer(session, call, "我叫黄修音五六七八")
    assert "对不上" in words(outcome)
    outcome, _ = identity.answer(session, call, "我叫王修英五六七八")
    assert "对上了" in words(outcome)


@pytest.mark.parametrize(
    ("said", "right"),
    [("王秀应五六七八", True), ("王修阴五六七八", True), ("忘旧英五六七八", True), ("我叫王秀安五六七八", False), ("我叫王秀燕五六七八", False), ("李秀英五六七八", False), ("王建英五六七八", False), ("王秀五六七八", False), ("王旧一五六七八", False)],
)
def test_one_syllable_of_the_given_name_may_be_misheard(session: Session, call: Conversation, said: str, right: bool) -> None:
    ask(session, call)
    outcome, _ = identity.answer(session, call, said)
    assert ("对上了" in words(outcome)) is right


def test_name_and_digits_may_come_one_after_the_other(session: Session, call: Conversation) -> None:
    ask(session, call)
    first, again = identity.answer(session, call, "我叫王秀英")
    assert "后四位" in words(first) or "最后四位" in words(first)
    assert again == ""
    second, again = identity.answer(session, call, "5678")
    assert "对上了" in words(second) and again


def test_what_is_not_heard_is_asked_for_in_other_words_and_then_by_a_human(session: Session, call: Conversation) -> None:
    ask(session, call)
    asked = [identity.answer(session, call, "王休五六七八")[0] for _ in range(3)]
    assert len({words(one) for one in asked}) == 3, "never the same prompt"
    assert asked[2] and asked[2].state == "refused"


def test_wrong_answers_end_with_a_human_and_guessing_is_over(session: Session, call: Conversation) -> None:
    ask(session, call)
    wrong, _ = identity.answer(session, call, "我叫李建国，五六七八")
    assert "对不上" in words(wrong)
    refused, _ = identity.answer(session, call, "我叫王秀英，一二三四")
    assert "人工" in words(refused) and refused and refused.state == "refused"
    again = ask(session, call)
    assert again.state == "refused"


def test_not_wanting_to_say_it_is_respected(session: Session, call: Conversation) -> None:
    ask(session, call)
    outcome, again = identity.answer(session, call, "不说了")
    assert outcome and outcome.state == "idle" and not again


def test_another_wish_instead_of_an_answer_is_taken(session: Session, call: Conversation) -> None:
    ask(session, call)
    assert identity.answer(session, call, "我想订明天中午的饭") == (None, "")


def test_who_writes_with_an_account_is_known(session: Session, call: Conversation) -> None:
    call.channel = "web"
    assert "光明" in words(ask(session, call))


def test_orders_of_the_number_are_told_only_after_the_name(session: Session, call: Conversation) -> None:
    from datetime import date

    placed = orders.place(
        session,
        orders.OrderRequest(
            key="k1", region="yangling", service="meal", date=date(2026, 11, 26), time="12:00", quantity=1,
            person_name="王秀英", person_phone=PHONE, address="光明社区七号楼二单元", conversation="before", channel="web",
        ),
    )  # fmt: skip
    outcome = orders.answer(session, call, said("我的饭订好了没有", "order_status"))
    assert outcome.state == "asking_identity" and placed.number not in words(outcome)
    cancel = orders.change_task.take(session, call, said("把我的饭取消", "order_cancel"))
    assert cancel.state == "asking_identity" and cancel.finished
    call.state = cancel.state
    identity.answer(session, call, "王秀英五六七八")
    assert "星期四中午" in words(orders.answer(session, call, said("我的饭订好了没有", "order_status", "m9")))


def test_an_order_made_in_this_call_needs_no_name(session: Session, call: Conversation) -> None:
    from datetime import date

    orders.place(
        session,
        orders.OrderRequest(
            key="k2", region="yangling", service="meal", date=date(2026, 11, 26), time="12:00", quantity=1,
            person_name="王秀英", person_phone=PHONE, address="光明社区七号楼二单元", conversation=call.id, channel="phone",
        ),
    )  # fmt: skip
    assert orders.answer(session, call, said("刚才的饭订好了没有", "order_status")).state != "asking_identity"


@pytest.mark.parametrize("channel", ["phone", "web", "wechat", "family", "test"])
def test_a_number_that_is_only_said_opens_nothing(session: Session, call: Conversation, channel: str) -> None:
    from datetime import date

    call.phone, call.person, call.channel = None, None, channel
    orders.place(
        session,
        orders.OrderRequest(
            key="k3", region="yangling", service="meal", date=date(2026, 11, 26), time="12:00", quantity=1,
            person_name="王秀英", person_phone=PHONE, address="光明社区七号楼二单元", conversation="before", channel="web",
        ),
    )  # fmt: skip
    outcome = orders.answer(session, call, said("查一下我的单子，电话13800005678", "order_status", phone=PHONE))
    assert outcome.state == "asking_identity"
    call.state = outcome.state
    known, again = identity.answer(session, call, "我叫王秀英")
    assert "对上了" in words(known) and again


def test_facts_on_file_are_not_used_before_the_name(session: Session, call: Conversation) -> None:
    from care.eligibility.known import facts_of

    assert facts_of(call, {}) == {}
    call.remember(**{identity.CONFIRMED: [PHONE]})
    assert facts_of(call, {})["income"] == "dibao"
