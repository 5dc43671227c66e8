"""Replies and the hints their authors get: a table of each rule, and good replies that pass in silence.

Every draft answers Анна, who gave 2 of 5 and wrote that she had waited; the card shows when she was here, who
served her, and her telephone.
"""

from dataclasses import replace

import pytest

from flows import lint
from flows.case import Care, Case
from flows.draft import Draft
from flows.people import Customer, Person, PersonState, Visit
from flows.tone import Findings
from tests.content.salon import salon
from tests.unit.flows.desk import FRIDAY_NOON
from tests.unit.flows.memory import Memory
from tests.unit.tone.reading import read

GUZEL = Person(3, 303, "Гузель", role="administrator", state=PersonState.APPROVED)
LONG = "Ждала сорок минут, никто не подошёл. " * 12  # 444 characters

# the draft, and what its author is told, the most important first
HINTED = (
    # words of blame
    ("Анна, простите, что ждали. Вы сами опоздали на десять минут.", "blame"),
    ("Анна, простите за ожидание. Надо было записаться заранее.", "blame"),
    ("Анна, простите за ожидание, из-за вас сдвинулась вся запись.", "blame"),
    ("Анна, простите за цвет. Вы не предупредили мастера об аллергии.", "you_did_not"),
    ("Анна, простите за спешку. Вы нам не сказали про время.", "you_did_not"),
    ("Анна, простите за счёт. Вы должны были прочитать прайс.", "you_must"),
    ("Анна, простите за счёт. Вам следует уточнять цену.", "you_must"),
    ("Анна, простите за ожидание. Успокойтесь, мы всё исправим.", "calm_down"),
    ("Анна, простите за ожидание. Не переживайте.", "calm_down"),
    ("Анна, простите за ожидание. Пожалуйста, не нервничайте.", "calm_down"),
    ("Анна, простите за отказ. Согласно регламенту запись сгорает через 15 минут.", "rules_say"),
    ("Анна, простите за отказ. По правилам салона деньги не возвращаем.", "rules_say"),
    ("Анна, прости за ожидание. Ты всегда желанный гость.", "you_thou"),
    ("Анна, простите за ожидание, мы тебе всё исправим.", "you_thou"),
    ("Анна, простите за ожидание, это не наша вина.", "not_our_fault"),
    ("Анна, простите за цвет. Ничем не можем помочь.", "not_our_fault"),
    ("Анна, простите за грубость, вам показалось.", "doubt"),
    ("Анна, простите за грубость, у нас такого не бывает.", "doubt"),
    # words to avoid, in any form
    ("Анна, приносим извинения за ожидание в сорок минут.", "inconvenience"),
    ("Анна, простите за неудобства и за сорок минут ожидания.", "inconvenience"),
    ("Анна, простите за ожидание, но мастер был один.", "but_word"),
    ("Анна, простите за ожидание. Однако мастер был один.", "but_word"),
    ("Анна, простите за ожидание. С записью была проблема.", "problem"),
    ("Анна, простите за ожидание. Проблемы с записью мы решили.", "problem"),
    ("Анна, простите за ожидание. Об этом инциденте знает управляющая.", "incident"),
    ("Анна, простите за ожидание. Вашу жалобу прочитала управляющая.", "incident"),
    ("Анна, простите за ожидание. Спасибо за обращение.", "incident"),
    ("Анна, простите за ожидание. В качестве компенсации дарим укладку.", "compensation"),
    ("Анна, простите за ожидание. Мы всё компенсируем.", "compensation"),
    ("Анна, простите за ожидание. Скоро поставим второго мастера.", "soon"),
    ("Анна, простите за ожидание. В ближайшее время поставим второго мастера.", "soon"),
    ("Анна, простите за ожидание. Чуть позже поставим второго мастера.", "soon"),
    ("Анна, простите за ожидание. Нам важно ваше мнение.", "in_order"),
    ("Анна, простите за ожидание. Я вас понимаю.", "i_understand"),
    ("Анна, простите за ожидание. В связи с наплывом гостей мастер был занят.", "officialese"),
    ("Анна, простите за ожидание. У нас работают лучшие мастера.", "self_praise"),
    ("Анна, простите за ожидание. Это останется между нами.", "between_us"),
    # the apology
    ("Анна, сегодня посадили второго мастера, ждать больше не придётся.", "apology"),
    ("Анна, мастер переделает укладку бесплатно, запись держим.", "apology"),
    ("Анна, простите нас, пожалуйста.", "sorry_for"),
    ("Анна, искренне извиняемся за сложившуюся ситуацию.", "sorry_for"),
    ("Анна, нам очень жаль, что так вышло.", "sorry_for"),
    ("Анна, извините за доставленные неудобства.", "sorry_for inconvenience"),
    # asks for what is known
    ("Анна, простите за ожидание. Когда вы были у нас?", "known"),
    ("Анна, простите за ожидание. Кто вас обслуживал?", "known"),
    ("Анна, простите за ожидание. Напишите, пожалуйста, дату визита.", "known"),
    ("Анна, простите за ожидание. Пришлите ваш номер.", "known"),
    ("Простите за ожидание. Как вас зовут?", "known"),
    # another channel
    ("Анна, простите за ожидание. Позвоните нам, пожалуйста.", "channel"),
    ("Анна, простите за ожидание. Напишите нам на почту.", "channel"),
    ("Анна, простите за ожидание. Подойдите к администратору.", "channel"),
    ("Анна, простите за ожидание. Сегодня до 18:00 перезвоню вам.", "call"),
    # who and when
    ("Анна, простите за ожидание. Вам перезвонят завтра.", "call who"),
    ("Анна, простите за ожидание. С вами свяжутся.", "who"),
    ("Анна, простите за ожидание. Разберусь и отвечу.", "next_time"),
    ("Анна, простите за ожидание. Уточню у мастера.", "next_time"),
    ("Анна, простите за ожидание. Мы разбираемся.", "next_time"),
    # the name, the tone of voice
    ("Простите за ожидание, сегодня посадили второго мастера, и ждать больше не придётся.", "name"),
    ("Анна, простите за ожидание. Анна, ждать больше не придётся.", "name_twice"),
    ("Анна, простите за ожидание!! Так не должно быть.", "shouting"),
    ("Анна, простите за ожидание. МЫ ОЧЕНЬ СТАРАЕМСЯ исправить запись.", "shouting"),
    ("Анна, простите за ожидание 🙏", "emoji"),
    ("Анна, простите за ожидание :)", "emoji"),
    ("Анна, простите, что Вы ждали сорок минут.", "capital_you"),
    # several at once: the important ones first, three at most
    (
        "Приносим извинения за неудобства, но вы сами опоздали. Позвоните нам!!",
        "channel blame inconvenience",
    ),
    ("Ваше обращение передано, с вами свяжутся в ближайшее время.", "who apology incident"),
    # English
    ("Анна, we're sorry you waited. You should have booked earlier.", "blame"),
    ("Анна, sorry you waited. You didn't tell the master.", "you_did_not"),
    ("Анна, sorry for any inconvenience caused.", "sorry_for inconvenience"),
    ("Анна, sorry you waited, but the master was busy.", "but_word"),
    ("Анна, sorry you waited. It is our policy.", "rules_say"),
    ("Анна, sorry you waited. We have read both complaints.", "incident"),
    ("Анна, sorry you waited. Please call us.", "channel"),
    ("Анна, sorry you waited. We'll look into it.", "next_time"),
    ("Анна, sorry you waited. When was your visit?", "known"),
    ("Анна, the second master is here today.", "apology"),
    ("Анна, sorry you waited. We will answer shortly.", "soon"),
    ("Анна, sorry you waited. Calm down, please.", "calm_down"),
)

