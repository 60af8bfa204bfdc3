"""A case with the payments of an arrangement written into it as transfers."""

from __future__ import annotations

from impactmonitor import messages
from impactmonitor.financing.arrangement import Arranged, Payment
from impactmonitor.financing.line_names import free_name
from impactmonitor.model.case import Case
from impactmonitor.model.legs import with_legs_among_transfers
from impactmonitor.model.lines import Transfer
from impactmonitor.model.record import FrozenDict, in_language

SETTLED = ("minimum", "given", "required")
"""What of an arrangement has been carried out once its payments are in the case."""


def with_payments(arranged: Arranged) -> Case:
    """The case with every payment as a transfer, to be evaluated, edited and defended.

    Parameters
    ----------
    arranged : Arranged

    Returns
    -------
    Case
        Society's total is that of the case itself. What the arrangement had settled beforehand is
        left out, because it is paid now; what it forbids stays.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.financing.arrangement import arrange
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> with_payments(arrange(evaluate(case), whole="value")) == case
    True
    """
    evaluated = arranged.evaluation.case
    case = with_legs_among_transfers(evaluated, {})
    if not arranged.payments:
        return case
    added = {}
    taken = {*evaluated.lines(), *case.instruments}
    for payment in arranged.payments:
        name = free_name(f"payment-{payment.giver}-{payment.receiver}", taken)
        taken.add(name)
        added[name] = _transfer(payment, arranged)
    changes: dict[str, object] = {"transfers": FrozenDict({**case.transfers, **added})}
    if case.arrangement is not None:
        left = case.arrangement.model_dump(exclude_unset=True, exclude=set(SETTLED), by_alias=True)
        changes["arrangement"] = type(case.arrangement).model_validate(left)
    return case.model_copy(update=changes)


def _transfer(payment: Payment, arranged: Arranged) -> Transfer:
    case = arranged.evaluation.case
    title = {
        language: messages.text(
            "financing.transfer.title",
            language,
            giver=in_language(case.actors[payment.giver].title, language, payment.giver),
            receiver=in_language(case.actors[payment.receiver].title, language, payment.receiver),
        )
        for language in messages.LANGUAGES
    }
    kind = "note" if arranged.is_feasible else "note_short"
    note = {
        language: messages.text(f"financing.transfer.{kind}", language)
        for language in messages.LANGUAGES
    }
    line = {"title": title, "note": note, "from": payment.giver, "to": payment.receiver}
    if arranged.is_by_year:
        return Transfer.model_validate({**line, "amount": dict(payment.by_year)})
    amount = next(iter(payment.by_year.values()))
    return Transfer.model_validate({**line, "amount": amount, "years": case.horizon})
