"""What /branches says of the staff's groups: which one a branch has, and the buttons that change it."""

from flows.book import Branch
from flows.draft import Draft
from flows.group_use import is_a_choice
from flows.links import to_choose_group, to_choose_managers_group
from flows.people import Use
from flows.presses import Button, GroupPress, Rows


def of_branch(draft: Draft, branch: Branch) -> str:
    """The title of the group where cards of the branch come."""
    chat = draft.facts.staff_chats.of_branch(branch.id)
    return chat.title if chat is not None else draft.words().phrase("phrase.group.none")


def choice(draft: Draft) -> Rows:
    """A button for each group there is, and one that brings another."""
    another = (Button("choose_group", to_choose_group(draft.facts.tokens)),)
    chats = draft.facts.staff_chats.chats if is_a_choice(draft) else ()
    named = (
        (Button("group_named", GroupPress(chat.chat_id, Use.UNSAID), {"group": chat.title}),)
        for chat in chats
    )
    return (*named, another)


def managers(draft: Draft) -> Rows:
    """The managers' group: how it is used, or how it is bound."""
    chat = draft.facts.staff_chats.managers
    if chat is not None:
        press = GroupPress(chat.chat_id, Use.UNSAID)
        return ((Button("group_named", press, {"group": chat.title}),),)
    return ((Button("managers_group", to_choose_managers_group(draft.facts.tokens)),),)
