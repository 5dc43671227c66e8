"""Persons with their accounts. What they do lives in acts/."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.sandbox.shapes import JsonObject

# Telegram's own account that stands as the author of what anonymous administrators write.
GROUP_ANONYMOUS_BOT: JsonObject = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


@dataclass(slots=True)
class Person:
    """Somebody with a Telegram account; `id` needs 64 bits, as in the real thing."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "ru"
    phone_number: str = ""
    deactivated: bool = False
    _user: JsonObject = field(default_factory=dict, compare=False)

    def user(self) -> JsonObject:
        """The `User` that bots see."""
        if self.deactivated:
            return {"id": self.id, "is_bot": False, "first_name": ""}
        if not self._user:
            self._user = {"id": self.id, "is_bot": False, "first_name": self.first_name}
            for name in ("last_name", "username", "language_code"):
                if value := getattr(self, name):
                    self._user[name] = value
        return self._user

    def chat(self) -> JsonObject:
        """The private chat with this person as bots see it."""
        user = self.user()
        names = ("first_name", "last_name", "username")
        return {
            "id": self.id,
            **{name: user[name] for name in names if name in user},
            "type": "private",
        }

    def title(self) -> str:
        return " ".join(filter(None, (self.first_name, self.last_name)))
