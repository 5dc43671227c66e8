"""Reads `notice` of business.yaml: what comes back so often that the manager is told. Judges nothing else."""

from flows.notice import Notice
from flows.reading import Place

NOTICE = (
    "customer_cases",
    "customer_within",
    "again_within",
    "situation_cases",
    "situation_within",
    "prevention_severity",
)
FEWEST, MOST = 2, 1000  # cases
_USUAL = Notice()


def compile_notice(place: Place) -> Notice:
    """Every figure has a sound default."""
    fields = place.fields((), NOTICE)

    def cases(at: Place) -> int:
        return at.whole(FEWEST, MOST)

    return Notice(
        customer_cases=fields.read("customer_cases", cases, _USUAL.customer_cases),
        customer_within=fields.read("customer_within", Place.span, _USUAL.customer_within),
        again_within=fields.read("again_within", Place.span, _USUAL.again_within),
        situation_cases=fields.read("situation_cases", cases, _USUAL.situation_cases),
        situation_within=fields.read("situation_within", Place.span, _USUAL.situation_within),
        prevention_severity=fields.read(
            "prevention_severity", lambda at: at.whole(1, 3), _USUAL.prevention_severity
        ),
    )
