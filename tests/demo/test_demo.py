import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from bot.demo.story import STORY, read_story

_DEMO = [sys.executable, "-c", "from bot.cli import main; main()", "demo"]
_LONGEST_S = 30.0
_IN_ORDER = [
    "Ссылка на один раз:",
    "Всё ли",
    "Анна нажимает «2 · Плохо»",
    "Забота · карточка · без звука",
    "[фото: часы над стойкой]",
    "Файлов: 1",
    "минута тишины",
    "Гузель нажимает «Беру»",
    "Гузель · отвечает на карточку",
    "[ Не отправлять ]",
    "Гузель, администратор",
    "Гузель нажимает «🎁 Уход-комплимент",
    "[ Отменить ]",
    "Код: ",
    "[ Скопировать код ]",
    "Гузель нажимает «Решено»",
    "Причина: Накладка в",
    "через два дня · воскресенье, 12:06",
    "Анна нажимает «Не совсем»",
    "Открыто снова",
    "Рамиля · отвечает на карточку",
    "Рамиля, управляющая",
    "Рамиля нажимает «Решено»",
    "ещё через два дня · среда, 11:02",
    "Анна нажимает «Да»",
    "всё в порядке",
    "Всё, чего ждали, случилось.",
]


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "TMPDIR": str(folder), "PYTHONUNBUFFERED": "1"}


def test_the_whole_story_is_played_within_half_a_minute_and_leaves_nothing(tmp_path: Path) -> None:
    began = time.monotonic()

    played = subprocess.run(
        [*_DEMO, "--script"],
        env=_environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    took = time.monotonic() - began
    assert (played.returncode, played.stderr) == (0, ""), played.stdout[-3000:]
    assert took < _LONGEST_S
    assert list(tmp_path.iterdir()) == []
    assert _found_in_order(played.stdout) == _IN_ORDER
    assert re.findall(r"\x1b", played.stdout) == []
    assert [line for line in played.stdout.splitlines() if len(line) > 100] == []


def test_ctrl_c_stops_both_processes_and_leaves_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*_DEMO, "--script"], env=_environment(tmp_path), stdout=subprocess.PIPE, text=True
    ) as playing:
        assert playing.stdout is not None
        for line in playing.stdout:
            if line.startswith("Визит закончился"):
                break
        playing.send_signal(signal.SIGINT)
        playing.stdout.read()

    assert (playing.returncode, list(tmp_path.iterdir())) == (130, [])


def test_a_step_that_does_not_happen_is_named_with_what_is_there(tmp_path: Path) -> None:
    story = tmp_path / "story.yaml"
    text = STORY.read_text(encoding="utf-8")
    story.write_text(text.replace('taps: "Выбрать группу"', 'taps: "Нет такой"'), "utf-8")
    place = tmp_path / "place"
    place.mkdir()
    code = f"""
from pathlib import Path
from bot.demo import main
raise SystemExit(main(script=True, preset="salon", path=Path({str(story)!r})))
"""

    played = subprocess.run(
        [sys.executable, "-c", code],
        env=_environment(place),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    said = played.stdout.splitlines()
    assert (played.returncode, played.stderr, list(place.iterdir())) == (1, "", [])
    assert "Демонстрация остановилась на шаге: Лев нажимает «Нет такой»." in said
    assert "В чате «Лев» нет кнопки «Нет такой»." in said
    assert "— последнее в журнале: bot —" in said


def test_an_industry_nobody_wrote_is_refused_with_those_there_are() -> None:
    played = subprocess.run(
        [*_DEMO, "--preset", "circus"], capture_output=True, text=True, timeout=60, check=False
    )

    assert (played.returncode, played.stdout) == (2, "")
    assert "Invalid value for '--preset': 'circus' is not" in played.stderr


def test_everybody_in_the_story_is_one_of_its_people() -> None:
    story = read_story()

    known = {*story.people, "group", ""}
    named = {
        name
        for scene in story.scenes
        for beat in scene.beats
        for name in (beat.who, beat.chat, *beat.sees)
    }

    assert named - known == set()


def _found_in_order(text: str) -> list[str]:
    """Those of the decisive lines that follow one another."""
    place, found = 0, []
    for line in _IN_ORDER:
        at = text.find(line, place)
        if at >= 0:
            place = at + len(line)
            found.append(line)
    return found
