"""That the elder agrees already, told by whoever books for them (我爸知道的，他同意): heard, and not asked for as if it were news.

The staff call the elder all the same: nobody agrees in another's name.
"""

from __future__ import annotations

import re

from care.booking import data
from care.booking.hearing import Hearing, is_question
from care.booking.steering import agrees

_WHO = r"(?:他|她|佢|渠|老人家?|老头子?|老太太|老伴|爷爷|奶奶|[爸妈爹娘公婆]|本人|自己|人家|都)"
_AGREES = re.compile(
    rf"{_WHO}[^，。,不没未唔冇]{{0,5}}(?:同意|答应|愿意|乐意|肯(?:的|了|来|去)|晓得|知道|点(?:了)?头|点过头)(?:这[事个件][事]?)?(?:的|了|啦|咧|哒|过|呢|啊)*(?=$|[，。,！! ])"
    rf"|(?:跟|和|同|问过?)(?:我)?{_WHO}[^，。,不没]{{0,3}}(?:说|讲|商量)(?:好|过|妥|定)了?|问过(?:了)?{_WHO}了?"
)


def told(text: str) -> bool:
    """Whether words say that the elder agrees."""
    return bool(_AGREES.search(text)) and not is_question(text)


def take(hearing: Hearing) -> None:
    """Keeps that the elder agrees; beside a yes nothing more is said of it."""
    draft = hearing.draft
    if not draft.for_other or hearing.fresh and draft.consent_told or not told(hearing.turn.text):
        return
    known, draft.consent_told = draft.consent_told, True
    if known or agrees(hearing):
        hearing.handled = True
    elif not hearing.changed:
        hearing.note("consent_heard", pronoun=data.spoken_of(draft.person, draft.person_word)["pronoun"])
