"""The telephone number of a booking: whose it is, in one piece or two, and who else can be called."""

from __future__ import annotations

import re
from dataclasses import dataclass

from care.booking import contact, number_pieces, remarks, whose
from care.booking import draft as drafts
from care.booking.digits import put_right
from care.booking.draft import PEOPLE
from care.booking.hearing import Hearing
from care.conversation.model import Conversation
from care.wording import say_count

PHONE_PART = "phone_part"
"""Where the first piece of a number waits for the rest."""
_INSTEAD = re.compile(
    r"(?:打|留|用|记|写|就|找|填|按|给|联系|通知)(?:给|到)?我(?:的|这个|这边|就行|就好|吧|手机|电话|号码|(?=[，,：: ]*1[3-9]\d))|(?:打|留|找|联系|通知)我$"
    r"|(?:电话|手机|号码|联系)[^，。,]{0,4}(?:是|用|留|打|记|写|填)我(?:的|这|自己|手机|电话|号)"
)
"""Words that give the speaker's own number in the place of the elder's (电话打我的138……, 有事联系我手机138……)."""
_SPEAKERS = re.compile(r"我的?(?:电话|手机|号)|我的是|(?:打|联系|找|留)我(?=的|这|手机|电话|号|就|吧|[，,：: ]*1|[，,。 ]*$)")
"""Words for the speaker's own number; 打我阿妈手机 is the mother's."""
_ONE_MORE = re.compile(
    r"(?:紧急|应急|备用|另外?一?个|第二个?|其他)(?:的)?(?:联系人|联系电话|电话|号码)[^。；]*"
    r"|(?:有(?:啥|什么|么子)?(?:急)?事|万一|急事|要是|如果|打不通|没人接|也可以|还可以|也能|或者|另外|再留)[^，。,]{0,12}?(?:找|打|联系|叫|通知|喊|留)(?:给)?(?:我|俺|她|他)?(?:家|们|屋里)?个?(?:大|小|老|二)?(?:仔|崽|儿|女|闺女|姑娘|囡|娃|伢|孙|媳|婿|侄|外甥|老伴|弟|妹|哥|姐|邻居|隔壁|楼[上下]|社区|爱人|老公|老婆)"
)
"""Words that tell of somebody else who can be called (有事就找我女儿，叫……)."""
_SAME = re.compile(
    r"(?:这个|那个|同一个|刚才(?:的|那个)?|一样的)(?:电话|手机|号)|(?:电话|手机号?|号码)(?:也|都|还)?(?:是)?(?:一样|不变|没变|照旧|(?:这|那)个)"
)
"""The number told for what was booked just before (还是这个电话)."""
_THIS_ONE = re.compile(
    r"(?:打|用|留|记|填|就|是|按|找|系)[^，。]{0,3}(?:这|咯|呢|打过来的?|打来的?|来电)(?:个|只|边)?|(?:这|咯|呢)(?:个|只)?(?:电话|手机|号)|找得?到我"
)
"""The number proposed is the right one (打这个手机找得到我)."""
_CALLING_WITH = re.compile(
    r"(?:这|咯|呢|里)(?:个|只)?(?:电话|手机|号|就[行好要可得])|打过?来[^，。]{0,3}(?:这|个)|来电|显示|(?:打|找|留|用|写|记|填|就|是|系)我?(?:手里|手上|现在)?[^，。]{0,2}(?:这|咯|呢)(?:个|只)$|就(?:这|咯|呢)(?:个|只)"
)
"""The number that somebody is calling with."""
_ME = re.compile(r"[我俺额咱]")
_I_HAVE_NONE = re.compile(r"[我俺额咱](?:自己|也|是|又)*(?:没|冇|莫|么得)")
FEWEST_OF_OWN = 3
"""Digits at the end of the caller's own number that name it (打我个六二三九)."""
_ANOTHER = re.compile(r"不(?!错|变|用改)|别|莫|唔|冇|没|换|改|另|错|其他")
OWN = "own"
"""Proposed instead of an elder's number: the speaker's own, which is not known yet."""