SILENT = (
    "Анна, простите, что ждали сорок минут. Сегодня посадили второго мастера.",
    "Анна, простите нас за долгое ожидание. Разберусь и напишу вам завтра до обеда.",
    "Простите, что ждали.",
    "Анна, виноваты мы: запись наложилась. Переделаем бесплатно, в любой день.",
    "Анна, простите за цвет. Лилия переделает окрашивание завтра в 12.",
    "Анна, простите за грубость. С мастером поговорила управляющая, этого не повторится.",
    "Анна, жаль, что укладка не держится. Приходите в пятницу, переделаем.",
    "Анна, простите за счёт: лишнее вернём сегодня до 18:00.",
    "Анна, прошу прощения за сорок минут ожидания. Отвечу по записи сегодня вечером.",
    "Анна, наша вина: мастер начал на полчаса позже.",
    "Анна, простите за холод в зале. Обогреватель уже стоит.",
    "Анна, простите за ожидание. Какой день вам удобен?",
    "Анна, простите за ожидание. Вы не против, если укладку переделает Алсу?",
    "Анна, простите за ожидание. Вы не могли бы прислать фото?",
    "Анна, простите, нам надо было предупредить вас о задержке.",
    "Анна, простите, что чай был холодный. Спасибо, что сказали.",
    "Анна, простите за ожидание. Мы не только вернём деньги, но и переделаем укладку.",
    "Анна, простите за ожидание. Запись держим за вами до конца недели.",
    "Анна, простите, что не перезвонили вчера. Отвечу сегодня до 15:00.",
    "Анна, простите за стрижку. Проверили запись: мастер торопился, это наша ошибка.",
    "Анна, простите, что администратор не поздоровался.",
    "Анна, простите за забытую заявку. Уточнили у мастера: место есть завтра в 14:00.",
    "Простите за ожидание, Анна.",
    "Анна, простите за шум. Музыку сделали тише.",
    "Анна, простите за испорченный маникюр. Деньги вернули сегодня.",
    "Анна, простите за очередь у стойки. Теперь вас встретит Айгуль.",
    "Анна, извините за опоздание мастера. Спасибо, что написали.",
    "Анна, sorry you waited forty minutes. The second master is here today.",
    "Анна, we're sorry you waited. I'll write to you tomorrow before noon.",
    "Анна, sorry about the cold tea. Thank you for telling us.",
    "Анна, our mistake: the master began late. We will redo it on Friday.",
)


