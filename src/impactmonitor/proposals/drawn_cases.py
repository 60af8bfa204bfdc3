"""Many cases on the same draws: how often each comes where, and how often who pays loses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from impactmonitor.appraisal.arrays import Array
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.case import SOCIETY
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import InvalidInput, Problem
from impactmonitor.uncertainty.blocks import RANDOMISATIONS
from impactmonitor.uncertainty.models import model_of, places_of
from impactmonitor.uncertainty.running import Run, Sampling, Work, run_model

MOST_DRAWS = 1 << 16
"""All draws of all cases are kept for their ranks; more of them say nothing more: ours."""


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely a case disappoints.

    Attributes
    ----------
    loss : float
        Share of the draws in which society loses, 0 to 1.
    payers : Mapping[str, float]
        The same for every actor that pays; empty where nobody does.
    net : Mapping[str, float]
        Mean net present value of these actors, in the money of the comparison.
    """

    loss: float
    payers: Mapping[str, float]
    net: Mapping[str, float]

    @property
    def worst_payer(self) -> str | None:
        """The actor that pays and most often loses; of equal ones the first. None without one.

        Examples
        --------
        >>> Chances(0.1, {"city": 0.4, "fund": 0.9}, {}).worst_payer
        'fund'
        """
        return max(self.payers, key=lambda name: self.payers[name], default=None)

    @property
    def worst_chance_of_loss(self) -> float | None:
        """How often that actor loses."""
        return max(self.payers.values(), default=None)


@dataclass(frozen=True)
class DrawnCases:
    """Draws of several cases.

    Attributes
    ----------
    draws, seed : int
        How many, and which.
    chances : Mapping[str, Chances]
        By case.
    net : array, shape (draws, cases)
        Net present value in the money of the comparison, in the order of ``chances``.
    """

    draws: int
    seed: int
    chances: Mapping[str, Chances]
    net: Array


def draw_cases(
    evaluations: Mapping[str, Evaluation], scales: Mapping[str, float], draws: int, seed: int
) -> DrawnCases:
    """Draw the uncertain numbers of several cases.

    A number that the cases take from the catalogue or from a policy is the same in all of them in
    every draw; what is a case's own is drawn for that case alone.

    Parameters
    ----------
    evaluations : Mapping[str, Evaluation]
        By case, each with an id of its own.
    scales : Mapping[str, float]
        By case, what its amounts are multiplied by.
    draws : int
        1 to ``MOST_DRAWS``; rounded up to a multiple of 8.
    seed : int
        The same seed gives the same numbers, whatever the order of the cases.

    Raises
    ------
    InvalidInput
        ``draws-not-finite``, ``impossible-correlation``, each under the id of its case.
    ValueError
        If there are no draws, or too many.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> found = draw_cases({"perry": evaluate(case)}, {"perry": 1.0}, 8, 1)
    >>> found.net.shape, found.chances["perry"].loss
    ((8, 1), 0.0)
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise ValueError(f"the number of draws lies between 1 and {MOST_DRAWS}, not {draws}")
    rounded = -(-draws // RANDOMISATIONS) * RANDOMISATIONS
    sampling = Sampling(rounded, seed, "sobol")
    net = np.empty((rounded, len(evaluations)))
    chances: dict[str, Chances] = {}
    for place, (name, evaluation) in enumerate(evaluations.items()):
        run = _run(name, evaluation, sampling)
        parties = evaluation.appraised.compiled.parties
        net[:, place] = scales[name] * run.tally.kept[parties.index(SOCIETY)]
        chances[name] = _chances(evaluation, run, scales[name])
    return DrawnCases(rounded, seed, FrozenDict(chances), net)


def _run(name: str, evaluation: Evaluation, sampling: Sampling) -> Run:
    a = evaluation.appraised
    try:
        model = model_of(a.case, a.compiled, places_of([a.compiled]))
    except InvalidInput as invalid:
        raise InvalidInput(problem.moved_to(name) for problem in invalid.problems) from None
    with np.errstate(all="ignore"):  # what overflows is found below
        run = run_model(model, sampling, Work())
        if not run.tally.is_finite:
            raise InvalidInput([Problem("draws-not-finite", f"{name}.uncertainty")])
    return run


def _chances(evaluation: Evaluation, run: Run, scale: float) -> Chances:
    parties = evaluation.appraised.compiled.parties
    summaries = run.tally.summaries(slice(0, len(parties)))
    found = dict(zip(parties, summaries, strict=True))
    payers = {name: found[name].probability_negative for name in evaluation.payers}
    net = {name: scale * found[name].mean for name in evaluation.payers}
    return Chances(found[SOCIETY].probability_negative, FrozenDict(payers), FrozenDict(net))


def rank_shares(net: Array, names: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """The share of the draws in which each case has each rank; ties share their ranks.

    Parameters
    ----------
    net : array, shape (draws, cases)
        More is better.
    names : sequence of str
        Of the cases.

    Examples
    --------
    >>> rank_shares(np.array([[3.0, 1.0], [2.0, 2.0]]), ["a", "b"])
    {'a': (0.75, 0.25), 'b': (0.25, 0.75)}
    """
    from impactmonitor.scoring.ranks import rank_acceptability

    shares = rank_acceptability(_in_size(net))
    return dict(zip(names, (tuple(row) for row in shares.tolist()), strict=True))


def _in_size(net: Array) -> Array:
    """Amounts as a share of the largest, times a thousand: what is the same does not hang on it."""
    largest = float(np.abs(net).max(initial=0.0))
    return net * (1000.0 / largest) if largest else net
