"""How Rasa calls the action server: no domain in each call, a quicker check of the answers, and a note when it could
not be reached."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, Dict, List, Optional

from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event

failures: ContextVar[Optional[List[str]]] = ContextVar("failures", default=None)
"""Where the channel collects the actions that failed during one message; Rasa itself only logs them and goes on."""


def install() -> None:
    """Puts all in place; to be called once, before the agent is loaded."""
    send_no_domain()
    check_results_quickly()
    note_failures()


def send_no_domain() -> None:
    """With `enable_selective_domain` Rasa leaves the domain out, and our newer rasa-sdk then asks for it. Our actions
    never read it: an empty one satisfies both."""
    form = RemoteAction._action_call_format

    def without(self: RemoteAction, *arguments: Any, **named: Any) -> Dict[str, Any]:
        return {"domain": {}, **form(self, *arguments, **named)}

    RemoteAction._action_call_format = without  # type: ignore[method-assign]


def check_results_quickly() -> None:
    """Rasa checks the schema itself anew before each answer, most of the time of a turn; here the schema is checked
    once, and every answer is still checked against it."""
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def validate(self: RemoteAction, result: Any) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate  # type: ignore[method-assign]


def note_failures() -> None:
    """Makes a failed action known to whoever listens in `failures`."""
    run = RemoteAction.run

    async def noted(self: RemoteAction, *arguments: Any, **named: Any) -> List[Event]:
        try:
            return await run(self, *arguments, **named)
        except Exception:
            listening = failures.get()
            if listening is not None:
                listening.append(self.name())
            raise

    RemoteAction.run = noted  # type: ignore[method-assign]
