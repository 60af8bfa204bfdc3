"""The candidates of a portfolio with their numbers, and those that cannot be chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.intake.portfolio_reading import PortfolioReading
from impactmonitor.model.portfolio import Candidate
from impactmonitor.portfolio.cases import Appraisal, CaseBook
from impactmonitor.portfolio.choosing_programme import exact
from impactmonitor.portfolio.chosen import Considered, LeftOut, Terms
from impactmonitor.problems import InvalidInput, Problem, errors
from impactmonitor.uncertainty.blocks import RANDOMISATIONS, blocks_of, draws_of
from impactmonitor.uncertainty.drawn import Array
from impactmonitor.uncertainty.models import model_of, places_of
from impactmonitor.uncertainty.running import Sampling

CENTS = 2


@dataclass(frozen=True)
class Weighed:
    """The candidates of a portfolio.

    Attributes
    ----------
    candidates : Mapping[str, Considered]
        That can be chosen.
    left_out : Mapping[str, LeftOut]
        That cannot.
    values : Mapping[str, array of shape (draws,)]
        Value of each candidate that can be chosen, in every draw.
    """

    candidates: Mapping[str, Considered]
    left_out: Mapping[str, LeftOut]
    values: Mapping[str, Array]


def weigh(
    reading: PortfolioReading,
    catalogue: Catalogue,
    terms: Terms,
    framework: str | None,
    sampling: Sampling,
    told: Callable[[], None],
) -> Weighed:
    """Evaluate and draw the case of every candidate.

    Parameters
    ----------
    reading : PortfolioReading
        Its candidates, and the folder of their cases.
    catalogue : Catalogue
        In which they are evaluated.
    terms : Terms
        That say which numbers a candidate has to have.
    framework : str or None
        Id of the framework of the scores.
    sampling : Sampling
        Which draws; a price of the catalogue is the same in all cases of a draw.
    told : callable
        Called after every candidate.

    Returns
    -------
    Weighed
        Every candidate of the portfolio once, in the order of the alphabet.
    """
    book = CaseBook(reading, catalogue)
    candidates, left_out, values = dict[str, Considered](), dict[str, LeftOut](), {}
    for name, one in sorted(reading.portfolio.candidates.items()):
        found = book.appraisal(one.case)
        drawn = _drawn(found, sampling)
        told()
        if isinstance(found, Appraisal) and not isinstance(drawn, tuple):
            candidates[name] = _considered(name, one, found, drawn, framework)
            values[name] = drawn * (one.amount / one.total_funding)
            absent = _refused(candidates[name], terms)
        else:
            problems = drawn if isinstance(drawn, tuple) else ()
            absent = LeftOut(name, one.title or name, "not-evaluated", problems=problems)
        if absent is not None:
            left_out[name] = absent
    left_out |= _dependent(reading.portfolio.candidates, candidates, left_out)
    kept = {name: one for name, one in candidates.items() if name not in left_out}
    return Weighed(kept, left_out, {name: values[name] for name in kept})


def _considered(
    name: str, one: Candidate, found: Appraisal, drawn: Array, framework: str | None
) -> Considered:
    evaluation, share = found.evaluation, one.amount / one.total_funding
    present = evaluation.amount("net_present_value") * found.conversion.present_values
    answered = evaluation.scores.get(framework) if framework is not None else None
    return Considered(
        name,
        one.title or evaluation.case.title,
        one.amount,
        share,
        present,
        round(present * share, CENTS),
        None if answered is None else answered.total.score,
        None if answered is None else answered.total.coverage,
        one.financial_return,
        float((drawn < 0).mean()),
        one.tags.themes,
    )


def _refused(one: Considered, terms: Terms) -> LeftOut | None:
    """The first reason for which a candidate cannot be chosen on these terms."""
    if one.score is None and (terms.maximise == "score" or terms.floor is not None):
        return LeftOut(one.id, one.title, "no-score")
    if one.financial_return is None and terms.financial_return is not None:
        return LeftOut(one.id, one.title, "no-return")
    most, chance = terms.probability_of_loss, one.probability_of_loss
    if most is not None and exact(chance) > exact(most):
        return LeftOut(one.id, one.title, "loss-too-likely", probability_of_loss=chance)
    return None


def _dependent(
    given: Mapping[str, Candidate],
    candidates: Mapping[str, Considered],
    left_out: Mapping[str, LeftOut],
) -> dict[str, LeftOut]:
    """Candidates that need one that is left out, and those that need these."""
    found = dict[str, LeftOut]()
    more = True
    while more:
        more = False
        for name in candidates.keys() - left_out.keys() - found.keys():
            absent = {need for need in given[name].needs if need in left_out or need in found}
            if absent:
                title, needs = candidates[name].title, tuple(sorted(absent))
                found[name] = LeftOut(name, title, "needs-absent", needs=needs)
                more = True
    # who needs several is told of all of them, in whatever order they were found
    gone = left_out.keys() | found.keys()
    return {
        name: LeftOut(name, one.title, "needs-absent",
                      needs=tuple(sorted(set(given[name].needs) & gone)))
        for name, one in sorted(found.items())
    }  # fmt: skip


def _drawn(
    found: Appraisal | tuple[Problem, ...], sampling: Sampling
) -> Array | tuple[Problem, ...]:
    """Net present value for society in every draw, in the fund's money; or why there is none."""
    if not isinstance(found, Appraisal):
        return tuple(errors(found)) or found
    try:
        return net_by_draw(found.evaluation, sampling) * found.conversion.present_values
    except InvalidInput as invalid:
        return tuple(invalid.problems)


def net_by_draw(evaluation: Evaluation, sampling: Sampling) -> Array:
    """Net present value of a case for society in every draw.

    Parameters
    ----------
    evaluation : Evaluation
        Of the case.
    sampling : Sampling
        Which draws: as in a simulation of the case, the randomisations one after the other.

    Returns
    -------
    array, shape (draws,)
        In the money of the case. A draw has the same number in every case for what they share.

    Raises
    ------
    InvalidInput
        ``impossible-correlation``, ``draws-not-finite``.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "fall-prevention-65plus" / "case.yaml")
    >>> net = net_by_draw(evaluate(case), Sampling(1024, 1, "sobol"))
    >>> net.shape, int((net < 0).sum())
    ((1024,), 942)
    """
    compiled = evaluation.appraised.compiled
    model = model_of(evaluation.case, compiled, places_of([compiled]))
    each = sampling.draws // RANDOMISATIONS
    draws = model.draws(sampling.seed, each, sampling.method, RANDOMISATIONS)
    parts = []
    with np.errstate(all="ignore"):  # what overflows is found below
        for _, inputs in draws_of(draws, blocks_of(sampling.draws), len(model.variables)):
            parts.append(np.broadcast_to(model.outcome(inputs).net[-1], inputs.shape[1:]).copy())
    net: Array = np.concatenate(parts)
    if not np.isfinite(net).all():
        raise InvalidInput([Problem("draws-not-finite", "uncertainty")])
    return net
