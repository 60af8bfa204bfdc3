"""A contract settled: by hand in the point estimate, and in every draw where nothing varies."""

from __future__ import annotations

import numpy as np
import pytest
from tests.financing.contracted import EFFECT, UNSURE, contracted

from impactmonitor import evaluate
from impactmonitor.financing.contract_results import ContractResult
from impactmonitor.financing.contracts import contracts_of


def settled(*given, draws=64, **fields) -> ContractResult:
    return contracts_of(evaluate(contracted(*given, **fields)), draws=draws)["sib"]


def test_by_hand():
    """8 falls above the baseline at 30 is 240 a year; the cap leaves 120 in the third year.

    The bank is owed 315 and gets 240, is owed 78.75 and gets that; the fund gets the other 161.25
    and all 120. Of 1,000 a year 800 would not have happened anyway, and half of that is money.
    """
    found = settled()
    assert found.years == (2025, 2026, 2027)
    assert list(found.point.paid.values()) == pytest.approx([240, 240, 120])
    cash = 400 * (1 + 1 / 1.1 + 1 / 1.21)
    spent = 250 / 1.1 + 250 / 1.21 + 130 / 1.331
    assert found.point.cash == pytest.approx(cash)
    assert found.point.saving == pytest.approx(cash - spent)
    assert (found.point.called, found.point.rest) == (0, 0)
    bank, fund = found.tiers
    assert (bank.actor, fund.actor) == ("bank", "fund")
    assert bank.received.mean == pytest.approx(318.75)
    assert bank.point_return == pytest.approx(0.05)
    assert fund.received.mean == pytest.approx(281.25)
    # 200 = 161.25 x^2 + 120 x^3 at x = 1 / (1 + rate)
    assert fund.point_return == pytest.approx(np.roots([200, 0, -161.25, -120]).real.max() - 1)


def test_a_price_that_the_payer_just_bears():
    """Each year 240 at the prices of 30; without a cap the saving is a line in the price."""
    found = settled(cap=None, tiers=[])
    cash = 400 * (1 + 1 / 1.1 + 1 / 1.21)
    annuity = 1 / 1.1 + 1 / 1.21 + 1 / 1.331
    price = (cash - 10 * annuity) / (8 * annuity)
    assert found.highest_price.prices == {"help": pytest.approx(price)}
    assert found.highest_price.factor == pytest.approx(price / 30)
    assert found.highest_price.loses == 0.0
    again = settled(cap=None, tiers=[], prices={"help": found.highest_price.prices["help"]})
    assert again.saving.mean == pytest.approx(0, abs=1e-9)
    assert again.saving.probability_negative == 0.0
    assert settled(cap=None, prices={"help": price * 1.001}).saving.probability_negative == 1.0


def test_nothing_uncertain_gives_the_point_estimate_in_every_draw():
    found = settled(guarantee=100, floor=50)
    for summary, wanted in (
        (found.saving, found.point.saving),
        (found.cash, found.point.cash),
        (found.paid, sum(found.point.paid.values())),
        (found.called, found.point.called),
        (found.rest, found.point.rest),
        *((tier.internal_rate, tier.point_return) for tier in found.tiers),
    ):
        assert summary.sd == 0.0
        assert summary.mean == summary.p05 == pytest.approx(wanted, rel=1e-12)
    for tier in found.tiers:
        assert tier.return_on_expected == pytest.approx(tier.point_return)
    assert found.expected_by_year == pytest.approx(found.point.paid)
    assert (found.at_cap, found.at_floor) == (1.0, 0.0)


def test_all_in_one_second_way():
    """Two draws of a quantity that is 0 or 20, worked out one by one."""
    two = {"discrete": {"values": [0, 20], "probabilities": [0.5, 0.5]}}
    found = settled(two, draws=1024, guarantee=400, guarantor="city", floor=30)
    none, many = 1 / 1.1 + 1 / 1.21, 800 * (1 + 1 / 1.1 + 1 / 1.21)
    losing = -10 * none - 40 / 1.331  # only measuring, and the floor in the last year
    gaining = many - 550 / 1.1 - 70 / 1.21 - 10 / 1.331
    assert found.saving.p05 == pytest.approx(losing)
    assert found.saving.p95 == pytest.approx(gaining)
    assert found.chance_of_saving == pytest.approx(0.5, abs=0.01)
    assert (found.at_cap, found.at_floor) == (pytest.approx(0.5, abs=0.01),) * 2
    assert found.called.p95 == 400
    bank, fund = found.tiers
    assert (bank.repaid, fund.repaid) == (1.0, pytest.approx(0.5, abs=0.01))
    assert bank.received.p05 == 300  # 30 of the floor, 270 of the guarantee of 400
    assert fund.received.p05 == 130
    assert (fund.total_loss, fund.internal_rate.p05) == (0, pytest.approx(0.65 ** (1 / 3) - 1))


def test_who_gets_nothing_back_has_lost_all():
    two = {"discrete": {"values": [0, 20], "probabilities": [0.5, 0.5]}}
    bank, fund = settled(two, draws=1024).tiers
    assert bank.total_loss == fund.total_loss == pytest.approx(0.5, abs=0.01)
    assert bank.internal_rate.p05 == fund.internal_rate.p05 == -1.0


def test_no_money_is_lost_on_average():
    found = settled(UNSURE, EFFECT, draws=256, guarantee=150, floor=100)
    received = sum(tier.received.mean for tier in found.tiers) + found.rest.mean
    assert received == pytest.approx(found.paid.mean + found.called.mean)
    assert sum(found.expected_by_year.values()) == pytest.approx(found.paid.mean)


def test_at_the_highest_price_the_payer_loses_as_often_as_it_accepts():
    fields = {"tiers": [], "cap": None}
    found = settled(UNSURE, EFFECT, draws=256, **fields).highest_price
    assert 0 < found.loses <= found.probability == 0.1
    at, above = (
        settled(UNSURE, EFFECT, draws=256, prices={"help": found.prices["help"] * times}, **fields)
        for times in (1, 1.0001)
    )
    assert at.saving.probability_negative == found.loses
    assert above.saving.probability_negative > 0.1


def test_several_prices_are_scaled_alike():
    base = contracted(tiers=[], cap=None)
    effects = {"help": base.effects["help"], "more": base.effects["help"]}
    contract = base.contracts["sib"].model_copy(update={"prices": {"help": 30.0, "more": 60.0}})
    case = base.model_copy(update={"effects": effects, "contracts": {"sib": contract}})
    found = contracts_of(evaluate(case), draws=64)["sib"].highest_price
    assert found.prices == {"help": pytest.approx(30 * found.factor),
                            "more": pytest.approx(60 * found.factor)}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"prices": {"help": 0}}, "nothing-due"),
        ({"baseline": {"help": 99}}, "nothing-due"),
        ({"cap": 500}, "no-limit"),
        ({"cap": 5000, "floor": 4000}, "loses-anyway"),
        ({"cap": 5000, "evaluation_cost": 4000}, "loses-anyway"),
    ],
)
def test_why_there_is_no_highest_price(fields, reason):
    found = settled(**fields).highest_price
    assert (found.reason, found.factor, found.loses, found.prices) == (reason, None, None, {})
