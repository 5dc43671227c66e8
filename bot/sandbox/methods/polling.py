"""getUpdates, webhooks, getMe, logOut and close."""

from __future__ import annotations

from bot.sandbox.methods.request import Method, Raw, Request
from bot.sandbox.refusals import WEBHOOK_IS_SET, Refused, bad_request
from bot.sandbox.shapes import JsonObject

_DEFAULT_LIMIT = 100


def get_me(request: Request) -> JsonObject:
    return {
        **request.bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": request.bot.can_read_all_group_messages,
        "supports_inline_queries": False,
        "supports_guest_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


async def get_updates(request: Request) -> Raw:
    if request.bot.webhook is not None:
        raise Refused(409, WEBHOOK_IS_SET)
    request.bot.allow(request.get("allowed_updates"))
    updates = await request.bot.queue.get(
        request.get("offset") or 0,
        request.get("limit") or _DEFAULT_LIMIT,
        max(request.get("timeout") or 0, 0),
    )
    return Raw(f"[{','.join(updates)}]")


def set_webhook(request: Request) -> bool:
    address = request.params.get("url") or ""
    if not address:
        return delete_webhook(request)
    if not address.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    put_webhook(request, address)
    return True


def put_webhook(request: Request, address: str) -> None:
    bot = request.bot
    bot.allow(request.get("allowed_updates"))
    bot.webhook = {
        "url": address,
        "has_custom_certificate": False,
        "max_connections": request.get("max_connections") or 40,
    }
    if request.get("drop_pending_updates"):
        bot.queue.clear()
    bot.queue.wake(Refused(409, "Conflict: terminated by setWebhook request"))


def delete_webhook(request: Request) -> bool:
    request.bot.webhook = None
    if request.get("drop_pending_updates"):
        request.bot.queue.clear()
    return True


def get_webhook_info(request: Request) -> JsonObject:
    bot = request.bot
    info = bot.webhook or {"url": "", "has_custom_certificate": False}
    return {**info, "pending_update_count": bot.queue.pending}


def log_out(request: Request) -> bool:
    """The bot leaves this server: nothing more is accepted from it."""
    request.bot.unauthorized = True
    return True


def close(request: Request) -> bool:
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": log_out,
    "close": close,
}
