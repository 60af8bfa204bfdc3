"""Realised, expected from what has started, and still planned: three parts of one result.

A part is a choice of rows of the ledger of the whole case: by the year in which something
starts and the year in which it is counted. Nothing is computed for a part alone, so that overlap,
excess burden and what actors keep are those of the whole case, and the parts add up to it.

* ``realised``: what is counted in the years up to and with the last year;
* ``expected``: later years of what has started by then;
* ``planned``: what starts after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.arrays import Array, Index, sum_by
from impactmonitor.appraisal.checks import TOLERANCE, Check, insist
from impactmonitor.appraisal.incidence import Split, split
from impactmonitor.appraisal.program import BENEFIT, COST, UNMONETISED
from impactmonitor.model.record import FrozenDict

TOTALS = ("costs", "benefits", "net_present_value")


@dataclass(frozen=True, slots=True)
class Account:
    """What a part is to an actor, as present values in the money of the case.

    Attributes
    ----------
    costs, benefits : float
        Harms are negative benefits.
    transfers : float
        Received minus paid.
    net, cash_net : float
        Benefits - costs + transfers, and the part of it that is money.
    """

    costs: float = 0.0
    benefits: float = 0.0
    transfers: float = 0.0
    net: float = 0.0
    cash_net: float = 0.0

    def __sub__(self, other: Account) -> Account:
        return Account(*(getattr(self, f.name) - getattr(other, f.name) for f in fields(self)))

    def __add__(self, other: Account) -> Account:
        return Account(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a result, as present values in the money of the case.

    Attributes
    ----------
    totals : Mapping[str, float]
        ``costs``, ``benefits`` and ``net_present_value`` of society.
    actors : Mapping[str, Account]
        In the order of the case.
    lines : Mapping[str, float]
        By line in money; costs and transfers positive, the excess burden among them.
    """

    totals: Mapping[str, float]
    actors: Mapping[str, Account]
    lines: Mapping[str, float]

    def __sub__(self, other: Part) -> Part:
        """What this part has more; both of the same case."""
        return Part(
            FrozenDict({name: x - other.totals[name] for name, x in self.totals.items()}),
            FrozenDict({name: x - other.actors[name] for name, x in self.actors.items()}),
            FrozenDict({name: x - other.lines[name] for name, x in self.lines.items()}),
        )

    def __add__(self, other: Part) -> Part:
        """Both together; of the same case."""
        return Part(
            FrozenDict({name: x + other.totals[name] for name, x in self.totals.items()}),
            FrozenDict({name: x + other.actors[name] for name, x in self.actors.items()}),
            FrozenDict({name: x + other.lines[name] for name, x in self.lines.items()}),
        )


@dataclass(frozen=True, slots=True)
class Parts:
    """The three parts of a result.

    Attributes
    ----------
    last_year : int
        Up to and with which something is realised.
    realised, expected, planned : Part
    checks : tuple of Check
        That the parts add up to the whole; all passed.
    """

    last_year: int
    realised: Part
    expected: Part
    planned: Part
    checks: tuple[Check, ...]

    @property
    def whole(self) -> Part:
        """All three together."""
        return self.realised + self.expected + self.planned


def parts_of(appraised: Appraised, last_year: int) -> Parts:
    """Take a result apart by what has happened, has started and is planned.

    Parameters
    ----------
    appraised : Appraised
        The case at its point estimate.
    last_year : int
        The last calendar year that has passed.

    Returns
    -------
    Parts
        Within the horizon of the case.

    Raises
    ------
    CheckFailed
        If the parts do not add up to 1e-9 of the sum of absolute values.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "fall-prevention-65plus" / "case.yaml")
    >>> found = evaluate(case)
    >>> parts = parts_of(found.appraised, case.base_year)
    >>> whole = parts.whole.totals["net_present_value"]
    >>> abs(whole - found.totals["net_present_value"]) < 1e-6
    True
    """
    columns = _columns(appraised, last_year)
    found = split(
        appraised.compiled.program,
        columns,
        appraised.ledger.slots[:, :1],
        appraised.ledger.is_turned[:, :1],
    )
    check = _check(appraised, columns, found)
    realised, expected, planned = (_part(appraised, columns, found, i) for i in range(3))
    return Parts(last_year, realised, expected, planned, (check,))


def starts_of(appraised: Appraised) -> Index:
    """The calendar year in which each entry of a program starts, before any lag."""
    p, case = appraised.compiled.program, appraised.case
    lags = [
        case.effects[name].lag if name in case.effects else 0 for name in appraised.compiled.lines
    ]
    lag = np.array(lags, dtype=np.intp)[p.strand_line[p.entry_strand]]
    result: Index = case.base_year + p.entry_year - lag
    return result


def _columns(a: Appraised, last_year: int) -> Array:
    """Present value of every line in each part; shape (lines, 3)."""
    p, ledger = a.compiled.program, a.ledger
    has_begun = starts_of(a) <= last_year
    has_passed = a.case.base_year + np.arange(p.years) <= last_year
    factors = ledger.factors[p.row_schedule, :, 0] * p.row_within
    begun, later = (
        ledger.value_of(counted)[:, :, 0] * factors for counted in (has_begun, ~has_begun)
    )
    rows = np.stack(
        [begun[:, has_passed].sum(1), begun[:, ~has_passed].sum(1), later.sum(1)], axis=1
    )
    return sum_by(p.row_line, rows, p.sizes["line"])


def _part(a: Appraised, columns: Array, found: Split, i: int) -> Part:
    p, names = a.compiled.program, a.compiled.lines
    costs, benefits = (float(columns[p.line_role == role, i].sum()) for role in (COST, BENEFIT))
    shown = [line for line in p.own_lines.tolist() if p.line_role[line] != UNMONETISED]
    return Part(
        FrozenDict(zip(TOTALS, (costs, benefits, benefits - costs), strict=True)),
        FrozenDict({
            name: Account(*(float(each[actor, i]) for each in _accounts(found)))
            for actor, name in enumerate(a.compiled.actors)
        }),
        FrozenDict({names[line]: float(columns[line, i]) for line in shown}),
    )  # fmt: skip


def _accounts(found: Split) -> Sequence[Array]:
    return (found.costs, found.benefits, found.transfers, found.net, found.cash)


def _check(a: Appraised, columns: Array, found: Split) -> Check:
    """Whether the parts are the whole, line by line and for every party."""
    pairs = [(columns, a.ledger.present[:, 0])]
    pairs += [
        (part, whole[:, 0])
        for part, whole in zip(_accounts(found), _accounts(a.ledger.parties), strict=True)
    ]
    size = float(np.abs(columns).sum())
    difference = max(
        float(np.abs(part.sum(axis=1) - whole).max(initial=0.0)) for part, whole in pairs
    )
    tolerance = TOLERANCE * size
    check = Check("parts-add-up", difference <= tolerance, difference, tolerance)
    return insist((check,))[0]
