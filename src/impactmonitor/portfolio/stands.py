"""What a holding is at one moment, and arithmetic on figures by name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from impactmonitor.portfolio.cases import Appraisal
from impactmonitor.portfolio.rows import Totals

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Stand:
    """What a holding is on one basis, at one moment and with what was known then.

    Attributes
    ----------
    is_held : bool
        Whether the fund has it at the end of the period.
    share : float or None
        Of the fund.
    whole : Totals or None
        Of the whole case, in the money of the fund.
    appraisal : Appraisal or None
        The case behind it.
    """

    is_held: bool
    share: float | None
    whole: Totals | None
    appraisal: Appraisal | None = None

    @property
    def is_counted(self) -> bool:
        """Whether it is in the total."""
        return self.share is not None and self.whole is not None

    @property
    def part(self) -> Figures:
        """The part of the fund; 0 where it is in no total."""
        return times(self.figures, self.share or 0.0)

    @property
    def figures(self) -> Figures:
        """Of the whole case; 0 where it gives no result."""
        return (self.whole or Totals()).as_figures()


def summed(parts: Iterable[Figures], like: Figures) -> Figures:
    """The sum by name.

    Parameters
    ----------
    parts : iterable of Mapping[str, float]
    like : Mapping[str, float]
        Gives the names, also where there are no parts.
    """
    known = list(parts)
    return {name: math.fsum(part[name] for part in known) for name in like}


def times(figures: Figures, factor: float) -> Figures:
    """Every figure times a factor."""
    return {name: x * factor for name, x in figures.items()}


def minus(new: Figures, old: Figures) -> Figures:
    """What every figure has more."""
    return {name: x - old[name] for name, x in new.items()}
