"""What a folder compiles to, beside what is wrong with one."""

from datetime import timedelta

import pytest

from bot.problem_words import problem_words
from flows.book import Content
from flows.compiler import BookError, compile_book, judge_content, source_sha256
from flows.flow import Step
from flows.problems import Problem, Problems
from tests.content.salon import salon, salon_files


def compiled(file: str, old: str, new: str) -> Content:
    files = salon_files()
    assert old in files[file]
    content = judge_content({**files, file: files[file].replace(old, new, 1)}).content
    assert isinstance(content, Content)
    return content


def test_the_book_holds_flows_and_texts_and_nothing_else() -> None:
    assert sorted(salon().book.source) == [
        "flows/after_visit.yaml",
        "flows/check.yaml",
        "flows/check_7d.yaml",
        "flows/nps.yaml",
        "flows/review.yaml",
        "flows/words.yaml",
        "texts/en.yaml",
        "texts/ru.yaml",
    ]


def test_a_stored_source_compiles_to_the_same_book() -> None:
    book = salon().book

    again = compile_book(book.source)

    assert again.sha256 == book.sha256 == source_sha256(book.source)
    assert again.flows == book.flows


def test_the_order_of_files_does_not_change_the_fingerprint() -> None:
    source = salon().book.source

    assert source_sha256(dict(reversed(list(source.items())))) == source_sha256(source)


def test_limits_and_hours_do_not_change_the_book() -> None:
    content = compiled("business.yaml", "  reply_within: 30m", "  reply_within: 45m")

    assert content.book.sha256 == salon().book.sha256
    assert content.business.timing.reply_within == timedelta(minutes=45)


def test_a_changed_text_changes_the_book() -> None:
    content = compiled("texts/ru.yaml", "До встречи!", "Ждём вас!")

    assert content.book.sha256 != salon().book.sha256
    assert content.book.texts.render("check.ok") == "Спасибо, что ответили. Ждём вас!"


def test_a_sentence_may_stand_in_the_flow_itself() -> None:
    content = compiled("flows/check.yaml", "say: check.ok", 'say: "Рады, что всё хорошо!"')

    say = content.book.flows["check"].steps["fine"].say

    assert say == "check.fine.say"
    assert content.book.texts.render(say) == "Рады, что всё хорошо!"


def test_a_sentence_in_a_flow_is_judged_like_any_other() -> None:
    files = salon_files()
    text = files["flows/check.yaml"].replace("say: check.ok", 'say: "Рады, {nmae_c}!"')

    problems = judge_content({**files, "flows/check.yaml": text}).problems

    line = next(n for n, row in enumerate(text.split("\n"), 1) if "nmae_c" in row)
    assert problem_words("en").report(problems) == (
        f"flows/check.yaml:{line}: steps.fine.say: {{nmae_c}} is not a variable; "
        'did you mean "{name_c}"?'
    )


def test_one_word_after_go_stands_for_every_answer_that_moves() -> None:
    steps = salon().book.flows["after_visit"].steps

    assert steps["topic"].go == {"words": "promise_only"}
    assert steps["praise"].go == {"words": "praise_heard"}


def test_what_is_left_out_has_a_default() -> None:
    files = salon_files()
    business = files["business.yaml"]
    start, end = business.index("timing:"), business.index("# Данные гостей")
    content = judge_content({**files, "business.yaml": business[:start] + business[end:]}).content

    assert isinstance(content, Content)
    assert content.business.timing == salon().business.timing


def test_a_branch_may_have_a_zone_and_a_telephone_of_its_own() -> None:
    content = compiled(
        "business.yaml",
        '    hours: "10:00-21:00" ',
        '    hours: "9-20"\n    time_zone: Asia/Yekaterinburg\n    phone: "+7 343 000-00-00"\n#',
    )

    branch = content.business.branch("bauman")

    assert (str(branch.hours.zone), branch.phone) == ("Asia/Yekaterinburg", "+7 343 000-00-00")


def test_a_book_of_an_older_version_takes_what_it_lacks_from_today() -> None:
    book = salon().book
    texts = book.source["texts/ru.yaml"].replace("  staff.wrote_again:", "  staff.once_said:")
    old = {**book.source, "texts/ru.yaml": texts}

    pinned = compile_book(old, book)

    values = {"case_no": 1, "guest": "Анна", "story": "ещё"}
    assert pinned.sha256 == source_sha256(old)
    assert pinned.texts.render("staff.wrote_again", values) == "№ 1, Анна пишет ещё: «ещё»"


def test_a_book_that_makes_no_sense_any_more_is_an_error() -> None:
    flow = salon().book.source["flows/check.yaml"].replace("choose", "").replace("go: {", "went: {")
    source = {**salon().book.source, "flows/check.yaml": flow}

    with pytest.raises(BookError):
        compile_book(source)


def test_a_step_that_says_and_asks_nothing_waits_for_nobody() -> None:
    assert Step(name="end").waits is False


def test_problems_are_told_apart_from_warnings() -> None:
    wrong = Problem("a.yaml", 2, "x", "text.empty")
    odd = Problem("a.yaml", 1, "y", "unused.text", warning=True)

    problems = Problems((odd, wrong))

    assert (problems.errors, problems.warnings) == ((wrong,), (odd,))
    assert str(problems) == "a.yaml:1: y unused.text\na.yaml:2: x text.empty"
