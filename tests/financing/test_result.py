"""What follows from a result by itself."""

from tests.small import cost, gain, result

from impactmonitor.financing.distribution import distribution_of
from impactmonitor.financing.pockets import pockets_of
from impactmonitor.financing.result import financing_of


def test_pockets_and_weights_but_no_arrangement() -> None:
    found = result(
        costs={"work": cost(100)},
        effects={"joy": gain(1, 60)},
        distribution={"reference_income": 40_000},
    )
    financing = financing_of(found)
    assert financing.pockets == pockets_of(found)
    assert financing.distribution == distribution_of(found)
    assert (financing.arranged, financing.chances, financing.drawn) == (None, None, None)
