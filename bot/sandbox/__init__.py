"""Telegram on one's own machine: a Bot API server on loopback, and hands to act as any person."""

from bot.sandbox.control import Control
from bot.sandbox.server import Sandbox

__all__ = ["Control", "Sandbox"]
