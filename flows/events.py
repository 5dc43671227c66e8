"""What happened: frozen facts in the past tense, the only input of the rules. No Telegram types, no decisions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from flows.content_work import WorkOutcome
from flows.tone import Findings


@dataclass(frozen=True, slots=True)
class Sender:
    """A Telegram user as seen in an update; `language` is Telegram's language code or ""."""

    tg_id: int
    name: str
    username: str = ""
    language: str = ""


class Kind(StrEnum):
    """What a message carries; the value is the Bot API's field name."""

    TEXT = "text"
    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    DOCUMENT = "document"
    ANIMATION = "animation"
    VIDEO_NOTE = "video_note"
    STICKER = "sticker"
    CONTACT = "contact"
    LOCATION = "location"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Message:
    """A message as far as it can be told on: enough to send it again without the original.

    `text` is the text or caption; `entities` are the Bot API's own, as plain JSON; `album` joins the parts of
    one album; `size` is in bytes (0 when Telegram does not say); `extra` holds contact or location fields.
    """

    chat_id: int
    message_id: int
    kind: Kind
    text: str = ""
    html: str = ""  # the text in Telegram's HTML when it has marks
    entities: tuple[dict[str, Any], ...] = ()
    file_id: str = ""
    file_name: str = ""
    album: str = ""
    size: int = 0
    reply_to: int | None = None
    extra: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Tap:
    """A pressed button: the callback query to answer and the message it stood on."""

    id: str
    chat_id: int
    message_id: int


# ---- the customer, in a private chat ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CustomerStarted:
    """Opened the chat without a link, or by one that means nothing."""

    sender: Sender
    message_id: int


@dataclass(frozen=True, slots=True)
class CustomerOpenedVisitLink:
    """Came by the one-time link of a visit."""

    sender: Sender
    token: str


@dataclass(frozen=True, slots=True)
class CustomerOpenedBranchLink:
    """Came by the permanent link of a branch."""

    sender: Sender
    branch_id: str


@dataclass(frozen=True, slots=True)
class CustomerWrote:
    """Sent words or a file in the private chat. A person of the roster may write here, too.

    `phone` is the message read as a telephone (E.164), "" when it is none: whether one was asked for, the
    rules know.
    """

    sender: Sender
    message: Message
    phone: str = ""
    findings: Findings | None = None  # of a reply: it may be one of the staff's


@dataclass(frozen=True, slots=True)
class CustomerEdited:
    """Changed a message sent before."""

    sender: Sender
    message: Message


@dataclass(frozen=True, slots=True)
class CustomerAnswered:
    """Pressed a button of a flow's step: a rating, a topic ("topic:wait"), a button of the step ("yes")."""

    sender: Sender
    tap: Tap
    conversation_id: int
    step: str
    answer: str


@dataclass(frozen=True, slots=True)
class CustomerWished:
    """Pressed a wish under the promise ("fix", "refund", "decide"), or "urgent"."""

    sender: Sender
    tap: Tap
    case_id: int
    wish: str


@dataclass(frozen=True, slots=True)
class CustomerChose:
    """Pressed one of several gifts ("none": needs none of them)."""

    sender: Sender
    tap: Tap
    gift_id: int
    offer_id: str


@dataclass(frozen=True, slots=True)
class CustomerSharedPhone:
    """Sent a contact; `phone` is E.164, or "" when it cannot be read; `own` is False for somebody else's."""

    sender: Sender
    message_id: int
    phone: str
    own: bool


class Command(StrEnum):
    """What a customer may ask by a command."""

    HELP = "help"
    STATUS = "status"
    SETTINGS = "settings"
    PRIVACY = "privacy"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class CustomerCommanded:
    """Sent one of the commands."""

    sender: Sender
    command: Command


@dataclass(frozen=True, slots=True)
class CustomerSetQuestions:
    """Pressed "do not ask" or "ask again" under a message."""

    sender: Sender
    tap: Tap
    wanted: bool


