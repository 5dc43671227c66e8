"""Judges whether branches and topics that conditions of flows name exist; reads no file."""

from collections.abc import Iterable, Iterator

from flows.book import Business, Catalogue
from flows.compile_steps import FlowFile
from flows.flow import Condition
from flows.reading import Place


def check_known(
    files: Iterable[FlowFile], business: Business | None, catalogue: Catalogue | None
) -> None:
    """Note every branch and topic that is not there; what cannot be read judges nothing."""
    for file in files:
        for condition, place in _conditions(file):
            if business is not None:
                branches = [branch.id for branch in business.branches]
                _check(condition.branch, branches, place.under("branch"), "unknown.branch")
            if catalogue is not None:
                topics = [topic.id for topic in catalogue.topics]
                _check(condition.topic, topics, place.under("topic"), "unknown.topic")


def _conditions(file: FlowFile) -> Iterator[tuple[Condition, Place]]:
    if file.flow.audience is not None:
        yield file.flow.audience, file.at.under("for")
    for name, step in file.flow.steps.items():
        if step.when is not None:
            yield step.when, file.places[name].under("when")


def _check(named: Iterable[str], known: Iterable[str], place: Place, code: str) -> None:
    known = tuple(known)
    for word in sorted(named):
        if word and word not in known:
            place.unknown(word, known, code)
