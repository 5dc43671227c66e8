"""Whom a complaint is about: found in words, and kept from it at every door."""

from dataclasses import replace

import pytest

from flows.book import Path
from flows.events import CaseAsked, StaffAction, VoucherShown
from flows.people import Gift, Person, PersonState
from flows.subjects import named_in, same_person
from tests.unit.flows.desk import GROUP, Desk, salon_desk


def person(name: str, number: int = 1) -> Person:
    return Person(number, number, name, role="administrator", state=PersonState.APPROVED)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Гузель", "Гузель не подняла трубку"),
        ("Гузель", "ждала Гузели сорок минут"),
        ("Рамиля", "Разговаривали с Рамилей, ужас"),
        ("Ляйсан", "у Ляйсан всё криво"),
        ("Анна Ахметова", "Обслуживала Ахметова, очень долго"),
        ("Анна Ахметова", "пожаловаться на Ахметову"),
        ("Лев", "Льва так и не дождались"),
        ("Павел", "Говорила с Павлом"),
        ("Ильдар", "Ильдара не было на месте"),
        ("Белый", "Мастер Белый опоздал; к Белому больше не пойду"),
        ("Лилия", "лилия опоздала на час"),
        ("Алёна", "Алена нагрубила"),
        ("Kate", "Kate was late"),
    ],
)
def test_a_name_is_found_in_its_forms(name: str, text: str) -> None:
    assert [p.name for p in named_in(text, [person(name)])] == [name]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Надежда", "Пишу вам в надежде на ответ"),
        ("Вера", "Потеряла веру в салоны"),
        ("Лилия", "Ждала сорок минут"),
        ("Ян", "Январь прошёл, а волосы всё такие же"),
        ("Роман", "романтика"),
        ("Лев", "левая сторона"),
    ],
)
def test_other_words_are_no_names(name: str, text: str) -> None:
    assert named_in(text, [person(name)]) == ()


def test_of_namesakes_only_whoever_is_named_in_full_is_meant() -> None:
    one, other = person("Анна Белова", 1), person("Анна Орлова", 2)

    assert named_in("Анна Орлова нахамила", [one, other]) == (other,)
    assert named_in("Анна нахамила", [one, other]) == (one, other)


def test_the_customers_own_name_under_the_letter_means_nobody() -> None:
    assert named_in("Ждала час. Анна", [person("Анна")], but="Анна") == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Гузель", "гузель", True),
        ("Гузель Ахметова", "Гузель", True),
        ("Ахметова Гузель", "Гузель Ахметова", True),
        ("Гузель Ахметова", "Гузель Белова", False),
        ("", "Гузель", False),
    ],
)
def test_names_with_and_without_the_surname(one: str, other: str, *, same: bool) -> None:
    assert same_person(one, other) is same


# ---- where the case goes ----------------------------------------------------------------------


def complaint(text: str, customer: str = "Дина") -> Desk:
    """A customer of a salon with an administrator, a manager and an owner has written this."""
    desk = salon_desk()
    desk.opens_branch(customer)
    desk.writes(customer, text)
    return desk


@pytest.mark.parametrize(
    ("text", "path", "about", "owner"),
    [
        ("Ждала сорок минут", Path.ORDINARY, (), None),
        ("Гузель сорок минут не отвечала", Path.MANAGER, (3,), 2),
        ("Администратор нахамила мне", Path.MANAGER, (), 2),
        ("Рамиля накричала на меня при всех", Path.MANAGER, (2,), 1),
        ("Лев обманул меня с ценой, долго спорили", Path.MANAGER, (1,), 2),
        ("Спасибо, Гузель самая лучшая", None, (), None),
    ],
)
def test_a_complaint_about_somebody_who_works_here_goes_to_whoever_is_not_meant(
    text: str, path: Path | None, about: tuple[int, ...], owner: int | None
) -> None:
    desk = complaint(text)

    if path is None:
        assert desk.memory.cases == {}
    else:
        assert (desk.case.path, desk.case.about, desk.case.owner_id) == (path, about, owner)


