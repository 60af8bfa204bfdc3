"""Claims: published divisions, and what every rule has to keep to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor.financing.claims import CLAIM_RULES, divide_pot, talmud

rules = pytest.mark.parametrize("rule", CLAIM_RULES.values(), ids=CLAIM_RULES)
amounts = st.floats(0, 1000).map(lambda x: round(x, 2))
claims = st.lists(amounts, min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("estate", "wanted"),
    [(100, [100 / 3] * 3), (200, [50, 75, 75]), (300, [50, 100, 150])],
)
def test_the_estates_of_the_talmud(estate, wanted):
    """Ketubot 93a, as printed in the vignette of CoopGame 2.2.1, section 5.3.1."""
    assert talmud(estate, [100, 200, 300]).tolist() == pytest.approx(wanted)


@rules
@given(claims=claims, share=st.floats(0, 1.5))
def test_all_of_the_pot_and_nobody_more_than_the_claim(rule, claims, share):
    pot = share * sum(claims)
    found = rule(pot, claims)
    assert (found >= -1e-9).all()
    assert (found <= np.array(claims) + 1e-9).all()
    assert found.sum() == pytest.approx(min(pot, sum(claims)), abs=1e-9)


@rules
@given(claims=claims, first=st.floats(0, 1), second=st.floats(0, 1))
def test_a_larger_pot_makes_nobody_poorer(rule, claims, first, second):
    low, high = sorted([first, second])
    less, more = (rule(share * sum(claims), claims) for share in (low, high))
    assert (more >= less - 1e-9).all()


@rules
@given(claims=claims, share=st.floats(0, 1), data=st.data())
def test_equal_claims_get_the_same_in_whatever_order(rule, claims, share, data):
    order = data.draw(st.permutations(range(len(claims))))
    pot = share * sum(claims)
    found = rule(pot, claims)
    np.testing.assert_allclose(rule(pot, [claims[i] for i in order]), found[order], atol=1e-9)


@given(claims=claims, share=st.floats(0, 1))
def test_what_is_lost_is_divided_like_what_is_won(claims, share):
    """The Talmud is its own dual: it divides a loss as it divides a gain."""
    total = sum(claims)
    lost = np.array(claims) - talmud(share * total, claims)
    np.testing.assert_allclose(lost, talmud((1 - share) * total, claims), atol=1e-9)


@rules
@pytest.mark.parametrize("bad", [(-1, [1]), (1, [-1]), (1, []), (float("nan"), [1]), (1, [[1]])])
def test_what_cannot_be_divided(rule, bad):
    with pytest.raises(ValueError, match="0 or more"):
        rule(*bad)


def test_a_pot_divided_by_name_and_in_whole_cents():
    found = divide_pot(100, {"a": 100, "b": 200, "c": 300})
    assert list(found.awards) == list(CLAIM_RULES)
    assert found.awards["talmud"].tolist() == pytest.approx([100 / 3] * 3)
    assert found.rounded["talmud"].tolist() == [33.34, 33.33, 33.33]
    assert all(one.sum() == pytest.approx(100) for one in found.rounded.values())
    assert found.left == 0


def test_a_pot_larger_than_all_claims_pays_them_and_keeps_the_rest():
    found = divide_pot(1000, {"a": 1, "b": 0, "c": 2.5}, ["proportional", "talmud"])
    assert list(found.awards) == ["proportional", "talmud"]
    for awards in found.awards.values():
        assert awards.tolist() == [1, 0, 2.5]
    assert found.left == 996.5
