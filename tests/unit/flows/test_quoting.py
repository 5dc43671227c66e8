"""What a message answers, in one short line."""

import pytest

from flows.events import Kind, Message
from flows.quoting import answered_words


@pytest.mark.parametrize(
    ("answers", "quote", "line"),
    [
        ("", "", ""),
        ("Ждём вас\n\nГузель, администратор", "", "Ждём вас"),
        ("Ждём вас\nв  10", "в  10", "в 10"),
        ("\n \nДа", "", "Да"),
        ("ж" * 61, "", "ж" * 59 + "…"),
    ],
)
def test_what_is_answered_is_one_short_line(answers: str, quote: str, line: str) -> None:
    message = Message(1, 2, Kind.TEXT, "Хорошо", answers=answers, quote=quote)

    assert answered_words(message) == line
