"""What makes it feel like Telegram: files, replies, edits, reactions, QR pictures, contacts, topics."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.browser.demo import Demo
from tests.browser.visitor import Visitor

_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def _files(side: Any, *paths: Path, menu: str) -> None:
    side.get_by_label("Приложить").click()
    with side.page.expect_file_chooser() as chooser:
        side.get_by_role("menuitem", name=menu).click()
    chooser.value.set_files(paths)


def test_photos_albums_documents_and_voices_go_to_the_staff(
    demo: Demo, opened: Callable[..., Any], picture: Callable[..., Any], tmp_path: Path
) -> None:
    photos = [tmp_path / "one.png", tmp_path / "two.png"]
    for photo in photos:
        photo.write_bytes(_PIXEL)
    paper = tmp_path / "receipt.txt"
    paper.write_text("чек", encoding="utf-8")
    demo.new_guest("Нина")
    page = opened()
    visitor = Visitor(page)
    visitor.becomes("Нина")
    visitor.complains("Смотрите сами")

    visitor.guest.get_by_label("Приложить").click()
    visitor.guest.get_by_role("menuitem", name="Готовое фото").click()
    expect(visitor.guest.locator(".own .picture img")).to_have_count(1)
    _files(visitor.guest, *photos, menu="Фото, видео или альбом")
    expect(visitor.guest.locator(".own .grid img")).to_have_count(2)
    _files(visitor.guest, paper, menu="Документ")
    expect(visitor.guest.locator(".own .document")).to_contain_text("receipt.txt")
    visitor.guest.get_by_label("Записать голосовое").click()
    page.wait_for_timeout(400)  # a recording has a length
    visitor.guest.get_by_label("Отправить запись").click()
    expect(visitor.guest.locator(".own audio")).to_have_count(1)
    picture(page, "files")

    expect(visitor.staff.locator(".message.bot", has_text="Файлов: 5").last).to_be_visible()


def test_words_are_edited_replied_to_and_reacted_to(demo: Demo, opened: Callable[..., Any]) -> None:
    demo.new_guest("Ольга")
    page = opened()
    visitor = Visitor(page)
    visitor.becomes("Ольга")
    visitor.complains("Опечтака")
    own = visitor.guest.locator(".message.own", has_text="Опечтака")

    own.hover()
    own.get_by_label("Изменить").click()
    visitor.writes(visitor.guest, "Опечатка")
    changed = visitor.guest.locator(".message.own", has_text="Опечатка")
    expect(changed.locator(".when")).to_contain_text("изм.")
    changed.hover()
    changed.get_by_label("Реакция").click()
    changed.get_by_role("button", name="🙏").click()
    expect(changed.locator(".reaction.mine")).to_have_text("🙏")
    changed.hover()
    changed.locator("[data-reply]").click()
    visitor.writes(visitor.guest, "О том же")

    expect(
        visitor.guest.locator(".message.own", has_text="О том же").locator(".replied")
    ).to_contain_text("Опечатка")


def test_a_qr_picture_opens_as_the_person_who_scans(
    demo: Demo, opened: Callable[..., Any], picture: Callable[..., Any]
) -> None:
    demo.new_guest("Поля")
    page = opened()
    visitor = Visitor(page)
    visitor.acts_as("Гузель")
    visitor.opens_group()
    visitor.writes(visitor.staff, "/visit Стрижка, Лилия")
    scan = visitor.staff.get_by_role("button", name="Навести камеру").last
    scan.click()
    picture(page, "who")

    page.locator("dialog").get_by_text("Поля").click()

    visitor.sees(visitor.guest, "Всё ли понравилось")
    expect(visitor.guest.locator(".face.chosen")).to_contain_text("Поля")


def test_a_contact_is_shared_by_the_button_instead_of_the_keyboard(
    demo: Demo, opened: Callable[..., Any]
) -> None:
    demo.new_guest("Рита")
    page = opened()
    visitor = Visitor(page)
    visitor.becomes("Рита")
    visitor.complains("Наберите меня")
    visitor.taps(visitor.guest, "Позвоните мне")

    visitor.guest.locator(".keyboard.reply .key").first.click()

    expect(visitor.guest.locator(".own .contact")).to_contain_text("+7999")


def test_the_group_shows_its_topics(demo: Demo, opened: Callable[..., Any]) -> None:
    page = opened()
    visitor = Visitor(page)
    group = demo.told("scene")["group"]
    demo.asked("do/topics", on=True)
    demo.asked(f"control/groups/{group}/topics", name="Жалобы")

    visitor.staff.get_by_role("tab", name="Жалобы").click()
    expect(visitor.staff.locator(".service")).to_contain_text("Новая тема «Жалобы»")
    visitor.writes(visitor.staff, "Сказано в теме")
    visitor.staff.get_by_role("tab", name="Общая").click()

    expect(visitor.staff.locator(".message", has_text="Сказано в теме")).to_have_count(0)
    demo.asked("do/topics", on=False)


def test_what_telegram_does_not_allow_is_said_where_one_writes(
    demo: Demo, opened: Callable[..., Any]
) -> None:
    guest = demo.new_guest("Соня")
    page = opened()
    visitor = Visitor(page)
    visitor.becomes("Соня")
    visitor.starts()
    visitor.sees(visitor.guest, "Напишите, что случилось")
    visitor.guest.locator("textarea").fill("Слишком поздно")
    demo.asked(f"control/people/{guest}/deactivate")

    visitor.guest.locator("[data-send]").click()

    expect(visitor.guest.get_by_role("alert")).to_contain_text("the account is deactivated")
