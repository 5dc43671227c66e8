"""Values for the slots of texts, worked out only when a text asks for them."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from flows.moments import SHOWN
from flows.situation import Situation
from flows.values import VALUES


class Wording(Situation, Mapping[str, object]):
    """What may stand in a text said now, about this customer and case.

    `more` overrides by name; a datetime in it is shown as that slot is. Special names in `more` say whom or
    what the text is about: `agent` and `manager` (Person), `gift` (Gift), `offer` (Offer), `alerted` (people).
    """

    __slots__ = ()

    def __getitem__(self, name: str) -> object:
        if name in self.more:
            value = self.more[name]
            return SHOWN[name](self, value) if isinstance(value, datetime) else value
        return VALUES[name](self)

    def get(self, name: str, default: object = None) -> object:
        """The value, or `default` for a name that means nothing."""
        return self[name] if name in self.more or name in VALUES else default

    def __iter__(self) -> Iterator[str]:
        return iter({**VALUES, **self.more})

    def __len__(self) -> int:
        return len({**VALUES, **self.more})
