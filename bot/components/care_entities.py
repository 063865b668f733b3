"""The entity extractor of the pipeline: lexicon words (spaCy), numbers, people and addresses, and Chinese time."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import asdict, replace
from typing import Any, Dict, List, Optional, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components import lexicon, told
from bot.components.recognise import Recogniser
from bot.components.spans import Span, longest, squeeze

logger = logging.getLogger(__name__)

FILE = "lexicon.json"
ROLES = "told.npz"
MARKS = "care_marks"
"""Attribute of a message: what kinds of things it names, for the featurizer."""
FRAME = "care_frame"
"""Attribute of a message: its words with one sign in the place of every service, for the featurizer; empty when none is named."""
CLAUSES = "care_clauses"
"""Attribute of a message of several clauses: each of them as a message of its own, for the featurizer."""
SERVICE_SIGN = "□"
TELLING = {"topic", "aspect", "service", "change", "fact", "health", "relation", "bath_place"}
"""Kinds whose value, too, tells what is wanted."""
QUESTION_WORDS = ("吗", "什么", "啥", "多少", "几", "怎么", "咋", "哪", "谁")
OFFERS = re.compile(r"([^不])[不唔冇没]\1|有[冇没无]|(?<=..)(?<![都也还就从我说讲])(?:不|没|咩|么)[啊呀嘞哩咧]?[？?。]?$")
"""Words that ask by offering yes and no (结不结实), also at their end (上不上楼, 消过毒没有)."""
LENGTH_STEP, LENGTH_STEPS = 4, 6
CLAUSE = re.compile(r"[^，。！？；,.!?;\s]+")


# A featurizer too: the recipe lets only featurizers see the examples before the classifier learns from them.
@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=True
)
class CareEntities(EntityExtractorMixin, GraphComponent):
    """Adds the entities of docs/entities.md to each message. Training packs the lexicon into the model."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        """`lexicon`: hash of the lexicon's files, so that a changed lexicon is packed again."""
        return {"lexicon": ""}

    @staticmethod
    def required_packages() -> List[Text]:
        """Packages that must be installed."""
        return ["spacy", "borax"]

    def __init__(
        self,
        config: Dict[Text, Any],
        storage: ModelStorage,
        resource: Resource,
        words: List[lexicon.Word],
        roles: Optional[told.Roles] = None,
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._recogniser = Recogniser(words, roles)

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext,
    ) -> CareEntities:
        """An extractor with the lexicon as it is in the files now."""
        return cls(config, model_storage, resource, lexicon.words())

    @classmethod
    def load(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **kwargs: Any,
    ) -> CareEntities:
        """The extractor with what was packed into the model."""
        with model_storage.read_from(resource) as folder:
            kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
            roles = told.Roles.load(folder / ROLES)
        words = [lexicon.Word(**word) for word in kept]
        return cls(config, model_storage, resource, words, roles)

    def train(self, training_data: TrainingData) -> Resource:
        """Packs the lexicon into the model, and what tells the times wanted from the others."""
        kept = [asdict(word) for word in self._recogniser.lexicon]
        with self._storage.write_to(self._resource) as folder:
            (folder / FILE).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
            self._recogniser.roles.save(folder / ROLES)
        logger.info("%d words in the lexicon", len(kept))
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds entities to each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            spans = self._recogniser.find(text, asking(message))
            entities = (message.get(ENTITIES) or []) + [span.as_entity(text) for span in spans]
            message.set(ENTITIES, entities, add_to_output=True)
            _describe(message, text, spans)
            message.set(CLAUSES, clauses(text, spans))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Marks the examples; their entities are not needed."""
        for message in training_data.training_examples:
            text = message.get(TEXT)
            if text:
                _describe(message, text, self._recogniser.find(text))
        return training_data


def _describe(message: Message, text: str, spans: List[Span]) -> None:
    message.set(MARKS, marks(text, spans))
    message.set(FRAME, frame(text, spans))


def clauses(text: str, spans: List[Span]) -> List[Message]:
    """The clauses of a text of several, each described by what it names itself."""
    found = list(CLAUSE.finditer(text))
    told = []
    for one in found if len(found) > 1 else ():
        within = [
            replace(span, start=span.start - one.start(), end=span.end - one.start())
            for span in spans
            if one.start() <= span.start and span.end <= one.end()
        ]
        clause = Message({TEXT: one.group()})
        _describe(clause, one.group(), within)
        told.append(clause)
    return told


def frame(text: str, spans: List[Span]) -> str:
    """What is said around the services named (给我妈约个□): it tells the wish also of a service that no example names."""
    named = longest(span for span in spans if span.kind == "service")
    if not named:
        return ""
    pieces, after = [], 0
    for span in named:
        pieces += [squeeze(text[after : span.start]), SERVICE_SIGN]
        after = span.end
    return "".join([*pieces, squeeze(text[after:])])


def marks(text: str, spans: List[Span]) -> List[str]:
    """What kinds of things a sentence names, whether it asks, and about how long it is."""
    found = [span.kind for span in spans] or ["nothing"]
    for span in spans:
        if span.kind in TELLING:
            found.append(f"{span.kind}={span.value['fact'] if isinstance(span.value, dict) else span.value}")
    found.append("asks" if any(word in text for word in QUESTION_WORDS) else "tells")
    if OFFERS.search(text):
        found.append("offers")
    found.append(f"length{min(len(text) // LENGTH_STEP, LENGTH_STEPS)}")
    return found


def asking(message: Message) -> Text:
    """The slot that was asked for before this message, or nothing."""
    metadata = message.get("metadata")
    return str(metadata.get("asking") or "") if isinstance(metadata, dict) else ""
