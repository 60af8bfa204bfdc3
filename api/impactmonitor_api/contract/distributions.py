"""What a number comes to over many draws."""

from __future__ import annotations

from impactmonitor_api.contract.fields import told
from impactmonitor_api.contract.shared import Answer


class SummaryOut(Answer):
    """The distribution of a number over the draws; null where no draw has a value."""

    mean: float | None = told("Expected value.", 315088.02)
    sd: float | None = told("Standard deviation.", 136576.7)
    p05: float | None = told("5 % of the draws lie below it.", 123716.2)
    p25: float | None = told("25 % of the draws lie below it.", 202878.7)
    p50: float | None = told("Half of the draws lie below it.", 296727.98)
    p75: float | None = told("75 % of the draws lie below it.", 384149.38)
    p95: float | None = told("95 % of the draws lie below it.", 568982.49)
    probability_positive: float | None = told("Share of the draws above 0.", 0.97)
    probability_negative: float | None = told("Share of the draws below 0.", 0.03)
    expected_loss: float | None = told("Mean of what is lost; 0 or more.", 1200.0)
    standard_error: float | None = told("Of the mean.", 4788.04)
    standard_error_of_probability: float | None = told("Of the chance of a gain.", 0.002)


class RatioOut(SummaryOut):
    """The distribution of a number that does not exist in every draw."""

    undefined: float = told("Share of the draws in which it does not exist.", 0.0)


class SpreadOfParty(Answer):
    """Distributions of what a party gains, as present values."""

    net: SummaryOut = told("All that it gains minus all that it gives.")
    cash_net: SummaryOut = told("The part of it that is money.")
