"""Who is who in a group: statuses and rights as `ChatMember` objects."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.shapes import JsonObject

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_direct_messages",
    "can_manage_tags",
    "can_send_welcome_messages",
)
MEMBER_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
PRESENT = {"creator", "administrator", "member", "restricted"}
STATUSES = PRESENT | {"left", "kicked"}


@dataclass(frozen=True, slots=True)
class Member:
    """One account in one group. `rights` holds what differs from the status's default."""

    status: str
    rights: dict[str, bool] = field(default_factory=dict)
    anonymous: bool = False
    custom_title: str = ""

    @property
    def present(self) -> bool:
        return self.status in PRESENT

    @property
    def administers(self) -> bool:
        return self.status in ("creator", "administrator")

    def may(self, right: str) -> bool:
        """Whether an administrator's right is held."""
        match self.status:
            case "creator":
                return True
            case "administrator":
                return self.rights.get(right, True)
            case _:
                return False

    def may_send(self, right: str) -> bool:
        """Whether a member's right, such as `can_send_messages`, is held."""
        return self.status != "restricted" or self.rights.get(right, False)

    def shown(self, user: JsonObject) -> JsonObject:
        """The `ChatMember` object."""
        shown: JsonObject = {"user": user, "status": self.status}
        match self.status:
            case "creator":
                shown["is_anonymous"] = self.anonymous
            case "administrator":
                shown |= {"can_be_edited": False, "is_anonymous": self.anonymous}
                shown |= {right: self.rights.get(right, True) for right in ADMIN_RIGHTS}
            case "restricted":
                shown |= {"is_member": True, "until_date": 0}
                shown |= {right: self.rights.get(right, False) for right in MEMBER_RIGHTS}
            case "kicked":
                shown["until_date"] = 0
        if self.custom_title and self.administers:
            shown["custom_title"] = self.custom_title
        return shown
