"""What was done with a voucher, by whoever held it."""

from dataclasses import dataclass
from enum import StrEnum

from flows.events.basics import Sender, Tap


class VoucherAction(StrEnum):
    """What a button of a voucher does; the value stands in callback data."""

    PICTURE = "qr"  # the customer wants the code as a picture
    REDEEM = "use"  # arg: branch id
    UNDO = "undo"  # the redemption was a slip
    MORE = "more"  # what else can be done with it
    EXTEND = "long"
    REVOKE = "end"  # arg: a reason, "" asks for one
    BACK = "back"


@dataclass(frozen=True, slots=True)
class VoucherShown:
    """A voucher's code was typed after /redeem (`typed`), or its picture was scanned; anybody may do that."""

    by: Sender
    chat_id: int
    message_id: int
    code: str
    typed: bool
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class VoucherTapped:
    """Pressed a button of a voucher. Who it is is checked here."""

    by: Sender
    tap: Tap
    gift_id: int
    action: VoucherAction
    arg: str = ""
