"""Decides the intent with the question in mind that was just asked. Behind the classifier and the fallback.

站里, 两份, 幸福路十八号 are answers when they were asked for, and 多少钱 is an interruption all the same. The words and
the slots are data: nlu_data/asking.yml.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Set, Text, Tuple

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.lexicon import ROOT
from bot.components.sounds import syllables
from bot.components.spans import plain, squeeze

FILE = ROOT / "nlu_data" / "asking.yml"
KEPT = "asking.json"
CONFIRM = "confirm"
SHORT = 8
"""Characters of an answer that can be nothing but yes or no with words around it."""
SCAM = "scam"
LETTERS = re.compile(r"[A-Za-z]{4,}")
"""Latin letters alone (asdfgh), which mean something only where the classifier is sure of it (hello)."""
NOISE = "noise"
"""Kind of entity of words that only sound, which say nothing (叽里咕噜)."""
SILENT = {"does": "", "moves": [], "meant_service": ""}
"""What such words do and mean."""
NOISY = 2
"""Syllables that make words noise: one may be a slip, or an interjection."""
ENDING = ("stop", "bye", "order_cancel")
"""Intents that lose what is open; they need a word that says so (`endings`)."""
CONTAINED = 14
"""Longest sentence in which 转人工 alone decides."""
WISHES = re.compile(r"(?:想|要|没人[^，]{0,3}|帮我|给我|帮俺|给俺|约|订|请)[^想]{0,10}$")
ONLY_THERE = re.compile(r"[我俺咱家人们是在住到去的这那边儿里头]*")
"""What may stand around a place that is all that is said (我住在虎门那边)."""
ARRANGED = re.compile(r"有(?:没有|无)[^，]{0,5}(?:人|志愿者|义工|姑娘|小伙子?|学生|年轻人)[^，]{0,3}来|(?:找|叫|喊|派|请|约|安排)[^，]{0,3}(?:[个位名]人|人|志愿者|义工)[^，]{0,3}(?:来|上门|到|陪|跟|和|同)")
COMPANY = re.compile(r"能(?:不能)?(?:有|派|叫|找)?(?:个|一?位)?人(?:过)?来|能来(?:个|一?位)人|[想盼](?:找|请|叫|有)(?:个|一?位)?人(?![^，]*[陪跟和同][我俺])[^，]{0,8}(?:去|来|上门)[^，]{0,6}(?:跟|同|陪|和|看)")
"""Somebody is to come for company, to whomever (就想有个人隔三差五去跟她讲讲话)."""
COMING = re.compile(r"来|上门|到家|过来|陪")
"""Words with which a person is to be found, or to come."""
SENDS = re.compile(r"(?:给|帮|替)(?:我|俺|咱|她|他|老人|老伴)?[^，。,]{0,4}(?:送|订)[^，。,]{0,4}[份顿餐饭](?![^，。,]{0,4}(?:晚|迟|凉|错|少))")
"""Something is to be brought, though it is not named."""
BLAMED_AS, SURE_OF_WISH = ("book", "service_query", "inform", "nlu_fallback"), 0.85
BLAME = re.compile(
    r"敷衍|马虎|不认真|糊弄|毛手毛脚|偷懒|磨洋工|应付了?事|不负责|态度(?:太|真|很|不)|太差|差劲|不像话|乱收费|没个准点|放我鸽子"
    r"|(?:上回|上次|昨天|前天|那天|上礼拜|上个?星期)[^。]{0,14}(?:没|不)(?:擦|拖|扫|洗|修|剪|弄|送|来)"
)
"""Words that find fault with a service that somebody had."""
UNLIKELY, SURE_OF_OTHER = ("my_info", "lonely", "well_being", "bind_family"), 0.7
"""What a service with a day and an amount is hardly ever about (明天中午两份饭送登记的地址)."""
RAMBLING = 100
"""Characters of a speech that is only a wish if it names a service."""
ORDERS = re.compile(r"(?:帮|给|替)(?:我|俺|她|他|我[妈爸]|老伴)[^，]{0,2}(?:订|定|约|叫|派|送|做)|[想要](?:订|定|约)|再(?:订|定|约|来|叫)|^(?:订|约|预约)")
"""Words that order something new, also where an order was asked for."""
LEFT_OVER = 1
TELLS_OTHERWISE = {"person_name", "mobility", "fact", "time", "told_time", "phone", "diet", "health", "age"}
"""What is never an address or a hospital, although any words may answer there."""
NO_ADDRESS = {"fact", "mobility", "cleaning_task", "medical_task", "bath_place", "health", "diet", "aid"}
"""What may be told where an address was asked for; it is none without a number in it."""
NAME = re.compile(r"[\u4e00-\u9fff·]{1,6}|[\u4e00-\u9fff·]{2,4}[ ，,]?(?:大爷|大妈|奶奶|爷爷|阿姨|先生|女士)")
"""Words that can be a name; 等等，改成三点半 cannot."""
FREE_LONGEST = 60
"""Longest free answer (an address with everything)."""
LEADS = re.compile(r"^(?:就)?(?:送到|送去|送|住在|住|地址是|地址|家在|在|是|到|去|往|叫|我叫|她叫|他叫|名字叫|名字是)+(?=.{2})|(?:吧|啊|呀|嘛|呗|哈|就行|就行了|就可以了)+$")
REFUSAL = re.compile(r"^(?:嗯|哎|啊)*(?:不对|不是|错了|不行|不不)")
ENDS_ASKING = re.compile(r"(?:(?<![都也还不就])(?<=..)不|么|咩|啵|了没|了没有|[有]?没得)[啊呀嘞哩]?[？?。]?$")
"""The end of a question without any other word of asking (要自己准备工具不)."""
NUMERALS = set("零一二三四五六七八九十0123456789")


@dataclass(frozen=True)
class Decision:
    """The intent as decided, and an entity for free words."""

    intent: str
    confidence: float
    entity: Optional[Dict[str, Any]] = None


class Rules:
    """The content of asking.yml, ready to use. No Rasa here."""

    def __init__(self, content: Dict[str, Any]) -> None:
        self.slots: Dict[str, Dict[str, Any]] = content["slots"]
        self._around = re.compile(f"^(?:{'|'.join(content['around'])})+|(?:{'|'.join(content['around'])})+$")
        self._words: Dict[str, str] = {}
        for intent in ("dont_know", "deny", "affirm"):
            self._words.update(dict.fromkeys(content[intent], intent))
        for intent, phrases in content["commands"].items():
            self._words.update(dict.fromkeys(phrases, intent))
        self._contains = [(word, intent) for intent, words in content["contains"].items() for word in words]
        self._sounds: Dict[str, str] = {}
        for intent in ("deny", "affirm"):
            for word in content[intent]:
                self._sounds.setdefault(" ".join(syllables(word, merge=False)), intent)
        self._starts = sorted((*content["deny"], *content["affirm"]), key=len, reverse=True)
        self._certain = content["interruptions"]
        self._strong: Set[str] = set(self._certain["intents"])
        self._questions: List[str] = content["questions"]
        self._changes: List[str] = content["changes"]
        self._offers: List[str] = sorted(content["offers"], key=len, reverse=True)
        self._asks: Set[str] = set(content["asks"])
        self._endings: List[str] = content["endings"]
        self._fraud: List[str] = content["fraud"]
        self._sounding: Set[str] = set(content["noise"]["sounds"])
        self._between: Set[str] = set(content["noise"]["between"])
        self._frames: Dict[str, Any] = content["frames"]
        self._framing = [(row["intent"], re.compile("|".join(row["around"]))) for row in self._frames["rows"]]

    def decide(
        self, text: str, asking: str, intent: str, confidence: float, entities: List[Dict[str, Any]],
        ranking: Sequence[Tuple[str, float]] = (),
    ) -> Optional[Decision]:
        """What the message means after all; None leaves the classifier's word.

        Args:
            ranking: the classifier's intents with their scores, the best first.
        """
        bare = squeeze(text)
        if not bare:
            return None
        kinds = {e["entity"] for e in entities}
        whole = self._whole(bare)
        if whole and not self._answers_otherwise(asking, kinds, whole):
            return Decision(whole, 1.0)
        if self._only_sounds(bare):
            return Decision("nlu_fallback", 0.2, _entity(NOISE, text, text))
        if len(bare) <= CONTAINED:
            for word, command in self._contains:
                if word in bare:
                    return Decision(command, 1.0)
        if intent == SCAM and confidence < self._certain["over_free"] and not any(word in bare for word in self._fraud):
            return next((Decision(name, score) for name, score in ranking if name not in (SCAM, "nlu_fallback")), None)
        if LETTERS.fullmatch(bare) and confidence < self._certain["over_free"]:
            return Decision("nlu_fallback", 0.2)
        if asking and intent in ENDING and not any(word in bare for word in self._endings):
            return Decision("nlu_fallback", 0.2)
        if asking == CONFIRM:
            return self._confirming(bare, intent, confidence, kinds)
        if intent == "book" and len(bare) > RAMBLING and "service" not in kinds:
            return Decision("nlu_fallback", 0.3)
        if intent in BLAMED_AS and confidence < SURE_OF_WISH and not asking and "service" in kinds and BLAME.search(bare):
            return Decision("complain", max(confidence, 0.6))
        if intent in ("lonely", "human") and not asking and self._wishes(bare, intent, entities):
            return Decision("book", confidence)
        if not asking and kinds == {"place"} and ONLY_THERE.fullmatch(self._left(text, entities)):
            return Decision("inform", 0.9)
        framed = self._framed(text, intent, confidence, entities, ranking) if not asking else None
        if framed:
            return framed
        question = self._question(text, asking, intent, confidence, kinds, ranking)
        if question:
            return question
        if asking:
            return self._answering(text, bare, asking, intent, confidence, entities)
        wishes = kinds & {"service"} and not self._is_question(text) or SENDS.search(bare)
        if intent in ("inform", "nlu_fallback") and wishes:
            return Decision("book", max(confidence, 0.5))
        if intent in UNLIKELY and confidence < SURE_OF_OTHER and not asking and {"service", "time", "quantity"} <= kinds and not self._is_question(text):
            return Decision("book", max(confidence, 0.5))
        return None

    @staticmethod
    def _wishes(bare: str, intent: str, entities: List[Dict[str, Any]]) -> bool:
        """老伴走了，我一个人，想洗澡: whoever is alone and wishes for a service gets it; company is for the lonely.

        Somebody to talk to is wished for, too, when a person is to be found (找个人来跟我唠唠嗑) or a day is named.
        """
        others = any(e["entity"] == "service" and e["value"] != "visit" for e in entities)
        if others:
            # Of a long tale only the services wished for are left (wishes.py).
            return bool(WISHES.search(bare)) or len(bare) > RAMBLING
        if len(bare) > RAMBLING and SENDS.search(bare):
            return True
        kinds = {e["entity"] for e in entities}
        if intent == "lonely" and COMPANY.search(bare):
            return True
        return "service" in kinds and (bool(ARRANGED.search(bare)) or intent == "lonely" and "time" in kinds and bool(COMING.search(bare)))

    def _framed(
        self, text: str, intent: str, confidence: float, entities: List[Dict[str, Any]], ranking: Sequence[Tuple[str, float]]
    ) -> Optional[Decision]:
        """What the words around a service say, where the classifier is not sure: any service of the list, also a new one.

        Against an intent that says something by itself they stand only if the classifier thought of theirs, too.
        """
        named = [e for e in entities if e["entity"] == "service"]
        if not named or intent in self._frames["kept"] or (intent not in self._frames["weak"] and confidence >= self._frames["sure"]):
            return None
        around = squeeze("".join(c for n, c in enumerate(plain(text)) if not any(e["start"] <= n < e["end"] for e in named)))
        meant = next((intent for intent, pattern in self._framing if pattern.search(around)), None)
        if not meant or intent not in self._frames["weak"] and dict(ranking).get(meant, 0.0) < self._frames["thought_of"] * confidence:
            return None
        return Decision(meant, max(confidence, 0.6))

    def _question(
        self, text: str, asking: str, intent: str, confidence: float, kinds: Set[str], ranking: Sequence[Tuple[str, float]]
    ) -> Optional[Decision]:
        """A question that the classifier was not sure of, and that gives no answer to what was asked."""
        if not self._is_question(text) or kinds & set(self.slots.get(asking, {}).get("kinds", ())):
            return None
        if intent == "nlu_fallback":
            least = self._certain["asks"]
        elif asking and asking != CONFIRM and intent in ("inform", "affirm", "deny") and confidence < self._certain["over_free"]:
            least = self._certain["asks_over_answers"]
        else:
            return None
        return next((Decision(name, score) for name, score in ranking if name in self._asks and score >= least), None)

    def _only_sounds(self, bare: str) -> bool:
        """Whether these are no words (呜哩哇啦)."""
        return set(bare) <= self._sounding | self._between and sum(c in self._sounding for c in bare) >= NOISY

    def _whole(self, bare: str) -> Optional[str]:
        if bare in self._words:
            return self._words[bare]
        core = self._around.sub("", bare)
        return self._words.get(core)

    def _answers_otherwise(self, asking: str, kinds: Set[str], whole: str) -> bool:
        """没有忌口 answers the question about food although it also looks like a no."""
        wanted = set(self.slots.get(asking, {}).get("kinds", ()))
        return whole in ("affirm", "deny", "dont_know", "hold_on", "stop") and bool(wanted & kinds)

    def _is_question(self, text: str) -> bool:
        words = plain(text)
        return any(word in words for word in self._questions) or bool(ENDS_ASKING.search(words))

    def _only_asks_for(self, text: str, fitting: List[Dict[str, Any]]) -> bool:
        """能不能上门洗, asked where to bathe, is an answer put as a question: nothing is left beside the value."""
        rest = self._left(text, fitting)
        for word in self._offers:
            rest = rest.replace(word, "")
        return len(self._around.sub("", rest)) <= LEFT_OVER

    def _left(self, text: str, entities: List[Dict[str, Any]]) -> str:
        """What a sentence says beside some of its entities and the fillers."""
        covered = {place for e in entities for place in range(e["start"], e["end"])}
        rest = squeeze("".join(c for place, c in enumerate(text) if place not in covered))
        return self._around.sub("", rest)

    def _start(self, bare: str) -> Optional[str]:
        core = re.sub(r"^(?:嗯|哎|那个|哦|噢|呃)+(?=.)", "", bare)
        return next((self._words[w] for w in self._starts if core.startswith(w) and w in self._words), None)

    def _confirming(self, bare: str, intent: str, confidence: float, kinds: Set[str]) -> Optional[Decision]:
        start = self._start(bare)
        changing = any(word in bare for word in self._changes)
        said = kinds - {"relation", "topic", "aspect", "number", "change", "service"}
        asked = self._is_question(bare) and not changing
        if intent in self._strong and intent not in ("correct", "thanks", "greet") and confidence >= self._certain["over_free"]:
            return None
        if asked and intent not in ("affirm", "deny", "correct", "inform", "nlu_fallback"):
            return None
        if start == "deny":
            return Decision("correct", 0.9) if said or "change" in kinds else Decision("deny", 0.9) if len(bare) <= SHORT else None
        if said and (changing or start is None):
            return Decision("correct", 0.85) if changing or intent in ("inform", "nlu_fallback", "book", "correct") else None
        if start == "affirm" and not changing and not asked and (len(bare) <= SHORT or intent in ("affirm", "inform", "nlu_fallback")):
            return Decision("affirm", 0.9)
        if changing and "change" in kinds:
            return Decision("correct", 0.8)
        if len(bare) <= 4 and not set(bare) & NUMERALS:
            heard = self._sounds.get(" ".join(syllables(self._around.sub("", bare) or bare, merge=False)))
            return Decision(heard, 0.7) if heard else None
        return None

    def _answering(
        self, text: str, bare: str, asking: str, intent: str, confidence: float, entities: List[Dict[str, Any]]
    ) -> Optional[Decision]:
        slot = self.slots.get(asking)
        if slot is None:
            return None
        kinds = {e["entity"] for e in entities}
        fitting = [e for e in entities if e["entity"] in slot["kinds"]]
        fits = bool(fitting)
        told = bool(kinds & TELLS_OTHERWISE) and not self._left(text, [e for e in entities if e["entity"] in TELLS_OTHERWISE])
        if asking == "order" and intent in ("book", "add_item") and "service" in kinds and ORDERS.search(bare):
            return None
        if fits and intent in self._asks and self._only_asks_for(text, fitting):
            return Decision("inform", max(confidence, 0.8))
        if intent == "inform":
            free = None if told else self._free(text, bare, slot, kinds)
            return Decision(intent, confidence, free) if free else None
        if intent in ("affirm", "deny"):
            return Decision("inform", 0.8) if fits and not REFUSAL.match(bare) else None
        strong = intent in self._strong and not (fits and intent == "dont_know")
        if fits and intent == "correct" and not REFUSAL.match(bare) and not any(w in bare for w in self._changes):
            strong = False
        question = self._is_question(text)
        if fits and not (question and strong) and not (strong and confidence >= self._certain["confidence"]):
            if intent == "book" and "service" in kinds and "service" not in slot["kinds"] and confidence >= 0.6:
                return None
            return Decision("inform", max(confidence, 0.8))
        free = None if told else self._free(text, bare, slot, kinds)
        if "free" in slot and not question and len(bare) <= FREE_LONGEST and (
            not strong or confidence < self._certain["over_free"]
        ):
            return Decision("inform", max(confidence, 0.6), free)
        return None

    def _free(self, text: str, bare: str, slot: Dict[str, Any], kinds: Set[str]) -> Optional[Dict[str, Any]]:
        kind = slot.get("free")
        if not kind or kind in kinds or len(bare) < 2 or len(bare) > FREE_LONGEST or set(slot["kinds"]) & kinds:
            return None
        words = LEADS.sub("", text.strip(" ，。,.!！")) or text
        if kind == "person_name" and not NAME.fullmatch(words) or kind == "address" and kinds & NO_ADDRESS and not NUMERALS & set(words):
            return None
        return _entity(kind, words, text)


def _entity(kind: str, words: str, text: str) -> Dict[str, Any]:
    start = max(text.find(words), 0)
    return {"entity": kind, "value": words, "start": start, "end": start + len(words), "text": words, "confidence_entity": 0.5,
            "extractor": "asking"}


def load(path: Path = FILE) -> Dict[str, Any]:
    """The content of asking.yml."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Arbiter(IntentClassifier, GraphComponent):
    """Sets the final intent. Training packs the rules into the model."""

    def __init__(self, storage: ModelStorage, resource: Resource, content: Dict[Text, Any]) -> None:
        self._storage = storage
        self._resource = resource
        self._content = content
        self._rules = Rules(content)

    @classmethod
    def create(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext,
    ) -> Arbiter:
        """An arbiter with the rules as they are in the file now."""
        return cls(model_storage, resource, load())

    @classmethod
    def load(
        cls, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **kwargs: Any,
    ) -> Arbiter:
        """The arbiter with the rules kept in the model."""
        with model_storage.read_from(resource) as folder:
            content = json.loads((folder / KEPT).read_text(encoding="utf-8"))
        return cls(model_storage, resource, content)

    def train(self, training_data: TrainingData) -> Resource:
        """Packs the rules into the model."""
        with self._storage.write_to(self._resource) as folder:
            (folder / KEPT).write_text(json.dumps(self._content, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Decides for each message."""
        for message in messages:
            metadata = message.get("metadata")
            asking = str(metadata.get("asking") or "") if isinstance(metadata, dict) else ""
            guess = message.get(INTENT) or {}
            decision = self._rules.decide(
                message.get(TEXT) or "", asking, guess.get("name") or "nlu_fallback", guess.get("confidence") or 0.0,
                message.get(ENTITIES) or [],
                [(r["name"], r["confidence"]) for r in message.get(INTENT_RANKING_KEY) or []],
            )
            if decision:
                apply(message, decision)
        return messages


def apply(message: Message, decision: Decision) -> None:
    """Puts a decision on top of the ranking."""
    chosen = {"name": decision.intent, "confidence": decision.confidence}
    ranking = [r for r in message.get(INTENT_RANKING_KEY) or [] if r["name"] != decision.intent]
    message.set(INTENT, chosen, add_to_output=True)
    message.set(INTENT_RANKING_KEY, [chosen, *ranking], add_to_output=True)
    if decision.entity:
        message.set(ENTITIES, [*(message.get(ENTITIES) or []), decision.entity], add_to_output=True)
    if decision.entity and decision.entity["entity"] == NOISE:
        message.set(ENTITIES, [decision.entity], add_to_output=True)
        for name, value in SILENT.items():
            message.set(name, value, add_to_output=True)
