"""How Alembic runs: on the connection that it is given, in one transaction."""

from alembic import context

from impactmonitor_api.storage.tables import Stored

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Stored.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
