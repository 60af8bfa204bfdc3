"""Numbers about financing, unfolded to their lines and terms."""

import pytest
from tests.report.arranged import wrong
from tests.report.test_explanation import adds_up, reach_origins
from tests.small import ACTORS, cost, gain, result

from impactmonitor.problems import NotFound
from impactmonitor.report.document import document
from impactmonitor.report.explanation import explain
from impactmonitor.report.printed import printed_paths, value_at


def everything():
    return result(
        actors={**ACTORS, "people": {"kind": "citizen", "income": 20_000}},
        costs={"work": cost(100)},
        effects={"care": gain({"uniform": [0, 9]}, 60, falls_to="insurer", cashable=1)},
        inflation=0.02,
        distribution={"reference_income": 40_000},
        instruments={
            "plan": {"kind": "loan", "from": "insurer", "to": "city", "amount": 90, "rate": 0.1,
                     "years": 3},
        },
        contracts={"bond": {"payer": "insurer", "provider": "city", "prices": {"care": 9}}},
    )  # fmt: skip


def test_every_number_reaches_its_lines_or_terms():
    found = everything()
    paths = [p for p in printed_paths(document(found)) if p.startswith("financing.")]
    assert {p.split(".")[1] for p in paths} == {
        "actors", "perspectives", "distribution", "instruments", "contracts",
    }  # fmt: skip
    reach_origins(found, paths, "nl")
    adds_up(found, paths)
    tree = document(found)
    for path in paths[::7]:
        is_there, value = value_at(tree, path.split("."))
        assert is_there
        assert explain(found, path).value == value


def test_what_is_lacking_rests_on_the_lines_and_on_what_is_accepted():
    found = explain(wrong(), "financing.actors.city.lacks_value")
    assert (found.value, found.kind, found.title) == (148_310, "balance", "Lacks in value")
    assert [part["id"] for part in found.parts] == ["work"]
    assert [row["path"] for row in found.inputs] == ["actors.city.reservation"]
    found = explain(wrong(), "financing.perspectives.society.spares_cash")
    assert len(found.inputs) == 4


def test_terms_of_an_instrument_and_of_a_contract():
    found = everything()
    path = "financing.instruments.by_instrument.plan.returns.nominal.multiple"
    assert {"instruments.plan.rate", "instruments.plan.amount"} <= {
        row["path"] for row in explain(found, path).inputs
    }
    rows = {row["path"] for row in explain(found, "financing.contracts.bond.saving.mean").inputs}
    assert {"contracts.bond.prices.care", "effects.care"} <= rows


@pytest.mark.parametrize("path", ["financing.actors.nobody.net", "financing.actors.city",
                                  "financing.society_gains.x", "financing"])  # fmt: skip
def test_what_is_no_number(path):
    with pytest.raises(NotFound):
        explain(wrong(), path)
