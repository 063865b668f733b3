"""Fixtures of the bookings and the orders."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from sqlalchemy.orm import Session

from care import orders
from care.conversation.model import Conversation
from tests.unit import orders_talk
from tests.unit.booking_talk import Talk, known


@pytest.fixture
def talk(session: Session, conversation: Conversation) -> Talk:
    """A caller who is on file in 杨凌."""
    known(session, conversation)
    return Talk(session, conversation)


@pytest.fixture
def stranger(session: Session, conversation: Conversation) -> Talk:
    """A caller about whom nothing is known."""
    return Talk(session, conversation, region="")


@pytest.fixture
def make(session: Session) -> Callable[..., orders.Order]:
    """Places orders of somebody in 南昌, as another conversation did."""
    keys = count()

    def _make(**fields: object) -> orders.Order:
        whose = {"region": "nanchang", "person_phone": orders_talk.PHONE, "person_name": "陈桂兰",
                 "address": "凤凰家园3栋1201"}  # fmt: skip
        return orders.place(
            session, orders.OrderRequest(key=f"k{next(keys)}", conversation="elsewhere", **whose | fields)
        )

    return _make
