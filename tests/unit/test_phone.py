"""Telephone numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, format_number, is_valid_number, parse
from phonenumbers.phonenumberutil import NumberParseException

from handlers.phone import only_zone, to_e164


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("8 (999) 000-00-01", "+79990000001"),
        ("+7 999 000-00-01", "+79990000001"),
        ("+7 999 000–00–01", "+79990000001"),
        ("79990000001", "+79990000001"),
        ("9990000001", "+79990000001"),
        ("8 800 555-35-35", "+78005553535"),
        ("+7 843 200-00-01", "+78432000001"),
        ("89990000001 доб. 5", "+79990000001"),
        ("+44 20 7946 0958", "+442079460958"),
        ("8999000000", None),  # a digit is missing
        ("8 +7 999 000 00 01", None),
        ("89990000001, 89990000002", None),
        ("7,9990E+10", None),
        ("112", None),
        ("нет", None),
        ("", None),
    ],
)
def test_a_russian_salon_gets_numbers_in_many_spellings(written: str, number: str | None) -> None:
    assert to_e164(written, "RU") == number


def test_a_number_without_its_country_is_of_the_region() -> None:
    assert to_e164("8 701 000 00 01", "KZ") == "+77010000001"
    assert to_e164("0151 23456789", "DE") == "+4915123456789"
    assert to_e164("90 123 45 67", "UZ") == "+998901234567"


@given(
    region=st.sampled_from(["RU", "KZ", "BY", "UZ", "DE", "UA", "AM", "US"]),
    start=st.sampled_from(["", "+", "+7", "8", "+7 7", "8 9", "+375 29", "8 029", "0", "+49 15"]),
    rest=st.text("0123456789 -()", max_size=14),
)
def test_the_quick_way_and_the_library_agree(region: str, start: str, rest: str) -> None:
    written = start + rest
    try:
        number = parse(written, region)
        expected = (
            format_number(number, PhoneNumberFormat.E164) if is_valid_number(number) else None
        )
    except NumberParseException:
        expected = None

    assert to_e164(written, region) == expected


@pytest.mark.parametrize(
    ("number", "zone"),
    [
        ("+73432000001", "Asia/Yekaterinburg"),
        ("+48512345678", "Europe/Warsaw"),
        ("+79990000001", ""),  # a mobile telephone of anywhere in Russia
        ("+88212345678", ""),  # of no country
        ("none", ""),
    ],
)
def test_a_number_tells_where_people_live_when_it_is_one_place(number: str, zone: str) -> None:
    assert only_zone(number) == zone
