"""For each broken rule a story that it spoils: the shortest way to what the judge must see."""

from collections.abc import Callable
from typing import Final

from flows.events import StaffAction, VoucherAction
from flows.people import Person
from flows.presses import CasePress, ChoicePress, VoucherPress
from handlers.buttons import pack
from tests.property.deeds import Deeds
from tests.property.shop import CUSTOMERS, GROUP, STAFF, STRANGER

LEV, RAMILYA, GUZEL, AIGUL = STAFF
ANNA, DANA = CUSTOMERS[0], CUSTOMERS[1]


def _given(deeds: Deeds) -> int:
    """Анна has a code from Гузель; the number of the gift."""
    deeds.visits(ANNA, RAMILYA, "")
    deeds.gives(GUZEL, 0)
    deeds.shop.passes(seconds=11)
    return deeds.gifts()[-1]


def _gives(deeds: Deeds, who: str, offer: str) -> None:
    person = {each.name: each for each in (*STAFF, STRANGER)}[who]
    deeds.forges(person, GROUP, pack(CasePress(deeds.cases()[-1], StaffAction.GIVE, offer)))


def _works_on(deeds: Deeds, gift: int, action: VoucherAction, arg: str, by: Person = GUZEL) -> None:
    deeds.forges(by, by.tg_id, pack(VoucherPress(gift, action, arg)))


def twice_in_a_week(deeds: Deeds) -> None:
    _given(deeds)
    deeds.resolves(GUZEL)
    _given(deeds)


def above_the_own_role(deeds: Deeds) -> None:
    deeds.visits(ANNA, RAMILYA, "")
    for message in deeds.chat(ANNA.tg_id):
        for data in message.data:
            if "topic:rude" in data:
                deeds.shop.taps(ANNA, ANNA.tg_id, message.id, data)
    _gives(deeds, "Гузель", "bs07")


def by_a_stranger(deeds: Deeds) -> None:
    deeds.visits(ANNA, RAMILYA, "")
    _gives(deeds, STRANGER.name, "bs01")


def by_who_has_left(deeds: Deeds) -> None:
    deeds.visits(ANNA, RAMILYA, "")
    deeds.leaves(GUZEL)
    _gives(deeds, "Гузель", "bs01")


def twice_in_one_opening(deeds: Deeds) -> None:
    _given(deeds)
    _gives(deeds, "Рамиля", "bs11")


def redeemed_twice(deeds: Deeds) -> None:
    gift = _given(deeds)
    _works_on(deeds, gift, VoucherAction.REDEEM, "bauman")
    _works_on(deeds, gift, VoucherAction.REDEEM, "bauman", by=RAMILYA)


def redeemed_too_late(deeds: Deeds) -> None:
    gift = _given(deeds)
    deeds.resolves(GUZEL)
    deeds.shop.passes(days=90)
    _works_on(deeds, gift, VoucherAction.REDEEM, "bauman")


def revoked_from_below(deeds: Deeds) -> None:
    _works_on(deeds, _given(deeds), VoucherAction.REVOKE, "mistake")


def chosen_by_another(deeds: Deeds) -> None:
    deeds.visits(ANNA, RAMILYA, "")
    deeds.forges(GUZEL, GROUP, pack(CasePress(deeds.cases()[-1], StaffAction.CHOICE)))
    deeds.shop.passes(seconds=11)
    deeds.forges(DANA, DANA.tg_id, pack(ChoicePress(deeds.gifts()[-1], "bs01")))


def before_anybody_has_spoken(deeds: Deeds) -> None:
    deeds.complains(ANNA, 1, "У меня ожог после маски")
    _gives(deeds, "Рамиля", "bs10")


def about_oneself(deeds: Deeds) -> None:
    deeds.visits(ANNA, RAMILYA, "Гузель")
    _gives(deeds, "Гузель", "bs01")


def nobody_answers(deeds: Deeds) -> None:
    deeds.complains(ANNA, 2, "Ждала сорок минут")
    deeds.shop.passes(hours=3)


STORIES: Final[dict[str, Callable[[Deeds], None]]] = {
    "no limits": twice_in_a_week,
    "everybody is an owner": above_the_own_role,
    "everybody is of the staff": by_a_stranger,
    "who has left stays": by_who_has_left,
    "nothing was given": twice_in_one_opening,
    "codes never end": redeemed_twice,
    "codes never lapse": redeemed_too_late,
    "everybody may revoke": revoked_from_below,
    "anybody chooses": chosen_by_another,
    "everybody has been spoken to": before_anybody_has_spoken,
    "nobody is complained about": about_oneself,
    "no late timers": nobody_answers,
    "no honest words": nobody_answers,
    "no answers to taps": nobody_answers,
}
