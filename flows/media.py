"""What a message carries, held against what a step asks for; what is done about it is in steps.py."""

from flows.draft import Draft
from flows.events import Kind, Message
from flows.flow import Collect, Medium

_MEDIA = {
    Kind.TEXT: Medium.TEXT,
    Kind.VOICE: Medium.VOICE,
    Kind.AUDIO: Medium.VOICE,
    Kind.PHOTO: Medium.PHOTO,
    Kind.VIDEO: Medium.VIDEO,
    Kind.VIDEO_NOTE: Medium.VIDEO,
    Kind.ANIMATION: Medium.VIDEO,
    Kind.DOCUMENT: Medium.DOCUMENT,
}


def is_asked_for(collect: Collect, message: Message) -> bool:
    """True when anything in the message is what the step collects: a file, its caption, the album it is part of."""
    carried = {_MEDIA.get(message.kind)}
    if message.text:
        carried.add(Medium.TEXT)
    if message.album:
        carried.add(Medium.ALBUM)
    return bool(carried & collect.media)


def wanted(draft: Draft, collect: Collect) -> str:
    """What the step collects, as a phrase: "пару слов, голосовое или фото"."""
    words = draft.words_in(draft.language)
    named = [words.phrase(f"phrase.wanted.{m}") for m in Medium if m in collect.media]
    *others, last = named
    listed = ""
    for name in others:
        listed = words.phrase("phrase.list", one=listed, other=name) if listed else name
    return words.phrase("phrase.either", one=listed, other=last) if listed else last
