"""What the parts of a portfolio have to be for each other."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

from impactmonitor.model.portfolio import Candidate, Holding, Portfolio, Tags
from impactmonitor.model.portfolio_rates import end_of, rate_at
from impactmonitor.model.positions import corrected, numerator_of, whole_of
from impactmonitor.problems import Problem, nearest

RESERVED_LABEL = "not-assigned"
"""The label of what belongs to nothing; no theme or label may be called so."""

TOLERANCE = 1e-9
_GOAL = re.compile(r"(1[0-7]|[1-9])(\.[0-9a-z]{1,2})?")
_SHARED = ("missions", "transitions", "sdgs")


def broken_rules(portfolio: Portfolio) -> Iterator[Problem]:
    """Everything in a portfolio that does not fit its other parts.

    Whether its cases are there is found when they are read.

    Parameters
    ----------
    portfolio : Portfolio
        Of the right form.

    Yields
    ------
    Problem
        With its path.
    """
    if RESERVED_LABEL in portfolio.themes:
        yield Problem("reserved-label", f"themes.{RESERVED_LABEL}", {"label": RESERVED_LABEL})
    for name, theme in portfolio.themes.items():
        for field in _SHARED:
            yield from _shares(getattr(theme, field), f"themes.{name}.{field}", field)
    for name, holding in portfolio.holdings.items():
        path = f"holdings.{name}"
        yield from _named(portfolio, holding, path)
        yield from _tags(portfolio, holding.tags, f"{path}.tags")
        yield from _dates(holding, path)
        yield from _amounts(holding, path)
        yield from _rates(portfolio, holding, path)
    for name, candidate in portfolio.candidates.items():
        yield from _candidate(portfolio, name, candidate)
    for name in portfolio.limits.themes:
        yield from _theme(portfolio, name, f"limits.themes.{name}")


def _named(portfolio: Portfolio, holding: Holding, path: str) -> Iterator[Problem]:
    """What a holding is about."""
    if holding.investee is not None and holding.investee not in portfolio.investees:
        near = nearest(holding.investee, portfolio.investees)
        params: dict[str, object] = {"name": holding.investee, "nearest": near}
        yield Problem("unknown-investee", f"{path}.investee", params)
    if holding.case is None and holding.investee is None and not holding.values:  # cash, perhaps
        yield Problem("holding-of-nothing", path)
    if holding.case is None and holding.versions:
        yield Problem("versions-without-case", f"{path}.versions")


def _theme(portfolio: Portfolio, name: str, path: str) -> Iterator[Problem]:
    if name not in portfolio.themes:
        near = nearest(name, portfolio.themes)
        yield Problem("unknown-theme", path, {"name": name, "nearest": near})


def _tags(portfolio: Portfolio, tags: Tags, path: str) -> Iterator[Problem]:
    for name in tags.themes:
        yield from _theme(portfolio, name, f"{path}.themes.{name}")
    for field in ("themes", *_SHARED, "regions"):
        yield from _shares(getattr(tags, field), f"{path}.{field}", field)


def _shares(shares: Mapping[str, float], path: str, field: str) -> Iterator[Problem]:
    """Shares of one thing are no more than all of it, and their labels can be told apart."""
    total = math.fsum(shares.values())
    if total > 1 + TOLERANCE:
        yield Problem("labels-above-1", path, {"total": f"{total:.6g}"})
    for label in shares:
        place = f"{path}.{label}"
        if label == RESERVED_LABEL and field != "themes":
            yield Problem("reserved-label", place, {"label": label})
        elif field == "sdgs" and not _GOAL.fullmatch(label):
            yield Problem("unknown-goal", place, {"label": label})


def _dates(holding: Holding, path: str) -> Iterator[Problem]:
    """Commitment, positions and exit come in that order; corrections come later."""
    start = holding.commitment.date if holding.commitment else None
    left = holding.exit
    if start is not None and left is not None and left < start:
        dates: dict[str, object] = {"exit": left.isoformat(), "commitment": start.isoformat()}
        yield Problem("exit-before-commitment", f"{path}.exit", dates)
    for year, position in holding.positions.items():
        place = f"{path}.positions.{year}"
        if start is not None and end_of(year) < start:
            before: dict[str, object] = {"year": year, "commitment": start.isoformat()}
            yield Problem("position-before-commitment", place, before)
        if left is not None and year > left.year:
            yield Problem("position-after-exit", place, {"year": year, "exit": left.isoformat()})
        for i, one in enumerate(position.restated):
            if one.in_ <= year:
                early: dict[str, object] = {"year": year, "in": one.in_}
                yield Problem("restated-too-early", f"{place}.restated.{i}.in", early)


def _amounts(holding: Holding, path: str) -> Iterator[Problem]:
    """A part is never more than the whole."""
    promised = holding.commitment
    if promised is not None and _is_above(promised.amount, promised.total_funding):
        yield Problem("part-above-whole", f"{path}.commitment.amount",
                      _parts(promised.amount, promised.total_funding))  # fmt: skip
    for year, position in holding.positions.items():
        known = sorted({one.in_ for one in position.restated})
        for last in (year, *known):
            now = corrected(position, last)
            part, whole = numerator_of(holding, now), whole_of(holding, now)
            if part is not None and whole is not None and _is_above(part, whole):
                place = f"{path}.positions.{year}"
                yield Problem("part-above-whole", place, _parts(part, whole))
                break


def _is_above(part: float, whole: float) -> bool:
    return part > whole * (1 + TOLERANCE)


def _parts(part: float, whole: float) -> dict[str, object]:
    return {"part": f"{part:,.10g}", "whole": f"{whole:,.10g}"}


def _rates(portfolio: Portfolio, holding: Holding, path: str) -> Iterator[Problem]:
    """Every position in another currency has a rate at its date."""
    for year in holding.positions:
        if rate_at(portfolio, holding.currency, end_of(year)) is None:
            params: dict[str, object] = {
                "currency": holding.currency,
                "other": portfolio.currency,
                "date": end_of(year).isoformat(),
            }
            premises = ("exchange_rates", f"{path}.currency")
            yield Problem("rate-of-fund-missing", f"{path}.positions.{year}", params,
                          premises=premises)  # fmt: skip


def _candidate(portfolio: Portfolio, name: str, candidate: Candidate) -> Iterator[Problem]:
    path = f"candidates.{name}"
    yield from _tags(portfolio, candidate.tags, f"{path}.tags")
    if _is_above(candidate.amount, candidate.total_funding):
        yield Problem("part-above-whole", f"{path}.amount",
                      _parts(candidate.amount, candidate.total_funding))  # fmt: skip
    for field in ("needs", "excludes"):
        for i, other in enumerate(getattr(candidate, field)):
            place = f"{path}.{field}.{i}"
            if other == name:
                yield Problem("candidate-names-itself", place, {"name": name})
            elif other not in portfolio.candidates:
                near = nearest(other, portfolio.candidates)
                yield Problem("unknown-candidate", place, {"name": other, "nearest": near})
