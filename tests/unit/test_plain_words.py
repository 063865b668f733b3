"""Help, privacy, who this is: the domain's own words, unless a capability knows an answer to what was said."""

from __future__ import annotations

from typing import Any

import pytest

from actions import conversation as actions
from care.conversation.model import Conversation
from care.db import unit_of_work
from tests.conftest import said


class Dispatcher:
    """Collects what an action says."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    def utter_message(self, **message: Any) -> None:
        self.messages.append(message)


@pytest.fixture
def run(database: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs the action for words and an intent, with a task open or none; gives what was dispatched."""

    def _run(text: str, intent: str, task: str = "") -> dict[str, Any]:
        turn = said(text, intent)
        with unit_of_work() as session:
            session.add(
                Conversation(
                    id="c1", channel="test", drafts={}, memory={}, state="idle", misses=0, region="", task=task
                )
            )
        monkeypatch.setattr(actions, "turn_of", lambda _tracker: turn)
        monkeypatch.setattr("actions.base.turn_of", lambda _tracker: turn)
        dispatcher = Dispatcher()
        actions.ActionPlain().run(dispatcher, None, {})  # type: ignore[arg-type]
        return dispatcher.messages[0]

    return _run


def test_a_question_that_the_papers_answer_is_no_call_for_help(run: Any) -> None:
    told = run("我不会用智能手机，长春办事大厅还有人工不", "out_of_scope")
    assert "人工窗口" in str(told["json_message"])


@pytest.mark.parametrize("intent", ["help", "privacy", "who_are_you", "out_of_scope"])
def test_otherwise_the_words_of_the_domain_are_said(run: Any, intent: str) -> None:
    assert run("你是谁呀", intent) == {"response": f"utter_{intent}"}


def test_an_open_task_is_not_left(run: Any) -> None:
    said_then = run("长春办事大厅还有人工不", "out_of_scope", task="booking")
    assert said_then == {"response": "utter_out_of_scope"}
