"""Talking on the page: sending, choosing, booking, being cut off and coming back. In real Chromium."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.page import Desk

pytestmark = pytest.mark.e2e

UNSENT = "没发出去，网好了自动再发"


def say(page: Page, words: str) -> None:
    page.get_by_label("您想说的话").fill(words)
    page.get_by_label("您想说的话").press("Enter")


def last_reply(page: Page) -> str:
    return page.locator(".row.bot .words").last.inner_text()


def soon(true: Callable[[], bool], seconds: float = 8) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def test_the_first_words_are_a_greeting_that_says_it_is_automatic(page: Page, desk: Desk) -> None:
    assert "上午好" in last_reply(page) and "自动助手" in last_reply(page)
    expect(page.locator("header")).to_contain_text("自动助手，不是真人")
    expect(page.locator(".choices button")).to_have_count(4)
    assert not desk.got, "the greeting is no turn"


def test_what_is_typed_is_sent_by_enter_and_by_the_key(page: Page, desk: Desk) -> None:
    say(page, "今天几号")
    expect(page.locator(".row.bot .words").last).to_have_text("我听到的是：今天几号")
    page.get_by_label("您想说的话").fill("几点了")
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".row.bot .words").last).to_have_text("我听到的是：几点了")
    assert desk.texts == ["今天几号", "几点了"]
    assert {m.channel for m in desk.got} == {"web"} and {m.phone for m in desk.got} == {None}
    assert len({m.conversation for m in desk.got}) == 1 and len({m.message_id for m in desk.got}) == 2


def test_nothing_is_sent_when_nothing_is_written(page: Page, desk: Desk) -> None:
    page.get_by_role("button", name="发送").click()
    say(page, "  ")
    page.wait_for_timeout(300)
    assert not desk.got


def test_enter_that_ends_a_composition_does_not_send(page: Page, desk: Desk) -> None:
    box = page.get_by_label("您想说的话")
    box.fill("wo xiang")
    press = "(box, how) => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, ...how}))"
    box.evaluate(press, {"isComposing": True})
    box.evaluate(press, {"keyCode": 229})
    page.wait_for_timeout(300)
    assert not desk.got and box.input_value() == "wo xiang"


def test_a_meal_is_booked_by_tapping_only(page: Page, desk: Desk) -> None:
    page.get_by_role("button", name="订一顿饭").tap()
    expect(page.locator(".row.me .words")).to_have_text("订一顿饭")
    page.get_by_role("button", name="后天").tap()
    page.get_by_role("button", name="对", exact=True).tap()
    card = page.locator(".card")
    expect(card).to_contain_text("3 5 8 2")
    expect(card).to_contain_text("送餐")
    for words in (
        "2 份，软一点的",
        "11月27日 星期五 中午 11:30 到 12:00",
        "幸福路十八号五零二",
        "24 元 演示",
        "已订好",
    ):
        expect(card).to_contain_text(words)
    assert desk.texts == ["我想订饭", "后天吃", "对"], "the value is sent, the title is shown"
    expect(page.locator(".choices")).to_have_count(0)


def test_a_double_click_on_a_choice_sends_once(page: Page, desk: Desk) -> None:
    page.get_by_role("button", name="订一顿饭").dblclick()
    page.get_by_role("button", name="后天").wait_for()
    page.wait_for_timeout(300)
    assert desk.texts == ["我想订饭"]


def test_a_double_click_on_the_urgent_key_sends_once(page: Page, desk: Desk) -> None:
    page.get_by_role("button", name="紧急求助").dblclick()
    page.locator(".row.danger").first.wait_for()
    page.wait_for_timeout(300)
    assert desk.texts == ["紧急求助"]


def test_the_urgent_key_asks_nothing_and_offers_the_phone(page: Page, desk: Desk) -> None:
    page.get_by_role("button", name="紧急求助").tap()
    expect(page.get_by_role("link", name="120 急救")).to_be_visible()
    assert page.get_by_role("link", name="120 急救").get_attribute("href") == "tel:120"
    expect(page.locator(".row.danger .words").first).to_contain_text("您别动")
    expect(page.locator(".choices button")).to_have_text(["叫一二零"])
    assert desk.texts == ["紧急求助"]


def test_the_urgent_key_does_not_wait_for_a_slow_turn(page: Page, desk: Desk) -> None:
    say(page, "等一等")
    assert soon(lambda: desk.texts == ["等一等"])
    page.get_by_role("button", name="紧急求助").tap()
    page.locator(".row.danger").first.wait_for(timeout=1500)
    expect(page.locator(".row.bot .words").last).to_have_text("我听到的是：等一等")


def test_the_urgent_key_offers_the_phone_without_a_network(page: Page, desk: Desk) -> None:
    page.context.set_offline(True)
    page.get_by_role("button", name="紧急求助").tap()
    expect(page.get_by_role("link", name="120 急救")).to_be_visible()
    expect(page.locator(".note")).to_contain_text(UNSENT)
    page.context.set_offline(False)
    page.locator(".row.danger").first.wait_for()
    assert desk.texts == ["紧急求助"]


def test_the_phone_numbers_go_when_the_danger_is_over(page: Page) -> None:
    page.get_by_role("button", name="紧急求助").tap()
    page.locator(".row.danger").first.wait_for()
    page.reload()
    expect(page.get_by_role("link", name="120 急救")).to_be_visible()
    say(page, "今天几号")
    expect(page.locator(".row.bot .words").last).to_have_text("我听到的是：今天几号")
    expect(page.get_by_role("link", name="120 急救")).to_be_hidden()


def test_a_human_is_one_tap_away(page: Page, desk: Desk) -> None:
    page.get_by_role("button", name="转人工").tap()
    expect(page.locator(".row.bot .words").last).to_contain_text("同事")
    assert desk.texts == ["转人工"]


def test_unsent_words_are_kept_and_go_in_order_when_the_network_is_back(page: Page, desk: Desk) -> None:
    page.context.set_offline(True)
    say(page, "我想订饭")
    say(page, "后天吃")
    expect(page.locator(".note")).to_have_text([UNSENT, UNSENT])
    kept = json.loads(page.evaluate("localStorage.getItem('yinling.outbox')"))
    assert [entry["text"] for entry in kept] == ["我想订饭", "后天吃"]
    page.context.set_offline(False)
    page.get_by_role("button", name="对", exact=True).wait_for()
    expect(page.locator(".note")).to_have_count(0)
    assert [(m.text, m.message_id) for m in desk.got] == [(e["text"], e["id"]) for e in kept]
    assert page.evaluate("localStorage.getItem('yinling.outbox')") == "[]"


def test_a_message_whose_answer_was_lost_is_sent_again_under_the_same_id(page: Page, desk: Desk) -> None:
    lost = []

    def lose_once(route: object) -> None:
        if not lost:
            lost.append(route.fetch())  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]
        else:
            route.continue_()  # type: ignore[attr-defined]

    page.route("**/api/chat", lose_once)
    say(page, "我想订饭")
    page.get_by_role("button", name="后天").wait_for()
    assert desk.texts == ["我想订饭"] * 2
    assert len({m.message_id for m in desk.got}) == 1
    expect(page.locator(".row.bot")).to_have_count(2)


def test_a_fault_of_the_server_is_tried_again_by_itself(page: Page, desk: Desk) -> None:
    desk.faults = 1
    say(page, "今天几号")
    expect(page.locator(".note")).to_have_text(UNSENT)
    expect(page.locator(".row.bot .words").last).to_have_text("我听到的是：今天几号")
    expect(page.locator(".note")).to_have_count(0)


def test_unsent_words_survive_closing_the_page(page: Page, desk: Desk, address: str) -> None:
    page.route("**/api/chat", lambda route: route.abort())
    say(page, "今天几号")
    expect(page.locator(".note")).to_have_text(UNSENT)
    page.unroute("**/api/chat")
    page.reload()
    expect(page.locator(".row.bot .words").last).to_have_text("我听到的是：今天几号")
    assert desk.texts == ["今天几号"]


def test_words_unsent_since_yesterday_are_not_sent_as_if_said_today(page: Page, desk: Desk) -> None:
    page.route("**/api/chat", lambda route: route.abort())
    say(page, "明天中午订饭")
    expect(page.locator(".note")).to_have_text(UNSENT)
    page.unroute("**/api/chat")
    page.evaluate(
        "for (const entry of [JSON.parse(localStorage['yinling.outbox'])]) {"
        " entry[0].at -= 24 * 3600e3; localStorage['yinling.outbox'] = JSON.stringify(entry); }"
    )
    page.reload()
    expect(page.locator(".note")).to_contain_text("请再说一遍")
    page.wait_for_timeout(500)
    assert not desk.got


def test_a_refusal_is_shown_under_the_message_and_the_next_one_goes_on(page: Page, desk: Desk) -> None:
    say(page, "饭" * 4001)
    expect(page.locator(".note")).to_contain_text("太长了")
    say(page, "今天几号")
    expect(page.locator(".row.bot .words").last).to_have_text("我听到的是：今天几号")
    assert desk.texts == ["今天几号"]


def test_a_reload_keeps_what_was_said_and_the_open_question(page: Page, desk: Desk) -> None:
    say(page, "我想订饭")
    page.get_by_role("button", name="后天").wait_for()
    before = page.locator(".words").all_inner_texts()
    page.reload()
    expect(page.locator(".words")).to_have_text(before)
    expect(page.locator(".choices button")).to_have_text(["今天", "明天", "后天"])
    page.get_by_role("button", name="后天").tap()
    page.get_by_role("button", name="对", exact=True).tap()
    page.locator(".card").wait_for()
    page.reload()
    expect(page.locator(".card")).to_contain_text("3 5 8 2")
    assert len({m.conversation for m in desk.got}) == 1


def test_choices_stay_when_a_further_sentence_follows_them(page: Page) -> None:
    say(page, "两件事")
    expect(page.locator(".choices button")).to_have_text(["吃饭"])
    page.reload()
    expect(page.locator(".choices button")).to_have_text(["吃饭"])


def test_a_new_conversation_begins_only_after_a_yes(page: Page, desk: Desk) -> None:
    say(page, "今天几号")
    page.locator(".row.bot").nth(1).wait_for()
    page.get_by_role("button", name="新的 对话").tap()
    page.get_by_role("button", name="不换").tap()
    expect(page.locator(".row")).to_have_count(3)
    page.get_by_role("button", name="新的 对话").tap()
    page.get_by_role("button", name="换新的对话").tap()
    expect(page.locator(".row")).to_have_count(1)
    say(page, "几点了")
    page.locator(".row.bot").nth(1).wait_for()
    assert desk.got[0].conversation != desk.got[1].conversation


@pytest.mark.parametrize(
    "words",
    [
        "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>",
        "😀👵🏻🍚 <b>粗</b> &amp; {{7*7}}",
        "第一行\n第二行",
    ],
)
def test_text_is_only_ever_text(page: Page, words: str) -> None:
    page.get_by_label("您想说的话").fill(words)
    page.get_by_role("button", name="发送").click()
    page.locator(".row.bot").nth(1).wait_for()
    assert page.locator(".row.me .words").inner_text() == words
    assert last_reply(page) == f"我听到的是：{words}"
    assert page.title() == "银龄热线 自动助手"
    page.reload()
    assert page.locator(".row.me .words").inner_text() == words


def test_without_scripts_the_page_gives_the_phone_numbers(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 640})
    plain = context.new_page()
    plain.goto(address)
    expect(plain.get_by_role("link", name="120")).to_be_visible()
    expect(plain.get_by_role("link", name="12345")).to_be_visible()
    context.close()
