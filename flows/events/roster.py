"""Who joined, left or is on shift, and what became of the group."""

from dataclasses import dataclass

from flows.events.basics import Sender, Tap
from flows.people import Use


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
    """The bot was added to a group by the `startgroup` link, or the managers' one; the token decides."""

    by: Sender
    chat_id: int
    title: str
    token: str
    forum: bool = False  # the group has topics
    managers: bool = False


@dataclass(frozen=True, slots=True)
class GroupUseChosen:
    """An owner pressed what a group is for, or one branch more or less; Use.UNSAID asks to be asked."""

    by: Sender
    tap: Tap
    chat_id: int
    use: Use
    branch_id: str = ""


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
    forum: bool = False  # the group has topics


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
