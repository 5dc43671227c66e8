"""Amounts: how many minor units a currency has, and how an amount is shown; no rates, no sums."""

from decimal import Decimal
from functools import lru_cache

from babel.numbers import format_currency, get_currency_symbol

from flows.languages import locale_of

# ISO 4217 exponents other than 2. Babel has figures of its own, but they follow what is seen in
# shops and change between its versions: what a stored amount means must not.
_DIGITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"), 0),
    **dict.fromkeys(("PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


def minor_digits(currency: str) -> int:
    """Decimal places of an ISO 4217 code: 2 for RUB, so 250000 minor units are 2500 roubles."""
    return _DIGITS.get(currency, 2)


def format_money(minor: int, currency: str, locale: str) -> str:
    """Show `minor` units, without decimals when whole: `1 200 ₽` with non-breaking spaces."""
    digits = minor_digits(currency)
    amount = Decimal(minor).scaleb(-digits)
    decimals = 0 if amount == amount.to_integral_value() else digits
    return format_currency(
        amount,
        currency,
        _pattern(locale, currency, decimals),
        locale=locale_of(locale),
        currency_digits=False,
    )


@lru_cache(maxsize=32)
def _pattern(locale: str, currency: str, decimals: int) -> str:
    standard = locale_of(locale).currency_formats["standard"].pattern
    pattern = str(standard).replace(".00", "." + "0" * decimals if decimals else "")
    if get_currency_symbol(currency, locale_of(locale))[-1:].isalpha():
        pattern = pattern.replace("¤#", "¤\N{NO-BREAK SPACE}#")  # "RUB 1,200", as Unicode has it
    return pattern