def test_the_group_sees_the_number_only() -> None:
    desk = complaint("Гузель сорок минут не отвечала")

    assert desk.group_line() == "№ 14 · другое · у управляющего"


def test_the_customer_reads_that_the_manager_answers() -> None:
    desk = complaint("Гузель сорок минут не отвечала")

    desk.quiet(61)

    assert desk.said("Дина")[-1] == "ack.open"
    assert "Рамиля, управляющая" in desk.heard("Дина")[-1].text


def test_whoever_answers_may_be_called_by_name() -> None:
    desk = complaint("Ждала сорок минут")
    desk.taps("Гузель", "take")

    desk.writes("Дина", "Гузель, ну сколько можно ждать ответа?")

    assert (desk.case.path, desk.case.owner_id) == (Path.ORDINARY, 3)


def test_whoever_answers_rudely_loses_the_case_and_the_customer_hears_who_answers_now() -> None:
    desk = complaint("Ждала сорок минут")
    desk.quiet(61)
    desk.taps("Гузель", "take")
    desk.forget()

    desk.writes("Дина", "Гузель, вы хамите мне даже здесь")

    assert desk.said("Дина") == ["progress.handover"]
    assert (desk.case.about, desk.case.owner_id, desk.case.taken_at) == ((3,), 2, None)


def served_by(master: str) -> Desk:
    """Дина was rude to by this master, and nobody is named."""
    desk = complaint("Ждала сорок минут")
    visit = desk.memory.visits[desk.case.visit_id or 0]
    desk.memory.visits[visit.id] = replace(visit, master=master)
    desk.writes("Дина", "Мне ещё и нагрубили")
    return desk


def test_a_rude_word_means_whoever_served() -> None:
    assert served_by("Рамиля").case.about == (2,)
    assert served_by("Рамиля").case.owner_id == 1
    assert served_by("Кто-то другой").case.about == ()


def test_whoever_is_the_only_one_to_decide_is_not_kept_from_it() -> None:
    desk = salon_desk()
    del desk.memory.roster[1], desk.memory.roster[3]
    desk.opens_branch("Дина")
    desk.writes("Дина", "Рамиля накричала на меня")

    assert desk.taps("Рамиля", "take") == "staff.reply_hint"


# ---- doors ------------------------------------------------------------------------------------

ABOUT = {
    "named in the words": "Гузель",
    "served the customer": "Гузель",
    "writes as a customer": "Гузель",
    "the manager is named": "Рамиля",
}


def about(how: str) -> Desk:
    """A case that is about somebody of the staff in this way."""
    desk = salon_desk()
    customer = "Гузель" if how == "writes as a customer" else "Дина"
    words = {"named in the words": "Гузель долго", "the manager is named": "Рамиля долго"}
    desk.opens_branch(customer)
    desk.writes(customer, f"{words.get(how, 'Очень долго')} и криво")
    if how == "served the customer":
        visit = desk.memory.visits[desk.case.visit_id or 0]
        desk.memory.visits[visit.id] = replace(visit, master="Гузель")
    desk.forget()
    return desk


REFUSED = [a for a in StaffAction if a not in (StaffAction.MORE, StaffAction.BACK)]


@pytest.mark.parametrize("action", [a for a in REFUSED if a is not StaffAction.TO_MANAGER])
@pytest.mark.parametrize("how", ABOUT)
def test_no_tap_of_the_person_concerned_does_anything(how: str, action: StaffAction) -> None:
    desk = about(how)
    before = desk.case

    answer = desk.forges(ABOUT[how], action, "bs01")

    assert answer == "staff.toast.own_case"
    assert replace(desk.case, version=0) == replace(before, version=0)


