"""Everything a person can do in Telegram, by name."""

from __future__ import annotations

from bot.sandbox.acts import changing, going, saying, tapping
from bot.sandbox.acts.act import Deed

DEEDS: dict[str, Deed] = {
    **saying.DEEDS,
    **changing.DEEDS,
    **tapping.DEEDS,
    **going.DEEDS,
}
