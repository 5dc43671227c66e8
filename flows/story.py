"""A customer's story: what of it stands on the card, and what has to stand in messages under it."""

from itertools import islice, repeat

from flows.case import Case, Origin
from flows.room import units

ON_CARD = (
    2000  # UTF-16 units: the whole card stays under Telegram's 4096 with everything else it says
)
KEPT = 60  # messages kept on the case word for word; every message is kept beside it


def told(story: tuple[str, ...]) -> str:
    """The story as one text."""
    return "\n".join(story)


def has_room(story: tuple[str, ...], words: str) -> bool:
    """The card shows these words whole, below what was written before."""
    return len(story) < KEPT and units(told((*story, words))) <= ON_CARD


def is_longer(story: tuple[str, ...]) -> bool:
    """Some of it stands in messages under the card."""
    return len(story) >= KEPT or units(told(story)) > ON_CARD


def with_words(case: Case, words: str, origin: Origin) -> dict[str, object]:
    """Fields of the case with these words as the last entry of its story, as far as it is kept."""
    missing = repeat(Origin(), len(case.story) - len(case.origins))
    story = (*case.story, words)
    return {"story": story[:KEPT], "origins": (*case.origins, *missing, origin)[:KEPT]}


def place_of(case: Case, message_id: int) -> int | None:
    """Which entry of the story came from this message of the customer."""
    known = islice(case.origins, len(case.story))
    return next((at for at, each in enumerate(known) if each.message_id == message_id), None)


def reworded(case: Case, place: int, words: str) -> tuple[str, ...]:
    """The story with other words in one entry."""
    return (*case.story[:place], words, *case.story[place + 1 :])
