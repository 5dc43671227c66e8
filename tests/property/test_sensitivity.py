"""The property tests would notice what they are there to notice."""

from dataclasses import replace

import pytest

from flows.effects import SaveGift
from flows.people import Gift, GiftState
from tests.unit.flows.desk import Desk, salon_desk


def given() -> tuple[Desk, Gift]:
    """Анна has complained, and Гузель has given her something."""
    desk = salon_desk()
    desk.opens_branch("Анна")
    desk.rates("Анна", 2)
    desk.presses("Анна", "Долго ждали")
    desk.quiet(61)
    desk.taps("Гузель", "gift")
    (gift,) = desk.memory.live_gifts()
    return desk, gift


def test_a_second_gift_in_one_opening_would_fail_every_property() -> None:
    desk, gift = given()
    care = desk.memory.care_of_case(gift.case_id)

    with pytest.raises(AssertionError, match="given twice"):
        desk.memory.save(care, [SaveGift(replace(gift, id=gift.id + 1))])


def test_a_gift_that_was_taken_back_leaves_room_for_another() -> None:
    desk, gift = given()
    care = desk.memory.care_of_case(gift.case_id)
    back, again = replace(gift, state=GiftState.TAKEN_BACK), replace(gift, id=gift.id + 1)

    desk.memory.save(care, [SaveGift(back)])
    desk.memory.save(care, [SaveGift(again)])

    assert desk.memory.live_gifts() == [again]
