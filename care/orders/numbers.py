"""Order numbers: short, easy to say and to hear.

Left out: 0 (líng, mixed up with 6 and the letter O), 1 (yī, mixed up with 7 qī on the telephone), 4 (sì, mixed up
with 10 and with sān in the south, and unlucky), 6 (liù, mixed up with 9 jiǔ). No digit follows itself, because
"三三" is heard as one three. Four digits while they last, then five …
"""

from __future__ import annotations

import secrets

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from care.orders.model import Order

DIGITS = "235789"
SHORTEST = 4
FILL = 0.5
"""When this share of a length is in use, numbers get one digit longer."""


def candidate(length: int) -> str:
    """A random number of a length without repeated neighbours."""
    made = secrets.choice(DIGITS)
    while len(made) < length:
        made += secrets.choice(DIGITS.replace(made[-1], ""))
    return made


def fresh(session: Session) -> str:
    """A number that no order has."""
    length = SHORTEST
    while True:
        possible = len(DIGITS) * (len(DIGITS) - 1) ** (length - 1)
        taken = session.scalar(select(func.count()).where(func.length(Order.number) == length)) or 0
        if taken < possible * FILL:
            break
        length += 1
    while True:
        number = candidate(length)
        if session.scalar(select(Order.id).where(Order.number == number)) is None:
            return number
