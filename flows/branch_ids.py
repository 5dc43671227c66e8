"""Names of branches for links: short, in Latin letters, the same for ever. Nothing is stored here."""

import re
from collections.abc import Collection
from typing import Final
from unicodedata import normalize

_LATIN: Final = dict(zip("абвгдезийклмнопрстуфхцыэ", "abvgdeziyklmnoprstufhcye", strict=True)) | {
    **dict.fromkeys("ъь", ""),
    "ж": "zh",
    "ч": "ch",
    "ш": "sh",
    "щ": "sch",
    "ю": "yu",
    "я": "ya",
    "ё": "e",
}
_MOST: Final = 16
_NAMELESS: Final = "branch"


def branch_id(name: str, taken: Collection[str]) -> str:
    """An id that the name can be recognised by, and that nobody has yet: «На Баумана» becomes `na_baumana`."""
    plain = (
        normalize("NFKD", "".join(_LATIN.get(c, c) for c in name.casefold()))
        .encode("ascii", "ignore")
        .decode()
    )
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_MOST].strip("_")
    start = words if words[:1].isalpha() else f"{_NAMELESS}_{words}".strip("_")[:_MOST]
    found, number = start, 1
    while found in taken:
        number += 1
        found = f"{start}_{number}"
    return found
