"""Which text of the content a message is: tests name what was said by its key. Knows nothing of who said it."""

import re
from functools import cache

from ruamel.yaml import YAML

from flows.book import Content

_PART = re.compile(r"\[\[|\]\]|\{\w+\}|\s+")
_TAG = re.compile(r"<[^>]*>")
_LEAST_WORDS = 8  # letters of its own that a text needs to be told from what people write


def said(messages: list[str], content: Content) -> list[str]:
    """For each message the key of its text; what a person wrote stays as it is."""
    source = content.book.source["texts/ru.yaml"]
    return [_key_of(message, source) or message for message in messages]


def _key_of(message: str, source: str) -> str | None:
    fitting = [
        (weight, key) for key, weight, shape in _shapes(source) if shape.fullmatch(message.strip())
    ]
    return max(fitting)[1] if fitting else None


@cache
def _shapes(source: str) -> list[tuple[str, int, re.Pattern[str]]]:
    texts = YAML(typ="safe").load(source)["texts"]
    shapes = [(key, *_shape(_TAG.sub("", text))) for key, text in texts.items()]
    return [each for each in shapes if each[1] >= _LEAST_WORDS]


def _shape(text: str) -> tuple[int, re.Pattern[str]]:
    """How many letters the text has of its own, and what it looks like when its slots are filled."""
    out, weight, end, depth = [], 0, 0, 0
    for part in _PART.finditer(text):
        literal = text[end : part.start()]
        out.append(re.escape(literal))
        weight += len(literal) * (depth == 0)
        end = part.end()
        match part[0]:
            case "[[":
                depth += 1
                out.append("(?:")
            case "]]":
                depth -= 1
                out.append(")?")
            case slot if slot.startswith("{"):
                out.append(".*?")
            case _:
                out.append(r"\s*")
    out.append(re.escape(text[end:]))
    weight += len(text[end:])
    return weight, re.compile("".join(out), re.DOTALL | re.IGNORECASE)
