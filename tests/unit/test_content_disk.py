"""The owner's folder on disk: a change is whole or not there, can be undone, and spares what others edit."""

import zipfile
from datetime import UTC, datetime
from errno import EACCES, EDQUOT, ENOSPC, EROFS
from io import BytesIO
from pathlib import Path

import pytest

from bot.content import preset_files, preset_names
from bot.content_disk import ContentFolder, HinderedError, told
from bot.content_upload import archive, sent_files
from flows.content_work import Hindrance

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
OLD = {"business.yaml": b"brand: A\n", "texts/ru.yaml": b"texts: {}\n"}


@pytest.fixture
def folder(tmp_path: Path) -> ContentFolder:
    for name, content in OLD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return ContentFolder(tmp_path, keep=2)


def hindrance(error: pytest.ExceptionInfo[HinderedError]) -> Hindrance:
    return error.value.why


def test_a_change_is_written_and_nothing_else_is_left(folder: ContentFolder) -> None:
    folder.write("k1", NOON, OLD, {"business.yaml": b"brand: B\n"})

    assert folder.read() == OLD | {"business.yaml": b"brand: B\n"}
    assert sorted(p.name for p in folder.path.iterdir()) == [".versions", "business.yaml", "texts"]


def test_what_was_there_is_put_back(folder: ContentFolder) -> None:
    folder.write("k1", NOON, OLD, {"business.yaml": b"brand: B\n", "flows/a.yaml": b"flow: a\n"})

    folder.write("k2", NOON, folder.read(), folder.undo("k1"))

    assert folder.read() == OLD


def test_what_was_edited_since_is_not_undone(folder: ContentFolder) -> None:
    folder.write("k1", NOON, OLD, {"business.yaml": b"brand: B\n"})
    (folder.path / "business.yaml").write_bytes(b"brand: C\n")

    with pytest.raises(HinderedError) as error:
        folder.undo("k1")

    assert hindrance(error) is Hindrance.CHANGED


def test_a_folder_that_somebody_else_has_edited_is_not_written(folder: ContentFolder) -> None:
    (folder.path / "business.yaml").write_bytes(b"brand: C\n")

    with pytest.raises(HinderedError) as error:
        folder.write("k1", NOON, OLD, {"business.yaml": b"brand: B\n"})

    assert hindrance(error) is Hindrance.CHANGED
    assert folder.read()["business.yaml"] == b"brand: C\n"


def test_the_same_change_is_written_once(folder: ContentFolder) -> None:
    folder.write("k1", NOON, OLD, {"business.yaml": b"brand: B\n"})
    (folder.path / "business.yaml").write_bytes(b"brand: C\n")

    folder.write("k1", NOON, OLD, {"business.yaml": b"brand: B\n"})

    assert folder.read()["business.yaml"] == b"brand: C\n"


def test_a_change_cut_off_between_two_files_is_finished(folder: ContentFolder) -> None:
    new = {"business.yaml": b"brand: B\n", "texts/ru.yaml": b"texts: {a: b}\n"}
    staged = folder._staged("k1", NOON, OLD, new)  # what stands on disk when the process is killed
    (staged / "after" / "business.yaml").replace(folder.path / "business.yaml")

    again = ContentFolder(folder.path, keep=2)

    assert again.read() == new
    assert again.knows("k1")


def test_a_change_cut_off_before_it_was_whole_never_was(folder: ContentFolder) -> None:
    half = folder.path / ".versions" / ".tmp-k1" / "after" / "business.yaml"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"bra")

    assert folder.read() == OLD
    assert not folder.knows("k1")


def test_only_the_last_versions_are_kept(folder: ContentFolder) -> None:
    for number in range(4):
        change = {"business.yaml": b"brand: %d\n" % number}
        folder.write(f"k{number}", NOON.replace(minute=number), folder.read(), change)

    assert [folder.knows(f"k{number}") for number in range(4)] == [False, False, True, True]


def test_where_nothing_can_be_kept_nothing_is_changed(folder: ContentFolder) -> None:
    (folder.path / ".versions").write_text("in the way")

    with pytest.raises(HinderedError) as error:
        folder.write("k1", NOON, OLD, {"business.yaml": b"brand: B\n"})

    assert hindrance(error) is Hindrance.READ_ONLY
    assert (folder.path / "business.yaml").read_bytes() == b"brand: A\n"


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (ENOSPC, Hindrance.DISK_FULL),
        (EDQUOT, Hindrance.DISK_FULL),
        (EROFS, Hindrance.READ_ONLY),
        (EACCES, Hindrance.READ_ONLY),
    ],
)
def test_what_the_disk_says_becomes_a_reason_to_act_on(number: int, why: Hindrance) -> None:
    with pytest.raises(HinderedError) as error, told():
        raise OSError(number, "no")

    assert hindrance(error) is why


# ---- what is sent back ------------------------------------------------------------------------


def packed(**files: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def test_a_file_is_known_by_its_name_even_when_downloaded_twice() -> None:
    assert sent_files("ru (1).yaml", b"texts: {}", OLD) == {"texts/ru.yaml": b"texts: {}"}


def test_an_archive_comes_back_as_it_went() -> None:
    assert sent_files("content.zip", archive(OLD), OLD) == OLD


def test_every_file_of_every_preset_may_come_back_in_an_archive() -> None:
    for name in preset_names():
        whole = {place: text.encode() for place, text in preset_files(name).items()}

        assert sent_files("content.zip", archive(whole), whole) == whole


def test_of_two_files_of_one_name_what_is_in_it_tells_which() -> None:
    whole = {place: text.encode() for place, text in preset_files("salon").items()}

    for place in ("texts/ru.yaml", "tone/ru.yaml"):
        assert list(sent_files("ru.yaml", whole[place] + b"# changed", whole)) == [place]


def test_an_archive_with_a_folder_and_litter_of_the_system_is_read() -> None:
    sent = packed(
        **{
            "content/business.yaml": b"b",
            "__MACOSX/content/._business.yaml": b"x",
            "content/.DS_Store": b"x",
        }
    )

    assert sent_files("a.zip", sent, OLD) == {"business.yaml": b"b"}


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("photo.yaml", b"a: b", Hindrance.NOT_CONTENT),
        ("business.yaml", b"#" * 600_000, Hindrance.TOO_BIG),
        ("a.zip", b"PK\x03\x04 broken", Hindrance.BAD_ARCHIVE),
        ("a.zip", packed(**{"../business.yaml": b"x"}), Hindrance.NOT_CONTENT),
        ("a.zip", packed(**{"/etc/passwd": b"x"}), Hindrance.NOT_CONTENT),
        ("a.zip", packed(**{"flows/../../a.yaml": b"x"}), Hindrance.NOT_CONTENT),
        ("a.zip", packed(**{".env": b"x"}), Hindrance.NOT_CONTENT),
        ("a.zip", packed(**{"business.yaml": b"0" * 50_000_000}), Hindrance.TOO_BIG),
        ("a.zip", packed(**{f"flows/a{n}.yaml": b"x" for n in range(99)}), Hindrance.TOO_BIG),
    ],
)
def test_what_is_no_content_is_refused(name: str, content: bytes, why: Hindrance) -> None:
    with pytest.raises(HinderedError) as error:
        sent_files(name, content, OLD)

    assert hindrance(error) is why
