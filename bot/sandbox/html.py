"""HTML as Telegram reads it: tags to entities, refusals in its words with offsets in bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.sandbox.entities import in_order, length16
from bot.sandbox.links import checked_link
from bot.sandbox.refusals import Refused, bad_request
from bot.sandbox.shapes import JsonObject

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(?P<dec>\d+)|#[xX](?P<hex>[0-9a-fA-F]+)|(?P<name>[a-z]+));?")
_SPACE = " \t\r\n\v\f"
_MARK = re.compile(r"[<&]")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_MENTION = re.compile(r"tg://user\?id=(\d+)")


@dataclass(slots=True)
class _Open:
    tag: str
    at: int
    offset: int
    length: int
    attributes: dict[str, str] = field(default_factory=dict)


def parse(source: str) -> tuple[str, list[JsonObject]]:
    """Plain text and entities in UTF-16 units; raises Refused where Telegram does."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.pos = 0
        self.parts: list[str] = []
        self.units = 0
        self.open: list[_Open] = []
        self.entities: list[JsonObject] = []

    def run(self) -> tuple[str, list[JsonObject]]:
        while (mark := _MARK.search(self.source, self.pos)) is not None:
            self.write(self.source[self.pos : mark.start()])
            self.pos = mark.start()
            if mark.group() == "&":
                self.write(self.reference())
            elif self.source.startswith("</", self.pos):
                self.end_tag()
            else:
                self.start_tag()
        self.write(self.source[self.pos :])
        if self.open:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.parts), in_order(_joined(self.entities))

    def write(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.units += length16(text)

    def peek(self) -> str:
        return self.source[self.pos : self.pos + 1]

    def skip_space(self) -> None:
        while self.peek() and self.peek() in _SPACE:
            self.pos += 1

    def reference(self) -> str:
        """The character that `&...;` stands for, or the ampersand alone."""
        match = _REFERENCE.match(self.source, self.pos)
        character = _decoded(match) if match else None
        if match is None or character is None:
            self.pos += 1
            return "&"
        self.pos = match.end()
        if match["name"] and not match.group().endswith(";"):
            # `&lt` without its semicolon may have swallowed the letters that follow.
            self.pos = match.start() + 1 + len(_short_name(match["name"]))
        return character

    def bytes_at(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def start_tag(self) -> None:
        at, self.pos = self.pos, self.pos + 1
        name = self.word(_SPACE + ">").lower()
        if not self.peek():
            raise _refused(f"Unclosed start tag at byte offset {self.bytes_at(at)}")
        if name not in _TAGS:
            raise _refused(f'Unsupported start tag "{name}" at byte offset {self.bytes_at(at)}')
        attributes = self.attributes(name, at)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _refused(
                f'Tag "span" must have class "tg-spoiler" at byte offset {self.bytes_at(at)}'
            )
        length = sum(map(len, self.parts))
        self.open.append(_Open(name, at, self.units, length, attributes))

    def word(self, ends: str) -> str:
        start = self.pos
        while self.peek() and self.peek() not in ends:
            self.pos += 1
        return self.source[start : self.pos]

    def attributes(self, tag: str, at: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self.skip_space()
            if self.peek() == ">":
                self.pos += 1
                return found
            name = self.word(_SPACE + "=>").lower()
            if not name and self.peek():
                raise _refused(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self.bytes_at(at)}'
                )
            self.skip_space()
            if self.peek() != "=":
                found[name] = ""
            else:
                self.pos += 1
                self.skip_space()
                found[name] = self.value(at) if self.peek() else ""
            if not self.peek():
                raise _refused(f'Unclosed start tag "{tag}" at byte offset {self.bytes_at(at)}')

    def value(self, at: int) -> str:
        quote = self.peek()
        if quote not in "\"'":
            match = _TOKEN.match(self.source, self.pos)
            token = match.group() if match else ""
            begin, self.pos = self.pos, self.pos + len(token)
            if self.peek() and self.peek() not in _SPACE + ">":
                raise _refused(
                    f"Unexpected end of name token at byte offset {self.bytes_at(begin)}"
                )
            return token.lower()
        self.pos += 1
        letters: list[str] = []
        while (letter := self.peek()) and letter != quote:
            if letter == "&":
                letters.append(self.reference())
            else:
                letters.append(letter)
                self.pos += 1
        if not letter:
            raise _refused(f"Unclosed start tag at byte offset {self.bytes_at(at)}")
        self.pos += 1
        return "".join(letters)

    def end_tag(self) -> None:
        at, self.pos = self.pos, self.pos + 2
        if not self.open:
            raise _refused(f"Unexpected end tag at byte offset {self.bytes_at(at)}")
        name = self.word(_SPACE + ">").lower()
        self.skip_space()
        if self.peek() != ">":
            raise _refused(f"Unclosed end tag at byte offset {self.bytes_at(at)}")
        self.pos += 1
        opened = self.open.pop()
        if name not in ("", opened.tag):
            raise _refused(
                f"Unmatched end tag at byte offset {self.bytes_at(at)}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.units > opened.offset:
            self.close(opened)

    def close(self, opened: _Open) -> None:
        kind = _TAGS[opened.tag]
        entity: JsonObject = {
            "offset": opened.offset,
            "length": self.units - opened.offset,
            "type": kind,
        }
        if kind == "text_link":
            target = opened.attributes.get("href") or "".join(self.parts)[opened.length :]
            mention = _MENTION.fullmatch(target)
            link = checked_link(target)
            if mention:
                entity |= {"type": "text_mention", "user": {"id": int(mention[1])}}
            elif link is None:
                return
            else:
                entity["url"] = link
        elif kind == "custom_emoji":
            if not opened.attributes.get("emoji-id", "").isdigit():
                raise _refused("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.attributes["emoji-id"]
        elif kind == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        elif kind == "code" and opened.attributes.get("class", "").startswith("language-"):
            entity["language"] = opened.attributes["class"].removeprefix("language-")
        self.entities.append(entity)


def _decoded(match: re.Match[str]) -> str | None:
    if match["name"]:
        short = _short_name(match["name"])
        whole = match["name"] == short or not match.group().endswith(";")
        return _NAMED.get(short) if whole else None
    digits = match["dec"] or match["hex"]
    code = int(digits, 10 if match["dec"] else 16)
    if code == 0 or code > 0x10FFFF:
        return None
    if 0xD800 <= code <= 0xDFFF:
        raise _refused(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code)


def _short_name(name: str) -> str:
    return next((short for short in _NAMED if name.startswith(short)), name)


def _joined(entities: list[JsonObject]) -> list[JsonObject]:
    """`<pre><code class="language-x">` over the same words is one entity with a language."""
    kept: list[JsonObject] = []
    for entity in entities:
        last = kept[-1] if kept else None
        if (
            last is not None
            and {last["type"], entity["type"]} == {"pre", "code"}
            and (last["offset"], last["length"]) == (entity["offset"], entity["length"])
            and (language := last.get("language") or entity.get("language"))
        ):
            kept[-1] = {
                "offset": entity["offset"],
                "length": entity["length"],
                "type": "pre",
                "language": language,
            }
        else:
            kept.append(entity)
    for entity in kept:
        if entity["type"] == "code":
            entity.pop("language", None)
    return kept


def _refused(sentence: str) -> Refused:
    return bad_request(f"can't parse entities: {sentence}")
