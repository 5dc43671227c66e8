from tests.docs.documents import ROOT


def _rows() -> list[list[str]]:
    """The table's rows as cells: word, Russian word, meaning."""
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


def test_every_word_stands_in_the_glossary_once_and_in_order() -> None:
    words = [row[0] for row in _rows()]

    assert words == sorted(set(words))


def test_no_russian_word_stands_for_two_things() -> None:
    russian = [row[1] for row in _rows() if row[1] != "—"]

    assert sorted(russian) == sorted(set(russian))


def test_every_word_has_a_meaning() -> None:
    assert [row for row in _rows() if len(row) != 3 or not all(row)] == []
