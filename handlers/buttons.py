"""Presses as callback data: a short prefix and a few fields. What a press leads to is elsewhere.

Callback data comes back from people's machines: whatever does not parse here matches no filter.
"""

from typing import Annotated, assert_never

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from flows.events import DataChoice, Scope, StaffAction, StaffCommand, TrialAction, VoucherAction
from flows.people import Use
from flows.presses import (
    AnswerPress,
    CasePress,
    ChoicePress,
    CommandPress,
    DataPress,
    DialogPress,
    GroupPress,
    InvitationsPress,
    JoinPress,
    LanguagePress,
    ListPress,
    QuestionsPress,
    QuietPress,
    ShiftPress,
    ShowCasePress,
    TrialPress,
    UndoPress,
    VoucherPress,
    WishPress,
)

# Not ":", which stands inside answers ("topic:wait").
_SEP = "|"

# What a database integer holds: a forged number must not reach SQL and overflow there.
Id = Annotated[int, Field(ge=1, lt=2**63)]

TapPress = (
    AnswerPress
    | WishPress
    | QuestionsPress
    | CommandPress
    | DataPress
    | LanguagePress
    | QuietPress
    | InvitationsPress
    | CasePress
    | ListPress
    | ShowCasePress
    | JoinPress
    | GroupPress
    | ShiftPress
    | DialogPress
    | UndoPress
    | TrialPress
    | ChoicePress
    | VoucherPress
)


class AnswerButton(CallbackData, prefix="a", sep=_SEP):
    conversation_id: Id
    step: str
    answer: str


class WishButton(CallbackData, prefix="w", sep=_SEP):
    case_id: Id
    wish: str


class QuestionsButton(CallbackData, prefix="q", sep=_SEP):
    wanted: bool


class DataButton(CallbackData, prefix="p", sep=_SEP):
    choice: DataChoice
    book: str = ""


class QuietButton(CallbackData, prefix="z", sep=_SEP):
    hours: str = ""


class LanguageButton(CallbackData, prefix="g", sep=_SEP):
    language: str


class InvitationsButton(CallbackData, prefix="r", sep=_SEP):
    wanted: bool


class CaseButton(CallbackData, prefix="c", sep=_SEP):
    case_id: Id
    action: StaffAction
    arg: str = ""


class ListButton(CallbackData, prefix="l", sep=_SEP):
    scope: Scope
    page: Annotated[int, Field(ge=0, lt=10_000)]
    of: str = ""


class ShowCaseButton(CallbackData, prefix="n", sep=_SEP):
    case_id: Id


class ChoiceButton(CallbackData, prefix="h", sep=_SEP):
    gift_id: Id
    offer_id: str


class VoucherButton(CallbackData, prefix="v", sep=_SEP):
    gift_id: Id
    action: VoucherAction
    arg: str = ""


class JoinButton(CallbackData, prefix="j", sep=_SEP):
    person_id: Id
    role: str


class GroupButton(CallbackData, prefix="b", sep=_SEP):
    chat_id: Annotated[int, Field(gt=-(2**63), lt=0)]
    use: Use
    branch_id: str = ""


class ShiftButton(CallbackData, prefix="s", sep=_SEP):
    on: bool


class DialogButton(CallbackData, prefix="d", sep=_SEP):
    dialog_id: Id
    version: Id
    answer: str


class UndoButton(CallbackData, prefix="u", sep=_SEP):
    key: str


class CommandButton(CallbackData, prefix="k", sep=_SEP):
    command: StaffCommand


class TrialButton(CallbackData, prefix="t", sep=_SEP):
    action: TrialAction
    case_id: Annotated[int, Field(ge=0, lt=2**63)]


def pack(press: TapPress) -> str:
    """Callback data for `press`; ValueError when it does not fit into a button."""
    try:
        return _button(press).pack()
    except ValueError as error:
        raise ValueError(f"{press!r} does not fit into a button: {error}") from error


def _button(press: TapPress) -> CallbackData:  # noqa: PLR0911, PLR0912 - one for each kind
    match press:
        case AnswerPress(conversation_id, step, answer):
            return AnswerButton(conversation_id=conversation_id, step=step, answer=answer)
        case WishPress(case_id, wish):
            return WishButton(case_id=case_id, wish=wish)
        case QuestionsPress(wanted):
            return QuestionsButton(wanted=wanted)
        case DataPress(choice, book):
            return DataButton(choice=choice, book=book)
        case QuietPress(hours):
            return QuietButton(hours=hours)
        case LanguagePress(language):
            return LanguageButton(language=language)
        case InvitationsPress(wanted):
            return InvitationsButton(wanted=wanted)
        case CasePress(case_id, action, arg):
            return CaseButton(case_id=case_id, action=action, arg=arg)
        case ListPress(scope, of, page):
            return ListButton(scope=scope, of=of, page=page)
        case ShowCasePress(case_id):
            return ShowCaseButton(case_id=case_id)
        case ChoicePress(gift_id, offer_id):
            return ChoiceButton(gift_id=gift_id, offer_id=offer_id)
        case VoucherPress(gift_id, action, arg):
            return VoucherButton(gift_id=gift_id, action=action, arg=arg)
        case JoinPress(person_id, role):
            return JoinButton(person_id=person_id, role=role)
        case GroupPress(chat_id, use, branch_id):
            return GroupButton(chat_id=chat_id, use=use, branch_id=branch_id)
        case CommandPress(command):
            return CommandButton(command=command)
        case ShiftPress(on):
            return ShiftButton(on=on)
        case DialogPress(dialog_id, version, answer):
            return DialogButton(dialog_id=dialog_id, version=version, answer=answer)
        case TrialPress(action, case_id):
            return TrialButton(action=action, case_id=case_id)
        case UndoPress(key):
            return UndoButton(key=key)
    assert_never(press)