def told_to_people(conversation: Conversation, number: str) -> None:
    """A number at which people are to call the speaker back is proposed for what is being booked too, or kept as the speaker's."""
    draft = drafts.load(conversation)
    if draft is None:
        return
    if draft.for_other:
        draft.asker_phone = draft.asker_phone or number
    elif not draft.phone:
        draft.offered = {**draft.offered, "phone": number}
    drafts.keep(conversation, draft)


def read(hearing: Hearing) -> None:
    """Takes a telephone number, also in two pieces; for somebody else the speaker's own is kept apart."""
    draft, turn, asked = hearing.draft, hearing.turn, hearing.asked == "phone"
    proposed, first = draft.offered.get("phone"), draft.offered.get(PHONE_PART, "")
    plain = contact.MOBILE_SAID.findall(turn.text)
    others = contact_besides(turn.text)
    own = _part_numbers(hearing)
    said = [e.value for e in turn.of("phone") if e.text not in others] or turn.all("phone")
    if own.theirs:
        said = [n for n in said if n in (own.theirs, own.speakers)]
    numbers = [n for n in said if n != draft.asker_phone] or said
    digits = (
        (numbers[-1] if numbers else "")
        or (plain[-1] if plain else "")
        or (contact.read_phone(turn.text, bool(first)) if asked else "")
    )
    if right := put_right(numbers[-1] if numbers else draft.phone or draft.asker_phone, turn.text):
        _put_right(hearing, right, bool(numbers))
        return
    if "place" in hearing.changed and digits and contact.phone_fault(digits) and not numbers:
        return  # 四零一, 六座302: the door
    more = number_pieces.piece(turn.text) if asked and "place" not in hearing.changed else ""
    if more and (not first or contact.phone_fault(first + digits)):
        digits = number_pieces.joined(first, more) if first else more
    elif first and digits and not contact.phone_fault(first + digits):
        digits = first + digits
    if asked and not first and _means_this_one(hearing, digits):
        _take_own(hearing)
        return
    if asked and not digits:
        digits = _answer_to_proposal(hearing, proposed)
    if not digits and not draft.phone and _SAME.search(turn.text):
        before = hearing.conversation.recall(PEOPLE) or {}
        digits = str(before.get("phone") or "")
        if draft.for_other and before.get("person") in ("", "self"):
            draft.asker_phone = digits
    if not digits and draft.for_other and not draft.phone and _INSTEAD.search(turn.text):
        digits = draft.asker_phone or hearing.conversation.phone or ""
        draft.offered = draft.offered if digits else {**draft.offered, "phone": OWN}
        hearing.handled = True
    if not digits:
        return
    if more and number_pieces.unfinished(digits):
        draft.offered = {**draft.offered, PHONE_PART: digits}
        if draft.for_other and (_INSTEAD.search(turn.text) or _SPEAKERS.search(turn.text)):
            draft.offered = {**draft.offered, "phone": OWN}
        hearing.handled = True
        return
    fault = contact.phone_fault(digits)
    if fault:
        hearing.note(f"phone_{fault}", count=say_count(len(digits)))
        if asked:
            draft.offered = {**draft.offered, PHONE_PART: digits if fault == "short" else ""}
        return
    draft.offered = {slot: value for slot, value in draft.offered.items() if slot != PHONE_PART}
    if draft.phone and digits not in (draft.phone, draft.asker_phone) and others:
        remarks.note(hearing, others)
    elif draft.for_other and not draft.phone and _INSTEAD.search(turn.text) and len(said) <= 1:
        draft.asker_phone = draft.phone = digits
        hearing.set("phone")
    elif draft.for_other and digits != proposed and digits == own.speakers and proposed != OWN:
        draft.asker_phone = digits
        if draft.phone and draft.phone != digits:
            hearing.note("phone_yours")
        else:
            draft.phone = digits
            hearing.set("phone")
    elif draft.phone != digits:
        if others:
            remarks.note(hearing, others)
        if proposed == OWN:
            draft.asker_phone = digits
        draft.phone = digits
        hearing.set("phone")
    elif asked:
        hearing.handled = True
    else:
        hearing.note("phone_noted")


