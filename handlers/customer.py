"""What a customer does in the private chat, as events. What follows from it is decided in flows."""

from aiogram import Router, types
from aiogram.filters import CommandObject

from flows.events import (
    Command,
    CustomerAnswered,
    CustomerChoseData,
    CustomerChoseLanguage,
    CustomerChoseQuiet,
    CustomerCommanded,
    CustomerEdited,
    CustomerOpenedBranchLink,
    CustomerOpenedVisitLink,
    CustomerSetInvitations,
    CustomerSetQuestions,
    CustomerSharedPhone,
    CustomerStarted,
    CustomerWished,
    CustomerWrote,
    Sender,
    Tap,
)
from handlers.buttons import (
    AnswerButton,
    DataButton,
    InvitationsButton,
    LanguageButton,
    QuestionsButton,
    QuietButton,
    WishButton,
)
from handlers.filters import FromPerson, Has, OnOwnMessage, Reworded, Spoken, StartLink, Typed
from handlers.messages import read_message, read_phone, read_typed_phone
from handlers.phone import only_zone


async def visit_link_opened(
    _: types.Message, sender: Sender, token: str
) -> CustomerOpenedVisitLink:
    return CustomerOpenedVisitLink(sender=sender, token=token)


async def branch_link_opened(
    _: types.Message, sender: Sender, token: str
) -> CustomerOpenedBranchLink:
    return CustomerOpenedBranchLink(sender=sender, branch_id=token)


async def started(message: types.Message, sender: Sender) -> CustomerStarted:
    return CustomerStarted(sender=sender, message_id=message.message_id)


async def commanded(_: types.Message, sender: Sender, command: CommandObject) -> CustomerCommanded:
    return CustomerCommanded(sender=sender, command=Command(command.command.casefold()))


async def phone_shared(
    message: types.Message, sender: Sender, contact: types.Contact
) -> CustomerSharedPhone:
    phone = read_phone(contact)
    return CustomerSharedPhone(
        sender=sender,
        message_id=message.message_id,
        phone=phone,
        own=contact.user_id == sender.tg_id,
        message=read_message(message),
        zone=only_zone(phone) if phone else "",
    )


async def wrote(message: types.Message, sender: Sender) -> CustomerWrote:
    words = read_message(message)
    return CustomerWrote(sender=sender, message=words, phone=read_typed_phone(words.text))


async def edited(message: types.Message, sender: Sender) -> CustomerEdited:
    return CustomerEdited(sender=sender, message=read_message(message))


async def answered(
    _: types.CallbackQuery, callback_data: AnswerButton, tap: Tap, by: Sender
) -> CustomerAnswered:
    return CustomerAnswered(
        sender=by,
        tap=tap,
        conversation_id=callback_data.conversation_id,
        step=callback_data.step,
        answer=callback_data.answer,
    )


async def wished(
    _: types.CallbackQuery, callback_data: WishButton, tap: Tap, by: Sender
) -> CustomerWished:
    return CustomerWished(
        sender=by, tap=tap, case_id=callback_data.case_id, wish=callback_data.wish
    )


async def questions_set(
    _: types.CallbackQuery, callback_data: QuestionsButton, tap: Tap, by: Sender
) -> CustomerSetQuestions:
    return CustomerSetQuestions(sender=by, tap=tap, wanted=callback_data.wanted)


async def data_chosen(
    _: types.CallbackQuery, callback_data: DataButton, tap: Tap, by: Sender
) -> CustomerChoseData:
    return CustomerChoseData(
        sender=by, tap=tap, choice=callback_data.choice, book=callback_data.book
    )


async def language_chosen(
    _: types.CallbackQuery, callback_data: LanguageButton, tap: Tap, by: Sender
) -> CustomerChoseLanguage:
    return CustomerChoseLanguage(sender=by, tap=tap, language=callback_data.language)


async def quiet_chosen(
    _: types.CallbackQuery, callback_data: QuietButton, tap: Tap, by: Sender
) -> CustomerChoseQuiet:
    return CustomerChoseQuiet(sender=by, tap=tap, hours=callback_data.hours)


async def invitations_set(
    _: types.CallbackQuery, callback_data: InvitationsButton, tap: Tap, by: Sender
) -> CustomerSetInvitations:
    return CustomerSetInvitations(sender=by, tap=tap, wanted=callback_data.wanted)


def build_router() -> Router:
    """Comes after the owner's router: whatever /start is left is a customer's."""
    router = Router(name=__name__)
    router.message.filter(FromPerson())
    router.message.register(visit_link_opened, StartLink("v"))
    router.message.register(branch_link_opened, StartLink("b"))
    router.message.register(started, Typed("start", ignore_case=True))
    router.message.register(commanded, Typed(*(c.value for c in Command), ignore_case=True))
    router.message.register(phone_shared, Has("contact"))
    router.message.register(wrote, Spoken())
    router.edited_message.register(edited, FromPerson(), Reworded())
    router.callback_query.filter(OnOwnMessage())
    router.callback_query.register(answered, AnswerButton.filter())
    router.callback_query.register(wished, WishButton.filter())
    router.callback_query.register(questions_set, QuestionsButton.filter())
    router.callback_query.register(data_chosen, DataButton.filter())
    router.callback_query.register(language_chosen, LanguageButton.filter())
    router.callback_query.register(quiet_chosen, QuietButton.filter())
    router.callback_query.register(invitations_set, InvitationsButton.filter())
    return router
