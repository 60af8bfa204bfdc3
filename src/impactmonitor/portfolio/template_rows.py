"""The holdings as an indicator sees them on one day, and its figure over them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from impactmonitor.model.portfolio_templates import TemplateIndicator, Within
from impactmonitor.portfolio.investee_facts import Missing
from impactmonitor.portfolio.operators import Figure, attributed_sum, share, weighted_mean
from impactmonitor.portfolio.wholes import InvesteeFigure

UNKNOWN = float("nan")
NOT_ABOUT = InvesteeFigure(None, is_eligible=False)


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """One holding as one indicator sees it on one day.

    Attributes
    ----------
    holding : str
        Its id.
    investee : str or None
        In whom; None for cash and for all that names nobody.
    amount : float or None
        In the fund's currency.
    factor : float or None
        The part of the whole that is the fund's.
    figure : InvesteeFigure
        What the indicator says of the investee.
    missing : tuple of Missing
        What is needed to count it, amount and whole included.
    """

    holding: str
    investee: str | None
    amount: float | None
    factor: float | None = None
    figure: InvesteeFigure = NOT_ABOUT
    missing: tuple[Missing, ...] = ()

    @property
    def attributed(self) -> float | None:
        """Factor x figure; None where one of them is not known."""
        if self.factor is None or self.figure.value is None:
            return None
        return self.factor * self.figure.value


@dataclass(frozen=True, slots=True)
class Sureness:
    """How much of the weight an indicator rests on, and of what kind that is.

    Attributes
    ----------
    coverage : float or None
        Weight with data / weight of what the indicator is about; None where that is nothing.
    part_of_all : float or None
        Weight of what it is about / weight of all holdings.
    reported, estimated, not_said : float or None
        Parts of the weight with data, that add up to 1.
    quality : float or None
        Σ weight x score / Σ weight, over what has a score: 1 for the best data to 5.
    scored : float or None
        Weight with a score / weight with data.
    """

    coverage: float | None
    part_of_all: float | None
    reported: float | None
    estimated: float | None
    not_said: float | None
    quality: float | None
    scored: float | None


def once_each(rows: Iterable[TemplateRow]) -> list[TemplateRow]:
    """Every investee in which anything is held once, with a weight of 1."""
    found: dict[str, TemplateRow] = {}
    for row in rows:
        if row.investee is not None and row.amount:
            missing = row.figure.missing
            found[row.investee] = replace(row, amount=1.0, factor=1.0, missing=missing)
    return list(found.values())


def figure_over(
    rows: Sequence[TemplateRow], indicator: TemplateIndicator, within: Within
) -> Figure:
    """The figure of an indicator over holdings.

    Parameters
    ----------
    rows : sequence of TemplateRow
        All holdings of the day, also those that it is not about.
    indicator : TemplateIndicator
        Gives the operator.
    within : {"all", "eligible", "covered"}
        What its denominator holds.

    Returns
    -------
    Figure
        With the coverage of what the indicator is about.
    """
    about = [row for row in rows if row.figure.is_eligible]
    amounts = [_number(row.amount) for row in about]
    figures = [_number(row.figure.value) for row in about]
    if indicator.operator == "attributed-sum":
        found = attributed_sum([_number(row.factor) for row in about], figures, amounts)
        held = held_within(rows, within, is_attributed=True)
        return _per_held(found, held, indicator.over_unit)
    operator = share if indicator.operator == "share" else weighted_mean
    found = operator(amounts, figures)
    held = held_within(rows, within)
    if found.value is None:
        return found
    covered = held_within(rows, "covered")
    return replace(found, value=found.value * covered / held)


def _per_held(found: Figure, held: float, unit: float | None) -> Figure:
    if found.value is None or unit is None:
        return found
    return replace(found, value=found.value / (held / unit))


def held_within(rows: Iterable[TemplateRow], within: Within, is_attributed: bool = False) -> float:
    """The amount held that a denominator counts.

    Parameters
    ----------
    rows : iterable of TemplateRow
        All holdings of the day.
    within : {"all", "eligible", "covered"}
        All of them, those that the indicator is about, or those of them with data.
    is_attributed : bool
        Whether data includes the part of the whole.
    """
    chosen = [
        row.amount
        for row in rows
        if row.amount is not None
        and (within == "all" or row.figure.is_eligible)
        and (within != "covered" or is_covered(row, is_attributed))
    ]
    return math.fsum(chosen)


def is_covered(row: TemplateRow, is_attributed: bool) -> bool:
    """Whether a holding has all that its indicator needs."""
    if row.amount is None or row.figure.value is None:
        return False
    return row.factor is not None or not is_attributed


def sureness(rows: Sequence[TemplateRow], indicator: TemplateIndicator) -> Sureness:
    """How much of the weight an indicator rests on, and of what kind that is.

    Parameters
    ----------
    rows : sequence of TemplateRow
        All holdings of the day.
    indicator : TemplateIndicator
        Of which the rows are.
    """
    is_attributed = indicator.operator == "attributed-sum"
    covered = [row for row in rows if row.figure.is_eligible and is_covered(row, is_attributed)]
    whole = math.fsum(row.amount or 0.0 for row in covered)
    about = held_within(rows, "eligible")
    scored = [row for row in covered if row.figure.quality is not None]
    grades = weighted_mean(
        [row.amount or 0.0 for row in scored], [_number(row.figure.quality) for row in scored]
    )
    reported, estimated, not_said = (
        _part(math.fsum(row.amount or 0.0 for row in covered if row.figure.origin == origin), whole)
        for origin in ("reported", "estimated", None)
    )
    return Sureness(
        coverage=_part(whole, about),
        part_of_all=_part(about, held_within(rows, "all")),
        reported=reported,
        estimated=estimated,
        not_said=not_said,
        quality=grades.value,
        scored=_part(math.fsum(row.amount or 0.0 for row in scored), whole),
    )


def _part(part: float, whole: float) -> float | None:
    return min(1.0, part / whole) if whole > 0 else None


def _number(value: float | None) -> float:
    return UNKNOWN if value is None else value
