"""What is packed comes back as it was, and nothing else passes for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from typing import Literal, NewType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.codec import CodecError, dumps, from_ms, loads, pack, to_ms, unpack

CaseId = NewType("CaseId", int)


class Kind(Enum):
    FIX = "fix"
    GIFT = "gift"


@dataclass(frozen=True, slots=True)
class Photo:
    file: str


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    case: CaseId
    at: datetime
    kind: Kind
    side: Literal["staff", "customer"]
    parts: tuple[Photo | Words, ...]
    answers: Mapping[str, str]
    pair: tuple[int, bool]
    hold: timedelta
    by: str | None = None
    last: Words | None = None


TOLD = Told(
    case=CaseId(7),
    at=datetime(2025, 5, 1, 12, 0, 0, 250_000, tzinfo=UTC),
    kind=Kind.GIFT,
    side="staff",
    parts=(Words("Ждала 40 минут"), Photo("AgAC")),
    answers={"topic": "wait"},
    pair=(1, True),
    hold=timedelta(seconds=10),
)


def test_a_packed_record_comes_back_equal() -> None:
    assert unpack(Told, pack(TOLD)) == TOLD


def test_a_packed_record_is_compact_and_readable() -> None:
    assert pack(Words("Ждала «40» минут")) == '{"text":"Ждала «40» минут"}'
    assert loads(pack(TOLD))["parts"][1] == {"is": "Photo", "file": "AgAC"}


@given(st.datetimes(timezones=st.just(UTC)))
def test_times_come_back_cut_to_the_millisecond(moment: datetime) -> None:
    back = from_ms(to_ms(moment))

    assert back == moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert back.tzinfo is UTC


def test_a_time_of_another_zone_is_the_same_moment() -> None:
    moscow = datetime(1970, 1, 1, 3, 0, 1, tzinfo=timezone(timedelta(hours=3)))

    assert to_ms(moscow) == 1000


def test_no_time_stays_no_time() -> None:
    assert (to_ms(None), from_ms(None)) == (None, None)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(CodecError, match="without a zone"):
        to_ms(datetime(2025, 1, 1))  # noqa: DTZ001  (what is refused)


def test_a_field_added_since_takes_its_default() -> None:
    older = loads(pack(TOLD))
    del older["by"]

    assert unpack(Told, dumps(older)) == TOLD


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"more": 1}, "has no field more"),
        ({"case": "7"}, "expected, found str"),
        ({"case": True}, "expected, found bool"),
        ({"kind": "refund"}, "'refund' is not a Kind"),
        ({"side": "owner"}, "'owner' is none of"),
        ({"parts": [{"is": "Voice"}]}, "'Voice' is none of Photo, Words"),
        ({"parts": {}}, "expected, found dict"),
        ({"pair": [1]}, "has 2 items, found 1"),
        ({"last": {}}, "Words lacks text"),
        ({"at": None}, "expected, found NoneType"),
    ],
)
def test_what_does_not_fit_is_refused(change: dict[str, object], complaint: str) -> None:
    with pytest.raises(CodecError, match=complaint):
        unpack(Told, dumps(loads(pack(TOLD)) | change))


def test_only_frozen_dataclasses_are_records() -> None:
    @dataclass
    class Loose:
        a: int

    with pytest.raises(CodecError, match="not frozen"):
        pack(Loose(1))
    with pytest.raises(CodecError, match="cannot be stored"):
        pack(object())
