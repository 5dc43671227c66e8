"""Alembic's entry: runs the revisions on the connection `storage/migrate.py` has opened."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    # SQLite can undo DDL once the transaction is begun by hand, which the engine does.
    transactional_ddl=True,
    transaction_per_migration=False,
)

with context.begin_transaction():
    context.run_migrations()
