"""A message of one side, made again for the other from what is kept."""

import pytest

from bot.relay import (
    album_calls,
    album_part,
    calls_for,
    file_call,
    in_reply,
    joins_album,
    single_call,
)
from flows.events import Kind, Message

SIGNED = "Гузель, администратор"
BOLD = ({"type": "bold", "offset": 0, "length": 5},)


def message(kind: Kind = Kind.TEXT, text: str = "", **more: object) -> Message:
    """A message of a person, as it is kept."""
    return Message(chat_id=1, message_id=2, kind=kind, text=text, file_id="file", **more)  # type: ignore[arg-type]  # the fields of a message


def test_words_are_signed_below_and_keep_their_entities() -> None:
    calls = calls_for(message(text="Ждём вас", entities=BOLD), SIGNED)

    assert calls == [("sendMessage", {"text": f"Ждём вас\n\n{SIGNED}", "entities": list(BOLD)})]


def test_words_without_entities_say_nothing_of_them() -> None:
    assert calls_for(message(text="Ждём"), SIGNED) == [
        ("sendMessage", {"text": f"Ждём\n\n{SIGNED}"})
    ]


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        (Kind.PHOTO, "sendPhoto"),
        (Kind.VIDEO, "sendVideo"),
        (Kind.VOICE, "sendVoice"),
        (Kind.AUDIO, "sendAudio"),
        (Kind.DOCUMENT, "sendDocument"),
        (Kind.ANIMATION, "sendAnimation"),
    ],
)
def test_a_file_is_signed_in_its_caption(kind: Kind, method: str) -> None:
    assert calls_for(message(kind, "Вот", entities=BOLD), SIGNED) == [
        (
            method,
            {kind.value: "file", "caption": f"Вот\n\n{SIGNED}", "caption_entities": list(BOLD)},
        )
    ]


@pytest.mark.parametrize(
    ("kind", "method"), [(Kind.VIDEO_NOTE, "sendVideoNote"), (Kind.STICKER, "sendSticker")]
)
def test_what_has_no_caption_is_signed_apart(kind: Kind, method: str) -> None:
    assert calls_for(message(kind), SIGNED) == [
        (method, {kind.value: "file"}),
        ("sendMessage", {"text": SIGNED}),
    ]


@pytest.mark.parametrize(
    ("kind", "method", "extra"),
    [
        (Kind.LOCATION, "sendLocation", {"latitude": 55.7, "longitude": 49.1}),
        (Kind.CONTACT, "sendContact", {"phone_number": "+79990000001", "first_name": "Лилия"}),
    ],
)
def test_places_and_contacts_are_made_of_their_fields(
    kind: Kind, method: str, extra: dict[str, object]
) -> None:
    assert calls_for(message(kind, extra=extra), SIGNED) == [
        (method, extra),
        ("sendMessage", {"text": SIGNED}),
    ]


@pytest.mark.parametrize(("letters", "calls"), [(4096 - 23, 1), (4096 - 22, 2)])
def test_a_signature_that_has_no_room_below_words_comes_apart(letters: int, calls: int) -> None:
    assert len(calls_for(message(text="ж" * letters), SIGNED)) == calls


@pytest.mark.parametrize(("letters", "calls"), [(1024 - 23, 1), (1024 - 22, 2)])
def test_a_signature_that_has_no_room_below_a_photo_comes_apart(letters: int, calls: int) -> None:
    photo = message(Kind.PHOTO, "ж" * letters)

    assert len(calls_for(photo, SIGNED)) == calls
    assert len(album_calls(photo, SIGNED)) == calls


def test_telegram_counts_an_emoji_as_two() -> None:
    assert len(calls_for(message(text="💇" * 2040), SIGNED)) == 2


def test_an_album_begins_with_its_signed_first_part() -> None:
    assert album_calls(message(Kind.PHOTO, "Вот", entities=BOLD), SIGNED) == [
        (
            "sendMediaGroup",
            {
                "media": [
                    {
                        "type": "photo",
                        "media": "file",
                        "caption": f"Вот\n\n{SIGNED}",
                        "caption_entities": list(BOLD),
                    }
                ]
            },
        )
    ]


def test_an_album_of_one_is_a_plain_message() -> None:
    part = album_part(message(Kind.VIDEO, "Вот"), "Вот", html=False)

    assert single_call(part) == ("sendVideo", {"video": "file", "caption": "Вот"})


@pytest.mark.parametrize(
    ("kind", "joins"),
    [
        (Kind.PHOTO, True),
        (Kind.VIDEO, True),
        (Kind.DOCUMENT, True),
        (Kind.AUDIO, True),
        (Kind.ANIMATION, False),
        (Kind.VOICE, False),
        (Kind.TEXT, False),
    ],
)
def test_only_what_telegram_takes_in_albums_joins_one(kind: Kind, joins: bool) -> None:
    assert joins_album(message(kind, album="a")) == joins
    assert not joins_album(message(kind))


def test_a_file_is_shown_to_staff_under_a_caption_of_ours() -> None:
    assert file_call(message(Kind.PHOTO, "слова гостя"), "№ 1, Анна") == (
        "sendPhoto",
        {"photo": "file", "caption": "№ 1, Анна", "parse_mode": "HTML"},
    )


def test_a_video_note_is_shown_to_staff_without_one() -> None:
    assert file_call(message(Kind.VIDEO_NOTE), "№ 1, Анна") == (
        "sendVideoNote",
        {"video_note": "file"},
    )


def test_the_first_call_of_a_letter_is_in_reply_to_the_customers_own_message() -> None:
    calls = in_reply([("sendSticker", {"sticker": "s"}), ("sendMessage", {"text": "Лев"})], 7, "да")

    assert calls == [
        (
            "sendSticker",
            {
                "sticker": "s",
                "reply_parameters": {
                    "message_id": 7,
                    "allow_sending_without_reply": True,
                    "quote": "да",
                },
            },
        ),
        ("sendMessage", {"text": "Лев"}),
    ]


def test_a_letter_that_answers_nothing_stays_as_it_is() -> None:
    assert in_reply([("sendMessage", {"text": "Лев"})], None, "") == [
        ("sendMessage", {"text": "Лев"})
    ]
