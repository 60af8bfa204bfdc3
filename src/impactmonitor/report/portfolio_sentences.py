"""The sentences of a report on a portfolio: the answer, and what to know beside it."""

from __future__ import annotations

from collections.abc import Iterator

from impactmonitor.report.portfolio_words import PortfolioWords
from impactmonitor.version import __version__

DEFINITIONS = (
    "share", "commitment", "never_added", "plan", "measured", "net", "labels", "ratios", "people",
)  # fmt: skip
"""What the words of the report mean, in the order in which a reader meets them."""

OURS = ("changes", "overlaps", "heat", "quality", "not_measured")
"""What is a choice of this report and no official method."""


def portfolio_headline(told: PortfolioWords) -> str:
    """What the year came to beside its plan, in one sentence.

    Parameters
    ----------
    told : PortfolioWords
    """
    totals = told.report.result.totals
    realised, plan = totals["period"].total, totals["plan"].total
    if not totals["period"].counted:
        return told.text("headline.none", period=told.report.result.period)
    key = "below" if realised.net < plan.net else "above"
    if abs(realised.net - plan.net) < 1.0:
        key = "even"
    return told.text(
        f"headline.{key}",
        period=told.report.result.period,
        net=told.money(realised.net),
        plan=told.money(plan.net),
        difference=told.money(abs(realised.net - plan.net)),
    )


def portfolio_sentences(told: PortfolioWords) -> Iterator[str]:
    """What to know beside the headline, in the order of importance."""
    report, result = told.report, told.report.result
    realised = result.totals["period"]
    yield told.text(
        "sentences.amounts",
        costs=told.money(realised.total.costs),
        benefits=told.money(realised.total.benefits),
        cash=told.money(realised.total.cash_net),
    )
    share = report.quality.measured_share
    yield told.text(
        "sentences.measured",
        share=told.percent(share),
        measured=len(report.quality.measured),
        count=len(realised.counted),
    )
    yield told.text(
        "sentences.lifetime",
        net=told.money(result.totals["lifetime"].total.net),
        base_year=result.portfolio.base_year,
    )
    yield told.text("sentences.money", money=told.money(result.outstanding), count=len(result.held))
    if realised.left_out:
        names = ", ".join(
            told.text("sentences.because", name=told.holding(name), reason=told.reason(reason))
            for name, reason in realised.left_out.items()
        )
        yield told.text("sentences.left_out", count=len(realised.left_out), names=names)
    for one in report.exits:
        key = "exit" if one.difference is not None else "exit_unknown"
        yield told.text(
            f"sentences.{key}",
            name=told.holding(one.holding),
            date=told.date(one.date),
            outstanding=told.money(one.outstanding),
            received=told.money(one.received),
            difference=told.money(one.difference),
        )
    if result.claims:
        names = ", ".join(dict.fromkeys(one.case for one in result.claims))
        yield told.text("sentences.claims", names=names)


def portfolio_basis(told: PortfolioWords) -> str:
    """What it was computed with, in one line."""
    portfolio = told.report.result.portfolio
    return told.text(
        "basis",
        price_year=portfolio.price_year,
        base_year=portfolio.base_year,
        currency=portfolio.currency,
        scheme=portfolio.scheme or told.text("own_schemes"),
        engine=__version__,
        catalogue=told.report.catalogue.edition,
        view=told.text(f"views.{told.report.result.view}"),
    )


def method_sentences(told: PortfolioWords) -> Iterator[tuple[str, str]]:
    """What each word means: its name, and the definition."""
    for key in DEFINITIONS:
        yield told.text(f"method.{key}.name"), told.text(f"method.{key}.text")


def own_choices(told: PortfolioWords) -> Iterator[tuple[str, str]]:
    """What is a choice of this report: its name, and what was chosen."""
    for key in OURS:
        yield told.text(f"ours.{key}.name"), told.text(f"ours.{key}.text")