class DataChoice(StrEnum):
    """What a button about data and consents does; the value stands in callback data."""

    EXPORT = "export"
    ERASE = "erase"  # asks once more
    ERASE_YES = "erase_yes"
    ERASE_NO = "erase_no"
    WITHDRAW = "withdraw"  # every consent
    FORGET_PHONE = "no_phone"
    REGULAR_YES = "regular_yes"
    REGULAR_NO = "regular_no"
    FIRST_YES = "first_yes"
    FIRST_NO = "first_no"


@dataclass(frozen=True, slots=True)
class CustomerChoseData:
    """Pressed a button about data or a consent; `book` is the revision (sha256) whose words stood above it."""

    sender: Sender
    tap: Tap
    choice: DataChoice
    book: str = ""


@dataclass(frozen=True, slots=True)
class ConsentMissing:
    """Somebody who has not agreed yet did something; it lies sealed, `first` of all."""

    sender: Sender
    first: bool
    tap: Tap | None = None


@dataclass(frozen=True, slots=True)
class ErasureAsked:
    """Whoever runs the bot has a customer erased, on a request that came another way."""

    tg_id: int


@dataclass(frozen=True, slots=True)
class CustomerChoseLanguage:
    """Pressed a language in the settings."""

    sender: Sender
    tap: Tap
    language: str


@dataclass(frozen=True, slots=True)
class CustomerSetInvitations:
    """Pressed "do not invite me any more" under an invitation to write a review."""

    sender: Sender
    tap: Tap
    wanted: bool


@dataclass(frozen=True, slots=True)
class CustomerBlockedBot:
    """Stopped the bot, or (`blocked` False) let it in again."""

    sender: Sender
    blocked: bool


# ---- the staff --------------------------------------------------------------------------------


class StaffAction(StrEnum):
    """What a button of the staff does; the value stands in callback data."""

    TAKE = "take"
    GIVE = "give"  # arg: offer id
    UNDO = "undo"  # arg: gift id
    CHOICE = "pick"  # several gifts, for the customer to choose from
    OTHER = "else"  # a senior wants to give something else than what was asked for
    MORE = "more"
    BACK = "back"
    RESOLVE = "done"
    CAUSE = "cause"  # arg: cause id, or "later"
    REOPEN = "again"
    STOP_REPLY = "stop"  # arg: number of the held reply
    RESEND = "resend"
    TO_MANAGER = "up"
    CALL = "call"
    ASK_VISIT = "visit"
    ASK_MANAGER = "ask"  # arg: offer id
    APPROVE = "yes"  # arg: offer id
    REFUSE = "no"  # arg: offer id
    SEEN = "seen"
    CORRECT = "fix"  # arg: the reply, as flows/lint.py writes it; so for the next four
    UNDERSTOOD = "ok"
    NO_HINTS = "nohint"
    HINTS = "hint"
    SEND_AS_IS = "asis"
    REMIND = "remind"  # arg: number of the promise; so for the next three
    KEPT = "kept"
    MORE_TIME = "moretime"
    CANNOT = "cannot"
    SHOW = "show"  # what waits to stand under the card
    HISTORY = "past"  # what was before with this customer, privately
    POST_AGAIN = "anew"  # the card comes to the group again


@dataclass(frozen=True, slots=True)
class StaffTapped:
    """Pressed a button of a case: on the card, or in the private chat with the bot. Who it is is checked here."""

    by: Sender
    tap: Tap
    case_id: int
    action: StaffAction
    arg: str = ""


@dataclass(frozen=True, slots=True)
class StaffWrote:
    """Wrote in a group. Only a reply to a card means anything; `anonymous` is an admin writing as the group.

    `card_of` is the case whose buttons stand under the message replied to, which the bot itself wrote: a
    card posted by a process that died before it could remember where.
    """

    by: Sender
    message: Message
    anonymous: bool = False
    card_of: int | None = None
    findings: Findings | None = None  # what stands in the words; None: nobody has read them


@dataclass(frozen=True, slots=True)
class StaffEdited:
    """Changed a message of a group; only a reply to a card means anything, as in `StaffWrote`."""

    by: Sender
    message: Message
    card_of: int | None = None


