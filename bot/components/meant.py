"""Which service a speech wishes for, learnt from examples: a long story names hospitals, injections and meals besides, and often
not the service itself (酱油见底了，谁能给捎上来).

The words of the lexicon say what is named; this says what is meant. Learnt from the examples of nlu_data whose block has
`metadata: {service: ...}`, on the same features as the intent; where these are unsure, on what the sentence means (second.py).
"""

from __future__ import annotations

from typing import Any, Dict, List, Text, Tuple

import numpy as np
from bot.components.second import SecondOpinion
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression


# A classifier by its place: the recipe hands the examples' features to classifiers only.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MeantService(GraphComponent):
    """Adds `meant_service` where one service is clearly likelier than all others."""

    FILE = "meant.npz"
    SECOND = "second.npz"
    LABEL = "service"
    """Word of an example's metadata that is learnt."""
    PROPERTY = "meant_service"
    """Property of a message in the result: code of the service, or nothing."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`sure`: least probability with which a service is named; `firmness`: inverse strength of the regularisation;
        `alone`: probability from which the first opinion stands alone; `second`: worth of the second against it;
        `second_firmness`: inverse strength of that one's regularisation; `story`: characters from which it is asked."""
        return {"sure": 0.3, "firmness": 1.0, "alone": 0.8, "second": 0.6, "second_firmness": 10.0, "story": 8}

    @staticmethod
    def required_packages() -> List[Text]:
        """Packages that must be installed."""
        return ["sklearn"]

    def __init__(self, config: Dict[Text, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._services: List[Text] = []
        self._weights = np.zeros((0, 0), dtype=np.float32)
        self._base = np.zeros(0)
        self._second = SecondOpinion.learnt([], [], 1.0)

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> MeantService:
        """An untrained one: it names nothing."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **kwargs: Any,
    ) -> MeantService:
        """The trained one."""
        loaded = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / cls.FILE, allow_pickle=False) as kept:
            loaded._learnt(kept["services"], kept["weights"], kept["base"])
            loaded._second = SecondOpinion.load(folder / cls.SECOND)
        return loaded

    def _learnt(self, services: np.ndarray, weights: np.ndarray, base: np.ndarray) -> None:
        self._services = [str(name) for name in services]
        self._weights = np.ascontiguousarray(weights.T, dtype=np.float32)
        self._base = base

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples that say which service they mean; without two services there is nothing to tell apart."""
        told = [(m, label) for m in training_data.training_examples if m.get(TEXT) and (label := label_of(m, self.LABEL))]
        services = np.array([service for _, service in told], dtype=str)
        weights, base = np.zeros((0, 0), dtype=np.float32), np.zeros(0)
        if len(set(services)) > 2:
            learner = LogisticRegression(C=self._config["firmness"], solver="newton-cg", tol=0.01)
            learner.fit(vstack([_features(m) for m, _ in told]).astype(np.float32), services)
            services, weights, base = learner.classes_, learner.coef_.astype(np.float32), learner.intercept_
        else:
            services = services[:0]
        self._learnt(services, weights, base)
        self._second = SecondOpinion.learnt(
            [m.get(TEXT) for m, _ in told], [label for _, label in told], self._config["second_firmness"]
        )
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / self.FILE, services=services, weights=weights, base=base)
            self._second.save(folder / self.SECOND)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds the service meant to each message."""
        for message in messages:
            service, likely = self.meant(message)
            if likely >= self._config["sure"] and not self._names_another(message):
                message.set(self.PROPERTY, service, add_to_output=True)
        return messages

    def _names_another(self, message: Message) -> bool:
        """Whether a service is named of which there are no examples: a town's new one is known by its words alone."""
        named = {e["value"] for e in message.get(ENTITIES) or () if e["entity"] == "service"}
        return not named <= set(self._services)

    def _is_worth_a_second(self, message: Message) -> bool:
        """A few words name what they want; stories imply it."""
        return len(message.get(TEXT)) >= self._config["story"]

    def meant(self, message: Message) -> Tuple[Text, float]:
        """The likeliest service and its probability; ("", 0.0) if nothing was learnt or the words say nothing."""
        row = _features(message) if self._services else None
        if row is None or not row.nnz:
            return "", 0.0
        scores = row.data.astype(np.float32) @ self._weights[row.indices] + self._base
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        if shares.max() < self._config["alone"] and self._is_worth_a_second(message):
            shares = self._second.joined(message.get(TEXT), self._services, shares, self._config["second"])
        best = int(shares.argmax())
        return self._services[best], float(shares[best])


def label_of(message: Message, kind: Text) -> Text:
    """What an example's block says of it (its service), or nothing."""
    told = message.get("metadata")
    block = told.get("intent") if isinstance(told, dict) else None
    return str(block.get(kind) or "") if isinstance(block, dict) else ""


def _features(message: Message) -> csr_matrix:
    _, sentence = message.get_sparse_features(TEXT, [])
    return csr_matrix(sentence.features) if sentence is not None else csr_matrix((1, 0))
