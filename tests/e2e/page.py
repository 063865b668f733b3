"""A real web server with a scripted assistant behind it, and measures taken inside a real browser."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import tests.serving
from care.conversation.service import Message, Result
from care.reply import Choice, Command, Reply
from voice_gateway.browser.protocol import SERVING
from web.app import create_app

CARD = {
    "kind": "order",
    "number": "3582",
    "service": "meal",
    "service_name": "送餐",
    "status": "confirmed",
    "status_name": "已订好",
    "date": "2026-11-27",
    "end_date": "",
    "days": ["2026-11-27"],
    "time": "11:30",
    "until": "12:00",
    "quantity": 2,
    "unit": "份",
    "particulars": {"diet": ["soft"]},
    "provider": "光明社区食堂",
    "total": "24.00",
    "payer": "paid",
    "price_note": "演示",
    "rating": None,
    "person_name": "王秀英",
    "person_phone": "13800001234",
    "address": "幸福路十八号五零二",
    "asked_by": "",
    "relation": "self",
}
"""As `care.orders.as_card` gives it."""

ANSWERS: dict[str, tuple[str, list[Reply], str | None]] = {
    "我想订饭": (
        "asking_date",
        [
            Reply(
                "好，哪天吃？",
                choices=tuple(Choice(day, f"{day}吃") for day in ("今天", "明天", "后天")),
            ),
        ],
        None,
    ),
    "后天吃": (
        "confirming",
        [
            Reply("好，后天，星期五。"),
            Reply(
                "后天中午，两份软饭，送到幸福路十八号五零二，对吗？",
                choices=(Choice("对", "对"), Choice("不对", "不对")),
            ),
        ],
        None,
    ),
    "对": ("booked", [Reply("订好了，单号 三、五、八、二。", "订好了，单号 3 5 8 2。", card=CARD)], "3582"),
    "两件事": ("answered", [Reply("要哪个？", choices=(Choice("吃饭", "我想订饭"),)), Reply("不急。")], None),
    "紧急求助": (
        "emergency",
        [
            Reply("您别动，我马上帮您叫人。能说话就跟我说着话。", choices=(Choice("叫一二零", "叫120"),)),
            Reply("我已经给值班台发了加急单。", choices=(Choice("叫一二零", "叫120"),)),
        ],
        None,
    ),
    "讲粤语": ("answered", [Reply("好，我说粤语。", command=Command("accent", {"accent": "yue"}))], None),
    "转人工": ("handed_over", [Reply("好，我请同事来跟您说。")], None),
}


class Desk:
    """Stands for the conversation; answers by script, and repeats what it does not know."""

    def __init__(self) -> None:
        self.got: list[Message] = []
        self.faults = 0

    async def handle(self, message: Message) -> Result:
        self.got.append(message)
        if message.text == "等一等":
            await asyncio.sleep(2)
        if self.faults:
            self.faults -= 1
            raise RuntimeError
        state, replies, order = ANSWERS.get(message.text, ("answered", [Reply(f"我听到的是：{message.text}")], None))
        return Result(message.conversation, replies, state, order)

    @property
    def texts(self) -> list[str]:
        """What arrived, in order."""
        return [message.text for message in self.got]


@contextmanager
def serving(desk: Desk) -> Iterator[str]:
    """Serves the page on a free port; gives its address."""
    with tests.serving.serving(create_app(handle=desk.handle), **SERVING) as port:
        yield f"http://127.0.0.1:{port}"


MEASURE = """
() => {
  const visible = (node) => {
    const box = node.getBoundingClientRect(), style = getComputedStyle(node);
    return box.width > 1 && box.height > 1 && style.visibility !== 'hidden'
      && !node.closest('[hidden], .unseen');
  };
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => {
    c /= 255; return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const texts = [], targets = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement, words = walker.currentNode.textContent.trim();
    if (!words || node.closest('script, noscript') || !visible(node)) continue;
    const style = getComputedStyle(node);
    const [a, b] = [light(numbers(style.color)), light(ground(node))].sort((x, y) => y - x);
    texts.push({
      words, contrast: (a + 0.05) / (b + 0.05), size: parseFloat(style.fontSize),
      spacing: parseFloat(style.lineHeight) / parseFloat(style.fontSize),
    });
  }
  for (const node of document.querySelectorAll('button, a, textarea')) {
    if (!visible(node) || node.closest('noscript')) continue;
    const box = node.getBoundingClientRect();
    targets.push({ words: node.textContent.trim(), width: box.width, height: box.height,
                   inside: box.left >= 0 && box.right <= innerWidth + 0.5 });
  }
  const talk = document.getElementById('talk');
  return { texts, targets, overflow: document.scrollingElement.scrollWidth - innerWidth,
           talkOverflow: talk.scrollWidth - talk.clientWidth };
}
"""


def measure(page: Any) -> dict[str, Any]:
    """Sizes, contrasts and overflow of everything visible on a page, as the browser computed them."""
    return page.evaluate(MEASURE)