@dataclass(frozen=True, slots=True)
class VisitLinkAsked:
    """/visit in the group: `service` and `master` as typed, may be empty."""

    by: Sender
    chat_id: int
    message_id: int
    service: str
    master: str
    anonymous: bool = False


# ---- finding cases ----------------------------------------------------------------------------


class Scope(StrEnum):
    """Which cases are listed; the value stands in callback data."""

    OPEN = "open"
    MINE = "mine"
    LATE = "late"
    BRANCH = "branch"  # of: branch id
    WORDS = "words"  # of: a name, a telephone, a code, a number or words


@dataclass(frozen=True, slots=True)
class CasesAsked:
    """/cases, perhaps with what to look for. The answer is for the person alone, wherever it was asked."""

    by: Sender
    chat_id: int
    message_id: int
    words: str = ""
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class CasesTurned:
    """Pressed another list or page under a list of cases."""

    by: Sender
    tap: Tap
    scope: Scope
    of: str
    page: int  # from 0


@dataclass(frozen=True, slots=True)
class CaseAsked:
    """/case NUMBER (0 when it is no number), or a button of a list (`tap`)."""

    by: Sender
    chat_id: int
    message_id: int
    case_id: int
    anonymous: bool = False
    tap: Tap | None = None


# ---- the staff, in their private chat with the bot --------------------------------------------


class StaffCommand(StrEnum):
    """What a person of the staff may ask by a command; the value is the command."""

    SETUP = "setup"
    TEXTS = "texts"
    GIFTS = "gifts"
    HOURS = "hours"
    BRANCHES = "branches"
    PEOPLE = "people"
    OPTIONS = "options"
    CONTENT = "content"
    QR = "qr"
    LINKS = "links"
    TRY = "try"
    RELOAD = "reload"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class StaffCommanded:
    """Sent one of these commands; `message` is the whole of it, for whoever is no staff."""

    sender: Sender
    command: StaffCommand
    message: Message
    tap: Tap | None = None  # of the button that stands for the command


@dataclass(frozen=True, slots=True)
class DialogTapped:
    """Pressed a button of a dialog: of which, at which of its steps, and what the button says."""

    by: Sender
    tap: Tap
    dialog_id: int
    version: int
    answer: str


@dataclass(frozen=True, slots=True)
class UndoTapped:
    """Wants a saved change of the content undone."""

    by: Sender
    tap: Tap
    key: str


class TrialAction(StrEnum):
    """What a button of a try does; the value stands in callback data."""

    BEGIN = "go"
    AGAIN = "again"
    LEAVE = "leave"
    SHOW = "show"  # the check that would come in two days
    ENOUGH = "end"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class TrialTapped:
    """Pressed a button of a try; `case_id` 0 when it is about none."""

    by: Sender
    tap: Tap
    action: TrialAction
    case_id: int = 0


@dataclass(frozen=True, slots=True)
class ContentWorked:
    """What was asked of the owner's folder has been done, or could not be."""

    tg_id: int
    dialog_id: int
    outcome: WorkOutcome


# ---- vouchers ---------------------------------------------------------------------------------


class VoucherAction(StrEnum):
    """What a button of a voucher does; the value stands in callback data."""

    PICTURE = "qr"  # the customer wants the code as a picture
    REDEEM = "use"  # arg: branch id
    UNDO = "undo"  # the redemption was a slip
    MORE = "more"  # what else can be done with it
    EXTEND = "long"
    REVOKE = "end"  # arg: a reason, "" asks for one
    BACK = "back"


@dataclass(frozen=True, slots=True)
class VoucherShown:
    """A voucher's code was typed after /redeem (`typed`), or its picture was scanned; anybody may do that."""

    by: Sender
    chat_id: int
    message_id: int
    code: str
    typed: bool
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class VoucherTapped:
    """Pressed a button of a voucher. Who it is is checked here."""

    by: Sender
    tap: Tap
    gift_id: int
    action: VoucherAction
    arg: str = ""


