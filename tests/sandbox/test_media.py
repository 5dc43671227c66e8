"""Files both ways: sent by bots and by people, fetched, sent again, in albums."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto, MediaUnion

from bot.sandbox import Control
from bot.sandbox.control import medium
from bot.sandbox.views import PersonView


def upload(content: bytes = b"bytes", name: str = "a.jpg") -> BufferedInputFile:
    return BufferedInputFile(content, name)


async def test_every_medium_is_sent_and_shown(
    aiogram_bot: Bot, control: Control, dana: PersonView
) -> None:
    bot, chat = aiogram_bot, dana.id

    sent = [
        await bot.send_photo(chat, upload(), caption="<i>фото</i>", parse_mode="HTML"),
        await bot.send_voice(chat, upload(), duration=7),
        await bot.send_video(chat, upload(), width=100, height=50),
        await bot.send_document(chat, upload(name="чек.pdf"), caption="чек"),
        await bot.send_audio(chat, upload(), title="Песня"),
        await bot.send_animation(chat, upload()),
        await bot.send_video_note(chat, upload()),
        await bot.send_sticker(chat, upload(name="s.webp")),
    ]

    kinds = ["photo", "voice", "video", "document", "audio", "animation", "video_note", "sticker"]
    assert [message.content_type for message in sent] == kinds
    assert sent[1].voice is not None
    assert sent[1].voice.duration == 7
    seen = (await control.chat(chat)).messages[-8:]
    assert [message.kind for message in seen] == kinds
    assert (seen[0].html, seen[3].file_name) == ("<i>фото</i>", "чек.pdf")


async def test_what_a_person_sends_can_be_fetched_and_sent_again(
    aiogram_bot: Bot, api: Any, control: Control, dana: PersonView
) -> None:
    await control.send(dana.id, "вот", medium=medium("photo", b"jpeg of a cold coffee"))
    (update,) = await api.updates()
    photo = update["message"]["photo"][-1]

    file = await aiogram_bot.get_file(photo["file_id"])
    assert file.file_path is not None
    fetched = await aiogram_bot.download_file(file.file_path)
    again = await aiogram_bot.send_photo(dana.id, photo["file_id"])

    assert fetched is not None
    assert fetched.read() == b"jpeg of a cold coffee"
    assert update["message"]["caption"] == "вот"
    assert again.photo is not None
    assert again.photo[-1].file_unique_id == photo["file_unique_id"]


async def test_files_over_20_mb_cannot_be_fetched(
    api: Any, control: Control, dana: PersonView
) -> None:
    await control.send(dana.id, medium=medium("video", size=20 * 1024 * 1024 + 1))
    (update,) = await api.updates()

    refusal = await api.refusal("getFile", file_id=update["message"]["video"]["file_id"])

    assert refusal == "Bad Request: file is too big"


async def test_a_file_is_sent_only_as_what_it_is(
    api: Any, control: Control, dana: PersonView
) -> None:
    await control.send(dana.id, medium=medium("photo"))
    (update,) = await api.updates()
    photo = update["message"]["photo"][-1]["file_id"]

    refusals = [
        await api.refusal("sendVoice", chat_id=dana.id, voice=photo),
        await api.refusal("sendPhoto", chat_id=dana.id, photo="AgACnothing"),
        await api.refusal("sendPhoto", chat_id=dana.id, photo="https://example.com/a.jpg"),
        await api.refusal("sendPhoto", chat_id=dana.id),
        await api.refusal("sendPhoto", chat_id=dana.id, photo=photo, caption="я" * 1025),
        await api.refusal("getFile", file_id="nothing"),
    ]

    assert refusals == [
        "Bad Request: can't use file of type Photo as VoiceNote",
        "Bad Request: wrong remote file identifier specified: "
        "can't unserialize it. Wrong last symbol",
        "Bad Request: failed to get HTTP URL content",
        "Bad Request: there is no photo in the request",
        "Bad Request: message caption is too long",
        "Bad Request: invalid file_id",
    ]


async def test_an_empty_file_is_refused(aiogram_bot: Bot, dana: PersonView) -> None:
    with pytest.raises(TelegramBadRequest, match="file must be non-empty"):
        await aiogram_bot.send_photo(dana.id, upload(b""))


async def test_an_album_is_sent_with_attached_files(aiogram_bot: Bot, dana: PersonView) -> None:
    sent = await aiogram_bot.send_media_group(
        dana.id,
        [InputMediaPhoto(media=upload(), caption="раз"), InputMediaPhoto(media=upload())],
    )

    assert [message.caption for message in sent] == ["раз", None]
    assert len({message.media_group_id for message in sent}) == 1


async def test_albums_do_not_mix_documents_with_photos(aiogram_bot: Bot, dana: PersonView) -> None:
    mixed: list[MediaUnion] = [InputMediaPhoto(media=upload()), InputMediaDocument(media=upload())]

    with pytest.raises(TelegramBadRequest, match="can't use the media of the specified type"):
        await aiogram_bot.send_media_group(dana.id, mixed)


async def test_a_persons_album_comes_as_separate_updates(
    api: Any, control: Control, dana: PersonView
) -> None:
    parts: list[dict[str, Any]] = [
        {"medium": medium("photo"), "text": "вот"},
        {"medium": medium("video")},
    ]

    await control.send_album(dana.id, parts)
    updates = await api.updates()

    messages = [update["message"] for update in updates]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["вот", None]


async def test_media_are_replaced_by_an_edit(aiogram_bot: Bot, dana: PersonView) -> None:
    sent = await aiogram_bot.send_photo(dana.id, upload(), caption="было")

    edited = await aiogram_bot.edit_message_media(
        InputMediaDocument(media=upload(name="b.pdf"), caption="стало"),
        chat_id=dana.id,
        message_id=sent.message_id,
    )

    assert not isinstance(edited, bool)
    assert edited.document is not None
    assert (edited.document.file_name, edited.caption, edited.photo) == ("b.pdf", "стало", None)


async def test_a_message_is_copied_without_its_origin_and_forwarded_with_it(
    api: Any, control: Control, dana: PersonView
) -> None:
    source = await control.send(dana.id, html="<b>Ждала</b>")
    place = {"chat_id": dana.id, "from_chat_id": dana.id, "message_id": source}

    copied = await api.ok("copyMessage", **place)
    forwarded = await api.ok("forwardMessage", **place)

    chat = await control.chat(dana.id)
    assert copied == {"message_id": chat.messages[-2].id}
    assert chat.messages[-2].html == "<b>Ждала</b>"
    assert forwarded["forward_origin"]["sender_user"]["id"] == dana.id
    assert (
        await api.refusal("copyMessage", **{**place, "message_id": 999_999})
        == "Bad Request: message to copy not found"
    )
