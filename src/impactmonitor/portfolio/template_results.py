"""What the indicators of a template come to over a period."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from impactmonitor.model.portfolio_templates import PortfolioTemplate, Within
from impactmonitor.model.record import FrozenDict
from impactmonitor.portfolio.investee_facts import Missing
from impactmonitor.portfolio.template_rows import Sureness
from impactmonitor.problems import Problem

Reason = Literal["nothing-held", "no-data", "no-amounts", "by-sector"]


@dataclass(frozen=True, slots=True)
class DayResult:
    """An indicator on one day.

    Attributes
    ----------
    day : date
        End of a period or a quarter.
    value : float or None
        Over what is known.
    reason : str or None
        Why there is none: ``nothing-held`` (of what the indicator is about), ``no-data``, or
        ``no-amounts`` (nobody wrote what was held).
    """

    day: datetime.date
    value: float | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class TemplateFigure:
    """An indicator over a period.

    Attributes
    ----------
    value : float or None
        In the unit of the indicator; of quarters their mean.
    reason : str or None
        Why there is none; ``by-sector`` where there is one for each sector instead.
    days : tuple of DayResult
        What it is the mean of.
    sureness : Sureness
        Coverage, kinds of data and their quality, as a mean over the days.
    missing : tuple of Missing
        What would make it complete, and where to fill that in.
    sectors : Mapping[str, TemplateFigure]
        By sector, where it is asked by sector.
    """

    value: float | None
    reason: Reason | None
    days: tuple[DayResult, ...]
    sureness: Sureness
    missing: tuple[Missing, ...] = ()
    sectors: Mapping[str, TemplateFigure] = field(default_factory=FrozenDict)

    @property
    def days_missing(self) -> tuple[datetime.date, ...]:
        """The days that are not in the mean, because nobody wrote what was held, or of what kind.

        A day on which the fund held nothing that the indicator is about is not one of them.
        """
        return tuple(one.day for one in self.days if one.reason in ("no-data", "no-amounts"))


@dataclass(frozen=True, slots=True)
class TemplateResult:
    """All indicators of a template over a period.

    Attributes
    ----------
    template : PortfolioTemplate
        Which ones.
    period : int
        Calendar year.
    currency : str
        Of the fund.
    within : {"all", "eligible", "covered"} or None
        What denominators hold, where that was chosen for all indicators.
    indicators : Mapping[str, TemplateFigure]
        By id, in the order of the template.
    warnings : tuple of Problem
        Names that nobody knows, parts above 1, quarters without amounts.
    """

    template: PortfolioTemplate
    period: int
    currency: str
    within: Within | None
    indicators: Mapping[str, TemplateFigure]
    warnings: tuple[Problem, ...] = ()
