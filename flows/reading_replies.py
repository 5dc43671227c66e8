"""Reads a reply by the rules of its language: what stands in it, whoever it is for. What matters is lint.py's."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.promise_phrases import FoundTime, times_in
from flows.room import cut
from flows.tone import Findings, Form, Forms, FoundPromise, FoundWord, Known, Phrases, Rule, Tone
from flows.word_forms import Matcher, Word, plain, words_of

_MOST_PROMISES = 3
_PROMISE_MOST = 80
_SENTENCE_ENDS = re.compile(r"[!?…;\n]+|\.+(?=\s|$)")
_CLAUSE_ENDS = re.compile(r"[,:()—]|\s[-–]\s")
_JOINED_BY = re.compile(r"^(?:и|а|но|и тогда|and|but|so)\s+", re.IGNORECASE)
_CAPITAL_YOU = re.compile(r"(?<=[а-яё,]\s)(?:Вы|Вас|Вам|Вами|Ваш[а-я]*)\b")
_SHOUTED = re.compile(r"!!|\b[A-ZА-ЯЁ]{4,}\s+(?:[A-ZА-ЯЁ]+\s+)*[A-ZА-ЯЁ]{4,}\b")
_SMILEY = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF]|[:;]-?[)(D]|\){2,}")
_NAME = re.compile(r"\b[A-ZА-ЯЁ][a-zа-яё]+\b")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence: where it stands in the text, its words by number, and whether it is a question."""

    start: int
    end: int
    first: int
    last: int
    question: bool


class _Reply:
    """One reply while it is being read."""

    def __init__(self, text: str, tone: Tone, forms: Forms) -> None:
        self.text = text
        self.plain = plain(text)
        self.tone = tone
        self.forms = forms
        self.words = words_of(self.plain)
        self.matcher = Matcher(self.words, forms)
        self.sentences = tuple(self._sentences())
        self.times = tuple(tuple(_times(self, sentence)) for sentence in self.sentences)

    def _sentences(self) -> Iterator[_Sentence]:
        start, first = 0, 0
        ends = [(m.start(), m.end(), "?" in m[0]) for m in _SENTENCE_ENDS.finditer(self.plain)]
        for end, behind, question in (*ends, (len(self.plain), len(self.plain), False)):
            last = first
            while last < len(self.words) and self.words[last].start < end:
                last += 1
            if last > first:
                yield _Sentence(start, end, first, last, question)
            start, first = behind, last

    def has(self, phrases: Phrases) -> bool:
        return self.matcher.has(phrases)

    def within(self, phrases: Phrases, first: int, last: int) -> bool:
        """Some phrase stands among these words."""
        return any(first <= a and b <= last for a, b in self.matcher.find(phrases))


def read_reply(text: str, tone: Tone, forms: Forms) -> Findings:
    """Everything that the rules find in a reply; `forms` knows the words of its language."""
    reply = _Reply(text, tone, forms)
    promises = tuple(_promises(reply))[:_MOST_PROMISES] if any(reply.times) else ()
    return Findings(
        language=tone.language,
        length=len(text.strip()),
        words=tuple(
            FoundWord(rule.id, rule.say, rule.important)
            for rule in tone.words
            if reply.has(rule.phrases)
        ),
        rules=frozenset(_rules(reply)) - tone.off,
        asks=frozenset(_asks(reply)),
        names=tuple(_NAME.findall(text)),
        promises=promises if tone.promises else (),
    )


def _rules(reply: _Reply) -> Iterator[Rule]:
    tone, text = reply.tone, reply.text
    yield from _apology(reply)
    if reply.has(tone.nobody):
        yield Rule.WHO
    if reply.has(tone.elsewhere):
        yield Rule.CHANNEL
    if _said_of(reply, tone.calling, wanted="futr"):
        yield Rule.CALL
    if not any(reply.times) and _said_of(reply, tone.waiting):
        yield Rule.NEXT_TIME
    if tone.language == "ru" and _CAPITAL_YOU.search(text):
        yield Rule.CAPITAL_YOU
    if _SHOUTED.search(text):
        yield Rule.SHOUTING
    if _SMILEY.search(text):
        yield Rule.EMOJI


def _said_of(reply: _Reply, phrases: Phrases, wanted: str = "") -> bool:
    """A verb of the list that speaks of what we do, not of the past or of what the customer shall do."""
    return any(
        any(_is_ours(form, wanted) for form in reply.forms(reply.words[first].text))
        for first, _ in reply.matcher.find(phrases)
    )


def _is_ours(form: Form, wanted: str) -> bool:
    tags = form.tags
    if not tags & {"past", "impr", "2per", "futr", "pres", "INFN"}:
        return True  # a language whose forms say nothing of it, or a phrase that begins otherwise
    return not tags & {"past", "impr", "2per", "INFN"} and (not wanted or wanted in tags)


