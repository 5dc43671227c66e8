"""What the staff do in their group and with a case's buttons, as events. Flows decide who may."""

from contextlib import suppress

from aiogram import Bot, Router, types
from aiogram.filters import CommandObject

from flows.events import (
    Event,
    GroupSetupAsked,
    NothingHappened,
    Sender,
    StaffEdited,
    StaffTapped,
    StaffWrote,
    Tap,
    VisitLinkAsked,
)
from handlers.buttons import CaseButton
from handlers.filters import FromMember, OnMessage, Reworded, Spoken, Typed
from handlers.messages import read_message


async def visit_link_asked(
    message: types.Message, command: CommandObject, by: Sender, *, anonymous: bool
) -> VisitLinkAsked:
    service, master = _service_and_master(command.args or "")
    return VisitLinkAsked(
        by=by,
        chat_id=message.chat.id,
        message_id=message.message_id,
        service=service,
        master=master,
        anonymous=anonymous,
    )


async def setup_asked(
    message: types.Message, by: Sender, *, anonymous: bool
) -> GroupSetupAsked | NothingHappened:
    if anonymous:
        return NothingHappened("an anonymous admin cannot be known")
    return GroupSetupAsked(
        by=by,
        chat_id=message.chat.id,
        title=message.chat.title or "",
        forum=bool(message.chat.is_forum),
    )


async def wrote(message: types.Message, bot: Bot, by: Sender, *, anonymous: bool) -> Event:
    if message.is_topic_message and _is_command(message.text or ""):
        return NothingHappened("a command, in a topic where words are meant for a customer")
    card_of = _case_under(message.reply_to_message, bot.id)
    return StaffWrote(by=by, message=read_message(message), anonymous=anonymous, card_of=card_of)


async def edited(message: types.Message, bot: Bot, by: Sender, *, anonymous: bool) -> Event:
    if anonymous:  # what an anonymous admin wrote has never become a letter
        return NothingHappened("an anonymous admin edits")
    card_of = _case_under(message.reply_to_message, bot.id)
    return StaffEdited(by=by, message=read_message(message), card_of=card_of)


async def tapped(
    _: types.CallbackQuery, callback_data: CaseButton, tap: Tap, by: Sender
) -> StaffTapped:
    return StaffTapped(
        by=by,
        tap=tap,
        case_id=callback_data.case_id,
        action=callback_data.action,
        arg=callback_data.arg,
    )


def build_router() -> Router:
    router = Router(name=__name__)
    router.message.filter(FromMember())
    router.message.register(visit_link_asked, Typed("visit", ignore_case=True))
    router.message.register(setup_asked, Typed("setup", ignore_case=True))
    router.message.register(wrote, Spoken())
    router.edited_message.filter(FromMember())
    router.edited_message.register(edited, Reworded())
    router.callback_query.register(tapped, OnMessage(), CaseButton.filter())
    return router


def _is_command(text: str) -> bool:
    """Two strokes begin a note for colleagues."""
    return text.startswith("/") and not text.startswith("//")


def _case_under(replied: types.Message | None, bot_id: int) -> int | None:
    """The case of the buttons under a message of this bot; what somebody else wrote names no case."""
    if replied is None or replied.from_user is None or replied.from_user.id != bot_id:
        return None
    keyboard = replied.reply_markup
    for button in (b for row in keyboard.inline_keyboard for b in row) if keyboard else ():
        with suppress(ValueError, TypeError):
            return CaseButton.unpack(button.callback_data or "").case_id
    return None


def _service_and_master(typed: str) -> tuple[str, str]:
    """The master stands after the last comma: a service may be a list ("тон, укладка, Лилия")."""
    before, comma, after = " ".join(typed.split()).rpartition(",")
    return (before.strip(), after.strip()) if comma else (after, "")
