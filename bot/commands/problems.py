"""Which exceptions are problems of the world or of the person, with a sentence of their own."""

from __future__ import annotations

from bot.content import ContentProblems, FolderInUse
from bot.office import OfficeProblem
from bot.settings import SettingsProblem
from bot.socket import SocketProblem
from bot.upgrade.steps import UpgradeProblem
from storage.errors import StorageProblem

_PROBLEMS = (
    SettingsProblem,
    StorageProblem,
    ContentProblems,
    FolderInUse,
    SocketProblem,
    OfficeProblem,
    UpgradeProblem,
)


def sentence(error: BaseException) -> str | None:
    """What to tell; None when it is a mistake of our own."""
    if isinstance(error, BaseExceptionGroup):
        told = [sentence(part) for part in error.exceptions]
        known = [each for each in told if each is not None]
        return "\n".join(known) if len(known) == len(told) else None
    return str(error) if isinstance(error, _PROBLEMS) else None
