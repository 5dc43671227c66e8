"""Numbers as people type them: prices, days. What they mean is decided elsewhere."""

import re

_NUMBER = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}))?")
_AROUND = re.compile(
    r"[\s\u00a0\u202f_₽$€]|руб(?:лей|ля|ль|\.)?|р\.|дн(?:ей|я)|день", re.IGNORECASE
)


def read_number(text: str) -> int | float | None:
    """`1 200 ₽`, `99,50`, `60 дней`; None when it is no number."""
    found = _NUMBER.fullmatch(_AROUND.sub("", text.strip()))
    if found is None:
        return None
    return int(found[1]) if found[2] is None else float(f"{found[1]}.{found[2]}")


def line_of_gift(text: str) -> tuple[str, int | float, int | float] | None:
    """`маска для волос, 1200, 150`: what, its price, its cost; the words may have commas of their own."""
    parts = [part.strip() for part in " ".join(text.split()).split(",")]
    if len(parts) < 3:
        return None
    price, cost = read_number(parts[-2]), read_number(parts[-1])
    title = ", ".join(parts[:-2]).rstrip(" .")
    if not title or price is None or cost is None:
        return None
    return title, price, cost
