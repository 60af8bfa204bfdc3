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
    assert (financing.arranged, financing.chances, financing.drawn) == (None, {}, None)


def test_instruments_and_contracts_where_the_case_has_them() -> None:
    plain = financing_of(result(costs={"work": cost(100)}))
    assert plain.instruments is None
    assert plain.contracts == {}
    found = financing_of(
        result(
            costs={"work": cost(100)},
            effects={"care": gain(1, 60, falls_to="insurer", cashable=1)},
            inflation=0.0,
            instruments={"plan": {"kind": "grant", "from": "insurer", "to": "city", "amount": 5}},
            contracts={"bond": {"payer": "insurer", "provider": "city", "prices": {"care": 9}}},
        ),
        draws=64,
    )
    assert found.instruments is not None
    assert list(found.instruments.instruments) == ["plan"]
    assert found.contracts["bond"].draws == 64
