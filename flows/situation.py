"""What a text is said about: the customer, the case, the moment, and whom or what it names. Only looked up here."""

import re
from collections.abc import Mapping
from datetime import datetime

from flows.book import Branch, Content, Topic
from flows.case import Care
from flows.facts import Facts
from flows.phrases import Phrases

_SLOT = re.compile(r"\{(\w+)\}")


class Situation:
    """A customer with the case in hand, at a moment (UTC); `more` is what this one text is about besides.

    `content` is today's in the language of whoever reads the text; without it, the business's own.
    """

    __slots__ = ("care", "content", "facts", "moment", "more", "phrases")

    def __init__(
        self,
        care: Care,
        facts: Facts,
        moment: datetime,
        more: Mapping[str, object],
        content: Content | None = None,
    ) -> None:
        self.care = care
        self.facts = facts
        self.moment = moment
        self.more = more
        self.content = content = content or facts.content
        self.phrases = Phrases(
            content.book.texts.phrases, self.branch.hours.zone, content.business.locale
        )

    @property
    def branch(self) -> Branch:
        """The branch that the case, or the visit, is about."""
        case, visit = self.care.case, self.care.visit
        branch_id = case.branch_id if case else visit.branch_id if visit else None
        return self.content.business.branch(branch_id)

    @property
    def topic(self) -> Topic:
        """The topic of the case; `other` without one."""
        return self.content.catalogue.topic(self.care.case.topic if self.care.case else None)

    def phrase(self, key: str, **values: object) -> str:
        """A phrase of the content with its slots filled; "" when there is none."""
        phrase = self.content.book.texts.phrases.get(key, "")
        return _SLOT.sub(lambda slot: str(values.get(slot[1], "")), phrase)
