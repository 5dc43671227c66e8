"""What an owner sees of a text they change: its title, what is filled in, how it will look. No talk, no files."""

import html
import re
from collections.abc import Iterator, Mapping

from flows.book import WordList
from flows.draft import Draft
from flows.flow import Trigger
from flows.room import cut, shown_units
from flows.template import TemplateError, parse_template, without_tags
from flows.text_keys import MAIN_TEXTS
from flows.texts import Markup, Texts
from flows.variables import EXAMPLES

_QUOTE = re.compile(r"</?blockquote[^>]*>")
_NOT_FOR_CUSTOMERS = ("staff.", "owner.", "join.", "try.", "setup.", "dialog.", "command.")
_TITLE_MOST = 40  # characters of a text on its button
_SHOWN_MOST = 3000  # units; Telegram's 4096 are also for what stands around the text
_SECTIONS = ("texts", "buttons")


def languages(draft: Draft) -> tuple[str, ...]:
    """The languages whose texts may be changed, the business's own first."""
    return draft.facts.content.languages


def texts_in(draft: Draft, language: str) -> Texts:
    """The texts of that language."""
    return draft.facts.content.book.texts_in(language)


def main_texts(draft: Draft) -> dict[str, str]:
    """The texts that matter most: the name of their button to their key."""
    book = draft.facts.content.book
    asking = next((f for f in book.flows.values() if f.trigger is Trigger.VISIT), None)
    asked = asking.steps[asking.start].say if asking is not None else None
    main = {**({"ask": asked} if asked else {}), **MAIN_TEXTS}
    return {name: key for name, key in main.items() if book.texts.has(key)}


def title_of(draft: Draft, section: str, key: str) -> str:
    """What the owner calls the text: its button's label, or its key."""
    texts = draft.facts.content.book.texts
    name = next((n for n, k in main_texts(draft).items() if k == key and section == "texts"), "")
    return texts.label(f"edit_text.{name}") if name else key


def found(texts: Texts, words: str) -> list[tuple[str, str]]:
    """Section and key of every text whose key or wording has these words; the key's own matches first."""
    wanted = _plain(words)
    by_key, by_words = list[tuple[str, str]](), list[tuple[str, str]]()
    for section in _SECTIONS:
        for key, said in texts.written(section).items():
            if wanted in key.casefold():
                by_key.append((section, key))
            elif wanted in _plain(without_tags(said)):
                by_words.append((section, key))
    return by_key + by_words


def beginning(said: str) -> str:
    """The first words of a text, for a button."""
    line = " ".join(html.unescape(without_tags(said)).split())
    return line if len(line) <= _TITLE_MOST else f"{line[:_TITLE_MOST].rstrip()}…"


def shown(said: str) -> Markup:
    """A text as it is written, inside a quotation: Telegram nests none. One too long loses its end and its tags."""
    if shown_units(said) <= _SHOWN_MOST:
        return Markup(_QUOTE.sub("", said))
    return Markup(_escape(cut(html.unescape(without_tags(said)), _SHOWN_MOST)))


def slots_line(said: str, examples: Mapping[str, str]) -> Markup:
    """What is filled in, each with an example."""
    names = _names(said)
    return Markup(
        ", ".join(f"<code>{{{name}}}</code> ({_escape(examples[name])})" for name in names)
    )


def preview(said: str, examples: Mapping[str, str]) -> Markup:
    """The text as a customer will read it, with examples filled in."""
    return shown(parse_template(said).fill(examples, lambda value: _escape(str(value))))


def examples(draft: Draft) -> Mapping[str, str]:
    """Examples for every slot; the business's own facts where it has them."""
    business, words = draft.facts.content.business, draft.facts.content.catalogue.words
    own = {
        "brand": business.brand,
        "branch": business.branches[0].name if len(business.branches) > 1 else "",
        "phone_public": business.phone,
        "place": words["place"],
        "to_team": words["to_team"],
    }
    return {**EXAMPLES, **own}


def hints(draft: Draft, key: str, said: str) -> str:
    """Words that read badly to somebody who is upset; "" when there are none, or no customer reads it."""
    if key.startswith(_NOT_FOR_CUSTOMERS):
        return ""
    phrases = draft.facts.content.book.texts.phrases
    avoided = [word.strip() for word in phrases["phrase.tone_words"].split(",")]
    plain = without_tags(said)
    used = [word for word in avoided if WordList(phrases=(_plain(word),)).found_in(plain)]
    if not used:
        return ""
    return phrases["phrase.tone_hint"].format(words=", ".join(f"«{word}»" for word in used))


def _names(said: str) -> Iterator[str]:
    try:
        names = parse_template(said).names
    except TemplateError:
        return iter(())
    return iter(sorted(name for name in names if name in EXAMPLES))


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("ё", "е").split())


def _escape(value: str) -> str:
    return html.escape(value, quote=False)
