"""The bot's own settings, its channel and its training script."""

from __future__ import annotations

import asyncio
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any, List

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.components import action_calls, channel, without_tensorflow
from bot.components.runner import InOrder
from bot.components.tracker_store import LatestTrackerStore
from bot.train import TrainingError, fingerprint, train

action_calls.install()
ACTION = RemoteAction("action_x", EndpointConfig("http://127.0.0.1:9/webhook"))


def test_good_results_of_actions_pass() -> None:
    assert ACTION._validate_action_result({"events": [{"event": "slot", "name": "a", "value": {"b": [1]}}], "responses": [{"custom": {}}]})


@pytest.mark.parametrize("result", [{"events": "none"}, {"responses": ["text"]}, {"events": [{"name": "a"}]}, []])
def test_bad_results_of_actions_are_still_rejected(result: Any) -> None:
    with pytest.raises(ValidationError):
        ACTION._validate_action_result(result)


def test_an_action_that_cannot_be_reached_is_noted() -> None:
    async def call() -> list:
        noted: list = []
        action_calls.failures.set(noted)
        with pytest.raises(Exception):
            await ACTION.run(None, None, SimpleNamespace(sender_id="a", current_state=lambda *_: {}, latest_message=None), SimpleNamespace(as_dict=dict))
        await action_calls.connections.close()
        return noted

    assert asyncio.run(call()) == ["action_x"]


def test_calls_of_actions_share_a_connection() -> None:
    met: list = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        met.append(writer)
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = next(line for line in head.lower().splitlines() if line.startswith(b"content-length:"))
            await reader.readexactly(int(length.split(b":")[1]))
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")

    async def call() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        endpoint = EndpointConfig(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/webhook")
        for _ in range(3):
            assert await endpoint.request(json={"next_action": "action_x"}) == {}
        await action_calls.connections.close()
        server.close()

    asyncio.run(call())
    assert len(met) == 1


def test_the_graph_runs_each_node_once_after_what_it_needs() -> None:
    ran: list = []

    def node(name: str) -> Any:
        def run(*needs: Any) -> tuple:
            ran.append(name)
            return name, [value for _, value in needs]

        return run

    def planned(**needs: Any) -> SimpleNamespace:
        return SimpleNamespace(needs=needs, is_target=False)

    # "b" stands before "a", which it needs
    nodes = {"b": planned(x="a", y="__words__"), "a": planned(x="__words__"), "c": planned(x="a")}
    graph = InOrder.__new__(InOrder)
    graph._plans, graph._instantiated_nodes = {}, {name: node(name) for name in nodes}
    graph._graph_schema = SimpleNamespace(
        target_names=["b"], minimal_graph_schema=lambda _targets: SimpleNamespace(nodes={n: nodes[n] for n in ("b", "a")})
    )
    assert graph.run({"__words__": "您好"}) == {"b": [["您好"], "您好"]}
    assert ran == ["a", "b"]


def test_what_was_understood_reaches_the_caller_with_its_values_unchanged() -> None:
    time = {"date": "2026-11-27", "weekdays": [1]}
    parsed = {"intent": {"name": "inform", "confidence": 0.9}, "intent_ranking": [{"name": "inform", "confidence": 0.9}],
              "entities": [{"entity": "time", "value": time}]}
    told = channel.understood(parsed)
    assert (told["intent"], told["ranking"], told["entities"][0]["value"]) == ("inform", [["inform", 0.9]], time)


def test_training_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="nowhere"):
        train(tmp_path, [tmp_path / "nowhere"], tmp_path, tmp_path)


