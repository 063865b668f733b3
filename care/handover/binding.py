"""The family account: accepted as a request only; the elder's own consent is asked by a person (PIPL art. 29)."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session

from care.conversation.model import Conversation
from care.handover.phones import find_phone
from care.handover.tickets import open_ticket
from care.reply import Outcome
from care.texts import reply
from care.turn import Turn
from care.wording import say_digits, say_phone

SLOTS = ("name", "relation", "elder_phone")
ROLES = {
    "daughter": "女儿", "son": "儿子", "daughter_in_law": "儿媳", "son_in_law": "女婿", "grandchild": "孙辈",
    "neighbour": "邻居", "carer": "护工", "community_worker": "社区工作人员",
}  # fmt: skip
SAID_ROLES = (
    ("儿媳", "儿媳"), ("媳妇", "儿媳"), ("女婿", "女婿"), ("孙", "孙辈"), ("女儿", "女儿"), ("闺女", "女儿"), ("儿子", "儿子"),
    ("老伴", "老伴"), ("爱人", "老伴"), ("邻居", "邻居"), ("护工", "护工"), ("保姆", "护工"), ("侄", "侄辈"), ("外甥", "外甥辈"),
    ("妹", "姐妹"), ("姐", "姐妹"), ("弟", "兄弟"), ("哥", "兄弟"),
)  # fmt: skip
NAME = re.compile(r"(?:叫|名字是|姓名是?|是)?([\u4e00-\u9fff]{2,4})$")
OF_KIN = re.compile(
    r"^(?:我|俺)?(?:爸爸?|妈妈?|爹|娘|爷爷?|奶奶?|外公|外婆|公公|婆婆|岳父|岳母|老伴|老人)(?:叫|是)?(?=[\u4e00-\u9fff]{2})"
)
"""Words of kin before a name (我爸张大山)."""
TITLE = re.compile(r"^.{1,2}(?:大爷|大妈|大娘|奶奶?|爷爷?|阿姨|叔叔?|婶婶?|伯伯?|师傅|婆婆|公公|姨)$")
"""How somebody is called, which is not their name (刘大爷)."""
NOT_A_NAME = re.compile(r"妈|爸|爷|奶|老人|绑定|电话|不知道|什么|没有|家属|账号|帮|儿|女|我|对|好的?$|是的|可以|嗯")


class BindingTask:
    """Asks who the elder is, how they are related and the elder's number; the draft holds these."""

    name = "binding"

    def take(self, session: Session, conversation: Conversation, turn: Turn) -> Outcome:
        """Takes any of the three, a yes or a no."""
        draft = conversation.draft(self.name)
        if draft.get("last_message") == turn.message_id:
            return Outcome()
        asked = draft.get("asked", "")
        draft["last_message"] = turn.message_id
        if turn.intent == "stop" or (turn.intent == "deny" and asked not in ("confirm", "")):
            conversation.keep_draft(self.name, None)
            return Outcome([reply("handover.binding_stopped")], "cancelled", finished=True)
        if asked == "confirm" and turn.intent == "affirm":
            return self._done(session, conversation, draft)
        before = {slot: draft.get(slot) for slot in SLOTS}
        self._merge(draft, turn, asked)
        changed = any(draft.get(slot) != value for slot, value in before.items())
        if asked == "confirm" and not changed and turn.intent in ("deny", "correct", "go_back"):
            conversation.keep_draft(self.name, {"last_message": turn.message_id})
            return Outcome([reply("handover.binding_wrong")])
        conversation.keep_draft(self.name, draft)
        return Outcome()

    def ask(self, session: Session, conversation: Conversation, resumed: bool) -> Outcome:
        """For what is missing, then whether all is right."""
        draft = conversation.draft(self.name)
        missing = next((slot for slot in SLOTS if not draft.get(slot)), None)
        bridge = [reply("handover.binding_resumed")] if resumed else []
        if missing is None:
            conversation.keep_draft(self.name, {**draft, "asked": "confirm"})
            phone = say_phone(draft["elder_phone"])
            said = reply("handover.binding_confirm", name=draft["name"], relation=draft["relation"], phone=phone)
            return Outcome([*bridge, said], "confirming")
        tries = draft.get(f"tries_{missing}", 0)
        conversation.keep_draft(self.name, {**draft, "asked": missing, f"tries_{missing}": tries + 1})
        state = "asking_phone" if missing == "elder_phone" else f"asking_{missing}"
        return Outcome([*bridge, reply(f"handover.binding_{missing}", attempt=0 if resumed else tries)], state)

    @staticmethod
    def _merge(draft: dict[str, Any], turn: Turn, asked: str) -> None:
        if phone := turn.last("phone") or find_phone(turn.text):
            draft["elder_phone"] = phone
        words = re.sub(r"[\s，。,.!！?？]+", "", turn.text)
        said_name = NAME.search(OF_KIN.sub("", words))
        name = OF_KIN.sub("", turn.last("person_name") or "")
        if name and not TITLE.search(name):
            draft["name"] = name
        elif asked == "name" and said_name and not NOT_A_NAME.search(said_name[1]):
            draft["name"] = said_name[1]
        if role := turn.last("role"):
            draft["relation"] = ROLES.get(role, role)
        elif asked == "relation" or re.search(r"我是(?:她|他|老人|我妈|我爸)?的?", words):
            found = next((said for word, said in SAID_ROLES if word in words), None)
            if found:
                draft["relation"] = found

    def _done(self, session: Session, conversation: Conversation, draft: dict[str, Any]) -> Outcome:
        summary = f"绑定家人账号：老人姓名{draft['name']}，申请人是{draft['relation']}。要先征得老人本人同意。老人电话见本单。"
        ticket = open_ticket(session, "binding", conversation, summary, draft["elder_phone"])
        conversation.keep_draft(self.name, None)
        said = reply("handover.binding_done", number=say_digits(ticket.number), plain=ticket.number)
        return Outcome([said], "submitted", finished=True)


binding_task = BindingTask()
