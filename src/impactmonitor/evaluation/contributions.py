"""What every line contributes to a number of a result: views of the ledger, line by line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.incidence import Split, split
from impactmonitor.appraisal.layout import DOMAINS
from impactmonitor.appraisal.ledger import Ledger
from impactmonitor.appraisal.metrics import METRICS, moments, standard_factor
from impactmonitor.appraisal.program import BENEFIT, COST
from impactmonitor.evaluation.result import NOT_STATED, Evaluation

CountsAs = Literal["benefit", "cost", "received", "paid"]

UNDISCOUNTED = frozenset({"internal_rate_of_return", "payback_year"})
"""Metrics that are made of undiscounted amounts by year."""

DISCOUNTED_BY_YEAR = frozenset({"modified_internal_rate_of_return", "payback_year_discounted"})
"""Metrics that are made of present values by year."""

_COLUMNS: dict[str, tuple[tuple[CountsAs, float], ...]] = {
    "costs": (("cost", 1.0),),
    "benefits": (("benefit", 1.0),),
    "transfers": (("received", 1.0), ("paid", -1.0)),
    "transfers_received": (("received", 1.0),),
    "transfers_paid": (("paid", 1.0),),
    "net": (("benefit", 1.0), ("cost", -1.0), ("received", 1.0), ("paid", -1.0)),
    "benefit_cost_ratio": (("benefit", 1.0), ("cost", 1.0), ("received", 1.0), ("paid", 1.0)),
}
PARTY_COLUMNS = (*_COLUMNS, "benefits_confirmed", "cash_net")
YEAR_COLUMNS = ("costs", "benefits")
YEAR_ACTOR_COLUMNS = ("net", "cash_net")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one line is in a number.

    Attributes
    ----------
    line : str
        Its id.
    counts_as : {"benefit", "cost", "received", "paid"}
        On which side of the number it stands.
    amount : float
        In a sum with its sign, so that all amounts add up to the number; in a ratio the amount
        of its side.
    by_year : Mapping[int, float]
        The same by year, for rates of return and payback; else empty.
    """

    line: str
    counts_as: CountsAs
    amount: float
    by_year: Mapping[int, float] = field(default_factory=dict)


def to_total(evaluation: Evaluation, name: str) -> list[Contribution]:
    """What each line is in a total of society.

    Parameters
    ----------
    evaluation : Evaluation
        The result.
    name : str
        A metric.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> result = evaluate(load_case(folder("examples") / "perry-age-27" / "case.yaml"))
    >>> [(c.counts_as, c.amount) for c in to_total(result, "costs")]
    [('cost', 12356.0)]
    """
    a = evaluation.appraised
    if name in UNDISCOUNTED:
        return _by_year(evaluation, a.ledger.within[:, :, 0])
    if name in DISCOUNTED_BY_YEAR:
        return _by_year(evaluation, a.ledger.discounted_by_line[:, :, 0])
    ledger = a.most_likely if name == "most_likely_net_present_value" else a.ledger
    amounts = ledger.beyond[:, 0] if name == "beyond_horizon" else ledger.present[:, 0]
    roles = {"costs": (COST,), "benefits": (BENEFIT,)}.get(name, (BENEFIT, COST))
    is_net = len(roles) > 1 and METRICS[name].kind != "ratio"
    return list(_of_society(evaluation, ledger, amounts, roles, is_net))


def _of_society(
    evaluation: Evaluation, ledger: Ledger, amounts: Array, roles: tuple[int, ...], is_net: bool
) -> Iterator[Contribution]:
    """The lines of some roles; in a net number costs count with a minus."""
    names = evaluation.appraised.compiled.lines
    for name, role, amount in zip(names, ledger.program.line_role, amounts, strict=True):
        if role in roles and amount != 0:
            sign = -1.0 if is_net and role == COST else 1.0
            counts_as: CountsAs = "cost" if role == COST else "benefit"
            yield Contribution(name, counts_as, sign * float(amount))


def _by_year(evaluation: Evaluation, amounts: Array) -> list[Contribution]:
    """The net amounts of lines by year, for numbers that depend on when they fall."""
    a = evaluation.appraised
    found = []
    for name, role, row in zip(
        a.compiled.lines, a.compiled.program.line_role, amounts, strict=True
    ):
        if role in (COST, BENEFIT) and row.any():
            signed = (-row if role == COST else row)[: len(a.years)]
            years = {y: float(v) for y, v in zip(a.years, signed, strict=True) if v != 0}
            counts_as: CountsAs = "cost" if role == COST else "benefit"
            found.append(Contribution(name, counts_as, float(signed.sum()), years))
    return found


def to_party(evaluation: Evaluation, party: int, column: str) -> list[Contribution]:
    """What each line is in a number of an actor or a perspective.

    Parameters
    ----------
    evaluation : Evaluation
        The result.
    party : int
        Its place among the parties: the actors, then the perspectives, then society.
    column : str
        One of ``PARTY_COLUMNS``.
    """
    return _of_party(evaluation, party, column, evaluation.appraised.ledger.present[:, 0])


