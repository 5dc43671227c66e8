"""Names of branches for links and posters: short, in Latin letters, the same for ever. Nothing is stored here."""

import re
from collections.abc import Collection
from itertools import count
from typing import Final
from unicodedata import normalize

_LATIN: Final = str.maketrans("абвгдезийклмнопрстуфхцыэё", "abvgdeziyklmnoprstufhcyee", "ъь") | {
    ord(letter): latin
    for letter, latin in zip("жчшщюя", ("zh", "ch", "sh", "sch", "yu", "ya"), strict=True)
}
_MOST: Final = 14  # characters, and two for a number
_LITTLE_WORDS: Final = ("na", "ul", "v", "the", "on")


def branch_id(name: str, taken: Collection[str]) -> str:
    """An id that the name can be recognised by, and that nobody has yet: «На Баумана» becomes `baumana`."""
    latin = normalize("NFKD", name.casefold().translate(_LATIN))
    plain = re.sub(r"[^a-z0-9]+", "_", latin).strip("_")
    words = [word for word in plain.split("_") if word not in _LITTLE_WORDS]
    stem = "_".join(words)[:_MOST].strip("_")
    if not stem[:1].isalpha():
        stem = f"b_{stem}"[:_MOST].strip("_")
    names = (stem if number == 1 else f"{stem}{number}" for number in count(1))
    return next(each for each in names if each not in taken)
