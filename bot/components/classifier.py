"""Rasa's logistic regression, kept as plain arrays and laid out for single sentences.

The stock component keeps scikit-learn's object, and opening that file looks through every class of the library: 4 s of
the start. And scikit-learn multiplies by the transposed weights, which SciPy copies for every sentence unless they are
stored column by column; that copy was more than half of the time of understanding a sentence. Where it is unsure, what the
sentence means is asked besides (second.py).
"""

from __future__ import annotations

from typing import Any, Dict, List, Text, Tuple

import numpy as np
from bot.components.meant import label_of
from bot.components.second import SecondOpinion
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix

FILE = "weights.npz"
SECOND = "second.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuickLogisticRegression(LogisticRegressionClassifier):
    """The stock classifier, trained as ever, stored as arrays, with a second opinion."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`sure`: probability from which the first opinion stands alone; `second`: worth of the second one against it;
        `firmness`: inverse strength of the second one's regularisation."""
        return {**LogisticRegressionClassifier.get_default_config(), "sure": 0.8, "second": 0.3, "firmness": 3.0}

    def __init__(self, config: Dict[Text, Any], name: Text, model_storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, name, model_storage, resource)
        self._second = SecondOpinion.learnt([], [], 1.0)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns both opinions; not from examples that teach something else only (`metadata: {only: true}`)."""
        training_data = training_data.filter_training_examples(lambda m: not label_of(m, "only"))
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        self._second = SecondOpinion.learnt(
            [m.get(TEXT) for m in examples], [m.get(INTENT) for m in examples], self.config["firmness"]
        )
        return super().train(training_data)

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds the likeliest intent and the ranking to each message."""
        for message in messages:
            shares = self.clf.predict_proba(self._create_X([message]))[0]
            if shares.max() < self.config["sure"]:
                shares = self._second.joined(message.get(TEXT), self.clf.classes_, shares, self.config["second"])
            ranking = [
                {"name": str(self.clf.classes_[place]), "confidence": float(shares[place])} for place in np.argsort(-shares)
            ]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking[: self.config["ranking_length"]], add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing learns from what this finds in the examples."""
        return training_data

    def _create_training_matrix(self, training_data: TrainingData) -> Tuple[csr_matrix, List[Text]]:
        """32-bit features: the search for the weights reads half as much and finds the same."""
        features, wanted = super()._create_training_matrix(training_data)
        return features.astype(np.float32), wanted

    def persist(self) -> None:
        """Keeps the weights (as 32-bit numbers: no ranking changes in the fifth digit) and the names of the intents."""
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(
                folder / FILE, coef=self.clf.coef_.astype(np.float32), intercept=self.clf.intercept_,
                classes=np.array(self.clf.classes_, dtype=str),
            )
            self._second.save(folder / SECOND)

    @classmethod
    def load(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **kwargs: Any,
    ) -> QuickLogisticRegression:
        """Loads the trained classifier; an untrained one if there were no examples."""
        loaded = cls(config, execution_context.node_name, model_storage, resource)
        try:
            with model_storage.read_from(resource) as folder, np.load(folder / FILE, allow_pickle=False) as kept:
                loaded.clf.coef_ = np.asfortranarray(kept["coef"], dtype=np.float64)
                loaded.clf.intercept_ = kept["intercept"]
                loaded.clf.classes_ = kept["classes"]
                loaded._second = SecondOpinion.load(folder / SECOND)
        except ValueError:
            return cls.create(config, model_storage, resource, execution_context)
        loaded.clf.n_features_in_ = loaded.clf.coef_.shape[1]
        return loaded
