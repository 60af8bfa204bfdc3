"""Indicators over holdings: flows and levels as sums, ratios as Σ ÷ Σ, few people hidden."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from impactmonitor.measuring.suppression import Sum, hidden
from impactmonitor.model.monitoring import Direction, Measure
from impactmonitor.model.record import Text
from impactmonitor.portfolio.measured import FEW_PEOPLE, IndicatorResult

ALL_CASES = ""


@dataclass(frozen=True, slots=True)
class IndicatorTotal:
    """An indicator over several holdings.

    Attributes
    ----------
    id, title, unit, measure, direction, counts_people
        As in ``IndicatorResult``.
    value : float or None
        The part of the fund in what was measured: flows and levels as a sum, ratios as the sum of
        numerators over the sum of denominators, each times the share of the fund. None with a
        reason.
    numerator, denominator : float or None
        Of a ratio.
    compared, target : float or None
        The part of the fund in the holdings that were measured and have a target, and that
        target; of a ratio the mean of targets by denominator.
    planned : float or None
        The part of the fund in what the plan has for holdings that were not measured. It is no
        result, and not in ``value``.
    whole : float or None
        What was measured in the whole cases, each case once; None for a ratio and where it would
        tell of few people.
    measured, unmeasured, hidden : tuple of str
        Holdings of which it was measured, was not, and is not told.
    reason : str or None
        ``not-measured`` or ``few-people``: the share of each holding is known, so that a total
        would give away what is hidden.
    """

    id: str
    title: Text | None
    unit: str | None
    measure: Measure
    direction: Direction
    counts_people: bool
    value: float | None
    numerator: float | None
    denominator: float | None
    compared: float | None
    target: float | None
    planned: float | None
    whole: float | None
    measured: tuple[str, ...]
    unmeasured: tuple[str, ...]
    hidden: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """What a holding gives to a total.

    Attributes
    ----------
    holding, case : str
        Ids.
    result : IndicatorResult
        With all its figures, also those that may not be told.
    weight : float
        Part of the holding that counts; below 1 for a theme to which it belongs in part.
    """

    holding: str
    case: str
    result: IndicatorResult
    weight: float = 1.0

    @property
    def factor(self) -> float:
        """Share of the fund x weight; 0 where the share is not known, as it is left out then."""
        return (self.result.share or 0.0) * self.weight


@dataclass(frozen=True, slots=True)
class Untold:
    """Whose figures of an indicator may not be told.

    Attributes
    ----------
    cases : frozenset of str
        Ids of cases.
    is_whole : bool
        Whether the total of whole cases may not be told either.
    """

    cases: frozenset[str] = frozenset()
    is_whole: bool = False


TOLD = Untold()


def untold(parts: Iterable[Part]) -> Untold:
    """The cases of which an indicator tells of too few people, and what would give them away.

    Parameters
    ----------
    parts : iterable of Part
        Of one indicator; a plan is about nobody and hides nothing.

    Returns
    -------
    Untold
        A second case where the total of all cases would reveal the first.
    """
    by_case = {part.case: part.result for part in parts if _is_people(part.result)}
    cells: dict[tuple[str, str], float] = {}
    unseen: list[tuple[str, str]] = []
    sums: list[Sum[tuple[str, str]]] = []
    for case, result in by_case.items():
        if result.numerator is None or result.denominator is None:
            cells[case, "of"] = result.value or 0.0
            continue
        cells[case, "of"], cells[case, "in"] = result.denominator, result.numerator
        cells[case, "rest"] = result.denominator - result.numerator
        unseen.append((case, "rest"))
        sums.append(Sum((case, "of"), ((case, "in"), (case, "rest"))))
    for name in ("of", "in"):
        own = tuple(cell for cell in cells if cell[1] == name)
        if own:
            cells[ALL_CASES, name] = math.fsum(cells[cell] for cell in own)
            sums.append(Sum((ALL_CASES, name), own))
    kept = hidden(cells, sums, unseen=unseen)
    names = frozenset(case for case, _ in kept)
    return Untold(names - {ALL_CASES}, ALL_CASES in names)


def _is_people(result: IndicatorResult) -> bool:
    return result.counts_people and result.is_measured and result.value is not None


def by_indicator(parts: Iterable[Part]) -> dict[str, list[Part]]:
    """Parts by indicator; an indicator in two units stands twice, with its unit in the name.

    Parameters
    ----------
    parts : iterable of Part
        Of all holdings, so that a name is the same wherever it stands.
    """
    found: dict[str, dict[tuple[str | None, str], list[Part]]] = {}
    for part in parts:
        key = (part.result.unit, part.result.measure)
        found.setdefault(part.result.id, {}).setdefault(key, []).append(part)
    named: dict[str, list[Part]] = {}
    for name in sorted(found):
        for unit, measure in sorted(found[name], key=str):
            shown = name if len(found[name]) == 1 else f"{name} ({unit or '-'}, {measure})"
            named[shown] = sorted(found[name][unit, measure], key=lambda part: part.holding)
    return named


def total_of_indicator(
    parts: Sequence[Part], few: Untold = TOLD, is_weighted: bool = False
) -> IndicatorTotal:
    """One indicator over some holdings.

    Parameters
    ----------
    parts : sequence of Part
        At least one; all of one indicator, unit and measure.
    few : Untold
        Over all holdings of the portfolio.
    is_weighted : bool
        Whether holdings count for a part, as they do in a theme; there is no whole then.

    Returns
    -------
    IndicatorTotal

    Examples
    --------
    A ratio is the sum of numerators over the sum of denominators, not a mean of percentages:

    >>> def of(name, numerator, denominator, share):
    ...     return Part(name, name, IndicatorResult("content", None, None, "ratio", "increase",
    ...         True, numerator / denominator, numerator, denominator, share, is_measured=True))
    >>> total_of_indicator([of("a", 10, 20, 0.5), of("b", 80, 80, 0.25)]).value
    0.8333333333333334
    """
    first = parts[0].result
    measured = [part for part in parts if part.result.is_measured]
    others = [part for part in parts if not part.result.is_measured]
    kept_back = tuple(part.holding for part in measured if part.case in few.cases)
    compared = [part for part in measured if part.result.target is not None]
    figures = _figures(measured, first.measure)
    reached = _figures(compared, first.measure)[0]
    if kept_back:
        figures, reached = (None, None, None), None
    without = FEW_PEOPLE if kept_back else "not-measured"
    is_told = not (is_weighted or few.is_whole)
    return IndicatorTotal(
        first.id,
        first.title,
        first.unit,
        first.measure,
        first.direction,
        any(part.result.counts_people for part in parts),
        *figures,
        compared=reached,
        target=_target(compared, first.measure),
        planned=_figures(others, first.measure)[0],
        whole=_whole(measured, first.measure) if is_told else None,
        measured=tuple(p.holding for p in measured if p.case not in few.cases),
        unmeasured=tuple(part.holding for part in others),
        hidden=kept_back,
        reason=None if figures[0] is not None else without,
    )


_Figures = tuple[float | None, float | None, float | None]


def _figures(parts: Sequence[Part], measure: Measure) -> _Figures:
    """Value, numerator and denominator of the part of the fund."""
    if measure != "ratio":
        known = [x * p.factor for p in parts if (x := p.result.value) is not None]
        return (math.fsum(known) if known else None), None, None
    pairs = [
        (n * p.factor, d * p.factor)
        for p in parts
        if (n := p.result.numerator) is not None and (d := p.result.denominator) is not None
    ]
    if not pairs:
        return None, None, None
    numerator, denominator = (math.fsum(each) for each in zip(*pairs, strict=True))
    return (numerator / denominator if denominator else None), numerator, denominator


def _target(parts: Sequence[Part], measure: Measure) -> float | None:
    known = [(t, part) for part in parts if (t := part.result.target) is not None]
    if not known:
        return None
    if measure != "ratio":
        return math.fsum(target * part.factor for target, part in known)
    weights = [(part.result.denominator or 0.0) * part.factor for _, part in known]
    whole = math.fsum(weights)
    if whole == 0:
        return None
    return math.fsum(t * w for (t, _), w in zip(known, weights, strict=True)) / whole


def _whole(parts: Iterable[Part], measure: Measure) -> float | None:
    """Of whole cases: two holdings of one case do not make it twice as large."""
    if measure == "ratio":
        return None
    by_case = {part.case: part.result.value for part in parts}
    known = [x for x in by_case.values() if x is not None]
    return math.fsum(known) if known else None


def indicator_totals(
    by_name: Mapping[str, Sequence[Part]], few: Mapping[str, Untold], is_weighted: bool = False
) -> dict[str, IndicatorTotal]:
    """Every indicator over some holdings.

    Parameters
    ----------
    by_name : Mapping[str, sequence of Part]
        From ``by_indicator``, or a choice of it.
    few : Mapping[str, Untold]
        By the same names, over the whole portfolio.
    is_weighted : bool
        Whether holdings count for a part, as they do in a theme.
    """
    return {
        name: total_of_indicator(parts, few.get(name, TOLD), is_weighted)
        for name, parts in by_name.items()
    }
