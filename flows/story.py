"""A customer's story: what of it stands on the card, and what has to stand in messages under it."""

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
