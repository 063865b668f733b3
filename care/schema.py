"""The database schema, brought up to date by Alembic.

After changing a mapped class: `python -m care.schema "what changed"` writes the migration.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

import care
from care.db import Base, engine

MIGRATIONS = Path(__file__).with_name("migrations")


def load_models() -> None:
    """Imports every module that maps a table, so that `Base.metadata` is complete."""
    for found in pkgutil.walk_packages(care.__path__, "care."):
        if found.name.endswith(".model") or found.name == "care.people":
            importlib.import_module(found.name)


def upgrade() -> None:
    """Brings the configured database to the newest schema; two processes may try at the same time."""
    with engine().begin() as connection:
        command.upgrade(_config(connection), "head")


def differences() -> list[object]:
    """What the mapped classes and the configured database differ in; empty when they agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    load_models()
    with engine().begin() as connection:
        return compare_metadata(MigrationContext.configure(connection), Base.metadata)


def write_migration(message: str) -> None:
    """Writes a migration from the newest schema to the mapped classes."""
    load_models()
    with engine().begin() as connection:
        command.revision(_config(connection), message, autogenerate=True)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


if __name__ == "__main__":
    upgrade()
    write_migration(" ".join(sys.argv[1:]) or "change")
