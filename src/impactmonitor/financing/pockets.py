"""Wrong pockets: who pays and loses while society gains, in value and in cash, and over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from impactmonitor.appraisal.returns import payback_year
from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.compensation import deepest_need

ROUNDING = 1e-8
"""What is missing counts as nothing up to this share of all that goes to and from a party: payments
that were found by a programme come this near."""


@dataclass(frozen=True, slots=True)
class Pocket:
    """What a party pays, gains and has to advance; amounts in the money of the case.

    Attributes
    ----------
    is_payer : bool
        Whether it, or a member of it, is one of the ``payers`` of the evaluation.
    net, cash_net : float
        Present value of all that it holds, and of the part of it that is money.
    lacks_value, lacks_cash : float
        What is missing to the least that it accepts (its reservation, its cash floor); 0 or more.
    spares_value, spares_cash : float
        What it has above that; 0 or more.
    payback_year, cash_payback_year : int or None
        First year from which its cumulative undiscounted result stays at or above 0; None if it
        ends below.
    deepest_need : float
        The largest amount of cash that it has to advance at any time; 0 or more.
    deepest_year : int or None
        The first year in which it is that much; None where nothing is advanced.
    """

    is_payer: bool
    net: float
    cash_net: float
    lacks_value: float
    lacks_cash: float
    spares_value: float
    spares_cash: float
    payback_year: int | None
    cash_payback_year: int | None
    deepest_need: float
    deepest_year: int | None


@dataclass(frozen=True, slots=True)
class Pockets:
    """The pockets of all parties.

    Attributes
    ----------
    actors, perspectives : Mapping[str, Pocket]
        In the order of the case; perspectives end with ``society``.
    society_gains : bool
        Whether the net present value of society is above 0.
    wrong : tuple of str
        Actors that pay and hold less than they accept in value, while society gains.
    losers : tuple of str
        Actors that lose in value, whether or not society gains.
    """

    actors: Mapping[str, Pocket]
    perspectives: Mapping[str, Pocket]
    society_gains: bool
    wrong: tuple[str, ...]
    losers: tuple[str, ...]


def pockets_of(evaluation: Evaluation) -> Pockets:
    """Who pays, who gains, and who would have to be compensated.

    Parameters
    ----------
    evaluation : Evaluation
        The result of a case.

    Returns
    -------
    Pockets
        A perspective accepts what its members accept together.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "fall-prevention-65plus" / "case.yaml")
    >>> found = pockets_of(evaluate(case))
    >>> found.actors["municipality"].is_payer, found.actors["long-term-care"].is_payer
    (True, False)
    """
    actors = evaluation.case.actors
    groups = {name: (name,) for name in actors}
    perspectives = {**evaluation.case.perspectives, "society": tuple(actors)}
    first = _pockets(evaluation, groups, 0)
    society_gains = evaluation.amount("net_present_value") > 0
    wrong = tuple(name for name, one in first.items() if _is_wrong(one)) if society_gains else ()
    return Pockets(
        first,
        _pockets(evaluation, perspectives, len(actors)),
        society_gains,
        wrong,
        tuple(name for name, one in first.items() if one.net < 0),
    )


def _is_wrong(pocket: Pocket) -> bool:
    return pocket.is_payer and pocket.lacks_value > 0


def _pockets(
    evaluation: Evaluation, groups: Mapping[str, tuple[str, ...]], first: int
) -> dict[str, Pocket]:
    """Pockets of parties that follow each other from a place on."""
    # an actor and a perspective may bear the same name
    parties = evaluation.by_perspective if first else evaluation.by_actor
    yearly, years = evaluation.appraised.ledger.yearly, len(evaluation.appraised.years)
    base = evaluation.case.base_year
    payers = evaluation.payers
    found = {}
    for place, (name, members) in enumerate(groups.items(), start=first):
        party = parties[name]
        cash = yearly.cash[place, :years]
        need, year = deepest_need(cash[None, :])
        least, floor = (
            sum(getattr(evaluation.case.actors[member], field) for member in members)
            for field in ("reservation", "cash_floor")
        )
        size = party.costs + abs(party.benefits) + party.transfers_received + party.transfers_paid
        lacks_value, spares_value = _apart(party.net, least, size)
        lacks_cash, spares_cash = _apart(party.cash_net, floor, size)
        found[name] = Pocket(
            is_payer=any(member in payers for member in members),
            net=party.net,
            cash_net=party.cash_net,
            lacks_value=lacks_value,
            lacks_cash=lacks_cash,
            spares_value=spares_value,
            spares_cash=spares_cash,
            payback_year=payback_year(base, yearly.net[place, :years].tolist()),
            cash_payback_year=payback_year(base, cash.tolist()),
            deepest_need=float(need[0]),
            deepest_year=base + int(year[0]) if need[0] > 0 else None,
        )
    return found


def _apart(held: float, accepted: float, size: float) -> tuple[float, float]:
    """What is missing to what is accepted, and what there is above it."""
    above = held - accepted
    if abs(above) <= ROUNDING * size:
        return 0.0, 0.0
    return max(0.0, -above), max(0.0, above)
