"""What is asked during a stay, and who is invited to write publicly."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from flows.events import VisitEnded
from flows.presses import OpenUrl
from tests.unit.flows.desk import Desk
from tests.unit.flows.written import BUSINESS, desk_with

STAY = """
    flow: stay
    trigger: arrival
    after: 4h
    start: ask
    steps:
      ask: {say: ask.hotel.stay, buttons: [stay_ok, stay_help], go: {stay_ok: fine, stay_help: help}}
      fine: {say: stay.ok}
      help: {case: open, say: stay.help, collect: {text: true, until_quiet: 60s}, go: promise}
      promise: {promise: true}
"""
REVIEW = """
    flow: review
    trigger: review
    after: 3d
    start: invite
    steps:
      invite: {invite_review: true}
"""


def stays(desk: Desk, *, arrived: datetime, leaves: datetime, number: int = 1) -> None:
    """Анна's booking comes from the hotel's program."""
    anna = desk.memory.customers[1]
    ext_id = f"pms:{number}"
    known = next((v for v in desk.memory.visits.values() if v.ext_id == ext_id), None)
    event = VisitEnded(ext_id, "csv", leaves, "bauman", phone=anna.phone, arrived_at=arrived)
    desk.happens(event, known_customer=anna, linked_visit=known)


def hotel() -> Desk:
    desk = desk_with(stay=STAY)
    desk.shares_phone("Анна", "+79990000001")
    desk.forget()
    return desk


def test_a_stay_is_asked_about_while_it_can_be_put_right_and_again_after_it() -> None:
    desk = hotel()
    now = desk.memory.now
    stays(desk, arrived=now, leaves=now + timedelta(days=2))

    desk.passes(hours=4)
    during = desk.said("Анна")
    desk.presses("Анна", "stay_ok")
    desk.passes(days=2)

    assert during == ["ask.hotel.stay"]
    assert desk.said("Анна")[:3] == ["ask.hotel.stay", "stay.ok", "ask.salon"]


def test_what_is_missing_during_a_stay_is_a_case_at_once() -> None:
    desk = hotel()
    stays(desk, arrived=desk.memory.now, leaves=desk.memory.now + timedelta(days=2))
    desk.passes(hours=4)

    desk.presses("Анна", "stay_help")
    desk.writes("Анна", "Нет полотенец")
    desk.quiet(61)

    assert desk.said("Анна")[1:] == ["stay.help", "ack.unassigned"]
    assert desk.case.story == ("Нет полотенец",)


def test_a_stay_that_is_over_by_then_is_not_asked_about() -> None:
    desk = hotel()

    stays(desk, arrived=desk.memory.now, leaves=desk.memory.now + timedelta(hours=3))
    desk.passes(hours=4)

    assert desk.said("Анна") == []


def test_who_leaves_later_is_asked_later() -> None:
    desk = hotel()
    now = desk.memory.now
    stays(desk, arrived=now, leaves=now + timedelta(days=1))

    stays(desk, arrived=now, leaves=now + timedelta(days=3))
    desk.passes(days=2)
    before = desk.said("Анна")
    desk.passes(days=2)

    assert before == ["ask.hotel.stay"]
    assert desk.said("Анна")[:2] == ["ask.hotel.stay", "ask.salon"]


def test_the_link_of_a_stay_asks_at_once_while_it_lasts() -> None:
    desk = desk_with(stay=STAY)
    token = desk.asks_visit_link("Гузель")
    (visit,) = desk.memory.visits.values()
    ends = desk.memory.now + timedelta(days=1)
    desk.memory.visits[visit.id] = replace(visit, arrived_at=desk.memory.now, ended_at=ends)

    desk.opens_visit("Анна", token)
    desk.passes(hours=5)

    assert desk.said("Анна") == ["ask.hotel.stay"]


# ---- reviews ----------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [1, 2, 3, 4, 5])
def test_everybody_who_answered_is_invited_whatever_the_mark(mark: int) -> None:
    desk = desk_with(review=REVIEW)
    desk.agrees("Анна")
    desk.rates("Анна", mark)
    if mark < 3:
        desk.replies("Гузель", "Простите нас")
        desk.passes(seconds=11)
        desk.taps("Гузель", "resolve")
    desk.forget()

    desk.passes(days=3)

    assert [key for key in desk.said("Анна") if key.startswith("review")] == ["review.invite"]


def test_the_invitation_leads_to_every_page() -> None:
    pages = '  "Яндекс Карты": "https://lana.ru/maps"\n'
    desk = desk_with((BUSINESS, pages, pages + '  "2ГИС": "https://lana.ru/2gis"\n'), review=REVIEW)
    desk.agrees("Анна")
    desk.rates("Анна", 5)

    desk.passes(days=3)

    buttons = [b for row in desk.heard("Анна")[-1].rows for b in row]
    addresses = [b.press.url for b in buttons if isinstance(b.press, OpenUrl)]
    assert addresses == ["https://lana.ru/maps", "https://lana.ru/2gis"]


def test_beside_an_open_case_the_invitation_waits() -> None:
    desk = desk_with(review=REVIEW)
    desk.agrees("Анна")
    desk.rates("Анна", 2)
    desk.passes(days=5)
    waiting = desk.said("Анна")
    desk.replies("Гузель", "Простите нас")
    desk.passes(seconds=11)
    desk.taps("Гузель", "resolve")

    desk.passes(days=1)

    assert "review.invite" not in waiting
    assert desk.said("Анна")[-1] == "review.invite"


def test_whoever_wants_no_more_invitations_gets_none() -> None:
    desk = desk_with(review=REVIEW)
    desk.agrees("Анна")
    desk.rates("Анна", 5)
    desk.passes(days=3)

    popped = desk.presses("Анна", "no_reviews")

    assert popped == "review.skip"
    assert desk.memory.customers[1].invitations is False
    assert desk.heard("Анна")[-1].rows == ()


def test_nobody_is_invited_twice_in_half_a_year() -> None:
    desk = desk_with(review=REVIEW)
    desk.agrees("Анна")
    desk.rates("Анна", 5)
    desk.passes(days=20)
    desk.forget()

    desk.opens_branch("Анна")
    desk.presses("Анна", "rate.5")
    desk.passes(days=20)

    assert desk.said("Анна") == ["ask.qr", "rate.5"]
