"""No sequence of taps, by anybody, in any order, from any chat, breaks what the business was promised."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.property.broken_rules import BROKEN
from tests.property.machine import Machine

_ENOUGH = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_whatever_anybody_does_nothing_is_given_redeemed_or_promised_wrongly() -> None:
    run_state_machine_as_test(Machine, settings=_ENOUGH)


_UNTIL_IT_FAILS = settings(
    _ENOUGH,
    max_examples=150,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    report_multiple_bugs=False,
)


@pytest.mark.parametrize("broken", BROKEN)
def test_a_rule_that_is_broken_on_purpose_is_caught(broken: str) -> None:
    rules, sentence = BROKEN[broken]
    worse = type("Worse", (Machine,), {"rules": staticmethod(rules)})

    with pytest.raises(AssertionError, match=sentence):
        run_state_machine_as_test(worse, settings=_UNTIL_IT_FAILS)
