"""The eligibility task: asks only what decides, one question at a time, and remembers each person's facts."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session

from care import offers, policy, regions
from care.conversation.model import Conversation
from care.eligibility import application, hearing, named, whom
from care.eligibility.claims import MEMORY, adds, asks, follows, of_another, tells_of_case, tells_what_was_open
from care.eligibility.conditions import UNKNOWN, Facts
from care.eligibility.known import REGISTERED, facts_of, take_facts
from care.eligibility.offer import offered
from care.eligibility.rules import NATIONAL, REGIONS, benefits, is_national, questions, rules
from care.eligibility.verdict import Verdict, alternatives, check
from care.eligibility.wording import ALONE, Beside, how, told
from care.eligibility.words import words_of
from care.reply import Choice, Outcome, Reply
from care.texts import phrase, reply
from care.turn import Turn

MOST = 2
"""Benefits that are looked at one after the other; more would not be heard."""
MOST_NAMED = 3
"""Benefits named to somebody who asks what there is at all."""
FOR_CARERS = frozenset({"carer_training", "respite"})
"""Benefits for those who care, which rest on the person cared for."""
OVERVIEW = "hardship"
"""The question that tells most of what somebody may have."""
PATIENCE = 2
"""How often one thing is asked before it is taken as not known."""
PUTS_RIGHT = re.compile(r"问的是|我(?:是|要|想)问|不是问|说的是|不是.{0,8}(?:事|这个)，是")
"""Words with which somebody says which benefit was meant."""


OF_WHAT_WAS_TOLD = re.compile(
    r"(?:能不能|可不可以|能|可以|够不够|有没有资格|符不符合)(?:申请|办|享受|领|条件|资格)?(?:吗|么|不|呢)?[？?]?$"
)
"""Words that ask whether somebody can have it, without a name: what was told of and offered a moment ago."""
PAYS_OR_NOT = re.compile(
    r"(?:[掏出给贴补拿]|报销?)(?:点|些|一点|多少)?钱?(?:不[掏出给贴补拿报]?(?:钱)?|吗|么|没|啵|咩|冇|未)(?:呀|啊)?$|(?P<v>[掏出给贴补管报])不(?P=v)|(?:掏|出|贴|给)(?:点|些)?钱[不吗么没啵]|(?:补|贴|给|掏|出)(?:多少|几)"
)
"""Words that ask whether it is paid for."""


class EligibilityTask:
    """The draft holds benefit, for whom, the questions put, and the last message; facts live in the memory."""

    name = "eligibility"

    def take(self, session: Session, conversation: Conversation, turn: Turn) -> Outcome:
        """Takes what was said; finished as soon as the rules decide."""
        draft = conversation.draft(self.name)
        if draft.get("last_message") == turn.message_id:
            return Outcome()
        refused = bool(draft.get("last_question")) and hearing.bare_answer(turn) == "refused"
        if not draft:
            draft = _carried(conversation, turn)
        asked = draft.get("last_question", "")
        draft["last_message"] = turn.message_id
        declined = turn.intent == "stop" or asked == "benefit" and draft.get("all") and turn.intent == "deny"
        if declined and not refused and not of_another(turn):
            conversation.keep_draft(self.name, None)
            return Outcome([reply("eligibility.given_up")], "cancelled", finished=True)
        application.note(draft, turn)
        if applied := application.apply(conversation, draft, turn):
            return applied
        means = hearing.MEANING.search(words_of(turn.text)) or policy.means(turn.text)
        if asked in questions() and means:
            conversation.keep_draft(self.name, draft)
            return Outcome([told.without_offer() for told in policy.answer(session, conversation, turn).replies])
        begins = not draft.get("benefit") and not asked
        self._take_subject(draft, turn, asked)
        of_offer = tells_of_case(conversation, turn) or OF_WHAT_WAS_TOLD.search(turn.text)
        if begins and of_offer and (about := offered(conversation)):
            draft["benefit"] = about
        elsewhere = None if asked == REGISTERED else self._take_place(conversation, turn, asked)
        if elsewhere is not None and not is_national(draft.get("benefit", "")):
            conversation.keep_draft(self.name, None)
            return elsewhere
        heard = take_facts(conversation, draft, turn, asked)
        if asked in ("benefit", "region"):
            heard = bool(draft.get("benefit") if asked == "benefit" else conversation.region)
        aside = bool(asked) and not heard and application.tells_for_it(turn)
        if asked and not heard and not aside:
            draft["tries"] = draft.get("tries", 0) + 1
            self._give_up_question(draft, asked)
        if aside:
            draft["asides"] = draft.get("asides", 0) + 1
            if draft["asides"] + draft.get("tries", 0) >= PATIENCE:
                self._give_up_all(conversation, draft)
        if asked in ("benefit", "region") and draft.get("tries", 0) + draft.get("asides", 0) > PATIENCE:
            conversation.keep_draft(self.name, None)
            return Outcome([reply("eligibility.lost")], "unknown", finished=True)
        if nothing := self._settle_all(conversation, draft):
            conversation.keep_draft(self.name, None)
            return nothing
        conversation.keep_draft(self.name, draft)
        verdict = self._verdict(conversation, draft)
        if verdict is None or verdict.outcome == "need":
            if refused:
                return Outcome([reply("eligibility.respected")])
            noted = [reply("eligibility.noted")] if aside else []
            return Outcome(
                [*noted, *self._in_turn(draft, asked), *self._stands_written(conversation, draft, turn, asked)]
            )
        conversation.keep_draft(self.name, None)
        return self._finish(conversation, draft, turn, verdict, asked)

    @staticmethod
    def _in_turn(draft: dict[str, Any], asked: str) -> list[Reply]:
        """Says once that two things were asked for and which comes first."""
        if asked or not draft.get("next") or draft.get("told_order"):
            return []
        draft["told_order"] = True
        first, second = (benefits()[code].title for code in (draft["benefit"], draft["next"][0]))
        return [reply("eligibility.in_turn", first=first, second=second)]

    @staticmethod
    def _stands_written(conversation: Conversation, draft: dict[str, Any], turn: Turn, asked: str) -> list[Reply]:
        """What the document says, before the questions, to somebody who asks whether it is paid for: 长春给掏钱不."""
        rule = rules().get((conversation.region or "", draft.get("benefit") or ""))
        if draft.get("stated") or not rule or draft.get("next"):
            return []
        draft["pays"] = draft.get("pays") or not asked and bool(PAYS_OR_NOT.search(words_of(turn.text)))
        known = policy.library().records
        held = [known[id] for id in (*(group.record for group in rule.groups), rule.record) if id in known]
        if not draft["pays"] or not held:
            return []
        draft["stated"] = True
        return [policy.stated(min(held, key=lambda record: (record.age_from is not None, not record.main)))]

    def _finish(
        self, conversation: Conversation, draft: dict[str, Any], turn: Turn, verdict: Verdict, asked: str
    ) -> Outcome:
        """Tells the verdict; after the first of two benefits asked for in one breath the next one, for the same person."""
        later = draft.get("next") or []
        if not later:
            return self._tell(conversation, draft, turn, verdict)
        title = benefits()[later[0]].title
        first = "" if asked else phrase("eligibility.lead_first", title=benefits()[draft["benefit"]].title)
        following = {"benefit": later[0], "relation": draft.get("relation"), "last_message": turn.message_id}
        then = self._verdict(conversation, following)
        if then is None or then.outcome == "need":
            told_now = self._tell(conversation, draft, turn, verdict, Beside(lead=first))
            conversation.keep_draft(self.name, following)
            return Outcome([told_now.replies[0].without_offer(), reply("eligibility.next", title=title)])
        same = verdict.citation is not None and then.citation is not None and verdict.citation.say == then.citation.say
        told_now = self._tell(conversation, draft, turn, verdict, Beside(lead=first, status_follows=same))
        lead = phrase("eligibility.lead_next", title=title)
        rest = self._tell(conversation, following, turn, then, Beside(lead=lead, cited=same, brief=True))
        said = [told_now.replies[0].without_offer(), *rest.replies]
        if verdict.outcome == "yes" != then.outcome:
            said = [said[0], rest.replies[0].without_offer(), how(verdict, facts_of(conversation, draft), brief=True)]
        return Outcome(said, "answered" if "answered" in (told_now.state, rest.state) else rest.state, finished=True)

    @staticmethod
    def _tell(
        conversation: Conversation, draft: dict[str, Any], turn: Turn, verdict: Verdict, beside: Beside = ALONE
    ) -> Outcome:
        """The verdict; in short when facts that were added to a check change nothing."""
        last = conversation.recall(MEMORY, {})
        group = verdict.group.name if verdict.group else ""
        checked = {
            "benefit": draft["benefit"], "relation": draft.get("relation"), "region": conversation.region,
            "outcome": verdict.outcome, "group": group,
        }  # fmt: skip
        rule = rules().get((verdict.region, draft["benefit"]))
        looked_at = [fact for name in (rule.questions if rule else ()) for fact in questions()[name].facts]
        kept = {"asked": draft.get("asked", []), "assumed": draft.get("assumed", {}), "message": turn.message_id}
        kept["looked_at"] = looked_at
        conversation.remember(**{MEMORY: {**checked, **kept}})
        if book := benefits()[draft["benefit"]].book:
            offers.leave_open(conversation, book)
        if draft.get("adds") and checked.items() <= last.items():
            return Outcome([reply("eligibility.same", who=whom.who(draft.get("relation")))], "answered", finished=True)
        if verdict.citation and verdict.citation.record:
            policy.speak_of(conversation, verdict.citation.record)
        return told(verdict, facts_of(conversation, draft), draft.get("relation"), beside)

    def ask(self, session: Session, conversation: Conversation, resumed: bool) -> Outcome:
        """What decides most and is not known yet."""
        draft = conversation.draft(self.name)
        benefit = draft.get("benefit")
        bridge: list[Reply] = []
        if resumed and benefit:
            bridge = [reply("eligibility.resumed", title=benefits()[benefit].title)]
        name = self._pending(conversation, draft)
        if draft.get("last_question") != name:
            draft.update(tries=0, asides=0, last_question=name)
        found = self._likely(conversation, draft) if draft.get("all") and name == "benefit" else []
        said = self._question(name, draft, found, facts_of(conversation, draft))
        conversation.keep_draft(self.name, draft)
        return Outcome([*bridge, said], f"asking_{name}")

    def _pending(self, conversation: Conversation, draft: dict[str, Any]) -> str:
        if not draft.get("benefit"):
            return self._for_all(conversation, draft) if draft.get("all") else "benefit"
        if not conversation.region and not is_national(draft["benefit"]):
            return "region"
        verdict = self._verdict(conversation, draft)
        return (verdict and verdict.next_question) or "benefit"

    @staticmethod
    def _likely(conversation: Conversation, draft: dict[str, Any]) -> list[str]:
        """The benefits that what is known already settles, for somebody who wants to know what there is at all."""
        return alternatives(conversation.region, facts_of(conversation, draft), "")[:MOST_NAMED]

    def _for_all(self, conversation: Conversation, draft: dict[str, Any]) -> str:
        """What to ask of somebody who wants to know what there is at all: where, in what straits, and then which."""
        if not conversation.region:
            return "region"
        return "benefit" if OVERVIEW in draft.get("asked", []) or self._likely(conversation, draft) else OVERVIEW

    def _settle_all(self, conversation: Conversation, draft: dict[str, Any]) -> Outcome | None:
        """Of all that there is a single benefit is looked at without asking; where nothing fits, that is said."""
        if draft.get("benefit") or not draft.get("all") or self._for_all(conversation, draft) != "benefit":
            return None
        found = self._likely(conversation, draft)
        if len(found) == 1:
            draft["benefit"] = found[0]
        if found:
            return None
        return Outcome([reply("eligibility.which_none", who=whom.who(draft.get("relation")))], finished=True)

    @staticmethod
    def _question(name: str, draft: dict[str, Any], found: list[str], known: Facts) -> Reply:
        tries, who = draft.get("tries", 0), whom.who(draft.get("relation"))
        if name == "benefit" and found and not tries:
            titles = [benefits()[code].title for code in found]
            choices = tuple(Choice(title, f"能不能申请{title}") for title in titles)
            return reply("eligibility.which", who=who, titles="、".join(titles), choices=choices)
        if name in ("benefit", "region"):
            return reply(f"eligibility.ask_{name}", attempt=tries, who=who)
        question = questions()[name]
        left = question.left(known)
        asks, options = question.say, question.choices
        if left and len(left) < len(question.parts):
            over = {title for fact, (_, title) in question.parts.items() if fact not in left}
            asks, options = question.rest, tuple(one for one in options if one[0] not in over)
        words = asks.format(who=who, open="、".join(question.parts[fact][0] for fact in left))
        again = reply("eligibility.again").say if tries else ""
        return Reply(again + words, choices=tuple(Choice(title, value) for title, value in options))

    @staticmethod
    def _take_place(conversation: Conversation, turn: Turn, asked: str) -> Outcome | None:
        """Notes the region; ends the task when the place is none of ours."""
        places = turn.all("place") or [
            {"region": p.region, "name": p.name, "level": p.level}
            for p in regions.find(turn.text) or regions.find_heard(turn.text)
            if not p.ask
        ]
        others = regions.elsewhere(turn.text)
        places = [place for place in places if place.get("name") not in others]
        if not places:
            return None
        ours = next((place for place in reversed(places) if place.get("region") in REGIONS), None)
        if ours:
            conversation.region = ours["region"]
            return None
        if conversation.region and asked != "region":
            return None
        said = reply("eligibility.other_region", place=places[-1].get("name") or turn.text)
        return Outcome([said], "unknown", finished=True)

    @staticmethod
    def _take_subject(draft: dict[str, Any], turn: Turn, asked: str) -> None:
        """Which benefit and for whom; answers to a question do not change the benefit by chance words."""
        if not draft.get("benefit") and named.asks_for_all(turn):
            draft["all"] = True
            benefit = None
        else:
            open_yet = not (draft.get("benefit") or draft.get("all"))
            benefit = named.benefit(turn) or (named.likely_benefit(turn) if open_yet else None)
        several = [] if draft.get("benefit") else named.benefits_asked(turn)
        if len(several) > 1:
            benefit = several[0]
            draft["next"] = several[1:MOST]
        if benefit and (not draft.get("benefit") or _may_change(turn, asked)):
            if draft.get("benefit") not in (None, benefit):
                draft["asked"] = []
            draft["benefit"] = benefit
        carer = draft.get("benefit") in FOR_CARERS and not asked
        relation, before = carer and whom.cared_for(turn) or whom.relation(turn), draft.get("relation")
        if not relation or relation == before or (before and relation == whom.SELF and not of_another(turn)):
            return
        if before in (None, whom.SELF) or of_another(turn) or _may_change(turn, asked):
            if before not in (None, whom.SELF) or of_another(turn):
                draft.update(asked=[], assumed={}, last_question="")
            draft["relation"] = relation

    @staticmethod
    def _give_up_question(draft: dict[str, Any], asked: str) -> None:
        """After asking in vain the fact counts as not known, so that nobody is asked a third time."""
        question = questions().get(asked)
        if question is not None and draft["tries"] >= PATIENCE:
            _take_as_unknown(draft, asked)

    def _give_up_all(self, conversation: Conversation, draft: dict[str, Any]) -> None:
        """Whoever goes on to tell what an application needs is asked nothing more: the result is told with what is known."""
        for _ in questions():
            verdict = self._verdict(conversation, draft)
            if verdict is None or verdict.outcome != "need" or not verdict.next_question:
                return
            _take_as_unknown(draft, verdict.next_question)

    @staticmethod
    def _verdict(conversation: Conversation, draft: dict[str, Any]) -> Verdict | None:
        benefit = draft.get("benefit")
        if not benefit or not (conversation.region or is_national(benefit)):
            return None
        facts = facts_of(conversation, draft)
        return check(conversation.region or NATIONAL, benefit, facts, tuple(draft.get("asked", ())))


def _take_as_unknown(draft: dict[str, Any], question: str) -> None:
    """What a question asks counts as not known from now on."""
    draft["assumed"] = {**dict.fromkeys(questions()[question].facts, UNKNOWN), **draft.get("assumed", {})}
    draft["asked"] = [*draft.get("asked", []), question]


def _carried(conversation: Conversation, turn: Turn) -> dict[str, Any]:
    """What a question straight after a verdict leaves unsaid: “那我爸呢” the benefit, “那能领津贴吗” the person."""
    last = conversation.recall(MEMORY, {})
    if not last.get("message") or last["message"] != conversation.recall("handled"):
        return {}
    draft: dict[str, Any] = {"benefit": last["benefit"]} if follows(conversation, turn) else {}
    draft["relation"] = whom.relation(turn) or last.get("relation")
    if draft.get("benefit") and (draft["relation"] or whom.SELF) == (last.get("relation") or whom.SELF):
        told = adds(turn) or tells_what_was_open(conversation, turn)
        draft.update(asked=last.get("asked", []), assumed=last.get("assumed", {}), adds=told)
    return draft


def _may_change(turn: Turn, asked: str) -> bool:
    """Whether these words may speak of another benefit or person: they ask, or put right; an answer that tells facts does neither."""
    if asked in ("", "benefit") or asks(turn) or PUTS_RIGHT.search(turn.text):
        return True
    question = questions().get(asked)
    answers = question is not None and bool(hearing.facts(turn, asked).keys() & set(question.facts))
    return turn.intent == "eligibility_ask" and not answers


task = EligibilityTask()
