"""answerCallbackQuery, setMessageReaction and getFile."""

from __future__ import annotations

from bot.sandbox.files import LARGEST_DOWNLOAD
from bot.sandbox.methods.access import chat_to_write, message_to
from bot.sandbox.methods.request import Method, Request
from bot.sandbox.refusals import STALE_QUERY, bad_request
from bot.sandbox.shapes import JsonObject
from bot.sandbox.taps import ANSWERED_WITHIN_S, LONGEST_ANSWER

# What a bot may react with: Telegram's list of free reactions.
_FREE = (
    "👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 "
    "💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 "
    "😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
)
REACTIONS = frozenset(_FREE.split())


def answer_callback_query(request: Request) -> bool:
    world = request.world
    tap = world.taps.all.get(request.params["callback_query_id"])
    now = world.moment()
    if (
        tap is None
        or tap.bot != request.bot.id
        or tap.answered_at is not None
        or now - tap.at > ANSWERED_WITHIN_S
    ):
        raise bad_request(STALE_QUERY)
    text = request.get("text") or ""
    if len(text) > LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    address = request.get("url") or ""
    if address and not address.startswith((f"https://t.me/{request.bot.username}?", "tg://")):
        raise bad_request("URL_INVALID")
    world.taps.answer(tap, now, text, address, alert=bool(request.get("show_alert")))
    return True


def set_message_reaction(request: Request) -> bool:
    chat = chat_to_write(request.world, request.bot, request.params["chat_id"])
    message = message_to(chat, request.params["message_id"], "message to react")
    reactions: list[JsonObject] = request.get("reaction") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    for reaction in reactions:
        if reaction["type"] == "paid" or reaction.get("emoji", "👍") not in REACTIONS:
            raise bad_request("REACTION_INVALID")
    if reactions:
        message.reactions[request.bot.id] = reactions
    else:
        message.reactions.pop(request.bot.id, None)
    chat.changed()
    return True


def get_file(request: Request) -> JsonObject:
    stored = request.world.files.get(request.params["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    if stored.size > LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {**stored.reference(), "file_path": stored.path}


METHODS: dict[str, Method] = {
    "answerCallbackQuery": answer_callback_query,
    "setMessageReaction": set_message_reaction,
    "getFile": get_file,
}