def test_changed_content_changes_the_fingerprint(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_text("1")
    before = fingerprint(iter([file]))
    file.write_text("2")
    assert fingerprint(iter([file])) != before


def test_what_rasa_says_at_every_training_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    import bot.train

    shown: List[str] = []
    monkeypatch.setattr(warnings, "showwarning", lambda message, *rest, **more: shown.append(str(message)))
    bot.train.quiet()
    for words in ("Slot auto-fill has been removed in 3.0 and replaced", "an example is in two intents"):
        warnings.showwarning(UserWarning(words), UserWarning, "slot_mappings.py", 224)
    assert shown == ["an example is in two intents"]


def test_unchanged_data_is_not_trained_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import bot.train

    made = []

    def fake(scratch: Path, *rest: Any) -> Path:
        made.append(1)
        (scratch / "m").write_text("model")
        return scratch / "m"

    monkeypatch.setattr(bot.train, "_train", fake)
    home, data, config = tmp_path / "home", tmp_path / "data", tmp_path / "config.yml"
    data.mkdir()
    config.write_text("pipeline: []")
    (data / "x.yml").write_text("nlu: []")
    assert train(home, [data], data, config) and not train(home, [data], data, config)
    (data / "x.yml").write_text("nlu: [1]")
    assert train(home, [data], data, config)
    assert len(made) == 2 and (home / "model.tar.gz").read_text() == "model"


def test_a_failed_training_keeps_the_old_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import bot.train

    def fail(*_: Any) -> Path:
        raise TrainingError("词表有误")

    monkeypatch.setattr(bot.train, "_train", fail)
    home, config = tmp_path / "home", tmp_path / "config.yml"
    home.mkdir()
    config.write_text("pipeline: []")
    (home / "model.tar.gz").write_text("old")
    assert bot.train.main(["--home", str(home), "--data", str(tmp_path), "--domain", str(tmp_path), "--config", str(config)]) == 1
    assert (home / "model.tar.gz").read_text() == "old"


def _tracker(name: str) -> Any:
    return DialogueStateTracker.from_events(name, [ActionExecuted("action_listen")])


def test_the_conversation_silent_for_longest_is_dropped() -> None:
    async def stay() -> list:
        store = LatestTrackerStore(Domain.empty(), conversations=2)
        for name in ("first", "second"):
            await store.save(_tracker(name))
        await store.retrieve("first")
        await store.save(_tracker("third"))
        return [await store.retrieve(name) is not None for name in ("first", "second", "third")]

    assert asyncio.run(stay()) == [True, False, True]


def test_too_large_conversations_are_dropped_but_never_the_one_under_way() -> None:
    async def stay() -> list:
        store = LatestTrackerStore(Domain.empty(), megabytes=0)
        for name in ("first", "second", "second"):
            await store.save(_tracker(name))
        return list(await store.keys())

    assert asyncio.run(stay()) == ["second"]


def test_a_conversation_comes_back_as_it_was_saved() -> None:
    async def again() -> list:
        store = LatestTrackerStore(Domain.empty())
        tracker = DialogueStateTracker.from_events("a", [ActionExecuted("action_listen"), UserUttered("你好")])
        await store.save(tracker)
        unsaved = await store.retrieve("a")
        unsaved.update(UserUttered("没存下来的"))
        first = await store.retrieve("a")
        first.update(UserUttered("洗澡"))
        await store.save(first)
        return [event.text for event in (await store.retrieve("a")).events if isinstance(event, UserUttered)]

    assert asyncio.run(again()) == ["你好", "洗澡"]


def test_actions_are_told_the_last_message_alone() -> None:
    endpoint = EndpointConfig("http://127.0.0.1:9/webhook", enable_selective_domain=True)
    said = [UserUttered("早"), ActionExecuted("utter_greet"), UserUttered("洗澡"), ActionExecuted("booking_form")]
    tracker = DialogueStateTracker.from_events("a#0", said)
    call = RemoteAction("action_x", endpoint)._action_call_format(tracker, Domain.from_dict({"intents": ["book"]}))
    assert call["domain"] == {} and (call["next_action"], call["sender_id"]) == ("action_x", "a#0")
    assert [event["text"] for event in call["tracker"]["events"]] == ["洗澡"]


@pytest.mark.parametrize("part, needed", [("DIETClassifier", True), ("bot.components.asking.Arbiter", False)])
def test_tensorflow_is_kept_for_components_that_compute_with_it(tmp_path: Path, part: str, needed: bool) -> None:
    config = tmp_path / "config.yml"
    config.write_text(f"pipeline:\n- name: {part}\npolicies:\n- name: RulePolicy\n")
    assert without_tensorflow.wanted(config) is needed


def test_a_class_of_tensorflow_can_be_named_but_not_used() -> None:
    class Layer(without_tensorflow.Empty):
        kind = without_tensorflow.Empty.keras.layers

    with pytest.raises(RuntimeError, match="TensorFlow was left out"):
        Layer(1)
