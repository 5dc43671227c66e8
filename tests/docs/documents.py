"""The files a reader of the repository sees, and how their parts are found. No rules about them."""

import re
import subprocess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]


def tracked() -> list[Path]:
    """Every file of the repository, tracked or about to be; ignored ones are left out."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return sorted(path for path in paths if path.is_file())


def documents() -> list[Path]:
    """Every Markdown file."""
    return [path for path in tracked() if path.suffix == ".md"]


def name(path: Path) -> str:
    """The path as a person would write it, from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


def prose_and_code(path: Path) -> str:
    """The whole text of a file; the empty string when it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def code_spans(text: str) -> list[str]:
    """The contents of fenced blocks, line by line, and of inline code."""
    fences = re.findall(r"^```[^\n]*\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    rest = re.sub(r"^```[^\n]*\n.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    lines = [line for fence in fences for line in fence.splitlines()]
    return [*lines, *re.findall(r"`([^`\n]+)`", rest)]
