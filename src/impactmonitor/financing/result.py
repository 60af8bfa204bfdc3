"""What is known of the financing of a case, together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.arrangement import Arranged
from impactmonitor.financing.distribution import Distribution, distribution_of
from impactmonitor.financing.pockets import Pockets, pockets_of

if TYPE_CHECKING:  # a case without them is answered without loading what they need
    from impactmonitor.financing.chances import Chance, Drawn
    from impactmonitor.financing.contract_results import ContractResult
    from impactmonitor.financing.instrument_results import InstrumentsResult

DRAWS, SEED, METHOD = 4096, 1, "sobol"


@dataclass(frozen=True)
class Financing:
    """Who pays and gains, and what would hold.

    Attributes
    ----------
    pockets : Pockets
        Who pays, gains and advances.
    distribution : Distribution or None
        Weighted results, where the case asks for them.
    instruments : InstrumentsResult or None
        Schedules, returns and coverage, where the case has instruments.
    contracts : Mapping[str, ContractResult]
        What is paid for outcomes, by contract.
    arranged : Arranged or None
        Payments between actors, where they were worked out.
    chances : Mapping[str, Chance]
        How sure everybody is to be whole; empty where nothing was drawn.
    drawn : Drawn or None
        The draws behind the chances.
    """

    pockets: Pockets
    distribution: Distribution | None = None
    instruments: InstrumentsResult | None = None
    contracts: Mapping[str, ContractResult] = field(default_factory=dict)
    arranged: Arranged | None = None
    chances: Mapping[str, Chance] = field(default_factory=dict)
    drawn: Drawn | None = None


def financing_of(
    evaluation: Evaluation, draws: int = DRAWS, seed: int = SEED, method: str = METHOD
) -> Financing:
    """What follows from a result by itself, without an arrangement.

    Parameters
    ----------
    evaluation : Evaluation
        The result of a case.
    draws, seed, method
        As for ``simulate``: for contracts, which need draws.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "fall-prevention-65plus" / "case.yaml")
    >>> financing_of(evaluate(case)).pockets.losers[0]
    'municipality'
    """
    return Financing(
        pockets_of(evaluation),
        distribution_of(evaluation),
        _instruments(evaluation),
        _contracts(evaluation, draws, seed, method),
    )


def _instruments(evaluation: Evaluation) -> InstrumentsResult | None:
    if not evaluation.case.instruments:
        return None
    from impactmonitor.financing.instruments import instruments_of

    return instruments_of(evaluation)


def _contracts(
    evaluation: Evaluation, draws: int, seed: int, method: str
) -> Mapping[str, ContractResult]:
    if not evaluation.case.contracts:
        return {}
    from impactmonitor.financing.contracts import contracts_of

    return contracts_of(evaluation, draws, seed, method)
