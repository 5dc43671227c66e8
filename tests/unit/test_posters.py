"""Posters as a printer and a camera see them: the size, the words, and where the code leads."""

from dataclasses import dataclass, replace

import pypdfium2
import pytest
import zxingcpp

from bot.content import load_content
from bot.posters.poster import Poster, posters
from bot.posters.sheet import draw

MM = 72 / 25.4  # points
LINES = (
    "Всё ли понравилось?",
    "Наведите камеру: один вопрос в Telegram.",
    "Не открывается? Позвоните: +7 843 000-00-00",
)
LANA = Poster("poster-bauman", "Лана", "", "https://t.me/lana_bot?start=b_bauman", LINES)
LONG = Poster(
    "poster-long",
    "Салон красоты «Лана и подруги», Казань, улица Баумана, дом сорок",
    "Проспект Победы, 135, второй этаж, вход со двора, налево от арки",
    "https://t.me/a_bot_with_the_longest_name_a_bot?start=b_prospekt-pobedy",
    LINES,
)


@dataclass(frozen=True)
class Seen:
    """One printed page."""

    size_mm: tuple[int, int]
    words: list[str]
    codes: list[tuple[str, str]]  # where it leads, error level


def seen(pdf: bytes, dpi: int = 150) -> list[Seen]:
    """Every page as it comes out of a printer, photographed."""
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        picture = page.render(scale=dpi / 72).to_pil()
        codes = [(code.text, code.ec_level) for code in zxingcpp.read_barcodes(picture)]
        lines = text.get_text_range().splitlines()
        pages.append(Seen((round(width / MM), round(height / MM)), lines, codes))
        text.close()
        page.close()
    document.close()
    return pages


def test_a_poster_is_a5_and_its_code_leads_to_the_branch() -> None:
    (page,) = seen(draw([LANA]))

    assert page.size_mm == (148, 210)
    assert page.words == ["Лана", *LINES]
    assert page.codes == [(LANA.address, "Q")]


def test_every_branch_has_a_page() -> None:
    pages = seen(draw([LANA, LONG]))

    assert [page.codes[0][0] for page in pages] == [LANA.address, LONG.address]


def test_a_long_name_is_whole() -> None:
    (page,) = seen(draw([LONG]))

    assert " ".join(page.words[:-3]) == f"{LONG.brand} {LONG.branch}"


def test_what_the_font_has_no_picture_of_is_left_out() -> None:
    (page,) = seen(draw([replace(LANA, brand="Лана 💅 Әйбәт")]))

    assert page.words[0] == "Лана Әйбәт"


def test_a_code_printed_small_is_still_read() -> None:
    (page,) = seen(draw([LONG]), dpi=45)

    assert page.codes[0][0] == LONG.address


@pytest.mark.parametrize("lines", [("Одна строка",), ("Две", "строки")])
def test_an_owner_may_shorten_the_words(lines: tuple[str, ...]) -> None:
    (page,) = seen(draw([replace(LANA, lines=lines)]))

    assert page.words == ["Лана", *lines]


def test_the_words_come_from_the_content() -> None:
    content = load_content()
    bauman = content.business.branches[0]
    business = replace(
        content.business,
        branches=(
            bauman,
            replace(bauman, id="pushkin", name="На Пушкина", phone="+7 843 111-11-11"),
        ),
    )

    made = posters(replace(content, business=business), "lana_bot")

    assert [(each.name, each.branch, each.address) for each in made] == [
        ("poster-bauman", "На Баумана", "https://t.me/lana_bot?start=b_bauman"),
        ("poster-pushkin", "На Пушкина", "https://t.me/lana_bot?start=b_pushkin"),
    ]
    assert made[1].lines[-1] == "Не открывается? Позвоните: +7 843 111-11-11"


def test_the_only_branch_is_not_named() -> None:
    (made,) = posters(load_content(), "lana_bot")

    assert (made.brand, made.branch) == ("Лана", "")


def test_a_closed_branch_has_a_poster_only_when_it_is_asked_for() -> None:
    content = load_content()
    open_one = content.business.branches[0]
    closed = replace(open_one, id="volga", name="На Волге", closed=True)
    content = replace(content, business=replace(content.business, branches=(open_one, closed)))

    everything = [poster.name for poster in posters(content, "lana_bot")]
    asked_for = [poster.name for poster in posters(content, "lana_bot", ["volga"])]

    assert everything == [f"poster-{open_one.id}"]
    assert asked_for == ["poster-volga"]
