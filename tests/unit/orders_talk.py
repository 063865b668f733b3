"""A caller about orders that stand, for the tests: says things to a task and hears the answers."""

from __future__ import annotations

from itertools import count

from care import orders
from tests.conftest import said

PHONE = "13800000003"
BATH = {"service": "bath", "date": "2026-11-28", "time": "10:00"}
MEALS = {"service": "meal", "date": "2026-11-27", "end_date": "2026-12-03", "time": "11:30", "quantity": 2}


def when(date=None, time=None, ampm=True, part=None, **more):
    value = {"date": date, "end_date": None, "time": time, "end_time": None, "part": part, "ampm": ampm}
    return {**value, "every": None, "weekdays": [], "past": False, "vague": False, **more}


class Talk:
    """Plays a conversation with one task the way the actions do."""

    def __init__(self, session, conversation):
        self.session, self.conversation, self.ids = session, conversation, count()
        self.order = self.state = ""
        self.finished = False

    def say(self, task, text, intent="inform", /, turn=None, **entities):
        turn = turn or said(text, intent, f"m{next(self.ids)}", **entities)
        taken = task.take(self.session, self.conversation, turn)
        self.finished, replies = taken.finished, list(taken.replies)
        self.state, self.order = taken.state, taken.order
        if not taken.finished:
            asked = task.ask(self.session, self.conversation, False)
            replies += asked.replies
            self.state, self.order = asked.state, asked.order
        self.conversation.state = self.state
        return "".join(reply.say for reply in replies)

    def change(self, text, intent="inform", /, **entities):
        return self.say(orders.change_task, text, intent, **entities)

    def status(self, text, **entities):
        outcome = orders.answer(
            self.session, self.conversation, said(text, "order_status", f"m{next(self.ids)}", **entities)
        )
        self.state, self.order = outcome.state, outcome.order
        self.replies = outcome.replies
        return "".join(reply.say for reply in outcome.replies)
