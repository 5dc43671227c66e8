"""Every button that staff can press has its rule."""

import pytest

from flows.events import StaffAction
from flows.staff import RULES


@pytest.mark.parametrize("action", StaffAction)
def test_every_button_leads_to_one_rule(action: StaffAction) -> None:
    assert callable(RULES[action])
