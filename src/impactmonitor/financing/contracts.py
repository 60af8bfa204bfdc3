"""Contracts in which a payer pays for outcomes, and investors advance the money.

They are worked out beside the case, on the draws of its simulation, and are in none of its
totals: under a cap, a floor or tiers a payment is no sum of flows of the case, and the payment for
expected outcomes is not the expected payment. To society they are transfers in any case, but for
what measuring costs.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from impactmonitor.appraisal.ledger import run
from impactmonitor.appraisal.program import Program
from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.contract_results import ContractResult
from impactmonitor.financing.measured import Measured, Scope, joined
from impactmonitor.financing.settling import contract_result
from impactmonitor.problems import InvalidInput, Problem
from impactmonitor.sampling.points import METHODS
from impactmonitor.uncertainty.blocks import RANDOMISATIONS, blocks_of, draws_of
from impactmonitor.uncertainty.models import Model, model_of, places_of
from impactmonitor.uncertainty.running import Sampling
from impactmonitor.uncertainty.simulation import DRAWS, METHOD, MOST_DRAWS, SEED

_COLUMNS, _CELLS = 1024, 4_000_000
"""Draws that are run at a time, and how many quantities they may be together."""


def contracts_of(
    evaluation: Evaluation, draws: int = DRAWS, seed: int = SEED, method: str = METHOD
) -> dict[str, ContractResult]:
    """What the contracts of a case come to, expected and by draw.

    Parameters
    ----------
    evaluation : Evaluation
        Of the case; its contracts need to keep the rules of the format.
    draws, seed, method
        As for ``simulate``, which takes the same draws.

    Returns
    -------
    dict from str to ContractResult
        In the order of the case; empty where it has no contracts.

    Raises
    ------
    InvalidInput
        If no numbers can be correlated as the case says; and if amounts of the case or of a
        contract become too large in some of the draws.
    ValueError
        If there is no such method, or the number of draws is not between 1 and 2**30.

    Notes
    -----
    Outcomes of a year are paid at the end of that year, in money of the case's price year, and
    discounted with the standard rate. The rules for caps, floors, tiers and guarantees are ours:
    see ``outcome_payments`` and ``tiers``.

    Examples
    --------
    >>> from impactmonitor import evaluate
    >>> from impactmonitor.model.case import Case
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 1, "discount": {"rate": 0},
    ...     "actors": {"city": {"kind": "municipality"}, "firm": {"kind": "company"}},
    ...     "effects": {"jobs": {"quantity": {"uniform": [0, 20]}, "unit_value": 100,
    ...                          "falls_to": "city", "cashable": 0.5, "domain": "economic"}},
    ...     "contracts": {"sib": {"payer": "city", "provider": "firm", "prices": {"jobs": 30}}},
    ... })
    >>> found = contracts_of(evaluate(case), draws=1024)["sib"]
    >>> round(found.paid.mean), round(found.saving.mean), found.chance_of_saving
    (300, 200, 1.0)
    >>> round(found.highest_price.prices["jobs"])
    50
    """
    if method not in METHODS:
        raise ValueError(f"the method is one of {', '.join(METHODS)}, not {method!r}")
    if not 1 <= draws <= MOST_DRAWS:
        raise ValueError(f"the number of draws lies between 1 and {MOST_DRAWS}, not {draws}")
    contracts = evaluation.case.contracts
    if not contracts:
        return {}
    model = _model(evaluation)
    rounded = -(-draws // RANDOMISATIONS) * RANDOMISATIONS
    sampling = Sampling(rounded, seed, method)
    scopes = {name: Scope.of(one, model, evaluation.appraised) for name, one in contracts.items()}
    with np.errstate(all="ignore"):  # what overflows is found below
        drawn = _drawn(model, scopes, sampling)
        if not all(found.is_finite for found in drawn.values()):
            raise InvalidInput([Problem("draws-not-finite", "contracts")])
        results = {
            name: contract_result(name, one, scopes[name], drawn[name], sampling, evaluation)
            for name, one in contracts.items()
        }
    endless = [f"contracts.{name}" for name, found in results.items() if not found.is_finite]
    if endless:
        raise InvalidInput([Problem("contract-not-finite", path) for path in endless])
    return results


def _model(evaluation: Evaluation) -> Model:
    """The case, with every input at the place that it has in a simulation."""
    variants = (*evaluation.alternatives.values(), *evaluation.scenarios.values())
    compiled = [each.appraised.compiled for each in (evaluation, *variants)]
    return model_of(evaluation.case, compiled[0], places_of(compiled))


def _drawn(model: Model, scopes: Mapping[str, Scope], sampling: Sampling) -> dict[str, Measured]:
    """What every contract needs of all draws; a few at a time, as quantities take much room."""
    each = sampling.draws // RANDOMISATIONS
    source = model.draws(sampling.seed, each, sampling.method, RANDOMISATIONS)
    blocks = blocks_of(sampling.draws)
    found: dict[str, list[Measured]] = {name: [] for name in scopes}
    columns = _columns(model.compiled.program)
    for _, inputs in draws_of(source, blocks, len(model.variables)):
        for start in range(0, inputs.shape[1], columns):
            part = inputs[:, start : start + columns]
            ledger = run(model.compiled.program, part, model.present_values)
            for name, scope in scopes.items():
                found[name].append(scope.measured(ledger))
    return {name: joined(parts) for name, parts in found.items()}


def _columns(program: Program) -> int:
    """How many draws are run at a time."""
    rows = max(1, len(program.strand_line) * program.years)
    return max(16, min(_COLUMNS, _CELLS // rows))
