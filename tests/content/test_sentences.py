"""Every mistake that the code may find has its sentence, in Russian and in English."""

import ast
import json
import string
from pathlib import Path

import flows
from bot.problem_words import LANGUAGES, problem_words, report_language
from flows.problems import Mistake, Problem, Quoted, Term
from tests.content.broken import broken_folders

ROOT = Path(flows.__file__).parent
BOT = ROOT.parent / "bot"
BUILT = ("missing.", "unused.")  # their codes are put together from the kind of thing


def sentences(language: str) -> dict[str, str]:
    file = ROOT / "sentences" / f"problems.{language}.json"
    read: dict[str, str] = json.loads(file.read_text("utf-8"))
    return read


def test_both_languages_have_the_same_sentences_with_the_same_slots() -> None:
    ru, en = ({code: slots(said) for code, said in sentences(lang).items()} for lang in LANGUAGES)

    assert ru == en


def test_every_code_has_its_sentence_and_every_sentence_is_said() -> None:
    assert codes_in_the_code() == set(sentences("en"))


def test_the_tables_are_long_enough_and_no_row_stands_twice() -> None:
    names = [broken.name for broken in broken_folders()]

    assert len(names) == len(set(names)) >= 100


def test_a_problem_says_place_words_and_what_is_allowed() -> None:
    values = (("value", Quoted("x")),)
    problem = Problem("a.yaml", 3, "b.c", "type.flag", values, allowed="true, false")
    warning = Problem(
        "a.yaml", None, "", "type.list", (("value", Term("value.nothing")),), warning=True
    )

    said = [problem_words(language).report((problem, warning)) for language in LANGUAGES]

    assert said == [
        "a.yaml:3: b.c: «x» — это ни да, ни нет; можно: true, false\n"
        "a.yaml: предупреждение: пустое место — это не список",
        'a.yaml:3: b.c: "x" is neither yes nor no; allowed: true, false\n'
        "a.yaml: warning: nothing is not a list",
    ]


def test_what_was_probably_meant_stands_instead_of_what_is_allowed() -> None:
    mistake = Mistake("hours.day", words="mondey", near="monday", allowed="mon, tue")

    assert (
        problem_words("ru").what(mistake) == "«mondey» — это не день недели; может быть, «monday»?"
    )


def test_the_report_is_in_the_language_of_the_content_then_of_the_terminal() -> None:
    russian = {"LANG": "ru_RU.UTF-8"}

    found = [
        report_language("ru", {"LANG": "en_US.UTF-8"}),
        report_language("de", russian),
        report_language("", russian),
        report_language("", {**russian, "LC_ALL": "en_GB.UTF-8"}),
        report_language("", {"LANG": "C.UTF-8"}),
        report_language("", {}),
    ]

    assert found == ["ru", "ru", "ru", "en", "en", "en"]


def slots(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def codes_in_the_code() -> set[str]:
    """Strings that are a code, and those that only a problem is made of."""
    files = [*ROOT.glob("*.py"), *BOT.glob("*.py"), *(BOT / "commands").glob("*.py")]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    named = {str(node.value) for node in nodes if isinstance(node, ast.Constant)}
    known = set(sentences("en"))
    built = {code for code in known if code.startswith(BUILT)}
    return built | (named & known) | {code for node in nodes for code in code_of_a_call(node)}


def code_of_a_call(node: ast.AST) -> list[str]:
    match node:
        case (
            ast.Call(
                func=ast.Attribute(attr="problem")
                | ast.Name(id="Mistake" | "TemplateError" | "Term"),
                args=[ast.Constant(value=str(code)), *_],
            )
            | ast.Call(
                func=ast.Name(id="Problem"),
                args=[_, _, _, ast.Constant(value=str(code)), *_],
            )
        ):
            return [code]
    return []
