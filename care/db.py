"""The database: one engine per process, one transaction per unit of work.

SQLite runs in WAL mode; a unit of work that writes takes the write lock at its start (`BEGIN IMMEDIATE`),
so that two processes never fail half-way with "database is locked" but wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Engine, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import DeclarativeBase, Session

from care.settings import settings

BUSY_SECONDS = 5
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every mapped class."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {dict[str, Any]: JSON, list[Any]: JSON}


@lru_cache
def engine() -> Engine:
    """The engine of this process for the configured database."""
    url = make_url(settings().database)
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    settings().home.mkdir(parents=True, exist_ok=True)
    made = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(made, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we send BEGIN ourselves, below
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def _begin(connection: Any) -> None:
        read_only = connection.get_execution_options().get("read_only", False)
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return made


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """A session whose changes are committed at the end, or all undone when anything fails."""
    with Session(engine(), expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def reading() -> Iterator[Session]:
    """A session for reading only; it takes no write lock."""
    with engine().connect().execution_options(read_only=True) as connection, Session(connection) as session:
        yield session


def forget_engine() -> None:
    """Closes this process's connections, so that the next use reads the settings anew (tests, forks)."""
    engine().dispose()
    engine.cache_clear()
