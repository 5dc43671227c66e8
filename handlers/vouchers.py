"""Gifts chosen by customers, vouchers shown to the bot (scanned or typed), their buttons, as events."""

from aiogram import Router, types
from aiogram.filters import CommandObject

from flows.events import CustomerChose, Sender, Tap, VoucherShown, VoucherTapped
from handlers.buttons import ChoiceButton, VoucherButton
from handlers.filters import FromMember, FromPerson, OnMessage, StartLink, Typed

_CODE_MOST = 32  # characters of what may be meant as a code


async def scanned(message: types.Message, sender: Sender, token: str) -> VoucherShown:
    code = token[:_CODE_MOST]
    return VoucherShown(sender, message.chat.id, message.message_id, code, typed=False)


async def typed(message: types.Message, command: CommandObject, sender: Sender) -> VoucherShown:
    return VoucherShown(
        sender, message.chat.id, message.message_id, _code(command.args), typed=True
    )


async def typed_in_group(
    message: types.Message, command: CommandObject, by: Sender, *, anonymous: bool
) -> VoucherShown:
    code = _code(command.args)
    return VoucherShown(
        by, message.chat.id, message.message_id, code, typed=True, anonymous=anonymous
    )


async def tapped(
    _: types.CallbackQuery, callback_data: VoucherButton, tap: Tap, by: Sender
) -> VoucherTapped:
    pressed = callback_data
    return VoucherTapped(by, tap, pressed.gift_id, pressed.action, pressed.arg)


async def chosen(
    _: types.CallbackQuery, callback_data: ChoiceButton, tap: Tap, by: Sender
) -> CustomerChose:
    return CustomerChose(by, tap, callback_data.gift_id, callback_data.offer_id)


def build_router() -> Router:
    """Comes before the customer's and the staff's routers, which take every other message."""
    router = Router(name=__name__)
    router.message.register(scanned, StartLink("c"), FromPerson())
    router.message.register(typed, Typed("redeem", ignore_case=True), FromPerson())
    router.message.register(typed_in_group, Typed("redeem", ignore_case=True), FromMember())
    router.callback_query.filter(OnMessage())
    router.callback_query.register(tapped, VoucherButton.filter())
    router.callback_query.register(chosen, ChoiceButton.filter())
    return router


def _code(args: str | None) -> str:
    return "".join((args or "").split())[:_CODE_MOST]
