"""getUpdates: what is confirmed, what comes again, who is thrown out."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import PushedClock
from bot.sandbox import Control, Sandbox
from bot.sandbox.control import ControlError
from bot.sandbox.views import PersonView


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_come_again_until_a_higher_offset_confirms_them(
    api: Any, control: Control, dana: PersonView
) -> None:
    await control.send_burst(dana.id, ["раз", "два", "три"])

    first = await api.ok("getUpdates")
    again = await api.ok("getUpdates", offset=first[0]["update_id"])
    later = await api.ok("getUpdates", offset=first[1]["update_id"])
    rest = await api.ok("getUpdates", offset=first[2]["update_id"] + 1)

    assert texts(first) == texts(again) == ["раз", "два", "три"]
    assert texts(later) == ["два", "три"]
    assert rest == []
    assert (await control.queue()).confirmed_offset == first[2]["update_id"] + 1


async def test_a_limit_cuts_the_batch_and_confirms_nothing(
    api: Any, control: Control, dana: PersonView
) -> None:
    await control.send_burst(dana.id, ["раз", "два", "три"])

    assert texts(await api.ok("getUpdates", limit=2)) == ["раз", "два"]
    assert (await control.queue()).pending == 3


async def test_a_negative_offset_forgets_all_but_the_last(
    api: Any, control: Control, dana: PersonView
) -> None:
    await control.send_burst(dana.id, ["раз", "два", "три"])

    assert texts(await api.ok("getUpdates", offset=-1)) == ["три"]
    assert texts(await api.ok("getUpdates")) == ["три"]


async def test_an_offset_far_in_the_future_is_no_position(
    api: Any, control: Control, dana: PersonView
) -> None:
    await control.send(dana.id, "раз")

    assert texts(await api.ok("getUpdates", offset=2_000_000_000)) == ["раз"]


async def test_a_waiting_poll_is_answered_by_the_next_message(
    api: Any, control: Control, dana: PersonView
) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api.ok("getUpdates", timeout=20))
        await control.wait_until_idle()
        await control.send(dana.id, "раз")

    assert texts(poll.result()) == ["раз"]


async def test_a_second_poll_ends_the_first_one(api: Any, control: Control) -> None:
    async with asyncio.TaskGroup() as group:
        first = group.create_task(api.call("getUpdates", timeout=20))
        await control.wait_until_idle()
        second = await api.call("getUpdates", timeout=0)

    assert first.result() == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    }
    assert second == {"ok": True, "result": []}


async def test_a_webhook_forbids_polling_until_it_is_deleted(api: Any, control: Control) -> None:
    await control.set_webhook("https://somebody.example/hook")

    refused = await api.call("getUpdates")
    info = await api.ok("getWebhookInfo")
    await api.ok("deleteWebhook")

    assert refused == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
    }
    assert info["url"] == "https://somebody.example/hook"
    assert await api.ok("getUpdates") == []


async def test_deleting_a_webhook_may_drop_what_waits(
    api: Any, control: Control, dana: PersonView
) -> None:
    await control.send(dana.id, "раз")

    await api.ok("deleteWebhook", drop_pending_updates=True)

    assert await api.ok("getUpdates") == []


async def test_a_pushed_clock_releases_a_waiting_poll_with_nothing(
    api: Any, control: Control, clock: PushedClock
) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(api.ok("getUpdates", timeout=20))
        await control.wait_until_idle()
        clock.push(timedelta(days=2))

    assert poll.result() == []


async def test_types_that_were_not_asked_for_are_never_queued(
    api: Any, control: Control, dana: PersonView
) -> None:
    await api.ok("getUpdates", allowed_updates=["callback_query"])
    await control.send(dana.id, "раз")
    await api.ok("getUpdates", allowed_updates=[])
    await control.send(dana.id, "два")

    assert texts(await api.ok("getUpdates")) == ["два"]


async def test_confirmed_updates_can_be_delivered_once_more(
    api: Any, control: Control, dana: PersonView
) -> None:
    await control.send_burst(dana.id, ["раз", "два", "три"])
    before = await api.updates()

    count = await control.redeliver(2)
    again = await api.ok("getUpdates", offset=before[-1]["update_id"] + 1)
    after = await api.ok("getUpdates", offset=before[-1]["update_id"] + 1)

    assert count == 2
    assert again == before[1:]
    assert after == []


async def test_an_unreadable_update_is_handed_out_as_it_is(api: Any, control: Control) -> None:
    update_id = await control.inject('"message": {"message_id": "не число"}')

    assert await api.ok("getUpdates") == [
        {"update_id": update_id, "message": {"message_id": "не число"}}
    ]


async def test_ids_may_start_anew_below_the_old_ones(
    api: Any, control: Control, dana: PersonView
) -> None:
    await control.send(dana.id, "до")
    old = await api.updates()
    await control.restart_update_ids(1000)
    await control.send(dana.id, "после")

    new = await api.ok("getUpdates", offset=old[-1]["update_id"] + 1)

    assert [(update["update_id"], update["message"]["text"]) for update in new] == [(1000, "после")]


async def test_ids_do_not_start_anew_while_something_waits(
    control: Control, dana: PersonView
) -> None:
    await control.send(dana.id, "ждёт")

    with pytest.raises(ControlError, match="only when no update waits"):
        await control.restart_update_ids()


async def test_updates_grow_old_only_when_that_is_wanted(
    api: Any, control: Control, dana: PersonView, clock: PushedClock, sandbox: Sandbox
) -> None:
    await control.send(dana.id, "раз")
    clock.push(timedelta(hours=25))
    kept = await api.ok("getUpdates")
    sandbox.world.some_bot(None).queue.forgets = True
    forgotten = await api.ok("getUpdates")

    assert texts(kept) == ["раз"]
    assert forgotten == []


async def test_the_queue_says_when_the_last_poll_came(
    api: Any, control: Control, clock: PushedClock
) -> None:
    await api.ok("getUpdates")

    seen = await control.queue()

    assert (seen.last_poll_at, seen.polling, seen.pending) == (clock.now(), False, 0)
