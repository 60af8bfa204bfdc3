"""A case with the payments of shared costs written into it as transfers."""

from __future__ import annotations

from typing import Any

from impactmonitor import messages
from impactmonitor.financing.clearing import Cleared
from impactmonitor.financing.line_names import free_name
from impactmonitor.financing.shared_costs import SharedCosts
from impactmonitor.model.case import EXCESS_BURDEN, Case
from impactmonitor.model.changes import plain
from impactmonitor.model.record import in_language


def with_shares(case: Case, shared: SharedCosts, key: str) -> Case:
    """The case with every payment of a key as a transfer.

    Every payment is the same real amount in each year of the horizon, worth the payment at the
    standard rate. Evaluating the case gives each actor what it bears minus its share more than
    before; the total of society is the same.

    Parameters
    ----------
    case : Case
        As it was written.
    shared : SharedCosts
        Made from an evaluation of it.
    key : str
        One that could be worked out.

    Raises
    ------
    KeyError
        If something is missing for this key.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.financing.shared_costs import share_costs
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "fall-prevention-65plus" / "case.yaml")
    >>> before = evaluate(case)
    >>> shared = share_costs(before, keys=["equal"])
    >>> after = evaluate(with_shares(case, shared, "equal"))
    >>> change = after.by_actor["insurer"].net - before.by_actor["insurer"].net
    >>> abs(change - shared.settlements["equal"].transfers["insurer"]) < 1e-6
    True
    """
    payments = shared.settlements[key].payments
    tree = plain(case)
    taken = {*case.lines(), *shared.evaluation.case.lines(), EXCESS_BURDEN}
    added = {}
    for payment in payments:
        name = free_name(f"share-{payment.giver}-{payment.receiver}", taken)
        taken.add(name)
        added[name] = _transfer(payment, shared, key)
    if added:
        tree["transfers"] = {**tree.get("transfers", {}), **added}
    return Case.model_validate(tree)


def _transfer(payment: Cleared, shared: SharedCosts, key: str) -> dict[str, Any]:
    case = shared.evaluation.case
    title, note = {}, {}
    for language in messages.LANGUAGES:
        giver, receiver = (
            in_language(case.actors[name].title, language, name)
            for name in (payment.giver, payment.receiver)
        )
        title[language] = messages.text(
            "allocation.transfer.title", language, giver=giver, receiver=receiver
        )
        name = messages.text(f"allocation.methods.{key}.name", language)
        note[language] = messages.text("allocation.transfer.note", language, key=name)
    return {
        "title": title,
        "note": note,
        "from": payment.giver,
        "to": payment.receiver,
        "amount": payment.amount / shared.yearly,
        "first_year": case.base_year,
        "years": case.horizon,
    }
