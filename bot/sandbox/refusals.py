"""How Telegram refuses: code, sentence, parameters. Sentences used in several places stand here."""

from __future__ import annotations

from bot.sandbox.shapes import JsonObject

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
STALE_QUERY = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class Refused(Exception):
    """Telegram says no: `code` is both the HTTP status and the error code."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> JsonObject:
        answer: JsonObject = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad_request(sentence: str, **parameters: int) -> Refused:
    return Refused(400, f"Bad Request: {sentence}", **parameters)


def forbidden(sentence: str) -> Refused:
    return Refused(403, f"Forbidden: {sentence}")


def too_many(retry_after_s: int) -> Refused:
    return Refused(
        429, f"Too Many Requests: retry after {retry_after_s}", retry_after=retry_after_s
    )
