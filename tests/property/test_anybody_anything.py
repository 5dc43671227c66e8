"""No sequence of taps, by anybody, in any order, from any chat, breaks what the business was promised."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.desk import Rules
from flows.engine import advance
from tests.property.broken_rules import BROKEN
from tests.property.broken_stories import STORIES
from tests.property.deeds import Deeds
from tests.property.judge import Judge
from tests.property.machine import Machine
from tests.property.shop import opened_shop

_ENOUGH = settings(
    max_examples=60,
    stateful_step_count=40,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_whatever_anybody_does_nothing_is_given_redeemed_or_promised_wrongly() -> None:
    run_state_machine_as_test(Machine, settings=_ENOUGH)


@pytest.mark.parametrize("broken", BROKEN)
def test_a_rule_that_is_broken_on_purpose_is_caught(broken: str) -> None:
    rules, sentence = BROKEN[broken]

    with pytest.raises(AssertionError, match=sentence):
        play(broken, rules)


@pytest.mark.parametrize("broken", BROKEN)
def test_the_same_story_with_the_real_rules_passes(broken: str) -> None:
    play(broken, advance)


def play(story: str, rules: Rules) -> None:
    """The story, and a look around at its end."""
    judge = Judge(rules)
    with opened_shop(judge) as shop:
        judge.shop = shop
        STORIES[story](Deeds(shop))
        judge.looks_around()
