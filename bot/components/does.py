"""What a turn does while something is being booked, learnt from examples: agrees, gives it up, remarks, asks, changes, adds,
waits, wants it read again, tells something of the booking, or nothing that matters to it. The whole turn, and each of its
clauses by itself: people agree, add a remark and ask in one breath (好，她自己愿意的，要带医保卡不).

Words for a yes or an end are endless (嫽得很，就这; 我儿子说他来管). The rules of care/booking know the plain ones; where they
know nothing, this says what the turn most likely does. Learnt from the examples of nlu_data whose block has
`metadata: {does: ...}`, on the same features as the intent.
"""

from __future__ import annotations

from typing import Any, Dict, List, Text, Tuple

from bot.components.care_entities import CLAUSES, asking
from bot.components.meant import MeantService
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message


WEIGHTY = ("agree", "stop")
"""What a turn does that places a booking or ends it: a wrong guess spoils the conversation, silence only asks again."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TurnDoes(MeantService):
    """Adds `does` where one thing is clearly likelier than all others, and `moves`, the same for each of several clauses."""

    FILE = "does.npz"
    LABEL = "does"
    PROPERTY = "does"
    MOVES = "moves"
    """Property of a message in the result: words and doing of each clause, nothing where the message has but one."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """As of MeantService; `weighty`: least probability of what books or ends (WEIGHTY)."""
        return {**MeantService.get_default_config(), "sure": 0.5, "weighty": 0.65, "second": 0.3}

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds what each message does, and what each of its clauses does."""
        for message in super().process(messages):
            for one in message.get(CLAUSES) or ():
                one.set("metadata", message.get("metadata"))
            moves = [[one.get(TEXT), self._done_by(one)] for one in message.get(CLAUSES) or ()]
            message.set(self.MOVES, moves, add_to_output=True)
        return messages

    def meant(self, message: Message) -> Tuple[Text, float]:
        """As of MeantService; what would book or end on a guess is nothing."""
        does, likely = super().meant(message)
        return ("", 0.0) if does in WEIGHTY and likely < self._config["weighty"] else (does, likely)

    def _done_by(self, clause: Message) -> Text:
        does, likely = self.meant(clause)
        return does if likely >= self._config["sure"] else ""

    def _is_worth_a_second(self, message: Message) -> bool:
        return bool(asking(message))

    def _names_another(self, message: Message) -> bool:
        return False
