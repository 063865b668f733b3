"""Features of a sentence: n-grams of its characters, of its sounds and of its characters in everyday words (dialect.py),
its words, the kinds of things it names, and n-grams of its characters with one sign in the place of every service, which
do for services that no example names.

Recognisers write the right sound with the wrong character (住餐 for 助餐), so each sentence is seen as it is written
and as it sounds; words are jieba's, with the care words in its dictionary. Every block is TF-IDF weighted and brought
to a length of its own; `scale` sets how firmly the classifier behind may rely on them (Rasa's logistic regression has
no regularisation setting of its own).
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
import re
from collections import Counter
from pathlib import Path
from typing import Any, ClassVar, Dict, Iterator, List, Sequence, Text, Tuple

import jieba
import numpy as np
import scipy.sparse
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components import dialect
from bot.components.care_entities import CLAUSES, FRAME, MARKS
from bot.components.lexicon import FOLDER
from bot.components.sounds import syllables
from bot.components.spans import squeeze

logger = logging.getLogger(__name__)

FILE = "features.json"
DICTIONARY = FOLDER / "jieba"
DIGITS = re.compile(r"\d+")
EDGE = "^"
SCALES = {"m": "marks", "f": "frames"}
"""Blocks whose length is set by itself."""


def pieces(
    text: str, marks: Sequence[str], frame: str, config: Dict[str, Any], evener: dialect.Evener
) -> Dict[str, List[str]]:
    """The features of a sentence by block: `c` written, `e` in everyday words, `p` sounded, `w` words, `m` kinds of things
    named, `f` its frame."""
    bare = DIGITS.sub("0", squeeze(text))
    heard = syllables(bare, config["merge"]) if config["sounds"] else []
    return {
        "c": list(_ngrams([EDGE, *bare, EDGE], config["chars"])),
        "e": list(_ngrams([EDGE, *DIGITS.sub("0", evener.even(text)), EDGE], config["everyday"])) if config["everyday"] else [],
        "p": list(_ngrams([EDGE, *heard, EDGE], config["sounds"])),
        "w": jieba.lcut(bare) if config["words"] else [],
        "m": list(marks) if config["marks"] else [],
        "f": list(_ngrams([EDGE, *DIGITS.sub("0", frame), EDGE], config["chars"])) if config["frames"] and frame else [],
    }


def teach_jieba(folder: Path = DICTIONARY) -> None:
    """Gives jieba the care words; every file of the folder is a user dictionary."""
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    for path in sorted(folder.glob("*.txt")):
        jieba.load_userdict(str(path))


def _ngrams(units: List[str], longest: int) -> Iterator[str]:
    for size in range(1, longest + 1):
        for start in range(len(units) - size + 1):
            gram = units[start : start + size]
            if gram != [EDGE]:
                yield " ".join(gram)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SoundFeaturizer(SparseFeaturizer, GraphComponent):
    """Character and pinyin n-grams as sparse sentence features."""

    _taught: ClassVar[Dict[Tuple[Any, ...], Dict[str, List[str]]]] = {}
    """The pieces of the examples, from when they are learnt until another object describes the same examples right after:
    by settings, text, marks and frame."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`chars`, `everyday`, `sounds`: longest n-gram (0 leaves the block out); `merge`: unite sounds that are heard alike;
        `words`: use jieba's words; `marks`: length of the block of recognised kinds (0 leaves it out); `frames`: of
        the block of frames; `rare`: what is seen in fewer sentences is dropped; `scale`: length of each other block."""
        return {
            **SparseFeaturizer.get_default_config(),
            "chars": 4, "everyday": 3, "sounds": 3, "merge": True, "words": True, "marks": 1.5, "frames": 3.0, "rare": 3,
            "scale": 5.0,
        }

    @staticmethod
    def required_packages() -> List[Text]:
        """Packages that must be installed."""
        return ["pypinyin", "jieba"]

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Nothing to check beyond the types."""

    def __init__(
        self, config: Dict[Text, Any], name: Text, storage: ModelStorage, resource: Resource, meanings: Dict[str, str]
    ) -> None:
        super().__init__(name, config)
        self._storage = storage
        self._resource = resource
        self._evener = dialect.Evener(meanings)
        self._columns: Dict[str, Tuple[int, float]] = {}
        self._settings = hashlib.sha256(repr((sorted(config.items()), sorted(meanings.items()))).encode()).hexdigest()
        if config["words"]:
            teach_jieba()

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext,
    ) -> SoundFeaturizer:
        """An untrained featurizer, with the words of the regions as they are in the file now."""
        return cls(config, execution_context.node_name, model_storage, resource, dialect.meanings())

    @classmethod
    def load(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **kwargs: Any,
    ) -> SoundFeaturizer:
        """The featurizer with the vocabulary kept in the model."""
        with model_storage.read_from(resource) as folder:
            kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        featurizer = cls(config, execution_context.node_name, model_storage, resource, kept["meanings"])
        featurizer._columns = {gram: (column, weight) for gram, (column, weight) in kept["columns"].items()}
        return featurizer

    def _pieces(self, message: Message, taught: bool = False) -> Dict[str, List[str]]:
        """What a message is made of; `taught` keeps it for the object with the same settings that describes the examples."""
        told = (message.get(TEXT) or "", tuple(message.get(MARKS) or ()), message.get(FRAME) or "")
        found = self._taught.get((self._settings, *told)) or pieces(*told, self._config, self._evener)
        if taught:
            self._taught[(self._settings, *told)] = found
        return found

    def train(self, training_data: TrainingData) -> Resource:
        """Learns which n-grams there are and how rare each is."""
        seen: Counter = Counter()
        texts = [m for m in training_data.training_examples if m.get(TEXT)]
        for message in texts:
            seen.update({block + gram for block, grams in self._pieces(message, taught=True).items() for gram in grams})
        kept = sorted(gram for gram, count in seen.items() if count >= self._config["rare"])
        self._columns = {
            gram: (column, math.log((1 + len(texts)) / (1 + seen[gram])) + 1) for column, gram in enumerate(kept)
        }
        logger.info("%d n-grams from %d sentences", len(kept), len(texts))
        with self._storage.write_to(self._resource) as folder:
            (folder / FILE).write_text(json.dumps({"meanings": self._evener.meanings, "columns": self._columns}, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def vector(self, message: Message) -> scipy.sparse.csr_matrix:
        """One row of features."""
        columns: List[int] = []
        values: List[float] = []
        for block, grams in self._pieces(message).items():
            scale = self._config[SCALES.get(block, "scale")]
            row: List[Tuple[int, float]] = []
            for gram, count in Counter(grams).items():
                known = self._columns.get(block + gram)
                if known:
                    row.append((known[0], (1 + math.log(count)) * known[1]))
            length = math.sqrt(sum(v * v for _, v in row)) or 1.0
            columns += [c for c, _ in row]
            values += [v * scale / length for _, v in row]
        order = np.argsort(columns) if columns else []
        return scipy.sparse.csr_matrix(
            (np.array(values, dtype=np.float64)[order], np.array(columns, dtype=np.int32)[order],
             np.array([0, len(columns)], dtype=np.int32)) if columns else (1, len(self._columns)),
            shape=(1, len(self._columns)),
        )

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds the features to each message and to each of its clauses."""
        for message in messages:
            for one in (message, *(message.get(CLAUSES) or ())):
                self.add_features_to_message(None, self.vector(one), TEXT, one)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the features to each example."""
        self.process([m for m in training_data.training_examples if m.get(TEXT)])
        self._taught.clear()
        return training_data
