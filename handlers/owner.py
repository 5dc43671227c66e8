"""Setting up and joining, as events: the links, requests to join, shifts. No token is judged."""

from dataclasses import replace

from aiogram import Router, types
from aiogram.filters import CommandObject

from flows.events import (
    DialogTapped,
    GroupLinkOpened,
    GroupUseChosen,
    JoinAsked,
    JoinDecided,
    Kind,
    ManagerLinkOpened,
    Message,
    OwnerLinkOpened,
    Sender,
    ShiftChanged,
    StaffCommand,
    StaffCommanded,
    Tap,
    TrialTapped,
    UndoTapped,
)
from handlers.buttons import (
    CommandButton,
    DialogButton,
    GroupButton,
    JoinButton,
    ShiftButton,
    TrialButton,
    UndoButton,
)
from handlers.filters import FromMember, FromPerson, OnMessage, StartLink, Typed
from handlers.messages import read_message


async def owner_link_opened(_: types.Message, sender: Sender, token: str) -> OwnerLinkOpened:
    return OwnerLinkOpened(sender=sender, token=token)


async def manager_link_opened(_: types.Message, sender: Sender, token: str) -> ManagerLinkOpened:
    return ManagerLinkOpened(sender=sender, token=token)


async def join_asked(_: types.Message, sender: Sender, token: str) -> JoinAsked:
    return JoinAsked(sender=sender, token=token)


async def group_link_opened(message: types.Message, by: Sender, token: str) -> GroupLinkOpened:
    return GroupLinkOpened(
        by=by,
        chat_id=message.chat.id,
        title=message.chat.title or "",
        token=token,
        forum=bool(message.chat.is_forum),
    )


async def managers_group_link_opened(
    message: types.Message, by: Sender, token: str
) -> GroupLinkOpened:
    return replace(await group_link_opened(message, by, token), managers=True)


async def group_use_chosen(
    _: types.CallbackQuery, callback_data: GroupButton, tap: Tap, by: Sender
) -> GroupUseChosen:
    return GroupUseChosen(
        by=by,
        tap=tap,
        chat_id=callback_data.chat_id,
        use=callback_data.use,
        branch_id=callback_data.branch_id,
    )


async def join_decided(
    _: types.CallbackQuery, callback_data: JoinButton, tap: Tap, by: Sender
) -> JoinDecided:
    return JoinDecided(by=by, tap=tap, person_id=callback_data.person_id, role=callback_data.role)


async def shift_changed(
    _: types.CallbackQuery, callback_data: ShiftButton, tap: Tap, by: Sender
) -> ShiftChanged:
    return ShiftChanged(by=by, tap=tap, on=callback_data.on)


async def staff_commanded(
    message: types.Message, sender: Sender, command: CommandObject
) -> StaffCommanded:
    asked = StaffCommand(command.command.casefold())
    return StaffCommanded(sender=sender, command=asked, message=read_message(message))


async def command_tapped(
    _: types.CallbackQuery, callback_data: CommandButton, tap: Tap, by: Sender
) -> StaffCommanded:
    command = callback_data.command
    typed = Message(tap.chat_id, tap.message_id, Kind.TEXT, f"/{command.value}")
    return StaffCommanded(sender=by, command=command, message=typed, tap=tap)


async def dialog_tapped(
    _: types.CallbackQuery, callback_data: DialogButton, tap: Tap, by: Sender
) -> DialogTapped:
    return DialogTapped(
        by=by,
        tap=tap,
        dialog_id=callback_data.dialog_id,
        version=callback_data.version,
        answer=callback_data.answer,
    )


async def trial_tapped(
    _: types.CallbackQuery, callback_data: TrialButton, tap: Tap, by: Sender
) -> TrialTapped:
    return TrialTapped(by=by, tap=tap, action=callback_data.action, case_id=callback_data.case_id)


async def undo_tapped(
    _: types.CallbackQuery, callback_data: UndoButton, tap: Tap, by: Sender
) -> UndoTapped:
    return UndoTapped(by=by, tap=tap, key=callback_data.key)


def build_router() -> Router:
    """Comes before the customer's and the staff's routers, which take every other message."""
    router = Router(name=__name__)
    router.message.register(owner_link_opened, StartLink("own"), FromPerson())
    router.message.register(manager_link_opened, StartLink("mgr"), FromPerson())
    router.message.register(join_asked, StartLink("join"), FromPerson())
    router.message.register(group_link_opened, StartLink("g"), FromMember())
    router.message.register(managers_group_link_opened, StartLink("gm"), FromMember())
    commands = Typed(*(command.value for command in StaffCommand), ignore_case=True)
    router.message.register(staff_commanded, commands, FromPerson())
    router.callback_query.filter(OnMessage())
    router.callback_query.register(command_tapped, CommandButton.filter())
    router.callback_query.register(dialog_tapped, DialogButton.filter())
    router.callback_query.register(trial_tapped, TrialButton.filter())
    router.callback_query.register(undo_tapped, UndoButton.filter())
    router.callback_query.register(join_decided, JoinButton.filter())
    router.callback_query.register(group_use_chosen, GroupButton.filter())
    router.callback_query.register(shift_changed, ShiftButton.filter())
    return router
