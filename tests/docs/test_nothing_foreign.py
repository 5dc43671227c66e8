"""Every file speaks of the project alone: no machine it was written on, no registry, no leftovers.

The words are put together from halves, so that this file does not find itself.
"""

import re

from tests.docs.documents import name, prose_and_code, tracked

_FOREIGN = re.compile(
    "|".join(
        [
            r"(?<![\w.$}/-])/(?:wo" + r"rk|ro" + r"ot|Us" + r"ers)/",
            r"pythonho" + r"sted\.org",
            r"(?<!\w)py" + r"pi\.org",
        ]
    )
)
_UNFINISHED = re.compile(
    r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|@pytest\.mark\.(?:sk" + r"ip|xf" + r"ail)"
)


def _lines(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name(path)}:{number}: {line.strip()}"
        for path in tracked()
        for number, line in enumerate(prose_and_code(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    assert _lines(_FOREIGN) == []


def test_no_file_leaves_something_for_another_day() -> None:
    assert _lines(_UNFINISHED) == []
