"""The database schema, brought up to date by Alembic."""

from __future__ import annotations

from care.db import Base, engine


def upgrade() -> None:
    """Brings the configured database to the newest schema."""
    import importlib
    import pkgutil

    import care

    for found in pkgutil.walk_packages(care.__path__, "care."):
        if found.name.endswith(".model") or found.name == "care.people":
            importlib.import_module(found.name)
    Base.metadata.create_all(engine())
