"""Judges whether the texts of a flow speak only of what is known at their step. Reads no file."""

from collections.abc import Iterable, Iterator

from flows.check_texts import said
from flows.compile_steps import FlowFile
from flows.compile_texts import TextFile, variables_of
from flows.flow import NO_WORDS, SILENCE, CaseAction, Flow, Step, Trigger
from flows.text_variables import OF_A_CASE, OF_AN_ANSWER

_AFTER_A_CASE = (Trigger.CHECK, Trigger.CHECK_7D)
_ON_ENTERING = (CaseAction.OPEN, CaseAction.REOPEN, CaseAction.CONFIRM)
_UNKNOWN_WITHOUT_CASE = OF_A_CASE | OF_AN_ANSWER
_WITHOUT_AN_ANSWER = (NO_WORDS, SILENCE)


def check_filled(flows: Iterable[FlowFile], file: TextFile) -> None:
    """Note every variable in a text that nobody can fill at the step that says it."""
    for flow in flows:
        if flow.flow.trigger in _AFTER_A_CASE:
            continue
        caseless = _steps_without_case(flow.flow)
        for name, place in flow.places.items():
            unknown = _UNKNOWN_WITHOUT_CASE if name in caseless else OF_AN_ANSWER
            for field, key in said(flow.flow.steps[name]):
                at = flow.sentences.get(key) or file.texts.get(key)
                for variable in sorted(variables_of(at) & unknown) if at is not None else ():
                    place.under(field).problem(
                        "variable.not_yet", key=key, variable=f"{{{variable}}}"
                    )


def _steps_without_case(flow: Flow) -> set[str]:
    """Steps that a customer may stand at before any case is open."""
    found: set[str] = set()
    ahead = [flow.start]
    while ahead:
        name = ahead.pop()
        step = flow.steps.get(name)
        if step is None or name in found:
            continue
        if step.case not in _ON_ENTERING:
            found.add(name)
        ahead.extend(_still_without(step))
    return found


def _still_without(step: Step) -> Iterator[str]:
    """Where a customer without a case goes on without one."""
    if step.when is not None:
        yield step.otherwise
    if step.case in _ON_ENTERING:
        return
    for answer, target in step.go.items():
        if step.case is not CaseAction.OPEN_ON_ANSWER or answer in _WITHOUT_AN_ANSWER:
            yield target
