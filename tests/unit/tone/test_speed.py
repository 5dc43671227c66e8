"""Reading a reply costs less than anybody would notice, though every word is looked up in a dictionary."""

import time

from tests.unit.tone.reading import read
from tests.unit.tone.test_drafts import HINTED, SILENT

MOST_MS = 5.0

anew = read.__wrapped__  # not what was read before


def spent_ms(text: str) -> float:
    """Time of the processor: others on the machine do not count."""
    began = time.process_time()
    anew(text)
    return (time.process_time() - began) * 1000


def test_a_message_is_read_in_five_milliseconds() -> None:
    anew(SILENT[0])  # the dictionary is opened once for all messages

    spent = sorted(spent_ms(text) for text in (*(text for text, _ in HINTED), *SILENT))

    assert spent[len(spent) * 95 // 100] < MOST_MS


def test_the_longest_message_telegram_takes_holds_nobody_up() -> None:
    longest = ("Анна, простите за сорок минут ожидания. Сегодня посадили второго мастера. " * 60)[
        :4096
    ]
    anew(SILENT[0])

    assert spent_ms(longest) < 20 * MOST_MS
