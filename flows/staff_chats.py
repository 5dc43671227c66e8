"""Which group of the staff serves what: a branch, every branch without one, the manager. Only data is asked here."""

from dataclasses import dataclass

from flows.people import StaffChat, Use


@dataclass(frozen=True, slots=True)
class StaffChats:
    """All groups that the owner has bound, whether the bot is there at the moment or not."""

    chats: tuple[StaffChat, ...] = ()

    def of(self, chat_id: int) -> StaffChat | None:
        """The group with this id."""
        return next((chat for chat in self.chats if chat.chat_id == chat_id), None)

    @property
    def common(self) -> StaffChat | None:
        """The group of every branch that has none of its own."""
        return self._used_for(Use.ALL)

    @property
    def managers(self) -> StaffChat | None:
        """The manager's group, whether the bot can write there or not."""
        return self._used_for(Use.MANAGER)

    @property
    def bound(self) -> tuple[StaffChat, ...]:
        """Groups where cards of branches come."""
        return tuple(c for c in self.chats if c.use in (Use.ALL, Use.BRANCHES))

    @property
    def inside(self) -> bool:
        """The bot is in a group where cards of branches come."""
        return any(chat.inside for chat in self.bound)

    def own(self, branch_id: str) -> StaffChat | None:
        """The group that is bound to this very branch."""
        return next((chat for chat in self.chats if branch_id in chat.branches), None)

    def of_branch(self, branch_id: str) -> StaffChat | None:
        """Where cards of the branch come now: its own group, or the common one as long as the bot cannot write
        there. When it can write nowhere, the group where they wait."""
        places = [chat for chat in (self.own(branch_id), self.common) if chat is not None]
        return next((chat for chat in places if chat.writable), places[0] if places else None)

    @property
    def for_manager(self) -> StaffChat | None:
        """The manager's group, as long as the bot can write there."""
        chat = self.managers
        return chat if chat is not None and chat.writable else None

    @property
    def anywhere(self) -> StaffChat | None:
        """Some group that is read by somebody, the common one first."""
        places = (self.common, *self.bound)
        return next((chat for chat in places if chat is not None and chat.writable), self.common)

    def instead_of(self, chat: StaffChat) -> StaffChat | None:
        """Where cards of the branches of this group come as long as the bot cannot write there."""
        common = self.common
        if chat.use is not Use.BRANCHES or common is None or not common.writable:
            return None
        return common

    def _used_for(self, use: Use) -> StaffChat | None:
        return next((chat for chat in self.chats if chat.use is use), None)
