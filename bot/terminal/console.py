"""One conversation at a terminal or through a pipe: says sentences, asks questions, hides secrets."""

from __future__ import annotations

import getpass
import sys
from typing import Final, TextIO

from bot.terminal.words import Words

# What copying from a chat brings along: spaces of every kind, quotation marks, invisible joiners.
_AROUND: Final = " \t\r\n\u00a0\u200b\u200c\u200d\ufeff\"'«»`"


class NoMoreAnswers(Exception):
    """The input has ended before every question was answered."""


class Console:
    """`source` is where answers come from; what is said goes to `out`."""

    def __init__(
        self, words: Words, source: TextIO | None = None, out: TextIO | None = None
    ) -> None:
        self.words = words
        self._source = source or sys.stdin
        self._out = out or sys.stdout

    def say(self, key: str, **values: object) -> None:
        """A sentence on a line of its own."""
        self.show(self.words(key, **values))

    def show(self, text: str) -> None:
        """What is no sentence of ours: a path, a file, a command."""
        self._out.write(f"{text}\n")
        self._out.flush()

    def ask(self, key: str, *, secret: bool = False, **values: object) -> str:
        """The answer without what copying brings along; a secret one does not show on the screen.

        Raises NoMoreAnswers at the end of the input.
        """
        return self._asked(self.words(key, **values), secret=secret)

    def _asked(self, question: str, *, secret: bool = False) -> str:
        prompt = f"{question} "
        try:
            if secret and self._source.isatty():
                answer = getpass.getpass(prompt, stream=self._out)
            else:
                answer = self._line(prompt)
        except EOFError:
            raise NoMoreAnswers from None
        return answer.strip(_AROUND)

    def agrees(self, key: str, *, usual: bool = True, **values: object) -> bool:
        """Yes or no; nothing said means `usual`, and what is neither is asked again."""
        while True:
            answer = self._asked(self.words(key, **values)).casefold()
            if not answer:
                return usual
            if answer in self.words("yes_words").split():
                return True
            if answer in self.words("no_words").split():
                return False
            self.say("yes_or_no")

    def _line(self, prompt: str) -> str:
        self._out.write(prompt)
        self._out.flush()
        line = self._source.readline()
        if not line:
            self._out.write("\n")
            raise EOFError
        if not self._source.isatty():
            self._out.write("\n")  # nobody has pressed Enter
        return line
