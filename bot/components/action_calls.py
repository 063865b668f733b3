"""How Rasa calls the action server: over connections that stay open, with the last thing said alone, a quicker check of
the answers, and a note when it could not be reached."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, Dict, List, Optional

import aiohttp
import rasa
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import DEFAULT_REQUEST_TIMEOUT, EndpointConfig

IDLE_SECONDS = 4.0
"""An idle connection is closed before the action server closes it (after 5 s), so that no call meets a closed door."""
failures: ContextVar[Optional[List[str]]] = ContextVar("failures", default=None)
"""Where the channel collects the actions that failed during one message; Rasa itself only logs them and goes on."""


def install() -> None:
    """Puts all in place; to be called once, before the agent is loaded."""
    connections.install()
    send_the_last_said()
    check_results_quickly()
    note_failures()


class Connections:
    """One client session for all calls; Rasa makes a new one, with a new connection, for each."""

    def __init__(self) -> None:
        self._session: Optional[aiohttp.ClientSession] = None

    def install(self) -> None:
        """Has every endpoint use this session."""
        EndpointConfig.session = lambda _endpoint: self  # type: ignore[method-assign]

    async def __aenter__(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
                connector=aiohttp.TCPConnector(keepalive_timeout=IDLE_SECONDS),
            )
        return self._session

    async def __aexit__(self, *_: Any) -> None:
        """The session stays open until `close`."""

    async def close(self) -> None:
        """Closes the connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()


connections = Connections()


def send_the_last_said() -> None:
    """Rasa sends the whole conversation (30 kB after some turns) and the domain with each call. Our actions read the last
    message alone, all else is in their database; rasa-sdk wants the other fields to be there."""

    def form(self: RemoteAction, tracker: DialogueStateTracker, domain: Domain) -> Dict[str, Any]:
        said = next((event for event in reversed(tracker.events) if isinstance(event, UserUttered)), None)
        state = {
            "sender_id": tracker.sender_id,
            "slots": {},
            "latest_message": {},
            "events": [said.as_dict()] if said else [],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": tracker.latest_action_name,
        }
        return {
            "next_action": self.name(), "sender_id": tracker.sender_id, "tracker": state, "domain": {},
            "version": rasa.__version__,
        }

    RemoteAction._action_call_format = form  # type: ignore[method-assign]


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
