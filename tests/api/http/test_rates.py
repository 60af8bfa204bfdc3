"""How many requests a key may make."""

import pytest

from impactmonitor_api.http.rates import Rates
from impactmonitor_api.http.refusals import Refused


@pytest.mark.parametrize("most", [1, 5, 60])
def test_each_key_has_its_own_minute(most):
    rates = Rates(most)
    for key in ("one", "other"):
        for _ in range(most):
            rates.check(key)
        with pytest.raises(Refused) as refused:
            rates.check(key)
        assert refused.value.status_code == 429
        (problem,) = refused.value.problems
        assert problem.params["count"] == most
        seconds = int(refused.value.headers["Retry-After"])
        assert seconds == problem.params["seconds"]
        assert 1 <= seconds <= 60


def test_without_a_limit_nothing_is_counted():
    rates = Rates(0)
    for _ in range(5000):
        rates.check("one")
