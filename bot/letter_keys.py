"""How the rows of one letter are named in the outbox. What is in them: messages.py."""

_SIGNATURE = ":signature"


def keys_of_letter(key: str) -> tuple[str, str]:
    """A letter may need a second row, for a signature that has no room below a file."""
    return key, f"{key}{_SIGNATURE}"


def letter_key(row_key: str) -> str:
    """The key of the letter that a row belongs to."""
    return row_key.removesuffix(_SIGNATURE)
