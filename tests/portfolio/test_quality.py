"""How good the data of a portfolio are, by the size of its amounts."""

from __future__ import annotations

from math import fsum

import pytest
from tests import small
from tests.portfolio.small_funds import case, loan, report
from tests.report.portfolios import report_of
from tests.tracking.recorded import record

from impactmonitor.portfolio.quality import fund_quality


def test_measured_counts_by_size_and_by_the_part_of_the_fund() -> None:
    """Costs of 100 and benefits of 300 at 25 % unmeasured; 110 and 300 at 50 %: costs measured."""
    cases = {"a.json": case(), "b.json": case(id="b", measurements=[
        record("costs.work", 2025, 110)])}  # fmt: skip
    found = fund_quality(report({"a": loan(), "b": loan("b.json", 0.5)}, cases))
    assert found.measured_share == pytest.approx(55 / (55 + 150 + 25 + 75))
    assert (found.measured, found.unmeasured) == (("b",), ("a",))


def test_evidence_and_confirmation_count_over_the_whole_life() -> None:
    effects = {
        "joy": small.gain(3, years=2, evidence="expert", confirmation={"people": "confirmed"}),
        "calm": small.gain(1, years=2, evidence="assumption"),
    }
    found = fund_quality(report({"a": loan()}, {"a.json": case(effects=effects)}))
    assert dict(found.evidence) == {"expert": 0.75, "assumption": 0.25}
    assert found.confirmed_share == 0.75


def test_the_strongest_evidence_comes_first_and_all_of_it_is_1() -> None:
    found = report_of().quality
    assert list(found.evidence) == ["literature-synthesis", "literature-single", "assumption"]
    assert fsum(found.evidence.values()) == pytest.approx(1)


def test_a_fund_without_amounts_has_no_shares() -> None:
    unknown = loan(positions={"2025": {"outstanding": 25}}, commitment=None)
    found = fund_quality(report({"a": unknown}))
    assert (found.measured_share, found.confirmed_share, dict(found.evidence)) == (None, None, {})
    assert found.without_result == ("a",)
