"""What a message answers, in short: the words quoted, or the first line of what was replied to."""

from flows.events import Message
from flows.room import cut

_MOST = 60  # UTF-16 units


def answered_words(message: Message) -> str:
    """One short line, "" when the message answers nothing (or nothing that has words)."""
    lines = (" ".join(line.split()) for line in (message.quote or message.answers).split("\n"))
    return cut(next(filter(None, lines), ""), _MOST)
