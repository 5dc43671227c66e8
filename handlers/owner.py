"""Setting up and joining, as events: the links, requests to join, shifts. No token is judged."""

from aiogram import Router, types

from flows.events import (
    GroupLinkOpened,
    JoinAsked,
    JoinDecided,
    OwnerLinkOpened,
    ReloadAsked,
    Sender,
    ShiftChanged,
    Tap,
)
from handlers.buttons import JoinButton, ShiftButton
from handlers.filters import FromMember, FromPerson, OnMessage, StartLink, Typed


async def owner_link_opened(_: types.Message, sender: Sender, token: str) -> OwnerLinkOpened:
    return OwnerLinkOpened(sender=sender, token=token)


async def join_asked(_: types.Message, sender: Sender, token: str) -> JoinAsked:
    return JoinAsked(sender=sender, token=token)


async def group_link_opened(message: types.Message, by: Sender, token: str) -> GroupLinkOpened:
    return GroupLinkOpened(
        by=by, chat_id=message.chat.id, title=message.chat.title or "", token=token
    )


async def join_decided(
    _: types.CallbackQuery, callback_data: JoinButton, tap: Tap, by: Sender
) -> JoinDecided:
    return JoinDecided(by=by, tap=tap, person_id=callback_data.person_id, role=callback_data.role)


async def shift_changed(
    _: types.CallbackQuery, callback_data: ShiftButton, tap: Tap, by: Sender
) -> ShiftChanged:
    return ShiftChanged(by=by, tap=tap, on=callback_data.on)


async def reload_asked(_: types.Message, sender: Sender) -> ReloadAsked:
    return ReloadAsked(sender=sender)


def build_router() -> Router:
    """Comes before the customer's and the staff's routers, which take every other message."""
    router = Router(name=__name__)
    router.message.register(owner_link_opened, StartLink("own"), FromPerson())
    router.message.register(join_asked, StartLink("join"), FromPerson())
    router.message.register(group_link_opened, StartLink("g"), FromMember())
    router.message.register(reload_asked, FromPerson(), Typed("reload", ignore_case=True))
    router.callback_query.filter(OnMessage())
    router.callback_query.register(join_decided, JoinButton.filter())
    router.callback_query.register(shift_changed, ShiftButton.filter())
    return router
