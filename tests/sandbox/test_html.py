"""HTML as Telegram parses it; offsets in refusals are bytes, offsets of entities UTF-16 units."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.html import parse
from bot.sandbox.refusals import Refused
from bot.sandbox.rendering import to_html

REFUSED = [
    ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
    ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
    ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
    ("🏟 🏟&lt;<i    aba>", 'Can\'t find end tag corresponding to start tag "i"'),
    ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
    ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
    ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
    ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
    ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
    ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
    (
        "🏟 🏟&lt;<i>a</em   >",
        'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"',
    ),
    (
        "&#57311;",
        "Text contains invalid Unicode characters after decoding HTML entities, "
        "check for unmatched surrogate code units",
    ),
    ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
]


@pytest.mark.parametrize(("source", "sentence"), REFUSED)
def test_what_does_not_parse_is_refused_in_telegrams_words(source: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(source)

    assert refused.value.description == f"Bad Request: can't parse entities: {sentence}"


PARSED: list[tuple[str, str, list[tuple[str, int, int]]]] = [
    ("", "", []),
    ("1 > 2 & 3", "1 > 2 & 3", []),
    ("&ge;&lt;&gt;&amp;&quot;&laquo;&#12345678;&Or;", '&ge;<>&"&laquo;&#12345678;&Or;', []),
    ("&#1046;&#x416;", "ЖЖ", []),
    ("➡️ ➡️<em>➡️ ➡️</em>", "➡️ ➡️➡️ ➡️", [("italic", 5, 5)]),
    ("🏟 🏟<i>🏟 &lt🏟</i>", "🏟 🏟🏟 <🏟", [("italic", 5, 6)]),
    (
        "🏟 🏟<i>🏟 &gt;<b aba   =   caba>&lt🏟</b></i>",
        "🏟 🏟🏟 ><🏟",
        [("italic", 5, 7), ("bold", 9, 3)],
    ),
    ("🏟 🏟&lt;<i>🏟 🏟&lt;</>", "🏟 🏟<🏟 🏟<", [("italic", 6, 6)]),
    ("🏟 🏟&lt;<b></b>", "🏟 🏟<", []),
    ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
    ("<s>a</s><strike>b</strike>", "ab", [("strikethrough", 0, 1), ("strikethrough", 1, 1)]),
    ("<tg-spoiler>тайна</tg-spoiler>", "тайна", [("spoiler", 0, 5)]),
    ('<span class="tg-spoiler">тайна</span>', "тайна", [("spoiler", 0, 5)]),
    ("<a>нет адреса</a>", "нет адреса", []),
    ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
    ('<tg-emoji emoji-id="12345">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
    ("<code>a</code><pre>b</pre>", "ab", [("code", 0, 1), ("pre", 1, 1)]),
]


@pytest.mark.parametrize(("source", "text", "entities"), PARSED)
def test_tags_become_entities(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    parsed, found = parse(source)

    assert parsed == text
    assert [(each["type"], each["offset"], each["length"]) for each in found] == entities


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ('<a href="telegram.org">x</a>', {"type": "text_link", "url": "http://telegram.org/"}),
        (
            "<a href='telegram.org?&lt;'>x</a>",
            {"type": "text_link", "url": "http://telegram.org?<"},
        ),
        ('<a href="tg://user?id=42">x</a>', {"type": "text_mention", "user": {"id": 42}}),
        ('<pre><code class="language-py">x</code></pre>', {"type": "pre", "language": "py"}),
    ],
)
def test_attributes_are_kept(source: str, entity: dict[str, Any]) -> None:
    assert parse(source) == ("x", [{"offset": 0, "length": 1, **entity}])


@pytest.mark.parametrize(
    "source",
    [
        "<b>Дана</b>, 🙂 <i>как <u>всё</u></i> прошло?",
        '<a href="https://maps.example/?a=1&amp;b=2">карта</a> &lt;3',
        "<blockquote expandable>много слов</blockquote>\n<code>A-17</code>",
        "<b><i>обе</i></b> и <tg-spoiler>тайна</tg-spoiler>",
    ],
)
def test_text_and_entities_turn_back_into_the_same_html(source: str) -> None:
    assert to_html(*parse(source)) == source
