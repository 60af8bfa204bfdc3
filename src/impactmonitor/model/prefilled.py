"""An effect that an effect card filled in, with a record of what came from where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from impactmonitor.model.case import Case
from impactmonitor.model.lines import Effect, Evidence
from impactmonitor.model.record import FrozenDict, Map, PlainText, Record

if TYPE_CHECKING:
    from impactmonitor.model.cards import EffectCard
else:
    EffectCard = Any  # a case without a card never reads how cards are defined

FilledBy = Literal["card", "combined", "local", "ours", "case", "stated"]
"""Who gave what stands in a field of an effect with a card."""

NOT_LOCAL: frozenset[FilledBy] = frozenset({"card", "combined", "ours"})
"""What was not, or not only, found out in the project itself."""


class Filling(Record):
    """Where what stands in one field of an effect with a card comes from.

    Attributes
    ----------
    by : {"card", "combined", "local", "ours", "case", "stated"}
        ``card``: as its source found it. ``combined``: that, weighed with the local result.
        ``local``: the local result alone. ``ours``: proposed with the card by this project, not
        by the source (scale, persistence, bearer). ``case``: the case says so beside the card
        (reach, uptake, a local baseline). ``stated``: the case states the field itself, in place
        of what the card would fill in.
    follows : tuple of str
        The fields beside the card that it follows from; for ``case`` the one it was written in.
    """

    by: FilledBy
    follows: tuple[PlainText, ...]


class PrefilledEffect(Effect):
    """An effect that a card has filled in.

    Attributes
    ----------
    written : Effect
        What stands in the case.
    used : EffectCard or None
        The card; None for one that is not there or cannot be used.
    filled : mapping of str to Filling
        By field (``lasts``, ``factors.effect``) where it comes from. Only prefilling writes it;
        a field that is not in it has nothing to do with the card.
    """

    written: Annotated[Effect, Field(exclude=True)]
    used: Annotated[EffectCard | None, Field(exclude=True)] = None
    filled: Annotated[Map[str, Filling], Field(exclude=True)] = FrozenDict()

    def filling(self, field: str) -> Filling | None:
        """Where a field comes from, also for a part of it such as ``quantity.2027``."""
        first, *rest = field.split(".")
        name = f"{first}.{rest[0]}" if first == "factors" and rest else first
        return self.filled.get(name)

    def evidence_of(self, field: str) -> Evidence | None:
        """The kind of evidence behind a field: the card's own only for what the card found.

        What the case says of its evidence goes before the grade of the card.
        """
        found = self.filling(field)
        by = None if found is None else found.by
        if by in ("card", "combined"):
            return self.evidence
        return "assumption" if by == "ours" else self.written.evidence


def prefilled_at(case: Case, path: str) -> tuple[PrefilledEffect, Filling] | None:
    """What a card has to do with a place of a case; None where it has nothing to do with it.

    Parameters
    ----------
    case : Case
        With its cards filled in, as a result has it.
    path : str
        For example ``effects.fewer-falls.factors.effect``.

    Returns
    -------
    tuple of PrefilledEffect and Filling, or None

    Examples
    --------
    >>> from impactmonitor import evaluate
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 1, "discount": {"rate": 0.03},
    ...     "actors": {"insurer": {"kind": "health-insurer"}},
    ...     "effects": {"falls": {
    ...         "card": {"id": "EC-FALL-EX-MEDCARE", "reach": 100, "baseline": 0.03},
    ...         "domain": "societal", "monetised": False,
    ...     }},
    ... })
    >>> filled = evaluate(case).case
    >>> for field in ("factors.effect", "factors.scale", "factors.baseline"):
    ...     print(field, prefilled_at(filled, f"effects.falls.{field}")[1].by)
    factors.effect card
    factors.scale ours
    factors.baseline case
    >>> prefilled_at(filled, "discount.rate") is None
    True
    """
    section, _, inner = path.partition(".")
    name, _, field = inner.partition(".")
    effect = case.effects.get(name) if section == "effects" else None
    if not isinstance(effect, PrefilledEffect):
        return None
    found = effect.filling(field)
    return None if found is None else (effect, found)
