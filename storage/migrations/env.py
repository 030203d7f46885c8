"""What alembic runs: migrations on the connection that ``storage.schema.upgrade`` hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from storage.tables import Row

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Row.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
