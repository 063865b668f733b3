"""The demonstration persons."""

from __future__ import annotations

from sqlalchemy import select

from care import service_list
from care.people import Person
from care.seed import seed


def test_seeding_twice_adds_nothing(session):
    assert seed(session) == 5
    assert seed(session) == 0
    assert len(session.scalars(select(Person)).all()) == 5


def test_seeding_leaves_what_somebody_changed(session):
    seed(session)
    person = session.scalars(select(Person)).first()
    person.address = "新地址一号"
    session.flush()
    seed(session)
    assert person.address == "新地址一号"


def test_demonstration_persons_are_marked_and_live_where_there_is_a_service_list(session):
    seed(session)
    for person in session.scalars(select(Person)):
        assert person.demo and person.phone.startswith("1380000")
        assert service_list.items(person.region)
        assert service_list.providers(person.region, "meal", person.address)
