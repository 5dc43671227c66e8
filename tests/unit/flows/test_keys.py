"""Every text, label and phrase that the rules name stands in the salon's folder."""

import ast
from collections.abc import Iterator
from pathlib import Path

import flows
from flows.text_keys import OPTIONAL_TEXTS, TEXTS
from tests.content.salon import salon

_SAYING = ("say", "tell", "toast", "write_to", "tell_owners", "line", "_say_why_not", "ask")
_MAKING = ("Say", "Post", "Toast")
_OTHERS = ("render", "plain")


def _calls() -> Iterator[ast.Call]:
    (folder,) = flows.__path__
    for file in sorted(Path(folder).glob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def _literals(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.IfExp(body=body, orelse=orelse):
                yield from _literals([body, orelse])


def _keys() -> set[str]:
    """Dotted literals (and `help`) among the first arguments of whatever speaks."""
    spoken = [
        text
        for call in _calls()
        if _name(call) in (*_SAYING, *_MAKING, *_OTHERS)
        for text in _literals(call.args[:4])
    ]
    return {text for text in spoken if "." in text or text == "help"}


def _named_anywhere() -> set[str]:
    """Every string of the rules that is a key of a text."""
    (folder,) = flows.__path__
    known = TEXTS | OPTIONAL_TEXTS
    return {
        node.value
        for file in Path(folder).glob("*.py")
        if file.name not in ("text_keys.py", "text_variables.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in known
    }


def test_every_text_that_is_said_is_there() -> None:
    texts = salon().book.texts

    assert len(_keys()) > 60
    assert [key for key in sorted(_keys()) if not texts.has(key)] == []


def test_every_text_that_is_said_is_asked_for_at_start() -> None:
    assert sorted(_keys() - TEXTS - OPTIONAL_TEXTS) == []
    assert sorted(_named_anywhere() - TEXTS) == []


def test_every_label_is_there() -> None:
    texts = salon().book.texts
    labels = {
        text for call in _calls() if _name(call) == "Button" for text in _literals(call.args[:1])
    }

    assert len(labels) > 20
    assert [key for key in sorted(labels) if not texts.has_label(key)] == []


def test_every_phrase_is_there() -> None:
    phrases = salon().book.texts.phrases
    named = {
        text for call in _calls() if _name(call) == "phrase" for text in _literals(call.args[:1])
    }
    reasons = {"phrase.reason.no_visit", "phrase.reason.role", "phrase.reason.limit"}
    words = {"phrase.approval.yes", "phrase.approval.no", "phrase.check.yes", "phrase.check.no"}
    words |= {"phrase.check.silent"}
    whom = ("duty", "manager", "duty_and_manager", "owner", "staff")
    alerted = {f"phrase.alerted.{who}" for who in whom}
    paths = {"phrase.topic.health", "phrase.topic.danger"}

    wanted = named | reasons | words | alerted | paths
    assert [key for key in sorted(wanted) if not phrases.get(key)] == []
