"""What stops the demo, in words for a person."""

from __future__ import annotations


class DemoFailed(Exception):
    """`str()` is the sentence; `details` are lines below it, as they were seen."""

    def __init__(self, sentence: str, details: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.details = details
