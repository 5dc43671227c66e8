"""A file that somebody has sent as files of the content: names, sizes, archives. Meaning is judged elsewhere."""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Final

from bot.content_disk import HinderedError
from flows.content_work import Hindrance
from flows.yaml_source import MOST_BYTES

MOST_FILES: Final = 60  # in an archive
MOST_UNPACKED: Final = 4_000_000  # bytes
_CONTENT_NAME: Final = re.compile(
    r"business\.yaml|gifts(\.[a-z]{2})?\.yaml|flows/[A-Za-z0-9_-]{1,64}\.yaml|(texts|tone|ready)/[a-z]{2}\.yaml"
)
_AGAIN: Final = re.compile(r"\s?\(\d+\)(?=\.[A-Za-z]+$)")  # "ru (1).yaml": downloaded twice
_SECTION: Final = re.compile(rb"^(\w+):", re.MULTILINE)
_ARCHIVE: Final = b"PK\x03\x04"


def sent_files(name: str, content: bytes, known: Mapping[str, bytes]) -> dict[str, bytes]:
    """The content's files in what was sent: itself, or what an archive holds. HinderedError says why not.

    `known` is the folder as it stands: a name that several of its files have is told by what is in the file.
    """
    if content.startswith(_ARCHIVE):
        return _unpacked(content)
    if len(content) > MOST_BYTES:
        raise HinderedError(Hindrance.TOO_BIG)
    return {_place_of(name, content, known): content}


def archive(files: Mapping[str, bytes]) -> bytes:
    """The files as one archive; the same files make the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _place_of(name: str, content: bytes, known: Mapping[str, bytes]) -> str:
    """Where a single file belongs: the file of the folder that is called so, and has the same in it."""
    plain = _AGAIN.sub("", name.rsplit("/", 1)[-1]).lower().removesuffix(".txt")
    found = [place for place in known if place.rsplit("/", 1)[-1].lower() == plain]
    if len(found) > 1:
        found = _likest(content, {place: known[place] for place in found})
    if len(found) != 1:
        raise HinderedError(Hindrance.NOT_CONTENT)
    return found[0]


def _likest(content: bytes, places: Mapping[str, bytes]) -> list[str]:
    """Of files of one name, those that share the most of their sections with what was sent."""
    if not _is_text(content):
        raise HinderedError(Hindrance.NOT_TEXT)
    sections = set(_SECTION.findall(content))
    shared = {place: len(sections & set(_SECTION.findall(each))) for place, each in places.items()}
    most = max(shared.values())
    return [place for place, count in shared.items() if count == most > 0]


def _is_text(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = [
                e for e in packed.infolist() if not e.is_dir() and not _is_litter(e.filename)
            ]
            if len(entries) > MOST_FILES:
                raise HinderedError(Hindrance.TOO_BIG)
            return _read_all(packed, entries)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise HinderedError(Hindrance.BAD_ARCHIVE) from error


def _read_all(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for entry in entries:
        name = _inside(entry.filename)
        with packed.open(entry) as opened:  # what the archive says of its sizes proves nothing
            files[name] = opened.read(min(MOST_BYTES, left) + 1)
        left -= len(files[name])
        if len(files[name]) > MOST_BYTES or left < 0:
            raise HinderedError(Hindrance.TOO_BIG)
    if not files:
        raise HinderedError(Hindrance.NOT_CONTENT)
    return files


def _inside(name: str) -> str:
    """The place of an archived file, in a folder of its own or not; nothing else leaves the archive."""
    folder, _, below = name.partition("/")
    for place in (name, below if folder not in ("", "..") else ""):
        if _CONTENT_NAME.fullmatch(place):
            return place
    raise HinderedError(Hindrance.NOT_CONTENT)


def _is_litter(name: str) -> bool:
    """What operating systems put into archives by themselves."""
    parts = name.split("/")
    hidden = any(part.startswith(".") and part != ".." for part in parts)
    return parts[0] == "__MACOSX" or hidden
