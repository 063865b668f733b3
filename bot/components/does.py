"""What a turn does while something is being booked, learnt from examples: agrees, gives it up, remarks, asks, changes, adds, waits, tells.

Words for a yes or an end are endless (嫽得很，就这; 我儿子说他来管). The rules of care/booking know the plain ones; where they
know nothing, this says what the turn most likely does. Learnt from the examples of nlu_data whose block has
`metadata: {does: ...}`, on the same features as the intent.
"""

from __future__ import annotations

from typing import Any, Dict, Text

from bot.components.meant import MeantService
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TurnDoes(MeantService):
    """Adds `does` where one thing is clearly likelier than all others."""

    FILE = "does.npz"
    LABEL = "does"
    PROPERTY = "does"

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`sure`: least probability with which it is said; `firmness`: inverse strength of the regularisation."""
        return {"sure": 0.5, "firmness": 1.0}

    def _names_another(self, message: Message) -> bool:
        return False
