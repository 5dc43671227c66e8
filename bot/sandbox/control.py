"""The client of the control interface: hands and eyes of tests, the demo and crash runs."""

from bot.sandbox.control_link import ControlError
from bot.sandbox.eyes import PATIENCE_S, Eyes
from bot.sandbox.hands import Cast, Hands, medium
from bot.sandbox.levers import Levers

__all__ = ["PATIENCE_S", "Control", "ControlError", "medium"]


class Control(Cast, Hands, Eyes, Levers):
    """Talks to a sandbox at `url`, in this process or another; use it as a context manager.

    Methods raise ControlError for what people cannot do. `bot` is the id of the bot meant, needed
    only where several bots live in one sandbox.
    """