@pytest.mark.parametrize(("text", "expected"), HINTED, ids=[text for text, _ in HINTED])
def test_what_matters_is_hinted_at(text: str, expected: str) -> None:
    assert told(text) == expected.split()


@pytest.mark.parametrize("text", SILENT)
def test_what_is_fine_passes_in_silence(text: str) -> None:
    assert told(text) == []


def test_a_long_story_wants_more_than_a_line() -> None:
    short = "Анна, простите, что ждали сорок минут."

    assert told(short, story=LONG) == ["length"]
    assert told(f"{short} {'Сегодня посадили второго мастера. ' * 6}", story=LONG) == []
    assert line(short, story=LONG) == "Рассказ в 12 раз длиннее ответа: добавьте, что уже сделали"


def test_how_much_longer_a_story_is_is_said_in_words_that_agree() -> None:
    reply = "Анна, простите, что ждали сорок минут. " + "Сегодня посадили второго мастера. " * 3

    assert line(reply, story=LONG).startswith("Рассказ в 3 раза длиннее ответа")


def test_what_the_card_does_not_show_may_be_asked() -> None:
    asks = "Анна, простите за ожидание. Кто вас обслуживал?"

    assert told(asks, visit=replace(VISIT, master="")) == []
    assert line(asks) == "Спрашиваете то, что уже есть на карточке: кто обслуживал"


def test_who_asked_for_a_call_may_be_called() -> None:
    will_call = "Анна, простите за ожидание. Сегодня до 18:00 перезвоню вам."

    assert told(will_call, call_asked_at=FRIDAY_NOON) == []
    assert told(will_call, story="Ждала сорок минут, перезвоните мне") == []


def test_a_mere_question_needs_no_apology() -> None:
    answer = "Здравствуйте, Анна! Да, завтра есть место в 14:00 🙂"

    assert told(answer, story="Есть ли место завтра?", score=None) == []


def test_later_replies_are_not_asked_for_an_apology_or_a_name_again() -> None:
    reply = "Место есть завтра в 14:00, мастер Алсу переделает укладку, это бесплатно."

    assert told(reply, answered_at=FRIDAY_NOON) == []


def test_at_most_so_many_lines_as_the_owner_wants() -> None:
    text = "Приносим извинения за неудобства, но вы сами опоздали. Позвоните нам!!"

    assert told(text, most_lines=1) == ["channel"]
    assert len(told(text, most_lines=5)) == 5


VISIT = Visit(1, "v1", "csv", "bauman", FRIDAY_NOON, "укладка", "Лилия", customer_id=1)


def found(
    text: str,
    *,
    story: str = "Ждала сорок минут",
    visit: Visit = VISIT,
    score: int | None = 2,
    most_lines: int | None = None,
    **case: object,
) -> tuple[lint.Hint, ...]:
    """The hints for a first reply to Анна."""
    findings, content = read(text), salon()
    if most_lines is not None:
        tones = {name: replace(tone, most_lines=most_lines) for name, tone in content.tones.items()}
        content = replace(content, tones=tones)
    memory = Memory(content, FRIDAY_NOON)
    about = Case(
        id=14,
        customer_id=1,
        book="",
        branch_id="bauman",
        opened_at=FRIDAY_NOON,
        visit_id=1,
        score=score,
        story=(story,),
        **case,  # type: ignore[arg-type]  # fields by name, checked by the dataclass itself
    )
    anna = Customer(1, 101, "Анна", phone="+79990000001")
    care = Care(anna, case=about, visit=visit)
    draft = Draft(care, memory.facts(care), FRIDAY_NOON)
    return lint.hints(draft, GUZEL, findings, first=about.answered_at is None)


def told(text: str, **about: object) -> list[str]:
    """The names of the hints, in order."""
    return [str(hint.id) for hint in found(text, **about)]  # type: ignore[arg-type]  # by name


def line(text: str, **about: object) -> str:
    """The line of the only hint."""
    (hint,) = found(text, **about)  # type: ignore[arg-type]  # by name
    return hint.line


def test_the_tables_are_as_long_as_they_should_be() -> None:
    assert len({text for text, _ in HINTED}) >= 60
    assert len(set(SILENT)) >= 30
    assert isinstance(read(SILENT[0]), Findings)
