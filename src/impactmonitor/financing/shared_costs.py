"""The joint costs of a case divided by a key, and who therefore pays whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.allocation import Allocation, Division, allocate
from impactmonitor.financing.clearing import Cleared, cleared
from impactmonitor.financing.cost_game import CostGame
from impactmonitor.financing.games import Array
from impactmonitor.problems import InvalidInput, NotFound, Problem, nearest


@dataclass(frozen=True, slots=True)
class Settlement:
    """What one key asks of the actors.

    Attributes
    ----------
    transfers : Mapping[str, float]
        Present value that each actor is to receive, below 0 what it is to pay: what it bears of
        the joint cost minus its share. They add up to 0.
    payments : tuple of Cleared
        Who pays whom, as present values; the largest first.
    """

    transfers: Mapping[str, float]
    payments: tuple[Cleared, ...]


@dataclass(frozen=True)
class SharedCosts:
    """The joint cost of a case, divided by several keys.

    Attributes
    ----------
    evaluation : Evaluation
        The result that it was made from.
    lines : tuple of str
        The cost lines that are shared.
    costs : Mapping[str, float]
        What each actor bears of these lines now, as a present value.
    benefits : Mapping[str, float]
        Present value of what each actor gains, transfers included; at least 0.
    allocation : Allocation
        The shares of those who share the cost, by key. What a key needs is named by its place in
        the case, where it has one.
    settlements : Mapping[str, Settlement]
        For the keys that could be worked out.
    yearly : float
        Paid every year of the horizon, 1 is worth this much at the standard rate and the timing
        of the case.
    """

    evaluation: Evaluation
    lines: tuple[str, ...]
    costs: Mapping[str, float]
    benefits: Mapping[str, float]
    allocation: Allocation
    settlements: Mapping[str, Settlement]
    yearly: float

    @property
    def total(self) -> float:
        """The joint cost, as a present value."""
        return sum(self.costs.values())

    @property
    def players(self) -> tuple[str, ...]:
        """Who share it."""
        return self.allocation.game.players


def share_costs(
    evaluation: Evaluation, lines: Iterable[str] | None = None, keys: Iterable[str] | None = None
) -> SharedCosts:
    """Divide the joint costs of a case among those who bear them or gain.

    The cost is shared by the actors that may be asked to pay and that bear part of these lines or
    gain anything. Who may not be asked gets back what it bears of them.

    Parameters
    ----------
    evaluation : Evaluation
        The result of the case.
    lines : iterable of str, optional
        Cost lines; by default all of them. Excess burden is no joint cost.
    keys : iterable of str, optional
        Names of ``cost_keys.KEYS``; by default all.

    Returns
    -------
    SharedCosts
        A key of which something is missing has no settlement and says what it needs.

    Raises
    ------
    NotFound
        ``unknown-cost-line``.
    InvalidInput
        ``nobody-shares`` if no actor may be asked to pay.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "fall-prevention-65plus" / "case.yaml")
    >>> found = share_costs(evaluate(case), keys=["equal"])
    >>> found.players
    ('municipality', 'insurer', 'long-term-care')
    >>> [(one.giver, one.receiver) for one in found.settlements["equal"].payments][0]
    ('long-term-care', 'municipality')
    """
    case = evaluation.case
    chosen = tuple(dict.fromkeys(case.costs if lines is None else lines))
    _check_lines(chosen, evaluation)
    costs = _borne(evaluation, chosen)
    benefits = {n: max(0.0, p.benefits + p.transfers) for n, p in evaluation.by_actor.items()}
    may_pay = evaluation.appraised.resolved.may_pay
    players = [n for n in case.actors if may_pay[n] and (costs[n] > 0 or benefits[n] > 0)]
    if not players:
        raise InvalidInput([Problem("nobody-shares", "actors")])
    alone = {n: x for n in players if (x := case.actors[n].stand_alone) is not None}
    gains = {n: benefits[n] for n in players}
    game = CostGame.of_totals(players, sum(costs.values()), alone, benefits=gains)
    allocation = _placed(allocate(game, keys), costs)
    settlements = {
        key: _settled(costs, game, division.shares)
        for key, division in allocation.by_key.items()
        if division.shares is not None
    }
    factors = evaluation.appraised.ledger.factors[0, : case.horizon, 0]
    yearly = float(factors.sum())
    return SharedCosts(evaluation, chosen, costs, benefits, allocation, settlements, yearly)


def _check_lines(chosen: tuple[str, ...], evaluation: Evaluation) -> None:
    known = evaluation.case.costs
    unknown = [name for name in chosen if name not in known]
    if unknown:
        params = {"id": ", ".join(unknown), "nearest": nearest(unknown[0], known)}
        raise NotFound(Problem("unknown-cost-line", "costs", params))


def _borne(evaluation: Evaluation, chosen: tuple[str, ...]) -> dict[str, float]:
    """What each actor bears of some cost lines, as a present value."""
    compiled, present = evaluation.appraised.compiled, evaluation.appraised.ledger.present[:, 0]
    p = compiled.program
    is_chosen = np.array([name in chosen for name in compiled.lines], dtype=bool)[p.cost_line]
    parts = np.where(is_chosen, present[p.cost_line] * p.cost_share, 0.0)
    sums = np.bincount(p.cost_actor, parts, minlength=len(compiled.actors))
    return dict(zip(compiled.actors, sums.tolist(), strict=True))


def _settled(costs: Mapping[str, float], game: CostGame, shares: Array) -> Settlement:
    share = dict(zip(game.players, shares.tolist(), strict=True))
    transfers = {name: borne - share.get(name, 0.0) for name, borne in costs.items()}
    return Settlement(transfers, cleared(transfers))


def _placed(allocation: Allocation, costs: Mapping[str, float]) -> Allocation:
    """What is missing and what is doubtful, by its place in the case."""
    by_key = {key: _division_placed(one) for key, one in allocation.by_key.items()}
    paid_back = [n for n, x in costs.items() if x > 0 and n not in allocation.game.players]
    doubts = [replace(p, path=_place(p.path)) for p in allocation.warnings]
    doubts += [Problem("paid-back", f"actors.{n}", {"id": n}, "warning") for n in paid_back]
    return replace(allocation, by_key=by_key, warnings=tuple(doubts))


def _division_placed(division: Division) -> Division:
    return replace(division, needs=tuple(_place(need) for need in division.needs))


def _place(need: str) -> str:
    section, _, name = need.partition(".")
    return f"actors.{name}.{section}" if section == "stand_alone" and name else need
