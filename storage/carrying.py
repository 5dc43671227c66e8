"""Updates that were heard after a backup go on in the database that was restored from it: nothing is lost."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from storage.codec import to_ms
from storage.lock import DatabaseLock
from storage.sqlite import connect, translated

_COLUMNS = "bot_id, update_id, chat_id, payload, received_at"


def carry_over(kept: Path, database: Path, since: datetime) -> int:
    """Put updates that `kept` has stored since that moment (UTC) into `database`, to be worked on; how many.

    They were confirmed to Telegram and will not come again. What the bot said to them it may say again. `kept`
    may be of a newer version: its inbox is read by names that stay.
    """
    with DatabaseLock.take(database), translated(), closing(connect(kept)) as source:
        rows = source.execute(
            f"SELECT {_COLUMNS} FROM inbox WHERE received_at >= ? ORDER BY id",  # noqa: S608 - names above
            (to_ms(since),),
        ).fetchall()
        with closing(connect(database)) as target, target:
            before = target.total_changes
            target.executemany(
                f"INSERT OR IGNORE INTO inbox ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - names above
                rows,
            )
            return target.total_changes - before
