"""A flow played at a terminal: what is typed, and what is seen."""

from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner

from bot.cli import main
from bot.trying.terminal import Terminal, trying_words
from flows.book import Content
from tests.content.salon import salon
from tests.unit.flows.written import content_with, option

NOON = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # 12:00 in the salon


class Played:
    """A play with everything that was printed."""

    def __init__(self, content: Content | None = None, flow: str = "") -> None:
        self.lines: list[str] = []
        self.terminal = Terminal(content or salon(), NOON, self.lines.append, "ru")
        self.begun = self.terminal.begin(flow)

    def typed(self, *lines: str) -> list[str]:
        """Type lines one after another; what was printed since."""
        before = len(self.lines)
        for line in lines:
            self.terminal.heard(line)
        return self.lines[before:]


def test_the_question_comes_first_with_numbered_buttons() -> None:
    played = Played()

    assert (
        "20.11 12:00  Здравствуйте! Это «Лана». Сегодня вы были у нас. Всё ли понравилось?"
        in played.lines
    )
    assert played.lines[-2:] == [
        "             [2] 4 · Хорошо   [3] 3 · Так себе",
        "             [4] 2 · Плохо   [5] 1 · Очень плохо",
    ]


def test_a_number_presses_a_button_and_the_case_is_seen_to_open() -> None:
    printed = Played().typed("4")

    assert "    ▌карточка № 2 · ● · 2/5" in printed


def test_words_are_written_and_time_passes() -> None:
    played = Played()

    played.typed("5", "Ждала сорок минут")
    printed = played.typed("+61s")

    assert printed[1].startswith("20.11 12:01  Спасибо, что рассказали.")
    assert "    — 20.11 12:01 —" in printed


def test_buttons_that_stand_there_already_are_not_printed_again() -> None:
    played = Played()
    played.typed("4")

    assert played.typed(":photo") == ["    ▌карточка № 2 · ● · 2/5 · 📎 1"]


def test_staff_close_the_case_and_the_check_comes_in_its_time() -> None:
    played = Played()
    played.typed("4", "Ждала", "+2m", "!done")

    printed = played.typed("+2d")

    assert "             [1] Да   [2] Не совсем" in printed


def test_nothing_is_closed_while_nothing_is_open() -> None:
    assert Played().typed("!done") == ["    (открытого обращения нет)"]


def test_any_flow_may_be_begun_by_its_name() -> None:
    played = Played(content_with(option("nps")), "nps")

    printed = played.typed("1")

    assert played.lines[-1] != ""
    assert any("Почему такая оценка" in line for line in printed)


def test_a_flow_that_is_not_there_is_told_with_those_that_are() -> None:
    played = Played(flow="npss")

    assert played.begun is False
    assert played.lines == [
        "Сценария «npss» нет; есть after_visit, check, check_7d, nps, review, words."
    ]


def test_the_command_plays_until_it_is_left(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["try", "--lang", "en"], input="1\nq\n4\n")

    assert result.exit_code == 0, result.output
    assert "Спасибо! Хотите передать" in result.output
    assert "▌" not in result.output


def test_both_languages_say_the_same() -> None:
    assert trying_words("ru").keys() == trying_words("en").keys()
