"""How sure an arrangement is: in how many draws everybody is whole, before and after payments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.arrangement import Arranged
from impactmonitor.model.financing import Wholeness
from impactmonitor.uncertainty.blocks import RANDOMISATIONS
from impactmonitor.uncertainty.models import model_of, places_of
from impactmonitor.uncertainty.running import Progress, Sampling, Work, run_model

Array = NDArray[np.float64]

SAFE = 0.9
"""In so many of the draws somebody who pays has to be whole, for what it can safely pay (ours)."""
ROUNDING = 1e-7
"""Payments that a programme found come this near to what is needed, as a share of the amounts."""


@dataclass(frozen=True)
class Drawn:
    """What the actors of a case hold in every draw.

    Attributes
    ----------
    net, cash : Mapping[str, array of shape (draws,)]
        Present values by actor, without payments of an arrangement.
    draws, seed, method : int, int, str
        How they were drawn.
    """

    net: Mapping[str, Array]
    cash: Mapping[str, Array]
    draws: int
    seed: int
    method: str


@dataclass(frozen=True, slots=True)
class Chance:
    """How often an actor is whole.

    Attributes
    ----------
    before, after : float
        Share of the draws in which it has at least what it accepts, in what it has to be whole
        in, without and with the payments.
    value_after, cash_after : float
        The same with the payments, for value and for cash alone.
    safely_spares : float
        What it could pay and still be whole in nine of ten draws; 0 or more.
    """

    before: float
    after: float
    value_after: float
    cash_after: float
    safely_spares: float


def drawn(
    evaluation: Evaluation,
    draws: int = 4096,
    seed: int = 1,
    method: str = "sobol",
    progress: Progress | None = None,
) -> Drawn:
    """What every actor holds in every draw: the same draws as those of ``simulate``.

    Parameters
    ----------
    evaluation : Evaluation
        The result of a case.
    draws : int
        How many, rounded up to a multiple of 8; at most 2**20.
    seed, method
        As for ``simulate``.
    progress : callable, optional
        Told how many draws are done.
    """
    compiled = evaluation.appraised.compiled
    model = model_of(evaluation.case, compiled, places_of([compiled]))
    rounded = -(-draws // RANDOMISATIONS) * RANDOMISATIONS
    found = run_model(model, Sampling(rounded, seed, method), Work(progress=progress)).tally.kept
    parties = len(compiled.parties)
    return Drawn(
        {name: found[i] for i, name in enumerate(compiled.actors)},
        {name: found[parties + i] for i, name in enumerate(compiled.actors)},
        rounded,
        seed,
        method,
    )


def chances_of(arranged: Arranged, found: Drawn) -> dict[str, Chance]:
    """How sure everybody is to be whole.

    Parameters
    ----------
    arranged : Arranged
        The payments; they are the same in every draw.
    found : Drawn
        What everybody holds.

    Returns
    -------
    dict of str to Chance
        By actor.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.financing.arrangement import arrange
    >>> from impactmonitor.resources import folder
    >>> result = evaluate(load_case(folder("examples") / "perry-age-27" / "case.yaml"))
    >>> found = chances_of(arrange(result, "value"), drawn(result, 8))
    >>> {chance.after for chance in found.values()}
    {1.0}
    """
    result = {}
    for name, position in arranged.positions.items():
        actor = arranged.evaluation.case.actors[name]
        moved = position.received - position.paid
        value = found.net[name] - actor.reservation
        cash = found.cash[name] - actor.cash_floor
        is_payer = arranged.pockets.actors[name].is_payer or position.paid > 0
        least = _least(value, cash, arranged.whole, is_payer)
        gross = position.paid + position.received + abs(position.net) + abs(position.cash_net)
        room = ROUNDING * gross
        safe = float(np.quantile(_least(value, cash, arranged.whole, True), 1 - SAFE))
        result[name] = Chance(
            before=_share(least, room),
            after=_share(least + moved, room),
            value_after=_share(value + moved, room),
            cash_after=_share(cash + moved, room),
            safely_spares=max(0.0, safe),
        )
    return result


def _least(value: Array, cash: Array, whole: Wholeness | None, is_payer: bool) -> Array:
    """What is above the least that is accepted, in what an actor has to be whole in."""
    if whole == "value" or (whole is None and not is_payer):
        return value
    return cash if whole == "cash" else np.minimum(value, cash)


def _share(above: Array, room: float) -> float:
    return float((above >= -room).mean())
