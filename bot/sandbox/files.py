"""Files: what was uploaded, by whom it is called what, and how large it is. No messages."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field

from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import JsonObject

# A bot may fetch no more than this through getFile.
LARGEST_DOWNLOAD = 20 * 1024 * 1024

_FOLDERS = {
    "photo": "photos",
    "voice": "voice",
    "video": "videos",
    "document": "documents",
    "audio": "music",
    "animation": "animations",
    "video_note": "video_notes",
    "sticker": "stickers",
    "thumbnail": "thumbnails",
}
_ENDINGS = {
    "photo": ".jpg",
    "voice": ".oga",
    "video": ".mp4",
    "audio": ".mp3",
    "animation": ".mp4",
    "video_note": ".mp4",
    "sticker": ".webp",
    "thumbnail": ".jpg",
    "document": ".bin",
}
_TYPE_NAMES = {
    "photo": "Photo",
    "voice": "VoiceNote",
    "video": "Video",
    "document": "Document",
    "audio": "Audio",
    "animation": "Animation",
    "video_note": "VideoNote",
    "sticker": "Sticker",
    "thumbnail": "Thumbnail",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a multipart body."""

    file_name: str
    mime_type: str
    content: bytes


@dataclass(slots=True)
class StoredFile:
    file_id: str
    unique_id: str
    kind: str
    content: bytes
    size: int
    path: str
    file_name: str = ""
    mime_type: str = ""
    # What the medium says of itself: duration, width, title and the like.
    about: JsonObject = field(default_factory=dict)

    def reference(self) -> JsonObject:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
        }


class Files:
    """Everything that was ever sent, by `file_id` and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(
        self,
        kind: str,
        content: bytes,
        *,
        size: int | None = None,
        file_name: str = "",
        mime_type: str = "",
        about: JsonObject | None = None,
    ) -> StoredFile:
        """Keep a file; `size` may be claimed larger than the content (a film of 3 GB)."""
        number = len(self._by_id) + 1
        digest = hashlib.sha256(f"{kind}{number}".encode() + content).digest()
        ending = "." + file_name.rpartition(".")[2] if "." in file_name else _ENDINGS[kind]
        stored = StoredFile(
            file_id="AgAC"
            + base64.urlsafe_b64encode(digest + number.to_bytes(4)).decode().strip("="),
            unique_id="AQAD" + base64.urlsafe_b64encode(digest[:8]).decode().strip("="),
            kind=kind,
            content=content,
            size=len(content) if size is None else size,
            path=f"{_FOLDERS[kind]}/file_{number}{ending}",
            file_name=file_name,
            mime_type=mime_type,
            about=about or {},
        )
        self.put(stored)
        return stored

    def put(self, stored: StoredFile) -> None:
        """Keep a file that has its names already."""
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored

    def every(self) -> list[StoredFile]:
        """All of them, the oldest first."""
        return list(self._by_id.values())

    def get(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def to_send(self, file_id: str, kind: str) -> StoredFile:
        """The file that a bot wants to send again as `kind`; raises Refused."""
        if file_id.startswith(("http://", "https://")):
            # Nothing outside this machine is ever fetched.
            raise bad_request("failed to get HTTP URL content")
        stored = self._by_id.get(file_id)
        if stored is None:
            raise bad_request(
                "wrong remote file identifier specified: can't unserialize it. Wrong last symbol"
            )
        if stored.kind != kind:
            raise bad_request(
                f"can't use file of type {_TYPE_NAMES[stored.kind]} as {_TYPE_NAMES[kind]}"
            )
        return stored