def to_year(
    evaluation: Evaluation, year: int, column: str, actor: str | None = None
) -> list[Contribution]:
    """What each line is in a number of one year, of society or of an actor."""
    a = evaluation.appraised
    parties = a.compiled.parties
    party = len(parties) - 1 if actor is None else a.compiled.actors.index(actor)
    return _of_party(evaluation, party, column, a.ledger.within[:, a.years.index(year), 0])


def _of_party(
    evaluation: Evaluation, party: int, column: str, amounts: Array
) -> list[Contribution]:
    """Each line divided over the parties on its own, and what of it is this party's.

    What an actor keeps of an effect is added to what else falls to the party of that effect.
    """
    a = evaluation.appraised
    turned = np.broadcast_to(a.ledger.is_turned[:, :1], (len(a.ledger.is_turned), len(amounts)))
    found = split(a.compiled.program, np.diag(amounts), a.ledger.slots[:, :1], turned)
    names, together = a.compiled.lines, a.compiled.program.with_kept
    if column == "benefits_confirmed":
        return list(_nonzero(names, "benefit", together(found.confirmed[party])))
    if column == "cash_net":
        return _of_cash(evaluation, together(found.cash[party]))
    return [
        contribution
        for counts_as, sign in _COLUMNS[column]
        for contribution in _nonzero(
            names, counts_as, sign * together(_side(found, counts_as)[party])
        )
    ]


def _side(found: Split, counts_as: CountsAs) -> Array:
    sides = {
        "benefit": found.benefits,
        "cost": found.costs,
        "received": found.received,
        "paid": found.paid,
    }
    return sides[counts_as]


def _nonzero(names: Iterable[str], counts_as: CountsAs, amounts: Array) -> Iterator[Contribution]:
    for name, amount in zip(names, amounts, strict=True):
        if amount != 0:
            yield Contribution(name, counts_as, float(amount))


def _of_cash(evaluation: Evaluation, amounts: Array) -> list[Contribution]:
    compiled = evaluation.appraised.compiled
    found = []
    for name, role, amount in zip(compiled.lines, compiled.program.line_role, amounts, strict=True):
        flow: CountsAs = "received" if amount > 0 else "paid"
        sides: dict[int, CountsAs] = {COST: "cost", BENEFIT: "benefit"}
        if amount != 0:
            found.append(Contribution(name, sides.get(int(role), flow), float(amount)))
    return found


def to_domain(evaluation: Evaluation, domain: str, column: str) -> list[Contribution]:
    """What each line is in a domain's ``costs``, ``benefits`` or ``net``."""
    ledger = evaluation.appraised.ledger
    roles = {"costs": (COST,), "benefits": (BENEFIT,)}.get(column, (BENEFIT, COST))
    inside = ledger.program.line_domain == DOMAINS.index(domain)
    amounts = np.where(inside, ledger.present[:, 0], 0.0)
    return list(_of_society(evaluation, ledger, amounts, roles, is_net=len(roles) > 1))


def to_evidence(evaluation: Evaluation, grade: str) -> list[Contribution]:
    """The size of each effect of one strength of evidence; harms count with their size too."""
    ledger, effects = evaluation.appraised.ledger, evaluation.case.effects
    sizes = np.abs(ledger.present[:, 0])
    found = _of_society(evaluation, ledger, sizes, (BENEFIT,), is_net=False)
    return [c for c in found if (effects[c.line].evidence or NOT_STATED) == grade]


def annuity(evaluation: Evaluation) -> float:
    """The sum of the standard discount factors over the horizon."""
    a = evaluation.appraised
    return float(a.ledger.factors[0, : len(a.years), 0].sum())


def last_moment(evaluation: Evaluation) -> tuple[float, float] | None:
    """The last moment of any flow, in years after the start, and its standard factor."""
    a = evaluation.appraised
    times, _ = moments(a, a.ledger.inside[:, :, 0])
    if not len(times):
        return None
    return float(times[-1]), standard_factor(a, float(times[-1]))


def line_amount(
    evaluation: Evaluation, name: str, place: Sequence[str]
) -> tuple[bool, float | None]:
    """A number of a line itself.

    Parameters
    ----------
    evaluation : Evaluation
        The result.
    name : str
        Id of the line.
    place : sequence of str
        ``present_value``, ``discounted_quantity``, ``quantity`` (of all years together) or
        ``quantity`` and a year.

    Returns
    -------
    is_there : bool
        Whether the line has that number.
    amount : float or None
        None where it has no value.
    """
    line = next((found for found in evaluation.line_results() if found.id == name), None)
    column, *inside = place
    if line is None or len(inside) > (column == "quantity"):
        return False, None
    if column == "quantity":
        years = {str(year): amount for year, amount in (line.quantity or {}).items()}
        if inside:
            return inside[0] in years, years.get(inside[0])
        return True, None if line.quantity is None else math.fsum(years.values())
    if column == "present_value":
        return True, line.present_value
    return column == "discounted_quantity", line.discounted_quantity
