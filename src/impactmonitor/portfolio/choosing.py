"""Choose among the candidates of a portfolio: the order of the steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.frameworks import Frameworks
from impactmonitor.intake.portfolio_reading import PortfolioReading
from impactmonitor.model.frameworks import Framework
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.record import FrozenDict
from impactmonitor.portfolio.choosing_among import Candidates, Wish, best_choice
from impactmonitor.portfolio.choosing_candidates import Weighed, weigh
from impactmonitor.portfolio.choosing_frontier import (
    Frontier,
    budget_curve,
    frontier,
)
from impactmonitor.portfolio.choosing_limits import candidates_of, scored_only
from impactmonitor.portfolio.choosing_programme import exact
from impactmonitor.portfolio.choosing_reasons import not_chosen, unreachable
from impactmonitor.portfolio.choosing_robustly import Robustness, robustness
from impactmonitor.portfolio.choosing_solver import Best
from impactmonitor.portfolio.chosen import Selection, Terms, Totals
from impactmonitor.uncertainty.blocks import RANDOMISATIONS
from impactmonitor.uncertainty.running import Sampling

DRAWS, SEED = 1024, 1
MOST_SOLVED = 128
"""Draws in which the best set is worked out again: a share over them is off by 0.04 at most, in two
of three cases."""
STEPS_DOWN, STEPS_UP = 9, 3
Progress = Callable[[int, int], None]
"""Called with how much of the work is done and how much there is."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """How the values of the candidates are drawn.

    Attributes
    ----------
    draws : int
        At least 1; rounded up to a multiple of 8.
    seed : int
        The same seed gives the same numbers.
    """

    draws: int = DRAWS
    seed: int = SEED

    @property
    def sampling(self) -> Sampling:
        """The draws, from randomised Sobol' points."""
        rounded = -(-self.draws // RANDOMISATIONS) * RANDOMISATIONS
        return Sampling(rounded, self.seed, "sobol")


def select(
    reading: PortfolioReading,
    terms: Terms,
    framework: str | None,
    known: tuple[Catalogue, Frameworks],
    step: float | None = None,
    drawing: Drawing | None = None,
    progress: Progress | None = None,
) -> Selection:
    """The set of candidates that adds most to one goal within a budget and all other limits.

    Parameters
    ----------
    reading : PortfolioReading
        From ``load_portfolio``.
    terms : Terms
        For example from ``terms_of``.
    framework : str or None
        Id of the framework of the scores; needed to maximise the score, and for a floor.
    known : tuple of Catalogue and Frameworks
        In which the cases are evaluated.
    step : float, optional
        One budget step, above 0; by default the smallest amount that a candidate asks.
    drawing : Drawing, optional
        By default 1,024 draws from seed 1.
    progress : callable, optional
        Told how far it is.

    Returns
    -------
    Selection
        Candidates are taken whole or not at all. Of sets that are equal by the goal the one that
        reaches most of the other goal is taken, then the cheapest, then the one that has the first
        name in the alphabet that they do not share.

    Raises
    ------
    NotFound
        ``unknown-framework``.
    ValueError
        If a score is asked for without a framework, or the step is 0 or less.
    """
    if framework is None and (terms.maximise == "score" or terms.floor is not None):
        raise ValueError("a score needs a framework")
    if step is not None and step <= 0:
        raise ValueError("a budget step is above 0")
    drawing = drawing or Drawing()
    catalogue, frameworks = known
    chosen_framework = None if framework is None else frameworks.named(framework)
    told = _Told(progress, len(reading.portfolio.candidates), drawing.sampling)
    weighed = weigh(reading, catalogue, terms, framework, drawing.sampling, told.one)
    return _Choice(reading.portfolio, terms, chosen_framework, weighed, drawing, told).made(step)


class _Told:
    """How far the whole is: first the cases, then the draws that are worked out again."""

    def __init__(self, progress: Progress | None, cases: int, sampling: Sampling) -> None:
        self.progress, self.done = progress, 0
        self.cases, self.all = cases, cases + len(solved_draws(sampling.draws))

    def one(self) -> None:
        """Another case is done."""
        self.done += 1
        self.tell(self.done)

    def draw(self, done: int, _: int) -> None:
        """So many draws are done."""
        self.tell(self.cases + done)

    def tell(self, done: int) -> None:
        if self.progress is not None:
            self.progress(done, self.all)


def solved_draws(draws: int, most: int = MOST_SOLVED) -> tuple[int, ...]:
    """The draws in which the best set is worked out again: the first of every randomisation.

    Parameters
    ----------
    draws : int
        A multiple of 8.
    most : int
        So many at most, a multiple of 8.

    Examples
    --------
    >>> solved_draws(24, 16)
    (0, 1, 3, 4, 6, 7, 9, 10, 12, 13, 15, 16, 18, 19, 21, 22)
    """
    each = draws // RANDOMISATIONS
    taken = np.arange(min(each, most // RANDOMISATIONS))
    starts = np.arange(RANDOMISATIONS) * each
    return tuple(int(one) for one in (starts[:, None] + taken).ravel())


class _Choice:
    """The steps of one choice, on the candidates as they were weighed."""

    def __init__(
        self,
        portfolio: Portfolio,
        terms: Terms,
        framework: Framework | None,
        weighed: Weighed,
        drawing: Drawing,
        told: _Told,
    ) -> None:
        self.portfolio, self.terms, self.framework = portfolio, terms, framework
        self.weighed, self.drawing, self.told = weighed, drawing, told
        self.wish = Wish(terms.budget, terms.maximise, terms.floor)
        self.among = candidates_of(portfolio, terms, weighed.candidates)

    def made(self, step: float | None) -> Selection:
        """Everything that follows from the candidates."""
        best = best_choice(self.among, self.wish)
        one_step = self._step(step)
        unscored = tuple(n for n, one in self.weighed.candidates.items() if one.score is None)
        return Selection(
            portfolio=self.portfolio,
            framework=self.framework,
            terms=self.terms,
            candidates=self.weighed.candidates,
            left_out=self.weighed.left_out,
            chosen=None if best is None else best.chosen,
            is_proven=best is None or best.is_proven,
            totals=None if best is None else self._totals(best),
            not_chosen={} if best is None else not_chosen(self.among, self.wish, best),
            unreachable=unreachable(self.among, self.wish) if best is None else None,
            frontier=self._frontier(),
            unscored=() if self.framework is None else unscored,
            step=one_step,
            budgets=budget_curve(self.among, self.wish, self._budgets(one_step)),
            robustness=None if best is None else self._robustness(best),
            draws=self.drawing.sampling.draws,
            seed=self.drawing.seed,
        )

    def _step(self, step: float | None) -> Fraction:
        if step is not None:
            return exact(step)
        amounts = [one.amount for one in self.weighed.candidates.values()]
        return exact(min(amounts, default=1.0))

    def _budgets(self, step: Fraction) -> Sequence[Fraction]:
        """The budget itself, and some steps less and more; never below 0."""
        budgets = (exact(self.terms.budget) + n * step for n in range(-STEPS_DOWN, STEPS_UP + 1))
        return [one for one in budgets if one >= 0]

    def _totals(self, best: Best) -> Totals:
        chosen = [self.weighed.candidates[name] for name in best.chosen]
        spent = self.among.spent(best.chosen)
        scores = [exact(c.amount) * exact(c.score) for c in chosen if c.score is not None]
        returns = [
            exact(c.amount) * exact(c.financial_return)
            for c in chosen
            if c.financial_return is not None
        ]
        is_scored = self.framework is not None and len(scores) == len(chosen)
        is_returned = bool(spent) and len(returns) == len(chosen)
        return Totals(
            float(spent),
            float(self.among.total("npv", best.chosen)),
            float(sum(scores)) if is_scored else None,
            float(sum(returns) / spent) if is_returned else None,
        )

    def _frontier(self) -> Frontier | None:
        """Of value and score, over the candidates that have both."""
        if self.framework is None:
            return None
        among: Candidates = scored_only(self.portfolio, self.terms, self.weighed.candidates)
        return frontier(among, self.wish.budget)

    def _robustness(self, best: Best) -> Robustness | None:
        values: Mapping[str, np.ndarray] = FrozenDict(self.weighed.values)
        if not best.chosen:
            return None
        names = list(values)
        # to the cent, as the values by which is chosen
        table = np.round(np.column_stack([values[name] for name in names]), 2)
        solved = solved_draws(self.drawing.sampling.draws)
        return robustness(self.among, self.wish, best.chosen, names, table, solved, self.told.draw)
