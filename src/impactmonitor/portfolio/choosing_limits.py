"""The limits of a choice: those of the portfolio, those of its candidates, and what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from impactmonitor.model.portfolio import Portfolio
from impactmonitor.portfolio.choosing_among import Candidates, Goal
from impactmonitor.portfolio.choosing_programme import (
    Limit,
    apart,
    at_least,
    at_most,
    exact,
    together,
)
from impactmonitor.portfolio.chosen import Considered, Terms

SCORE_DIGITS = 6
"""Scores that differ by less are equal: what is left over from computing is no difference."""


def terms_of(
    portfolio: Portfolio,
    budget: float | None = None,
    maximise: Goal = "npv",
    floor: float | None = None,
) -> Terms | None:
    """The terms that a portfolio states, with a budget and a goal.

    Parameters
    ----------
    portfolio : Portfolio
        With ``limits``.
    budget : float, optional
        In the place of that of the portfolio.
    maximise : {"npv", "score"}
    floor : float, optional
        On the other goal.

    Returns
    -------
    Terms or None
        None where nobody states a budget.

    Examples
    --------
    >>> fund = Portfolio.model_validate({"impactmonitor_portfolio": 1, "id": "f", "title": "F",
    ...     "currency": "EUR", "price_year": 2025, "base_year": 2025, "limits": {"budget": 5}})
    >>> terms_of(fund).budget, terms_of(fund, 7).budget
    (5.0, 7)
    """
    limits = portfolio.limits
    found = limits.budget if budget is None else budget
    if found is None:
        return None
    return Terms(
        found, maximise, floor, limits.themes, limits.financial_return, limits.probability_of_loss
    )


def candidates_of(
    portfolio: Portfolio, terms: Terms, candidates: Mapping[str, Considered]
) -> Candidates:
    """Candidates and limits as plain numbers.

    Parameters
    ----------
    portfolio : Portfolio
        Says which candidates need or exclude each other.
    terms : Terms
        Give the other limits.
    candidates : Mapping[str, Considered]
        That can be chosen.

    Returns
    -------
    Candidates
        With scores only if every one of them has a score.
    """
    scores = {name: _score(one) for name, one in candidates.items() if one.score is not None}
    return Candidates(
        {name: one.amount for name, one in candidates.items()},
        {name: one.value for name, one in candidates.items()},
        scores if len(scores) == len(candidates) else None,
        (*_limits(terms, candidates), *_links(portfolio, candidates)),
    )


def scored_only(
    portfolio: Portfolio, terms: Terms, candidates: Mapping[str, Considered]
) -> Candidates:
    """The same of the candidates that have a score, and of no others."""
    scored = {name: one for name, one in candidates.items() if one.score is not None}
    return candidates_of(portfolio, terms, scored)


def _score(one: Considered) -> Fraction:
    assert one.score is not None
    return exact(one.amount) * exact(round(one.score, SCORE_DIGITS))


def _limits(terms: Terms, candidates: Mapping[str, Considered]) -> Iterator[Limit]:
    for theme, highest in terms.themes.items():
        uses = {
            name: exact(one.amount) * exact(one.themes[theme])
            for name, one in candidates.items()
            if theme in one.themes
        }
        yield at_most(theme, uses, highest, "theme")
    if terms.financial_return is not None:
        above = {
            name: exact(one.amount) * (exact(one.financial_return) - exact(terms.financial_return))
            for name, one in candidates.items()
            if one.financial_return is not None
        }
        yield at_least("financial_return", above, 0, "return")


def _links(portfolio: Portfolio, candidates: Mapping[str, Considered]) -> Iterator[Limit]:
    for name in candidates:
        given = portfolio.candidates[name]
        for other in given.needs:
            if other in candidates:
                yield together(name, other)
            elif other in portfolio.candidates:
                yield at_most(f"{name} needs {other}", {name: 1}, 0, "needs")
        for other in given.excludes:
            if other in candidates and other != name:
                yield apart(name, other)
