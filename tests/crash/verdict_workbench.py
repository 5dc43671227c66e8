"""What is wrong at the workbench after a crash run, by kind: requests, codes, stopped replies, promises, counters."""

import json
from collections import Counter
from collections.abc import Mapping

from bot.sandbox.views import ChatView
from tests.crash.peek import Peek
from tests.crash.people import Crowd


def workbench_wrongs(crowd: Crowd, chats: Mapping[int, ChatView]) -> dict[str, int]:
    """Kind to count; all must be 0."""
    return {
        **_requests(crowd, chats),
        **_codes(crowd),
        **_stopped(crowd, chats),
        **_promises(crowd),
        "counters that are not what was given": _counters(crowd.stage.peek),
    }


def _requests(crowd: Crowd, chats: Mapping[int, ChatView]) -> dict[str, int]:
    """Whoever is asked was told; a timer asks the next one, unless nobody stands above."""
    peek = crowd.stage.peek
    people = dict(peek.rows("SELECT id, tg_id FROM people"))
    timed = {case for (case,) in peek.rows(_TIMED, kind="request")}
    untold = untimed = 0
    for case, _, state in peek.open_states():
        if not state.get("asked_offer"):
            continue
        account = people[state["asked_of"]]
        told = [m.text for m in chats[account].messages if m.from_bot]
        untold += not any(f"№ {case}," in t and t.startswith("Спрашивает") for t in told)
        untimed += account != crowd.owner and case not in timed
    return {"requests nobody was told of": untold, "requests without a timer": untimed}


_TIMED = "SELECT case_id FROM timers WHERE kind = :kind AND state = 'pending'"


def _codes(crowd: Crowd) -> dict[str, int]:
    """Each is redeemed once; what somebody redeemed while it was in force is redeemed, or was revoked."""
    peek, times = crowd.stage.peek, Counter[int]()
    sql = "SELECT data FROM journal WHERE kind = 'redeemed'"
    for (data,) in peek.rows(sql):
        times[json.loads(data)["gift"]] += 1
    in_force = {gift for gift, _ in peek.vouchers()}
    return {
        "codes redeemed twice": sum(count > 1 for count in times.values()),
        "redemptions lost": len(in_force & set(crowd.redeemed)),
        "redeemed and not in the journal": peek.number(
            "SELECT count(*) FROM gifts WHERE state = 'redeemed'"
        )
        - len(times),
    }


def _stopped(crowd: Crowd, chats: Mapping[int, ChatView]) -> dict[str, int]:
    stopped = crowd.stage.peek.stopped()
    arrived = sum(
        any(m.from_bot and m.text.startswith(reply.text) for m in chats[reply.customer].messages)
        for reply in crowd.replies
        if reply.message_id in stopped
    )
    return {"stopped replies that arrived": arrived}


def _promises(crowd: Crowd) -> dict[str, int]:
    """Nothing a customer was promised is over without an answer or an honest word; whoever promised was asked."""
    peek, now = crowd.stage.peek, crowd.stage.now_ms()
    broken = sum(
        bool(state.get("promised")) and bool(state.get("reply_by")) and state["reply_by"] <= now
        for _, _, state in peek.open_states()
    )
    unasked = sum(
        promise["due"] <= now and not promise.get("asked")
        for _, promise in peek.promises(reminded=True)
    )
    return {"promises broken in silence": broken, "promises nobody was asked about": unasked}


def _counters(peek: Peek) -> int:
    """How many kinds of counters differ from what stands."""
    stands = "kind = 'gift' AND state NOT IN ('taken_back', 'revoked')"
    gifts, cost = peek.rows(f"SELECT count(*), coalesce(sum(cost), 0) FROM gifts WHERE {stands}")[0]  # noqa: S608 - ours
    wanted = {
        "day:%": cost,
        "customer:%:gifts": gifts,
        "customer:%:cost": cost,
        "staff:%:gifts": gifts,
    }
    sql = "SELECT coalesce(sum(spent), 0) FROM counters WHERE key LIKE :like"
    return sum(peek.number(sql, like=like) != total for like, total in wanted.items())
