"""What the caller was asked last: to be said again, and for keys and ear to know what an answer to it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from care.conversation.accent import MANDARIN
from care.reply import Reply
from voice_gateway.call import tongue
from voice_gateway.call.keys import Keypad
from voice_gateway.call.listener import Listener
from voice_gateway.listening import Expectation
from voice_gateway.listening.expect import CONFIRMING

NEARLY_ALL = 0.9
"""Part of an answer from which all that matters in it was said (就这样订，对……)."""


class Question:
    """The open question of one call.

    Args:
        keys: told what they mean now.
        listener: told what to listen for now.
    """

    def __init__(self, keys: Keypad, listener: Listener) -> None:
        self._keys = keys
        self._listener = listener
        self._accent = MANDARIN
        self.region = ""
        """Of the caller, as far as it is known."""
        self.cut_short = False
        """The question was not said to its end yet: the caller spoke into it."""
        self.replies: list[Reply] = []
        """What was said with it."""
        self.state = "idle"
        """Of the conversation, since these replies."""

    def ask(self, replies: Sequence[Reply], state: str, region: str = "") -> None:
        """The caller is answering these replies from now on; in a region, if that has become known."""
        self.cut_short = self.cut_short or list(replies) != self.replies
        self.replies, self.state, self.region = list(replies), state, region or self.region
        asking = state.removeprefix("asking_") if state.startswith("asking_") else ""
        self._keys.expect(asking, replies[-1].choices if replies else ())
        self._listen()

    def ask_beside(self, asked: Reply) -> None:
        """Something of the telephone's own: its choices are what the keys mean now; the question stays."""
        self._keys.expect("", asked.choices)

    def make_sure(self, asked: Reply) -> None:
        """A yes or no to something that was heard with doubt comes before the answer."""
        self._keys.expect("", ())
        self._listener.expect(Expectation.of("confirming", [asked], self.region))

    def hear_again(self, slot: str) -> None:
        """A part of what was said is to be said once more, or typed, while the question stays."""
        self._keys.expect(slot, ())
        self._listener.expect(Expectation(self.state, slot, (), self.region))

    def speak_in(self, accent: str) -> None:
        """Another tongue is spoken; keys and words lead back from it."""
        self._accent = accent
        self._keys.way_back = accent != MANDARIN
        self._listen()

    @property
    def repeated(self) -> list[Reply]:
        """What is said to whoever asks to hear the question once more."""
        return [one.repeated for one in self.replies]

    @property
    def asked(self) -> list[Reply]:
        """Only the question that ends a long answer; none while something is read out that waits for a yes."""
        asked = "" if self.state == CONFIRMING or not self.replies else self.replies[-1].question
        return [replace(self.replies[-1], say=asked, show=asked)] if asked else []

    def said(self, replies: Sequence[Reply], share: float) -> None:
        """So much of these replies was said, 0 to 1; what does not ask the question does not count."""
        if self.replies and replies and replies[-1] in (self.replies[-1], self.replies[-1].repeated):
            self.cut_short = share < NEARLY_ALL

    def settle(self) -> None:
        """Nothing is asked any more."""
        self.replies = []

    def _listen(self) -> None:
        # Into the greeting anything may be said: what is offered in it is for the keys alone.
        heard = self.replies if self.state != "idle" else [replace(said, choices=()) for said in self.replies]
        self._listener.expect(tongue.expecting(self.state, heard, self.region, self._accent))
