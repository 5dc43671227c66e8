"""Flows such as an owner might write: any steps in any order, always valid. Here none is played."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from flows.book import Content
from flows.check_flows import check_flow
from flows.compile_steps import compile_flow
from flows.reading import Place
from flows.texts import Texts
from flows.yaml_source import Source, read_yaml
from tests.content.salon import salon

Steps = dict[str, dict[str, Any]]

_MOST_STEPS = 7
_MEDIA = ("text", "voice", "photo", "video", "document", "album")
_CONDITIONS: list[dict[str, Any]] = [
    {"option": "nps"},
    {"first_visit": True},
    {"words": True},
    {"files": False},
    {"wish": False},
    {"language": ["ru"]},
    {"branch": "bauman"},
    {"rating_before": "1..5"},
]
_WORDS = ("Мастер", "Цена", "Ждали", "yes", "no", "wish.refund")


@st.composite
def written(draw: st.DrawFn) -> Steps:
    """The steps of a flow, as they would stand in its file; the first is its start."""
    names = [f"s{number}" for number in range(draw(st.integers(1, _MOST_STEPS)))]
    steps = {name: _step(draw, names, place) for place, name in enumerate(names)}
    return _reachable(steps, names[0])


def content_of(steps: Steps) -> Content:
    """The salon with these steps after a visit; only they are read anew, for reading everything takes long."""
    flow = {"flow": "after_visit", "trigger": "visit", "start": next(iter(steps)), "steps": steps}
    source = read_yaml("flows/after_visit.yaml", json.dumps(flow, ensure_ascii=False, indent=1))
    assert isinstance(source, Source), source
    file = compile_flow(Place(source, (), source.value, []))
    check_flow(file)
    assert file.at.found == [], [str(problem) for problem in file.at.found]
    book = salon().book
    sentences = {key: str(at.value) for key, at in file.sentences.items()}
    labels = {key: str(at.value) for key, at in file.labels.items()}
    texts = Texts(sentences, labels, {}).completed_by(book.texts)
    flows = {**book.flows, "after_visit": file.flow}
    asks = frozenset().union(*(each.asks for each in flows.values()))
    return replace(salon(), book=replace(book, flows=flows, texts=texts, asks=asks))


def _step(draw: st.DrawFn, names: list[str], place: int) -> dict[str, Any]:
    """One step; only what the customer does may lead back, so that nothing goes round by itself."""
    later = st.sampled_from([*names[place + 1 :], "end"])
    anywhere = st.sampled_from([*names, "end"])
    name = names[place]
    step: dict[str, Any] = {"say": f"Шаг {name}"}
    if draw(st.integers(0, 3)) == 0:
        step["wait"] = draw(st.sampled_from(("10m", "5h", "2d")))
    if draw(st.integers(0, 3)) == 0:
        step |= {"when": draw(st.sampled_from(_CONDITIONS)), "else": draw(later)}
    if draw(st.integers(0, 3)) == 0:
        step["case"] = draw(st.sampled_from(("open", "open_on_answer", "praise")))
    kind = draw(
        st.sampled_from(("say", "rating", "choose", "buttons", "collect", "contact", "promise"))
    )
    asked, go = _asked(draw, kind, later, anywhere)
    step |= asked
    if kind == "promise":
        del step["say"]
    if kind not in ("say", "promise") and draw(st.booleans()):
        step["silence"] = [{"after": "1h", "say": f"Напоминаем {name}"}, {"after": "1d"}]
        go["silence"] = draw(later)
    return {**step, "go": go}


def _asked(
    draw: st.DrawFn, kind: str, later: st.SearchStrategy[str], anywhere: st.SearchStrategy[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a step of a kind asks, and where its answers lead."""
    words = draw(st.lists(st.sampled_from(_WORDS), min_size=1, unique=True))
    match kind:
        case "rating":
            rating = draw(st.sampled_from(("1..5", "0..10", {"1": "😡", "5": "😍"})))
            return {"rating": rating}, {mark: draw(anywhere) for mark in _marks(rating)}
        case "choose":
            several = draw(st.booleans())
            answers = ["ready"] if several else words
            choose = {"from": words, "several": several}
            return {"choose": choose}, {word: draw(anywhere) for word in answers}
        case "buttons":
            return {"buttons": words}, {word: draw(anywhere) for word in words}
        case "collect":
            collect = _collect(draw)
            silent = {"no_words": draw(later)} if "no_words" in collect else {}
            return {"collect": collect}, {"words": draw(anywhere), **silent}
        case "contact":
            return {"contact": True}, {"phone": draw(later), "no_phone": draw(anywhere)}
        case "promise":
            return {"promise": True}, {"next": draw(later)}
    return {}, {"next": draw(later)}


def _collect(draw: st.DrawFn) -> dict[str, Any]:
    media = draw(st.lists(st.sampled_from(_MEDIA), min_size=1, unique=True))
    more = draw(st.sampled_from(({}, {"no_words": "5m"}, {"until_button": "ready"})))
    return {**dict.fromkeys(media, True), **more}


def _marks(rating: object) -> list[str]:
    if isinstance(rating, dict):
        return list(rating)
    low, high = map(int, str(rating).split(".."))
    return [str(mark) for mark in range(low, high + 1)]


def _reachable(steps: Steps, start: str) -> Steps:
    found, ahead = {start}, [start]
    while ahead:
        step = steps[ahead.pop()]
        for target in (*step["go"].values(), step.get("else", "end")):
            if target in steps and target not in found:
                found.add(target)
                ahead.append(target)
    return {name: step for name, step in steps.items() if name in found}
