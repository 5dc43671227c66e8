"""Ctrl+C, a lost terminal and SIGTERM during an update: an exception on the way there, not heard on the way back."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def raised() -> Iterator[None]:
    """Each of them is a KeyboardInterrupt; what is ignored already (nohup) stays so."""
    with _handled(_break_off):
        yield


@contextmanager
def held() -> Iterator[None]:
    """None of them is heard, by the programs run meanwhile neither."""
    with _handled(signal.SIG_IGN):
        yield


def _break_off(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _handled(handler: Callable[[int, FrameType | None], Any] | signal.Handlers) -> Iterator[None]:
    before = {each: signal.getsignal(each) for each in _SIGNALS}
    heard = [each for each in _SIGNALS if before[each] is not signal.SIG_IGN]
    try:
        for each in heard:
            signal.signal(each, handler)
        yield
    finally:
        for each in heard:
            signal.signal(each, before[each])
