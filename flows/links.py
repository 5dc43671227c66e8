"""Deep links of the bot: their addresses and what opening one stands for. Secrets are passed in."""

from flows.facts import Tokens
from flows.presses import OpenUrl

# What the bot asks for in a group: to see replies, to tidy up, to give each case a topic where the owner wants that.
ADMIN_RIGHTS = "delete_messages+manage_topics"


def start_link(bot_username: str, payload: str) -> str:
    """To the private chat; `payload` has 1 to 64 letters, digits, _ and -."""
    return f"https://t.me/{bot_username}?start={payload}"


def group_link(bot_username: str, payload: str) -> str:
    """Adds the bot to a group of one's choice, with the rights it uses."""
    return f"https://t.me/{bot_username}?startgroup={payload}&admin={ADMIN_RIGHTS}"


def visit_link(bot_username: str, token: str) -> str:
    """For the customer of one visit; the first who opens it."""
    return start_link(bot_username, f"v_{token}")


def voucher_link(bot_username: str, code: str) -> str:
    """Behind the picture of a voucher: a person of the staff redeems by it, others see how it stands."""
    return start_link(bot_username, f"c_{code}")


def join_payload(tokens: Tokens, chat_id: int = 0) -> str:
    """Asks to join the staff; from a group (its id is below zero), as somebody of it."""
    return f"join_{tokens.join}_{-chat_id}" if chat_id < 0 else f"join_{tokens.join}"


def joined_from(tokens: Tokens, token: str) -> int | None:
    """Id of the group that a request to join comes from, 0 for none; None when the secret is wrong."""
    secret, _, number = token.rpartition("_")
    if token == tokens.join:
        return 0
    return -int(number) if secret == tokens.join and number.isdecimal() else None


def to_join(tokens: Tokens, chat_id: int = 0) -> OpenUrl:
    """A button that asks to join the staff; `chat_id` as in `join_payload`."""
    return OpenUrl(f"start:{join_payload(tokens, chat_id)}")


def to_manage(bot_username: str, tokens: Tokens) -> str:
    """The link that the owner forwards to the manager."""
    return start_link(bot_username, f"mgr_{tokens.manager}")


def to_choose_group(tokens: Tokens) -> OpenUrl:
    """A button that adds the bot to the staff's group."""
    return OpenUrl(f"startgroup:g_{tokens.group}")


def to_choose_managers_group(tokens: Tokens) -> OpenUrl:
    """A button that adds the bot to the managers' group."""
    return OpenUrl(f"startgroup:gm_{tokens.group}")
