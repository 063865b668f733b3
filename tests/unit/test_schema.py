"""The migrations lead to exactly what the mapped classes say."""

from __future__ import annotations

from care import schema


def test_migrations_and_classes_agree(database: None) -> None:
    assert schema.differences() == []


def test_a_database_is_upgraded_only_once(database: None) -> None:
    schema.upgrade()
    assert schema.differences() == []