# ---- joining and the group --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OwnerLinkOpened:
    """Somebody opened the owner's link; the token decides."""

    sender: Sender
    token: str


@dataclass(frozen=True, slots=True)
class ManagerLinkOpened:
    """Came by the link that the owner forwards to the manager."""

    sender: Sender
    token: str


@dataclass(frozen=True, slots=True)
class JoinAsked:
    """Somebody opened the link behind "it's me"; the token decides."""

    sender: Sender
    token: str


@dataclass(frozen=True, slots=True)
class JoinDecided:
    """The owner pressed a role under a request to join; `role` "" declines."""

    by: Sender
    tap: Tap
    person_id: int
    role: str


@dataclass(frozen=True, slots=True)
class ShiftChanged:
    """A person said "on shift" or "not on shift"."""

    by: Sender
    tap: Tap
    on: bool


@dataclass(frozen=True, slots=True)
class GroupLinkOpened:
    """The bot was added to a group by the `startgroup` link; the token decides."""

    by: Sender
    chat_id: int
    title: str
    token: str


@dataclass(frozen=True, slots=True)
class GroupRightsChanged:
    """The bot's own membership in a group changed; `missing` names rights that are wanted and absent."""

    by: Sender
    chat_id: int
    title: str
    inside: bool
    is_admin: bool
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupLookedAt:
    """Telegram has said, asked by us, what the bot may do in a group; `new`: it was bound just now."""

    chat_id: int
    inside: bool
    missing: tuple[str, ...] = ()
    new: bool = False


@dataclass(frozen=True, slots=True)
class GroupSetupAsked:
    """Somebody asks in a group how the bot stands there; `title` is the group's."""

    by: Sender
    chat_id: int
    title: str


@dataclass(frozen=True, slots=True)
class GroupMigrated:
    """A group turned into a supergroup and has a new id."""

    old_chat_id: int
    new_chat_id: int


@dataclass(frozen=True, slots=True)
class PersonLeftGroup:
    """Somebody left a group, or was removed from it."""

    chat_id: int
    tg_id: int


# ---- visits, time, deliveries, trouble --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VisitEnded:
    """A visit became known, or its times have changed; `ended_at` is UTC and may be ahead, money in minor units."""

    ext_id: str
    source: str
    ended_at: datetime
    branch_id: str
    service: str = ""
    master: str = ""
    customer_name: str = ""
    phone: str = ""
    amount: int | None = None
    currency: str = "RUB"
    language: str = ""
    token: str = ""  # of the one-time link
    arrived_at: datetime | None = None  # UTC; of a visit that lasts, such as a stay at a hotel


