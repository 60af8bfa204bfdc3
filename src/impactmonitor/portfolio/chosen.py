"""What a choice under a budget holds: who is chosen, who is not and why, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from impactmonitor.model.frameworks import Framework
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.record import Text
from impactmonitor.portfolio.choosing_among import Goal
from impactmonitor.portfolio.choosing_frontier import BudgetPoint, Frontier
from impactmonitor.portfolio.choosing_robustly import Robustness
from impactmonitor.problems import Problem

LeftOutReason = Literal["not-evaluated", "no-score", "no-return", "loss-too-likely", "needs-absent"]
Obstacle = Literal["budget", "theme", "return", "floor", "needs", "excludes"]


@dataclass(frozen=True, slots=True)
class Terms:
    """On which terms is chosen; amounts in the currency of the fund.

    Attributes
    ----------
    budget : float
        The chosen may ask this together.
    maximise : {"npv", "score"}
    floor : float or None
        What the chosen have to reach of the other goal: an amount of money, or amount times score.
    themes : Mapping[str, float]
        Highest amount by theme; a candidate counts by its shares of themes.
    financial_return : float or None
        The lowest return, weighted by amount, as a decimal.
    probability_of_loss : float or None
        The highest chance that a chosen candidate is a loss for society, each by itself.
    """

    budget: float
    maximise: Goal
    floor: float | None
    themes: Mapping[str, float]
    financial_return: float | None
    probability_of_loss: float | None


@dataclass(frozen=True, slots=True)
class Considered:
    """A candidate that can be chosen, with its numbers; amounts in the money of the fund.

    Attributes
    ----------
    id, title : str, Text
        Of the candidate; without a title that of its case.
    amount : float
        What it asks.
    share : float
        Amount / total funding: the share at commitment, ex ante.
    net_present_value : float
        Of the whole case for society.
    value : float
        Net present value x share, to the cent.
    score, coverage : float or None
        Of the case in the framework: 0 to 100 and 0 to 1; None where there is none.
    financial_return : float or None
        As the portfolio gives it.
    probability_of_loss : float
        Chance that the net present value of its case is below 0.
    themes : Mapping[str, float]
        Share by theme.
    """

    id: str
    title: Text
    amount: float
    share: float
    net_present_value: float
    value: float
    score: float | None
    coverage: float | None
    financial_return: float | None
    probability_of_loss: float
    themes: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A candidate that cannot be chosen on these terms; it never counts for 0.

    Attributes
    ----------
    id, title : str, Text
    reason : str
        Its case cannot be evaluated, it has no score, it states no return, its chance of a loss
        is above the limit, or it needs a candidate that is left out.
    probability_of_loss : float or None
        Where that is the reason.
    needs : tuple of str
        The candidates that are left out, where that is the reason.
    problems : tuple of Problem
        What is to be mended in its case, where that is the reason.
    """

    id: str
    title: Text
    reason: LeftOutReason
    probability_of_loss: float | None = None
    needs: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Something that keeps a candidate from being chosen beside the chosen ones.

    Attributes
    ----------
    kind : {"budget", "theme", "return", "floor", "needs", "excludes"}
    names : tuple of str
        The theme, or the other candidates.
    short : float or None
        By how much: money of budget and theme, decimal points of the return, the unit of the floor.
    """

    kind: Obstacle
    names: tuple[str, ...] = ()
    short: float | None = None


@dataclass(frozen=True, slots=True)
class NotChosen:
    """Why a candidate was not chosen.

    Attributes
    ----------
    blocks : tuple of Block
        Why it does not fit beside the chosen ones; empty where it fits but adds nothing.
    lost : float or None
        What the best set that has it reaches less of the goal than the chosen one; None where no
        set that has it keeps to the limits.
    """

    blocks: tuple[Block, ...]
    lost: float | None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A floor that no set reaches.

    Attributes
    ----------
    furthest : float
        The most that is reached of it, in its unit.
    short : float
        What is lacking.
    without : Mapping[str, float]
        By other limit the most that is reached where that limit does not count: ``budget``,
        ``themes.ID``, ``financial_return``, ``needs-and-excludes``.
    """

    furthest: float
    short: float
    without: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Totals:
    """What the chosen come to together.

    Attributes
    ----------
    spent, value : float
        Amounts, and net present value that is the fund's.
    score : float or None
        Sum of amount x score; None where one of them has no score.
    financial_return : float or None
        Weighted by amount; None where one of them states none, or nothing is chosen.
    """

    spent: float
    value: float
    score: float | None
    financial_return: float | None


@dataclass(frozen=True, slots=True)
class Selection:
    """A choice among the candidates of a portfolio.

    Attributes
    ----------
    portfolio : Portfolio
    framework : Framework or None
        Of the scores.
    terms : Terms
    candidates : Mapping[str, Considered]
        That can be chosen, by id.
    left_out : Mapping[str, LeftOut]
        That cannot, by id.
    chosen : tuple of str or None
        In the order of the alphabet; None where the floor cannot be reached.
    is_proven : bool
        Whether no set is better, shown in whole numbers.
    totals : Totals or None
        None where nothing could be chosen.
    not_chosen : Mapping[str, NotChosen]
        The other candidates, with the reason.
    unreachable : Unreachable or None
        Where the floor cannot be reached.
    frontier : Frontier or None
        Of value and score without a floor; None without a framework.
    unscored : tuple of str
        Candidates that are not on the frontier, as they have no score.
    step : Fraction
        One budget step.
    budgets : tuple of BudgetPoint
        What is reached with smaller and larger budgets.
    robustness : Robustness or None
        None where nothing is chosen.
    draws, seed : int
        Of the simulation.
    """

    portfolio: Portfolio
    framework: Framework | None
    terms: Terms
    candidates: Mapping[str, Considered]
    left_out: Mapping[str, LeftOut]
    chosen: tuple[str, ...] | None
    is_proven: bool
    totals: Totals | None
    not_chosen: Mapping[str, NotChosen]
    unreachable: Unreachable | None
    frontier: Frontier | None
    unscored: tuple[str, ...]
    step: Fraction
    budgets: tuple[BudgetPoint, ...]
    robustness: Robustness | None
    draws: int
    seed: int

    @property
    def value_of_step(self) -> float | None:
        """What one more step of budget adds to the goal; None where either is out of reach."""
        found = {point.budget: point.best for point in self.budgets}
        now = Fraction(repr(self.terms.budget))
        best, more = found.get(now), found.get(now + self.step)
        if best is None or more is None:
            return None
        return float(more.reached[0] - best.reached[0])
