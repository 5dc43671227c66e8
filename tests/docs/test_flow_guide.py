"""Every example in the owners' guide to flows is one that the bot takes."""

import re

import pytest

from flows.compile_conditions import OPTIONS
from flows.compiler import judge_content
from flows.flow import CaseAction, Condition, Medium, Trigger
from tests.content.salon import salon_files
from tests.docs.documents import ROOT

GUIDE = (ROOT / "docs" / "ru" / "scenarii.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL)


def as_flow(example: str) -> str:
    """An example that is no whole file is the steps of one."""
    if example.startswith("flow:"):
        return example
    start = example.partition(":")[0]
    steps = "".join(f"  {line}\n" for line in example.splitlines())
    return (
        f"flow: example\ntrigger: visit\nfor: {{branch: bauman}}\nstart: {start}\nsteps:\n{steps}"
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.split("\n")[0][:30])
def test_every_example_is_taken(example: str) -> None:
    flow = as_flow(example)
    name = flow.split()[1]

    judgement = judge_content({**salon_files(), f"flows/{name}.yaml": flow})

    assert [str(problem) for problem in judgement.problems] == []


def test_everything_that_may_be_written_is_explained() -> None:
    words = [
        *Trigger,
        *Medium,
        *CaseAction,
        *OPTIONS,
        *Condition.__dataclass_fields__,
        *("say", "say_rated", "say_unknown_visit", "rating", "choose", "buttons", "wishes"),
        *("promise", "contact", "invite_review", "collect", "silence", "case", "go", "wait"),
        *("when", "else", "for", "after", "start", "until_quiet", "until_button", "no_words"),
        *("several", "optional", "times", "other", "phone", "no_phone", "ready", "skip", "end"),
    ]

    unexplained = [str(word) for word in words if not re.search(rf"\b{word}\b", GUIDE)]

    assert unexplained == []