# ---- the apology ------------------------------------------------------------------------------


def _apology(reply: _Reply) -> Iterator[Rule]:
    places = list(reply.matcher.find(reply.tone.sorry))
    if not places:
        yield Rule.APOLOGY
    elif not any(_names_something(reply, first, last) for first, last in places):
        yield Rule.SORRY_FOR


def _names_something(reply: _Reply, first: int, last: int) -> bool:
    """Something is said in the sentence of the apology besides words that fit any apology, and names."""
    sentence = next(s for s in reply.sentences if s.first <= first < s.last)
    said = set(range(sentence.first, sentence.last)) - set(range(first, last))
    for vague in (reply.tone.sorry_vague, reply.tone.sorry):
        for a, b in reply.matcher.find(vague):
            said -= set(range(a, b))
    return any(_is_telling(reply, reply.words[place]) for place in said)


def _is_telling(reply: _Reply, word: Word) -> bool:
    return word.end - word.start > 2 and not reply.text[word.start].isupper()


# ---- asking for what is known -----------------------------------------------------------------


def _asks(reply: _Reply) -> Iterator[Known]:
    tone = reply.tone
    for sentence in reply.sentences:
        place = sentence.first, sentence.last
        if sentence.question or reply.within(tone.asking, *place):
            yield from (known for known, words in tone.known.items() if reply.within(words, *place))


# ---- promises ---------------------------------------------------------------------------------


def _times(reply: _Reply, sentence: _Sentence) -> Iterator[FoundTime]:
    """Times of a sentence, by where they stand in the whole text."""
    for found in times_in(reply.plain[sentence.start : sentence.end], reply.tone.language):
        yield FoundTime(sentence.start + found.start, sentence.start + found.end, found.time)


def _promises(reply: _Reply) -> Iterator[FoundPromise]:
    """Times beside a verb that commits us; without any verb, when the reply commits us elsewhere or has none."""
    for sentence, times in zip(reply.sentences, reply.times, strict=True):
        if sentence.question or not times:
            continue
        verbs = _verbs(reply, sentence)
        for found in times:
            verb, commits = _nearest(reply, verbs, found) or (None, _commits_elsewhere(reply))
            if commits:
                begins, ends = _clause(reply, sentence, found, verb)
                answer = any(
                    begins <= reply.words[first].start < ends
                    for first, _ in reply.matcher.find(reply.tone.answering)
                )
                yield FoundPromise(_as_said(reply, begins, ends), found.time, answer)


def _commits_elsewhere(reply: _Reply) -> bool:
    verbs = [verb for sentence in reply.sentences for verb in _verbs(reply, sentence)]
    return not verbs or any(commits for _, commits in verbs)


def _verbs(reply: _Reply, sentence: _Sentence) -> list[tuple[Word, bool]]:
    """The verbs of a sentence, and whether each says what we, or somebody of us, will do."""
    found = []
    for word in reply.words[sentence.first : sentence.last]:
        forms = [form.tags for form in reply.forms(word.text)]
        if forms and "VERB" in forms[0]:
            tags = forms[0]
            found.append((word, "futr" in tags and "2per" not in tags))
    return found


def _nearest(
    reply: _Reply, verbs: Sequence[tuple[Word, bool]], time: FoundTime
) -> tuple[Word, bool] | None:
    """The verb that a time belongs to: one of the same clause rather than a nearer one behind a comma."""

    def away(verb: tuple[Word, bool]) -> tuple[bool, int]:
        word = verb[0]
        low, high = (word.end, time.start) if word.end <= time.start else (time.end, word.start)
        return _CLAUSE_ENDS.search(reply.plain, low, max(low, high)) is not None, high - low

    return min(verbs, key=away, default=None)


def _clause(
    reply: _Reply, sentence: _Sentence, time: FoundTime, verb: Word | None
) -> tuple[int, int]:
    """Where the words of a promise stand: from the comma before to the comma behind."""
    low = min(time.start, verb.start) if verb else time.start
    high = max(time.end, verb.end) if verb else time.end
    said = reply.plain[sentence.start : sentence.end]
    commas = [sentence.start + comma.start() for comma in _CLAUSE_ENDS.finditer(said)]
    begins = max((at + 1 for at in commas if at < low), default=sentence.start)
    return begins, min((at for at in commas if at >= high), default=sentence.end)


def _as_said(reply: _Reply, begins: int, ends: int) -> str:
    """The author's words, ready to stand inside a sentence; a name keeps its capital letter."""
    words = _JOINED_BY.sub("", reply.text[begins:ends].strip(" ,:—–-()"))
    first = next(iter(words_of(plain(words))), None)
    forms = reply.forms(first.text) if first else ()
    if forms and "Name" not in forms[0].tags and words[1:2].islower() and forms[0].lemma != "i":
        words = words[0].lower() + words[1:]
    return cut(" ".join(words.split()), _PROMISE_MOST)
