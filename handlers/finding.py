"""What the staff ask for by /cases and /case, and the buttons under the answers, as events."""

from aiogram import Router, types
from aiogram.filters import CommandObject

from flows.events import CaseAsked, CasesAsked, CasesTurned, Sender, Tap
from handlers.buttons import ListButton, ShowCaseButton
from handlers.filters import FromMember, FromPerson, OnMessage, Typed

_WORDS_MOST = 64  # characters that are looked for
_DIGITS_MOST = 18  # of a number that a database integer holds


async def cases_asked(message: types.Message, command: CommandObject, sender: Sender) -> CasesAsked:
    return CasesAsked(sender, message.chat.id, message.message_id, _words(command))


async def cases_asked_in_group(
    message: types.Message, command: CommandObject, by: Sender, *, anonymous: bool
) -> CasesAsked:
    return CasesAsked(by, message.chat.id, message.message_id, _words(command), anonymous)


async def case_asked(message: types.Message, command: CommandObject, sender: Sender) -> CaseAsked:
    return CaseAsked(sender, message.chat.id, message.message_id, _number(command))


async def case_asked_in_group(
    message: types.Message, command: CommandObject, by: Sender, *, anonymous: bool
) -> CaseAsked:
    return CaseAsked(by, message.chat.id, message.message_id, _number(command), anonymous)


async def list_turned(
    _: types.CallbackQuery, callback_data: ListButton, tap: Tap, by: Sender
) -> CasesTurned:
    pressed = callback_data
    return CasesTurned(by, tap, pressed.scope, pressed.of, pressed.page)


async def case_chosen(
    _: types.CallbackQuery, callback_data: ShowCaseButton, tap: Tap, by: Sender
) -> CaseAsked:
    return CaseAsked(by, tap.chat_id, tap.message_id, callback_data.case_id, tap=tap)


def build_router() -> Router:
    """Comes before the customer's and the staff's routers, which take every other message."""
    router = Router(name=__name__)
    cases, case = Typed("cases", "find", ignore_case=True), Typed("case", ignore_case=True)
    router.message.register(cases_asked, cases, FromPerson())
    router.message.register(cases_asked_in_group, cases, FromMember())
    router.message.register(case_asked, case, FromPerson())
    router.message.register(case_asked_in_group, case, FromMember())
    router.callback_query.filter(OnMessage())
    router.callback_query.register(list_turned, ListButton.filter())
    router.callback_query.register(case_chosen, ShowCaseButton.filter())
    return router


def _words(command: CommandObject) -> str:
    return " ".join((command.args or "").split())[:_WORDS_MOST]


def _number(command: CommandObject) -> int:
    """`14`, `№14`, `# 14`; 0 for anything else."""
    typed = (command.args or "").strip().lstrip("№#").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= _DIGITS_MOST else 0
