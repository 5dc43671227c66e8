"""For developers: `python -m storage.draft "what changes"` writes the next revision.

It compares `storage/tables/` with the schema the revisions lead to. Read what it wrote: Alembic
sees neither renames nor CHECKs, triggers and indexes over expressions.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import MetaData

from storage import migrate
from storage.sqlite import writer_engine


def draft(message: str, metadata: MetaData, migrations: Path = migrate.MIGRATIONS) -> None:
    """Write `versions/NNNN_message.py` with the difference between `metadata` and head."""
    known = migrate.revisions(migrations)
    config = migrate.alembic_config(migrations)
    config.attributes["metadata"] = metadata
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "draft.db"
        if known:
            migrate.create(path, migrations)
        else:
            path.touch()
        engine = writer_engine(path)
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.revision(config, message, autogenerate=True, rev_id=f"{len(known) + 1:04}")
        engine.dispose()


if __name__ == "__main__":
    from storage.tables import metadata as _metadata

    draft(sys.argv[1], _metadata)
