"""What the product can answer, as texts for the prepared voice: policies, eligibility, the service list.

The answers are made by the same code that answers callers, once for every record, rule and service.
"""

from __future__ import annotations

from collections.abc import Iterator

from care.eligibility.rules import benefits, rules
from care.eligibility.rules import documents as eligibility_documents
from care.eligibility.rules import questions as eligibility_questions
from care.policy.asked import Asked
from care.policy.compose import called, original, refuse, tell
from care.policy.decide import Finding
from care.policy.records import Record, library
from care.service_list import ServiceItem, catalogue, speech
from care.service_list.about import without_brackets
from care.texts import phrase
from voice_gateway.speaking.items import Item, of_template, of_text

PLAIN = Asked("")
SLOT_NAME = "{x}"
"""Stands in a text for what is filled in later."""


def documents() -> Iterator[Item]:
    """How answers open and close: which document, whether it still holds."""
    for document in library().documents.values():
        for said in (document.first, document.then, document.caveat_short, document.caveat, f"{called(document)}里。"):
            yield from of_text(said)
    for cited in eligibility_documents().values():
        yield Item(cited.say, flowing=True)
        yield from of_text(f"这是{cited.say}写的。{cited.status_say}")


def policy(right: bool) -> Iterator[Item]:
    """Every policy record as it is told; first what an elder may claim, then the rest."""
    for record in _records(right):
        yield from _told(record, PLAIN, Finding("answer", record))
    for record in _records(right):
        if record.joint:
            yield from _told(record, PLAIN, Finding("answer", record, joint=True))
        if record.departments:
            yield from _told(record, Asked("", aspects=("department",)), Finding("answer", record))
        if record.masked:
            yield from _told(record, PLAIN, Finding("masked", record))


def _records(right: bool) -> list[Record]:
    return [one for one in library().records.values() if (one.kind == "right") is right and not one.hidden]


def _told(record: Record, asked: Asked, finding: Finding) -> Iterator[Item]:
    heard = [record.document]
    yield from of_text(tell(asked, finding, heard, offer=True).say)


def refusals() -> Iterator[Item]:
    """What is said where a document is silent."""
    for lacking in library().aspects.values():
        for name in ("lacking", "lacking_plain", "lacking_where"):
            yield from of_text(phrase(f"policy.{name}", what=lacking.lack))
    for gap in library().gaps:
        for region in gap.regions or [""]:
            yield from of_text(refuse(PLAIN, Finding("gap", gap=gap), region).say)
    for referral in library().referrals:
        yield from of_text(referral.say)
    for topic in library().topics.values():
        yield from of_template(phrase("policy.no_topic", document=SLOT_NAME, topic=topic.say, way_out=""))
        if topic.service:
            yield from of_text(phrase("policy.offer_service", service=topic.service))


def originals() -> Iterator[Item]:
    """The exact words of the documents, read out on request."""
    for record in sorted(library().records.values(), key=lambda one: one.kind != "right"):
        if not record.hidden:
            yield from of_text(original(record).say)


def eligibility() -> Iterator[Item]:
    """Questions, verdicts and how to apply."""
    for question in eligibility_questions().values():
        yield from of_template(question.say)
    for benefit in benefits().values():
        materials = "、".join(benefit.materials)
        name = "how" if benefit.book else "how_unbookable"
        yield from of_text(
            phrase(
                f"eligibility.{name}", title=benefit.title, where=benefit.where, materials=materials, book=benefit.book
            )
        )
        yield from of_text(phrase("eligibility.resumed", title=benefit.title))
        yield from of_text(phrase("eligibility.rather", title=benefit.title))
        yield Item(benefit.title, flowing=True)
    for rule in rules().values():
        for group in rule.groups:
            yield from of_text(group.say)
            yield from of_text(group.limit)
            yield Item(group.name, flowing=True)
        yield from of_text(rule.otherwise)
        yield from of_text(rule.silent)


def service_list() -> Iterator[Item]:
    """Every service: what, how much, when, how long, how early, for whom, and the ready answers."""
    for region in catalogue.regions():
        for item in catalogue.items(region):
            yield from _service(item)
        for provider in catalogue.providers(region):
            yield from of_text(f"{without_brackets(provider.name)}。在{provider.address}。{provider.hours}开门。")


def _service(item: ServiceItem) -> Iterator[Item]:
    name = item.say_name
    said = [
        phrase("service_list.overview", name=name, content=item.content, price=speech.price(item)),
        phrase("service_list.content", name=name, content=item.content),
        phrase("service_list.price", name=name, price=speech.price(item)),
        phrase("service_list.who", who=item.who),
        phrase(
            "service_list.hours", name=name, days=speech.days(item), hours=speech.hours(item), rest=speech.rest(item)
        ),
        speech.duration(item),
        speech.lead(item),
        phrase("service_list.audience", name=name, audience=item.audience),
        "。".join(item.preconditions),
        *(answer.say for answer in item.answers),
    ]
    for one in said:
        yield from of_text(one)
