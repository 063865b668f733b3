"""Why an order could not be placed or changed."""

from __future__ import annotations

from datetime import date


class OrderError(Exception):
    """Something about an order that cannot be done."""


class UnknownService(OrderError):
    """The region does not offer this service."""

    def __init__(self, region: str, service: str) -> None:
        super().__init__(f"{region}: {service}")
        self.region, self.service = region, service


class UnknownOrder(OrderError):
    """There is no order with this number."""


class NotAllowed(OrderError):
    """The order's status, or its day, does not allow it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        """`done`, `cancelled`, `past`, or `same_day`: the order already has the day that another is to move to."""


class NotAvailable(OrderError):
    """It cannot be had then; says why and what is near."""

    def __init__(self, reason: str, alternatives: list[tuple[date, str]], day: date | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        """`past`, `too_soon`, `closed`, `holiday` or `full`."""
        self.alternatives = alternatives
        """The two nearest (day, "HH:MM") that can be had."""
        self.day = day
        """The day that is meant."""


class SlotFull(NotAvailable):
    """No place is left."""


class ClosedThen(NotAvailable):
    """Past, too soon, outside the hours or on a day of rest."""
