"""Alembic's environment: runs the migrations on a connection that `care.schema` hands over."""

from alembic import context

from care.db import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
