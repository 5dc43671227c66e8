"""A person taps a button under a message."""

from __future__ import annotations

from bot.sandbox.acts.act import Act, Deed, Impossible
from bot.sandbox.announcing import tell
from bot.sandbox.chats import Chat, Group
from bot.sandbox.messages import StoredMessage
from bot.sandbox.shapes import JsonObject
from bot.sandbox.taps import Tap


def tap(act: Act) -> JsonObject:
    """Tap by `label` or by `data`. A link or a text to copy is returned, data goes to the bot.

    With `stale` the person taps on a copy of the screen from before the message was deleted or
    edited: `data` is sent as it is, whether such a button is still there or not.
    """
    chat = act.chat()
    _check_there(act, chat)
    message = chat.messages.get(act.body["message_id"])
    if message is None or (message.deleted and not act.get("stale")):
        raise Impossible(f"there is no message {act.body['message_id']} in {chat.id}")
    if act.get("stale"):
        if not act.get("data"):
            raise Impossible("a stale tap needs its data")
        return _called_back(act, chat, message, act.body["data"])
    button = _button(act, message)
    if "callback_data" in button:
        return _called_back(act, chat, message, button["callback_data"])
    if "url" in button:
        return {"url": button["url"]}
    if "copy_text" in button:
        return {"copied": button["copy_text"]["text"]}
    raise Impossible(f"the sandbox does not play a tap on {button}")


def _check_there(act: Act, chat: Chat) -> None:
    if act.person.deactivated:
        raise Impossible("the account is deactivated")
    if isinstance(chat, Group):
        if not chat.member(act.person.id).present:
            raise Impossible(f"{act.person.title()} is not in {chat.title}")
    elif act.person.id in act.bot.blocked:
        raise Impossible(f"{act.person.title()} has blocked the bot")


def _button(act: Act, message: StoredMessage) -> JsonObject:
    rows = message.data.get("reply_markup", {}).get("inline_keyboard", [])
    buttons: list[JsonObject] = [button for row in rows for button in row]
    wanted_data, label = act.get("data"), act.get("label")
    for button in buttons:
        if wanted_data is not None and button.get("callback_data") == wanted_data:
            return button
        if wanted_data is None and button["text"] == label:
            return button
    there = [button["text"] for button in buttons]
    raise Impossible(f"no button {wanted_data or label!r} under {message.id}; there are {there}")


def _called_back(act: Act, chat: Chat, message: StoredMessage, data: str) -> JsonObject:
    world = act.world
    # The buttons are the author's: his bot hears of the tap, and nobody else.
    bot = world.bots.get(message.author, act.bot)
    touched = Tap(
        id=str(world.rng.randrange(10**17, 10**18)),
        bot=bot.id,
        person=act.person.id,
        chat=chat.id,
        message_id=message.id,
        data=data,
        at=world.moment(),
    )
    world.taps.add(touched)
    shown = message.data
    if message.deleted or message.inaccessible or act.get("inaccessible"):
        shown = {"chat": chat.shown(), "message_id": message.id, "date": 0}
    query = {
        "id": touched.id,
        "from": act.person.user(),
        "message": shown,
        "chat_instance": str(abs(chat.id) * 7919),
        "data": data,
    }
    tell(world, bot, "callback_query", query)
    return {"tap": touched.id}


DEEDS: dict[str, Deed] = {"tap": tap}