def _means_this_one(hearing: Hearing, digits: str) -> bool:
    """Whether the number is the one that the speaker calls with (就这个号, 显示的这个就行1460): named so, or by its end."""
    if hearing.draft.offered.get("phone") or digits and not contact.phone_fault(digits):
        return False
    own = own_number(hearing.conversation)
    named = bool(_CALLING_WITH.search(hearing.turn.text)) and not _ANOTHER.search(hearing.turn.text)
    if named and not own:
        hearing.note("phone_unseen")
    end = len(digits) >= FEWEST_OF_OWN and own.endswith(digits)
    return bool(own) and (end or named and not digits)


def _take_own(hearing: Hearing) -> None:
    draft = hearing.draft
    draft.phone = own_number(hearing.conversation)
    if draft.for_other:
        draft.asker_phone = draft.phone
    hearing.set("phone")


def own_number(conversation: Conversation) -> str:
    """The caller's own number, if it is known."""
    person = conversation.person
    return conversation.phone or (person.phone if person else None) or ""


def _put_right(hearing: Hearing, number: str, said_now: bool) -> None:
    """Takes a number of which some digits were put right, in the place of the one that it was."""
    draft = hearing.draft
    if not said_now and not draft.phone:
        draft.asker_phone = number
        hearing.note("phone_yours")
        return
    if draft.asker_phone and draft.asker_phone == draft.phone:
        draft.asker_phone = number
    draft.phone = number
    hearing.set("phone")


def contact_besides(text: str) -> str:
    """The words for somebody else who can be called (有事找我女儿，叫邓小丽，138……); empty when nobody is told of."""
    found = _ONE_MORE.search(text)
    return text[found.start() :] if found else ""


@dataclass(frozen=True)
class _Owners:
    """Whose the numbers of a turn are, as far as its words tell."""

    theirs: str = ""
    speakers: str = ""


def _part_numbers(hearing: Hearing) -> _Owners:
    """The elder's number and the speaker's own, where one asks for the other; that of somebody else is noted."""
    draft, text = hearing.draft, hearing.turn.text
    said = list(hearing.turn.of("phone"))
    if not said or not (draft.for_other or draft.role):
        return _Owners()
    owners = whose.Whose(draft, hearing.turn).owners(text, said)
    told = {owner: str(e.value) for e, owner in zip(said, owners, strict=True)}
    theirs, speakers = told.get(whose.THEIRS, ""), told.get(whose.OWN, "")
    none = contact.has_no_phone(text) and not _I_HAVE_NONE.search(text)
    if len(said) == 1 and not speakers and (none or not theirs and _SPEAKERS.search(text)):
        theirs, speakers = "", str(said[0].value)  # 她没手机，136……
    if theirs and not speakers and len(said) > 1 and "" in owners and _ME.search(text):
        speakers = told[""]  # 她的135……，我在外地，136……
    if not contact_besides(text) and theirs and whose.OTHERS in owners:
        remarks.note(hearing, told[whose.OTHERS])
    draft.asker_phone = speakers or draft.asker_phone
    return _Owners(theirs, speakers)


def _answer_to_proposal(hearing: Hearing, proposed: str | None) -> str:
    """A yes or no to a proposed number; “没有” for an elder without a telephone leads to the speaker's own."""
    draft, intent = hearing.draft, hearing.turn.intent
    if proposed and proposed != OWN:
        if intent == "affirm" or _THIS_ONE.search(hearing.turn.text) and not _ANOTHER.search(hearing.turn.text):
            if draft.for_other and proposed == own_number(hearing.conversation):
                draft.asker_phone = proposed
            return proposed
        if intent == "deny":
            draft.offered = {**draft.offered, "phone": ""}
            hearing.handled = True
    elif not proposed and draft.for_other and _has_none(hearing):
        draft.offered = {**draft.offered, "phone": draft.asker_phone or hearing.conversation.phone or OWN}
        hearing.handled = True
    elif not proposed and contact.has_no_phone(hearing.turn.text):
        hearing.note("phone_of_family")
    return ""


def _has_none(hearing: Hearing) -> bool:
    return hearing.turn.intent in ("dont_know", "deny") or contact.has_no_phone(hearing.turn.text)