@pytest.mark.parametrize("how", ABOUT)
def test_handing_it_up_goes_past_the_person_concerned(how: str) -> None:
    desk = about(how)

    desk.forges(ABOUT[how], StaffAction.TO_MANAGER)

    assert desk.case.owner_id == (1 if ABOUT[how] == "Рамиля" else 2)


@pytest.mark.parametrize("how", ABOUT)
def test_no_reply_of_the_person_concerned_is_relayed(how: str) -> None:
    desk = about(how)

    desk.replies(ABOUT[how], "Это неправда")

    assert desk.memory.held == {}
    assert [said.key for said in desk.posted()] == ["staff.toast.own_case"]


@pytest.mark.parametrize("how", ABOUT)
def test_slash_case_is_not_read_by_the_person_concerned(how: str) -> None:
    desk = about(how)
    who = desk.sender(ABOUT[how])

    desk.happens(CaseAsked(who, who.tg_id, 1, desk.case.id))

    assert desk.said(ABOUT[how]) == ["find.not_yours"]


@pytest.mark.parametrize("how", ABOUT)
@pytest.mark.parametrize("chat", ["private", "group"])
def test_a_voucher_of_the_case_is_not_redeemed_by_the_person_concerned(how: str, chat: str) -> None:
    desk = about(how)
    gift = given(desk)
    who = desk.sender(ABOUT[how])
    where = who.tg_id if chat == "private" else GROUP

    event = VoucherShown(who, where, 1, gift.code, typed=True)
    desk.happens(event, case=desk.case, voucher=gift)

    said = desk.said(ABOUT[how]) if chat == "private" else [s.key for s in desk.posted()]
    own = how == "writes as a customer" and chat == "private"
    assert said == ["voucher.own" if own else "staff.toast.own_case"]
    assert desk.memory.gifts[gift.id].ended_at is None


def given(desk: Desk) -> Gift:
    """A voucher that the owner has given in this case."""
    desk.forges("Лев", StaffAction.GIVE, "bs01")
    desk.passes(seconds=11)
    desk.forget()
    return next(iter(desk.memory.live_gifts()))


# ---- no gift to oneself -----------------------------------------------------------------------


def second_account(*, own: bool, visit_phone: str = "") -> Desk:
    """Гузель has given her telephone as a customer once; now «Аноним» complains with the same number."""
    desk = salon_desk()
    known = desk.memory.customer(desk.sender("Гузель").tg_id, "Гузель")
    desk.memory.customers[known.id] = replace(known, phone="+79990000001", phone_own=True)
    desk.opens_branch("Аноним")
    desk.writes("Аноним", "Ждала сорок минут")
    stranger = desk.memory.customer(desk.sender("Аноним").tg_id, "Аноним")
    if not visit_phone:
        changed = replace(stranger, phone="+79990000001", phone_own=own)
        desk.memory.customers[stranger.id] = changed
    else:
        visit = desk.memory.visits[desk.case.visit_id or 0]
        desk.memory.visits[visit.id] = replace(visit, phone=visit_phone)
    return desk


@pytest.mark.parametrize(
    ("own", "visit_phone", "refused"),
    [
        (True, "", True),  # the account has the number of the person
        (False, "+79990000001", True),  # the visit was booked with it
        (False, "", False),  # a typed number proves nothing: anybody could keep anybody from a case
        (True, "+79990000002", False),
    ],
)
def test_nobody_gives_to_their_own_second_account(
    *, own: bool, visit_phone: str, refused: bool
) -> None:
    desk = second_account(own=own, visit_phone=visit_phone)

    answer = desk.forges("Гузель", StaffAction.GIVE, "bs01")

    assert (answer == "staff.toast.own_case") is refused
    assert (desk.memory.gifts == {}) is refused


def test_the_person_concerned_is_told_nothing_about_it() -> None:
    desk = about("named in the words")

    desk.passes(hours=3)

    assert desk.said("Гузель") == []
    assert "staff.remind" in desk.said("Рамиля")
