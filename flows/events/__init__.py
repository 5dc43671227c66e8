"""What happened: frozen facts in the past tense, the only input of the rules. No Telegram types, no decisions.

A file for each family; the rooms beside import from here.
"""

from flows.events.basics import (
    Kind,
    Message,
    Sender,
    Tap,
)
from flows.events.customer import (
    Command,
    ConsentMissing,
    CustomerAnswered,
    CustomerBlockedBot,
    CustomerChose,
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
    DataChoice,
    ErasureAsked,
)
from flows.events.finding import (
    CaseAsked,
    CasesAsked,
    CasesTurned,
    Scope,
)
from flows.events.forum import TopicMade, TopicSeen, TopicsRefused
from flows.events.office import (
    ContentWorked,
    DialogTapped,
    StaffCommand,
    StaffCommanded,
    TrialAction,
    TrialTapped,
    UndoTapped,
)
from flows.events.roster import (
    GroupLinkOpened,
    GroupLookedAt,
    GroupMigrated,
    GroupRightsChanged,
    GroupSetupAsked,
    GroupUseChosen,
    JoinAsked,
    JoinDecided,
    ManagerLinkOpened,
    OwnerLinkOpened,
    PersonLeftGroup,
    ShiftChanged,
)
from flows.events.staff import (
    PreventionNamed,
    StaffAction,
    StaffEdited,
    StaffTapped,
    StaffWrote,
    SumNamed,
    VisitLinkAsked,
)
from flows.events.time_and_delivery import (
    ASKS_FOR_WORDS,
    Failure,
    LetterFailed,
    LetterKind,
    LetterSent,
    NothingHappened,
    TimerFired,
    TimerKind,
    TroubleNoticed,
    VisitEnded,
)
from flows.events.vouchers import (
    VoucherAction,
    VoucherShown,
    VoucherTapped,
)

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
    | CustomerChoseQuiet
    | CustomerSetInvitations
    | CustomerBlockedBot
)
StaffEvent = StaffTapped | StaffWrote | StaffEdited | VisitLinkAsked | PreventionNamed | SumNamed
FindingEvent = CasesAsked | CasesTurned | CaseAsked
DialogEvent = StaffCommanded | DialogTapped | UndoTapped | TrialTapped | ContentWorked
VoucherEvent = CustomerChose | VoucherShown | VoucherTapped
TopicEvent = TopicSeen | TopicMade | TopicsRefused
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
    | GroupUseChosen
    | GroupMigrated
    | PersonLeftGroup
)
Event = (
    CustomerEvent
    | TopicEvent
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


__all__ = [
    "ASKS_FOR_WORDS",
    "CaseAsked",
    "CasesAsked",
    "CasesTurned",
    "Command",
    "ConsentMissing",
    "ContentWorked",
    "CustomerAnswered",
    "CustomerBlockedBot",
    "CustomerChose",
    "CustomerChoseData",
    "CustomerChoseLanguage",
    "CustomerChoseQuiet",
    "CustomerCommanded",
    "CustomerEdited",
    "CustomerEvent",
    "CustomerOpenedBranchLink",
    "CustomerOpenedVisitLink",
    "CustomerSetInvitations",
    "CustomerSetQuestions",
    "CustomerSharedPhone",
    "CustomerStarted",
    "CustomerWished",
    "CustomerWrote",
    "DataChoice",
    "DialogEvent",
    "DialogTapped",
    "ErasureAsked",
    "Event",
    "Failure",
    "FindingEvent",
    "GroupLinkOpened",
    "GroupLookedAt",
    "GroupMigrated",
    "GroupRightsChanged",
    "GroupSetupAsked",
    "GroupUseChosen",
    "JoinAsked",
    "JoinDecided",
    "Kind",
    "LetterFailed",
    "LetterKind",
    "LetterSent",
    "ManagerLinkOpened",
    "Message",
    "NothingHappened",
    "OwnerLinkOpened",
    "PersonLeftGroup",
    "PreventionNamed",
    "RosterEvent",
    "Scope",
    "Sender",
    "ShiftChanged",
    "StaffAction",
    "StaffCommand",
    "StaffCommanded",
    "StaffEdited",
    "StaffEvent",
    "StaffTapped",
    "StaffWrote",
    "SumNamed",
    "Tap",
    "TimerFired",
    "TimerKind",
    "TopicEvent",
    "TopicMade",
    "TopicSeen",
    "TopicsRefused",
    "TrialAction",
    "TrialTapped",
    "TroubleNoticed",
    "UndoTapped",
    "VisitEnded",
    "VisitLinkAsked",
    "VoucherAction",
    "VoucherEvent",
    "VoucherShown",
    "VoucherTapped",
]
