"""How rows are named in the outbox, so that none is there twice. What is in them: messages.py."""

_SIGNATURE = ":signature"


def keys_of_letter(key: str) -> tuple[str, str]:
    """A letter may need a second row, for a signature that has no room below a file."""
    return key, f"{key}{_SIGNATURE}"


def letter_key(row_key: str) -> str:
    """The key of the letter that a row belongs to."""
    return row_key.removesuffix(_SIGNATURE)


def deleting_key(chat_id: int, message_id: int) -> str:
    """A message is deleted once, however often a copy that still stands is tapped: the group's limit pays for it."""
    return f"delete:{chat_id}:{message_id}"
