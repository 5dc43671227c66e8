"""Whatever happens to the rows of a lane, the earliest one still to be sent is the one that leads."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from storage import outbox
from storage.sqlite import writer_engine
from storage.tx import Tx
from tests.databases import new_database, plan
from tests.unit.storage.rows.matter import NOW, SOON, claimed, letter

WAYS = ["put", "put held", "claim", "sent", "refused", "recall", "resend", "release", "crash"]
LATER = NOW + timedelta(hours=1)


def do(conn: Connection, way: str, lane: str, number: int) -> None:
    tx = Tx(conn, NOW)
    match way:
        case "put" | "put held":
            count = conn.exec_driver_sql("SELECT count(*) FROM outbox").scalar_one()
            held = SOON if way == "put held" else None
            tx.put_outbox(letter(lane, dedup_key=str(count + 1), not_before=held))
        case "claim":
            outbox.claim_due(conn, NOW, 1, frozenset(), SOON)
        case "sent":
            tx.claim_result(number, state="sent", message_id=1)
        case "refused":
            tx.claim_result(number, state="parked", message_id=None)
        case "recall":
            tx.recall(str(number))
        case "resend":
            tx.resend(str(number))
        case "release":
            outbox.release(conn, number, SOON, "429")
        case _:
            outbox.clear_leases(conn)


def out(conn: Connection) -> list[str]:
    """Lanes of the rows that are being sent."""
    rows = conn.exec_driver_sql("SELECT lane FROM outbox WHERE state = 'sending' AND lane <> ''")
    return [row[0] for row in rows]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(WAYS), st.sampled_from(["a", "b", ""]), st.integers(1, 8)),
        max_size=30,
    )
)
def test_lanes_stay_in_order_and_never_stall(
    steps: list[tuple[str, str, int]],
) -> None:
    with TemporaryDirectory() as folder:
        engine = writer_engine(new_database(Path(folder)))
        with engine.connect() as conn, conn.begin() as transaction:
            for step in steps:
                do(conn, *step)
                assert sorted(out(conn)) == sorted(set(out(conn)))
            drain(conn)
            waiting = outbox.health(conn).waiting
            transaction.rollback()
        engine.dispose()

    assert waiting == 0


def drain(conn: Connection) -> None:
    """Send everything, checking that each lane goes by the number of its rows."""
    outbox.clear_leases(conn)
    gone: dict[str, int] = {}
    while rows := claimed(conn, LATER):
        for row in rows:
            assert row.lane == "" or gone.get(row.lane, 0) < row.id
            gone[row.lane] = row.id
            Tx(conn, LATER).claim_result(row.id, state="sent", message_id=1)


def test_letting_the_next_row_lead_does_not_read_the_whole_lane(conn: Connection) -> None:
    from storage.lanes import _ADVANCE

    assert plan(conn, _ADVANCE) == [
        "SEARCH outbox USING INTEGER PRIMARY KEY (rowid=?)",
        "SCALAR SUBQUERY 1",
        "SEARCH other USING INDEX ix_outbox_lane (lane=?)",
    ]
