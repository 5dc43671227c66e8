"""Folders on disk: reading one, writing a preset, keeping compiled books."""

from pathlib import Path

import pytest

from bot.content import (
    Books,
    ContentProblems,
    FolderInUse,
    judge_folder,
    load_content,
    preset_files,
    preset_names,
    write_preset,
)
from bot.problem_words import problem_words
from flows.compiler import source_sha256
from tests.content.salon import FILES, salon, salon_files


def test_a_preset_is_written_whole_and_compiles_to_the_same_book(tmp_path: Path) -> None:
    written = write_preset("salon", tmp_path / "content")

    names = sorted(str(path.relative_to(tmp_path / "content").as_posix()) for path in written)
    assert names == sorted(FILES)
    assert load_content(tmp_path / "content").book.sha256 == salon().book.sha256


def test_a_preset_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("моё")

    with pytest.raises(FolderInUse) as refused:
        write_preset("salon", tmp_path)

    assert str(refused.value) == f"{tmp_path} is not empty; nothing was written"
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_an_unknown_preset_is_an_error() -> None:
    assert "salon" in preset_names()
    with pytest.raises(KeyError):
        preset_files("bakery")


def test_a_folder_that_is_not_there_is_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")

    with pytest.raises(ContentProblems) as refused:
        load_content(tmp_path / "nowhere")

    assert str(refused.value) == f"{tmp_path / 'nowhere'}: такой папки нет; её создаёт zabota init"


def test_all_problems_stand_in_the_exception(tmp_path: Path) -> None:
    write_preset("salon", tmp_path)
    (tmp_path / "business.yaml").unlink()
    (tmp_path / "gifts.yaml").unlink()

    with pytest.raises(ContentProblems) as refused:
        load_content(tmp_path)

    assert str(refused.value) == "business.yaml: файла нет\ngifts.yaml: файла нет"


def test_a_file_saved_in_another_encoding_is_told_so(tmp_path: Path) -> None:
    write_preset("salon", tmp_path)
    (tmp_path / "business.yaml").write_bytes('brand: "Лана"'.encode("cp1251"))

    judgement = judge_folder(tmp_path)

    assert problem_words("en").report(judgement.problems) == (
        "business.yaml: not UTF-8 text; save it as UTF-8"
    )


def test_an_unreadable_file_hides_no_mistake_of_another(tmp_path: Path) -> None:
    write_preset("salon", tmp_path)
    (tmp_path / "business.yaml").write_bytes('brand: "Лана"'.encode("cp1251"))
    (tmp_path / "gifts.yaml").unlink()

    judgement = judge_folder(tmp_path)

    assert problem_words("ru").report(judgement.problems) == (
        "business.yaml: текст не в UTF-8; сохраните файл в кодировке UTF-8\ngifts.yaml: файла нет"
    )


def test_a_file_saved_on_windows_is_the_same_file(tmp_path: Path) -> None:
    write_preset("salon", tmp_path)
    for path in tmp_path.rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    assert load_content(tmp_path).book.sha256 == salon().book.sha256


def test_hidden_files_and_files_that_are_not_yaml_are_nobodys_content(tmp_path: Path) -> None:
    write_preset("salon", tmp_path)
    (tmp_path / ".gifts.yaml.swp").write_text("x")
    (tmp_path / ".old.yaml").write_text("x")
    (tmp_path / "README.md").write_text("x")

    problems = judge_folder(tmp_path).problems
    assert {(problem.file, problem.code) for problem in problems} == {
        ("business.yaml", "business.example")
    }


def test_a_pinned_book_is_compiled_once() -> None:
    books = Books(salon().book)
    source = {**salon().book.source}
    source["flows/check.yaml"] = salon_files()["flows/check.yaml"].replace("buttons: [call_me]", "")

    first = books.put(source)

    assert books.put(dict(source)) is first
    assert books.get(source_sha256(source)) is first
    assert books.get(salon().book.sha256) is salon().book
    assert books.get("unknown") is None
