"""What changed since the last report and why: named steps that add up exactly, holding by holding.

The order of the steps is ours. First what was known before is put right, then holdings come and
go, then time passes, and the share of the fund changes last. Every step is the change when that
one thing is replaced, what comes before it being new already and what comes after it still old.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from impactmonitor.appraisal.checks import TOLERANCE, Check, insist
from impactmonitor.appraisal.steps import STEPS as CASE_STEPS
from impactmonitor.portfolio.change_steps import lifetime_steps, period_steps
from impactmonitor.portfolio.rows import Totals
from impactmonitor.portfolio.stands import Figures, Stand, summed

Kind = Literal["lifetime", "period", "money"]
LEFT_OUT_STEPS = ("became-known", "no-longer-known", "exits", "new-holdings")
PERIOD_STEPS = ("positions-restated", "cases-restated", *LEFT_OUT_STEPS, "time", "share")
LIFETIME_STEPS = (
    *(f"case-{name}" for name in CASE_STEPS),
    "conversion",
    *LEFT_OUT_STEPS,
    "share",
)
MONEY_STEPS = ("positions-restated", *LEFT_OUT_STEPS, "amount", "currency")
STEPS_OF: Mapping[Kind, tuple[str, ...]] = {
    "lifetime": LIFETIME_STEPS,
    "period": PERIOD_STEPS,
    "money": MONEY_STEPS,
}


@dataclass(frozen=True, slots=True)
class Change:
    """What one step moved of one holding.

    Attributes
    ----------
    step, holding : str
        A step of ``STEPS_OF``, and the id of the holding.
    amounts : Mapping[str, float]
        ``costs``, ``benefits``, ``transfers``, ``cash_net`` and ``net``; of money ``outstanding``.
    """

    step: str
    holding: str
    amounts: Figures


@dataclass(frozen=True)
class Changes:
    """From what was first reported of an earlier period to what is reported of a later one.

    Attributes
    ----------
    kind : {"lifetime", "period", "money"}
    earlier, later : int
        The two periods.
    start, restated, end : Mapping[str, float]
        The earlier period as it was first reported and as it is known now, and the later one.
    steps : tuple of Change
        What moved, in the order of the steps and of the holdings; what is 0 is left out.
    check : Check
        That they add up; passed.
    """

    kind: Kind
    earlier: int
    later: int
    start: Figures
    restated: Figures
    end: Figures
    steps: tuple[Change, ...]
    check: Check

    @property
    def by_step(self) -> Mapping[str, Figures]:
        """What each step moved over all holdings, in the fixed order, also where it is 0."""
        return {
            step: summed((c.amounts for c in self.steps if c.step == step), self.start)
            for step in STEPS_OF[self.kind]
        }

    @property
    def by_holding(self) -> Mapping[str, Figures]:
        """What changed of each holding, over all steps."""
        names = dict.fromkeys(change.holding for change in self.steps)
        return {
            name: summed((c.amounts for c in self.steps if c.holding == name), self.start)
            for name in names
        }


def changes_between(
    kind: Literal["lifetime", "period"],
    periods: tuple[int, int],
    first: Mapping[str, Stand],
    restated: Mapping[str, Stand],
    now: Mapping[str, Stand],
) -> Changes:
    """What moved between two reports on one basis.

    Parameters
    ----------
    kind : {"lifetime", "period"}
    periods : tuple of int
        The earlier and the later one.
    first, restated, now : Mapping[str, Stand]
        By holding: the earlier period as it was first reported and as it is known now, and the
        later period.

    Returns
    -------
    Changes

    Raises
    ------
    CheckFailed
        If the steps do not add up to 1e-9 of the sum of absolute values.
    """
    walk = lifetime_steps if kind == "lifetime" else period_steps
    moved = [
        Change(step, name, amounts)
        for name in now
        for step, amounts in walk(first[name], restated[name], now[name])
    ]
    start, middle, end = (
        summed((one.part for one in stands.values()), Totals().as_figures())
        for stands in (first, restated, now)
    )
    parts = {name: (first[name].part, now[name].part) for name in now}
    return checked(kind, periods, (start, middle, end), moved, parts)


def checked(
    kind: Kind,
    periods: tuple[int, int],
    totals: tuple[Figures, Figures, Figures],
    moved: list[Change],
    parts: Mapping[str, tuple[Figures, Figures]],
) -> Changes:
    """Changes of which every holding and the total add up.

    Parameters
    ----------
    kind, periods
        As in ``Changes``.
    totals : tuple of Mapping
        Start, restated, end.
    moved : list of Change
        Of all steps.
    parts : Mapping
        By holding, what it was and what it is.
    """
    order = STEPS_OF[kind]
    kept = sorted(
        (change for change in moved if any(change.amounts.values())),
        key=lambda change: order.index(change.step),
    )
    start, middle, end = totals
    worst, allowed, passed = 0.0, 0.0, True
    rows = [(start, end, moved)]
    rows += [
        (old, new, [change for change in moved if change.holding == name])
        for name, (old, new) in parts.items()
    ]
    for old, new, own in rows:
        for name in old:
            steps = [change.amounts[name] for change in own]
            difference = abs(math.fsum((*steps, old[name], -new[name])))
            tolerance = TOLERANCE * math.fsum(map(abs, (*steps, old[name], new[name])))
            passed = passed and difference <= tolerance
            worst, allowed = max(worst, difference), max(allowed, tolerance)
    check = Check(f"portfolio-changes-{kind}", passed, worst, allowed)
    return Changes(kind, *periods, start, middle, end, tuple(kept), insist((check,))[0])
