"""The name of whoever a service is for, and that of whoever asks for it."""

from __future__ import annotations

import re

from care.booking import contact, telephone
from care.booking.hearing import Hearing, bare, is_question

WORDY = ("hospital", "department", "destination", "problem", "service", "region", "person")
"""Questions whose answers can look like a name."""
_WISHES = re.compile(r"(?:那|哎|嗯|对了)*(?:我|俺|咱|额)?(?:还|再|先|也)?(?:想|要|帮我|给我)")
"""Words that wish for something are nobody's name (俺想磨刀)."""
_ONESELF = re.compile(r"自己|本人|[我俺你他她]")
"""In words that are nobody's name (我自己用)."""
_TITLE = re.compile(r"大爷|大妈|奶奶|爷爷|阿姨|叔叔|师傅|先生|女士|大娘|婆婆|伯伯?|老师|婶|嫂|大姐|大哥|老太太")
"""In a name that is none in full."""
NEVER_WITH_NAME = ("phone", "time", "told_time", "quantity", "change", "duration", "diet")
"""Kinds of entities of an answer that is no name, where the name was asked for."""
MAYBE_NAMES = ("person_name", "address", "facility")
"""Kinds of entity that any words may be taken for, names too."""
_THEIRS = re.compile(r"(?:[他她佢]|老(?:人家?|汉|太太?|爷子)|人家)[^，。,]{0,4}姓")
"""Before the surname of the one it is for."""


def read_name(hearing: Hearing) -> None:
    """Takes the name of the person it is for."""
    draft, turn = hearing.draft, hearing.turn
    name = _name_told(hearing) or contact.told_name(turn.text) or contact.other_name(draft.name, turn.text)
    at_a_time = any(len(e.text) > 1 and e.text in name for e in turn.of("time"))  # 晚饭前接走
    if at_a_time or contact.is_number(name) or contact.never_a_name(name) or _ONESELF.search(name) or draft.name and _TITLE.search(name) and not hearing.corrects:
        name = ""
    if name and name != draft.name and name in telephone.contact_besides(turn.text):
        return
    surname = draft.for_other and len(name) == 1 < len(draft.name) and not hearing.corrects and not _THEIRS.search(turn.text)
    if surname and draft.name.startswith(name):
        name = draft.name
    speakers = bool(name) and (contact.names_speaker(turn.text, name) or surname and name != draft.name)
    if speakers and draft.asker_name != name:
        draft.asker_name = name
        if draft.for_other:
            _note_asker(hearing, name)
    if draft.for_other and draft.asker_name and draft.asker_name in (name, draft.name):
        draft.name = "" if draft.name == draft.asker_name else draft.name  # told before it was said for whom
        return
    meant = _means_something(hearing) or bool(_WISHES.match(turn.text))
    sure = contact.surely_a_name(turn.text) and not meant and not is_question(turn.text)
    if not name and hearing.asked in WORDY and sure:
        name = contact.read_name(turn.text)
    among_contacts = hearing.asked in ("phone", "place", "name") and not is_question(turn.text)
    if (
        not name
        and hearing.asked not in WORDY
        and (hearing.free or among_contacts)
        and not meant
        and contact.looks_like_name(turn.text)
    ):
        name = contact.read_name(turn.text)
    if not name and hearing.asked == "name" and hearing.free and not meant and turn.intent != "dont_know":
        other = any(turn.all(kind) for kind in NEVER_WITH_NAME) or is_question(turn.text)
        name = "" if other else contact.read_name(turn.text)
    draft.name_told = draft.name_told or bool(name)
    if name and name != draft.name:
        draft.name = name
        hearing.set("name")
    elif name:
        hearing.handled = True


def _note_asker(hearing: Hearing, name: str) -> None:
    hearing.note("asker_surname_noted" if len(name) == 1 else "asker_noted", name=name)


def _name_told(hearing: Hearing) -> str:
    """The name recognised last; of an elder's and the speaker's (老人叫安志明，我姓党) the elder's, the speaker's is noted."""
    text, names = hearing.turn.text, [str(name) for name in hearing.turn.all("person_name") if not contact.NO_NAME.search(str(name))]
    speakers = [name for name in names if contact.names_speaker(text, name)]
    others = [name for name in names if name not in speakers]
    if hearing.draft.for_other and speakers and others and hearing.draft.asker_name != speakers[-1]:
        hearing.draft.asker_name = speakers[-1]
        _note_asker(hearing, speakers[-1])
    return (others or names or [""])[-1] if hearing.draft.for_other else (names or [""])[-1]


def _means_something(hearing: Hearing) -> bool:
    """Whether the whole answer was recognised as something else than a name (明天)."""
    return any(e.kind not in MAYBE_NAMES and bare(e.text) == bare(hearing.turn.text) for e in hearing.turn.entities)
