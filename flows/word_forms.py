"""Words of a text and phrases among them; what a word's forms are is asked of whoever knows the language."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.tone import Form, Forms, Phrase, Phrases

_BEGINNING = (
    3  # letters that all forms of a word share; of those that do not, the lists have each form
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+")
_COMMITS = frozenset({"will", "ll", "shall", "promise", "gonna"})
_STATES = frozenset(
    (
        *("is", "are", "re", "m", "was", "were", "been", "had", "has", "have", "must", "please"),
        *("can", "could", "would", "may", "might", "waited", "visited", "came", "opened"),
        *("closes", "called", "booked", "left", "got"),
    )
)
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""))


@dataclass(frozen=True, slots=True)
class Word:
    """A word in lower case with ё as е, and where it stands."""

    text: str
    start: int
    end: int


def plain(text: str) -> str:
    """Lower case, ё as е, one kind of apostrophe; letters whose small form is longer stay as they are."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower.replace("ё", "е").replace("’", "'")


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text that is `plain` already."""
    return tuple(Word(m[0], m.start(), m.end()) for m in _WORD.finditer(text))


class Matcher:
    """Looks for phrases in one text; forms are asked only for words that may be meant."""

    def __init__(self, words: Sequence[Word], forms: Forms) -> None:
        """Take the words of a text in order, and who knows their forms."""
        self._words = words
        self._forms = forms
        self._at: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            self._at.setdefault(word.text, []).append(place)
        self._by_beginning: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            self._by_beginning.setdefault(word.text[:_BEGINNING], []).append(place)

    def find(self, phrases: Phrases) -> Iterator[tuple[int, int]]:
        """Places (first word, behind the last) where a phrase stands and no exception covers it."""
        found = [*self._exact(phrases.exact), *self._any_form(phrases.any_form)]
        if not found:
            return
        excepted = list(self._exact(phrases.but))
        for first, last in sorted(found):
            if not any(a <= first and last <= b for a, b in excepted):
                yield first, last

    def has(self, phrases: Phrases) -> bool:
        """Some phrase stands in the text."""
        return next(self.find(phrases), None) is not None

    def _exact(self, phrases: tuple[Phrase, ...]) -> Iterator[tuple[int, int]]:
        for phrase in phrases:
            for first in self._at.get(phrase[0], ()):
                last = first + len(phrase)
                if tuple(word.text for word in self._words[first:last]) == phrase:
                    yield first, last

    def _any_form(self, phrases: tuple[Phrase, ...]) -> Iterator[tuple[int, int]]:
        for phrase in phrases:
            for first in self._by_beginning.get(phrase[0][:_BEGINNING], ()):
                last = first + len(phrase)
                if last <= len(self._words) and all(
                    self._is_form(self._words[first + n].text, lemma)
                    for n, lemma in enumerate(phrase)
                ):
                    yield first, last

    def _is_form(self, word: str, lemma: str) -> bool:
        """The same beginning first: it costs nothing, and forms that change it are written out as exact."""
        if word == lemma:
            return True
        if word[:_BEGINNING] != lemma[:_BEGINNING]:
            return False
        return any(form.lemma == lemma for form in self._forms(word))


def english_forms(word: str) -> tuple[Form, ...]:
    """Every word that this one may be a regular form of; enough for lists of English words."""
    found = {word}
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word.removesuffix(ending) + instead
            found |= {stem, stem[:-1]} if stem[-1:] == stem[-2:-1] else {stem}
    found |= {f"{word.removesuffix('ing')}e"} if word.endswith("ing") else set()
    tags = {"VERB", "futr", "1per"} if word in _COMMITS else {"VERB"} if word in _STATES else set()
    return tuple(Form(lemma, frozenset(tags)) for lemma in found)
