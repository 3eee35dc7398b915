"""Alembic's entry: runs the migrations on the connection that `handoff.migrate` gives it."""

from alembic import context

from handoff.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
