"""What the web counts: chat turns by state, how long they took, and errors by status."""

from __future__ import annotations

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

BUCKETS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 12)  # seconds


class Metrics:
    """Counters of one app."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self.turns = Counter(
            "yinling_chat_turns", "Chat turns answered.", ["state", "channel"], registry=self._registry
        )
        self.seconds = Histogram(
            "yinling_chat_turn_seconds",
            "Time to answer a chat turn.",
            buckets=BUCKETS,
            registry=self._registry,
        )
        self.errors = Counter(
            "yinling_http_errors", "Requests refused or failed.", ["status"], registry=self._registry
        )

    def text(self) -> bytes:
        """Everything in the Prometheus text format."""
        return generate_latest(self._registry)