class TimerKind(StrEnum):
    """What falls due."""

    ASK = "ask"  # the question after a visit
    ARRIVAL = "arrival"  # the question during a visit
    DELAY = "delay"  # a step that waits may begin
    SILENCE = "silence"  # the reminder of a step
    QUIET = "quiet"  # nothing more was written for a while
    NO_WORDS = "no_words"  # nothing at all was written
    WAITING = "waiting"  # the deadline of a promise is near
    LATE = "late"  # the promise is about to break
    TAKEN = "taken"  # taken, and still no answer
    STILL_OPEN = "still_open"  # answered, and not resolved
    ALERT = "alert"  # a health case nobody has seen
    HEALTH_LATE = "health_late"
    CHECK = "check"
    CHECK_7D = "check_7d"
    NPS = "nps"
    REVIEW = "review"
    CAUSE = "cause"  # the cause was postponed to the evening
    PRAISE = "praise"  # the evening post
    PROMISE = "promise"  # something promised in a reply falls due; the wait is its number
    REQUEST = "request"  # a senior was asked, and has said nothing
    VOUCHER = "voucher"  # a gift that was not used will lapse soon


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer fell due. `wait` names the wait it belongs to: a wait that is over makes it mean nothing."""

    key: str
    kind: TimerKind
    wait: int
    customer_id: int | None = None
    case_id: int | None = None
    conversation_id: int | None = None
    visit_id: int | None = None
    branch_id: str = ""


class LetterKind(StrEnum):
    """Letters whose delivery changes something."""

    REPLY = "reply"  # a person's reply to the customer
    GIFT = "gift"
    PLAIN = "plain"  # any other message to a customer of a case
    STAFF = "staff"  # a private message to a person of the staff
    BELOW = "below"  # a customer's file, or words, under the card of the case
    ALERT = "alert"  # one that calls for an answer at once: a reply to it may be the answer
    REWRITE = "rewrite"  # asks for a new text of a reply: a reply to it is one to the customer
    ERASE = "erase"  # takes a copy in a staff chat away; ref 1: somebody has asked for it
    PRAISE = "praise"  # the evening post of a branch

    @property
    def to_staff(self) -> bool:
        """It goes to people of the staff."""
        return self in (
            LetterKind.STAFF,
            LetterKind.ALERT,
            LetterKind.BELOW,
            LetterKind.REWRITE,
        )


class Failure(StrEnum):
    """Why a letter did not arrive."""

    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"  # the account is gone
    TOO_BIG = "too_big"
    REFUSED = "refused"
    AWAY = "away"  # Telegram does not answer; still being tried

    @property
    def unreachable(self) -> bool:
        """Nothing reaches the person until they do something about it."""
        return self in (Failure.BLOCKED, Failure.DEACTIVATED)


@dataclass(frozen=True, slots=True)
class LetterSent:
    """Telegram has accepted a letter."""

    letter: LetterKind
    tg_id: int
    case_id: int | None
    ref: int  # number of the reply, id of the gift, else 0
    key: str = ""  # of the letter, so that it can be told from others that failed


@dataclass(frozen=True, slots=True)
class LetterFailed:
    """Telegram has refused a letter for good (or is being asked in vain: `AWAY`)."""

    letter: LetterKind
    tg_id: int
    case_id: int | None
    ref: int
    failure: Failure
    key: str = ""  # of the letter, so that it may be sent again


@dataclass(frozen=True, slots=True)
class TroubleNoticed:
    """Something the owner has to know; `key` is a text, `values` fill it."""

    key: str
    values: tuple[tuple[str, str], ...] = ()
    once: str = ""  # a name under which it is told once, however often it happens


@dataclass(frozen=True, slots=True)
class NothingHappened:
    """An update that asks for nothing (talk of the group, a pin); `tap` is answered so that the button stops."""

    why: str
    tap: Tap | None = None


CustomerEvent = (
    CustomerStarted
    | CustomerOpenedVisitLink
    | CustomerOpenedBranchLink
    | CustomerWrote
    | CustomerEdited
    | CustomerAnswered
    | CustomerWished
    | CustomerSharedPhone
    | CustomerCommanded
    | CustomerSetQuestions
    | CustomerChoseData
    | ConsentMissing
    | CustomerChoseLanguage
    | CustomerSetInvitations
    | CustomerBlockedBot
)
StaffEvent = StaffTapped | StaffWrote | StaffEdited | VisitLinkAsked
FindingEvent = CasesAsked | CasesTurned | CaseAsked
DialogEvent = StaffCommanded | DialogTapped | UndoTapped | TrialTapped | ContentWorked
VoucherEvent = CustomerChose | VoucherShown | VoucherTapped
RosterEvent = (
    OwnerLinkOpened
    | ManagerLinkOpened
    | JoinAsked
    | JoinDecided
    | ShiftChanged
    | GroupLinkOpened
    | GroupRightsChanged
    | GroupLookedAt
    | GroupSetupAsked
    | GroupMigrated
    | PersonLeftGroup
)
Event = (
    CustomerEvent
    | StaffEvent
    | FindingEvent
    | DialogEvent
    | VoucherEvent
    | RosterEvent
    | VisitEnded
    | TimerFired
    | LetterSent
    | LetterFailed
    | ErasureAsked
    | TroubleNoticed
    | NothingHappened
)
