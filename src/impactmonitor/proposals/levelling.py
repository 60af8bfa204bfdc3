"""A case on the terms of a policy: the same numbers for all, and every change written down."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.model.case import Case
from impactmonitor.model.legs import own_transfers
from impactmonitor.model.lines import Effect
from impactmonitor.model.policy import Policy
from impactmonitor.model.prefilled import PrefilledEffect
from impactmonitor.model.record import FrozenDict
from impactmonitor.problems import InvalidInput
from impactmonitor.proposals.common_base import base_of_policy, price_factor
from impactmonitor.proposals.fund_values import FundCatalogue, fund_catalogue
from impactmonitor.proposals.levelled import RULES, Levelling, Rule
from impactmonitor.proposals.leveller import Leveller


def level_case(
    case: Case,
    policy: Policy,
    catalogue: Catalogue | None = None,
    rules: Collection[Rule] = RULES,
) -> Levelling:
    """A case with the numbers that a policy makes the same for all.

    The unit values of the fund stand in for those of the case; a share is taken off gains by the
    grade of their evidence; deadweight is at least the floor; a longer horizon is cut; and the
    scheme is that of the policy. A harm is never made smaller.

    Parameters
    ----------
    case : Case
        From ``load_case``, or made in code; it stays as it is.
    policy : Policy
        With names that the catalogue has.
    catalogue : Catalogue, optional
        By default the one that comes with the package.
    rules : collection of str
        Which rules are applied; by default all of ``RULES``.

    Returns
    -------
    Levelling
        With effect cards filled in, and without variants, measurements and financing.

    Raises
    ------
    InvalidInput
        As ``evaluate`` does, and if a value cannot be brought to the price level of the policy.

    Examples
    --------
    >>> from impactmonitor import load_case
    >>> from impactmonitor.intake.policy_reading import load_policy
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "neighbourhood-prevention" / "case.yaml")
    >>> policy = load_policy(folder("examples") / "policies" / "fund-policy.yaml")
    >>> found = level_case(case, policy)
    >>> sorted({change.rule for change in found.changes})
    ['evidence', 'values']
    """
    catalogue = catalogue if catalogue is not None else load_catalogue()
    given = evaluate(plain_case(evaluate(case, catalogue)), catalogue)
    to_base, problems = price_factor(case, base_of_policy(policy), catalogue)
    if problems:
        raise InvalidInput(problems)
    return level(given, policy, fund_catalogue(policy, catalogue), rules, to_base)


def plain_case(evaluation: Evaluation) -> Case:
    """What of a case its euros and scores follow from: no cards, variants or plans to finance it.

    Parameters
    ----------
    evaluation : Evaluation
        Of the whole case, in which its cards are filled in.
    """
    case = evaluation.case
    effects = {name: _plain_effect(effect) for name, effect in case.effects.items()}
    empty: FrozenDict[str, Any] = FrozenDict()
    return case.model_copy(
        update={
            "effects": FrozenDict(effects),
            "transfers": FrozenDict(own_transfers(case)),
            "scenarios": empty,
            "alternatives": empty,
            "decisions": empty,
            "contracts": empty,
            "measurements": (),
            "monitoring": None,
            "arrangement": None,
            "theory": None,
        }
    )


def _plain_effect(effect: Effect) -> Effect:
    """An effect without its card, with what the card filled in."""
    if not isinstance(effect, PrefilledEffect):
        return effect.model_copy(update={"measured_by": None})
    fields = effect.model_dump(by_alias=True, exclude_unset=True)
    return Effect.model_validate(
        {k: v for k, v in fields.items() if k not in ("card", "measured_by")}
    )


def level(
    given: Evaluation,
    policy: Policy,
    fund: FundCatalogue,
    rules: Collection[Rule] = RULES,
    to_base: float = 1.0,
) -> Levelling:
    """The same from what was worked out before.

    Parameters
    ----------
    given : Evaluation
        Of the ``plain_case``.
    policy, fund : Policy, FundCatalogue
        The policy, and the catalogue with its values.
    rules : collection of str
        Which rules are applied.
    to_base : float
        What an amount of the case is multiplied by to be in the money of the policy.
    """
    found = Leveller(given, policy, fund, to_base)
    steps: dict[Rule, Callable[[], None]] = {
        "scheme": found.scheme,
        "values": found.values,
        "evidence": found.evidence,
        "deadweight": found.deadweight,
        "horizon": found.horizon,
    }
    for rule in RULES:
        if rule in rules:
            steps[rule]()
    return found.levelling()
