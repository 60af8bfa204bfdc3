from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.messages import LANGUAGES
from impactmonitor.model.portfolio import Holding
from impactmonitor.portfolio.attribution import attribution
from impactmonitor.portfolio.claims import Claim, double_claims


def claim(name, share, case="homes", promised=None, **others):
    tree = {
        "instrument": "loan",
        "positions": {2025: {"outstanding": 100 * share, "equity": 40, "debt": 60}},
        "other_financiers": {key: {"title": key, "share": x} for key, x in others.items()},
    }
    if promised is not None:
        tree["commitment"] = {"date": "2025-01-01", "amount": promised, "total_funding": 100}
    holding = Holding.model_validate(tree)
    return Claim(name, case, holding, attribution(holding, 2025))


def test_holdings_of_one_case_and_others_are_added():
    (found,) = double_claims([claim("b", 0.4), claim("a", 0.3, bank=0.4), claim("c", 1, "other")])
    assert found.case == "homes"
    assert dict(found.holdings) == {"a": 0.3, "b": 0.4}
    assert dict(found.others) == {"bank": 0.4}
    assert round(found.total, 12) == 1.1
    assert (found.problem.code, found.problem.path) == ("double-claim-period", "holdings.a")
    for language in LANGUAGES:
        assert "homes" in found.problem.message(language)
        assert "1.1" in found.problem.message(language)


def test_an_other_financier_that_two_holdings_name_counts_once():
    assert double_claims([claim("a", 0.3, bank=0.4), claim("b", 0.3, bank=0.4)]) == ()
    (found,) = double_claims([claim("a", 0.3, bank=0.4), claim("b", 0.3, bank=0.5)])
    assert dict(found.others) == {"bank": 0.5}


def test_the_share_at_commitment_is_looked_at_by_itself():
    found = double_claims([claim("a", 0.3, promised=80), claim("b", 0.3, promised=30)])
    assert [(one.basis, round(one.total, 12)) for one in found] == [("commitment", 1.1)]
    assert found[0].problem.code == "double-claim-commitment"


@given(shares=st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_a_claim_is_double_if_and_only_if_it_is_above_1(shares):
    found = double_claims([claim(f"h{i}", share) for i, share in enumerate(shares)])
    total = sum(shares)
    if abs(total - 1) > 1e-6:
        assert bool(found) == (total > 1)
