"""Retention: what an actor really keeps of a benefit, and to whom the rest falls.

The rule is ours. Of what an effect gives an actor in year y of something that started in year e,
the actor keeps::

    share x (1 - equalised) x (1 - yearly_leaving) ** (y - e)

with the lag of the effect in ``y - e``; gains and harms alike. The rest falls to the actor that is
named, as a benefit, in money to the same extent; who has the rest has confirmed it only where it
confirmed the effect itself. What somebody receives as a rest it keeps: retentions make no chain.
Costs and transfers are not touched, and society's totals stay what they are.

Without leaving, an actor keeps the same share of every year: that is a matter of incidence. With
leaving, what it keeps is a line of its own, of role ``KEPT``, which fades more quickly than the
effect that it is a part of. The effect itself then falls to who has the rest, and the line takes
from that actor what the other one keeps.
"""

from __future__ import annotations

from impactmonitor.appraisal.layout import Layout
from impactmonitor.appraisal.program import BENEFIT
from impactmonitor.appraisal.strands import lay_effect
from impactmonitor.catalogue.resolved import ResolvedEffect
from impactmonitor.model.figures import ranges
from impactmonitor.model.financing import Retention
from impactmonitor.model.lines import Effect


def kept_share(retention: Retention, years: int) -> float:
    """What an actor keeps of a gain, so many years after it started.

    Parameters
    ----------
    retention : Retention
        Of the actor.
    years : int
        Since the start, the lag of the effect included; 0 or more.

    Returns
    -------
    float
        A share from 0 to 1.

    Examples
    --------
    An insurer with 40 % of the market, of which 10 % switches every year, and which gives half of
    its gain back through risk equalisation:

    >>> insurer = Retention(share=0.4, yearly_leaving=0.1, equalised=0.5, rest_to="state")
    >>> [round(kept_share(insurer, years), 4) for years in (0, 1, 2)]
    [0.2, 0.18, 0.162]
    """
    stayed: float = (1.0 - retention.yearly_leaving) ** years
    return retention.share * (1.0 - retention.equalised) * stayed


def lay_benefits(
    layout: Layout, path: str, line: int, effect: Effect, found: ResolvedEffect
) -> None:
    """To whom an effect with benefits falls.

    Parameters
    ----------
    layout : Layout
        With the line of the effect.
    path : str
        Where the effect stands in the case.
    line : int
        The line of the effect.
    effect : Effect
        As it was written.
    found : ResolvedEffect
        With its bearers.
    """
    for actor, share in found.falls_to.items():
        slot = _cash_slot(layout, path, effect, actor)
        retention = layout.case.actors[actor].retention
        if retention is None:
            _falls(layout, line, effect, actor, share, slot)
            continue
        kept = 0.0 if retention.yearly_leaving else share * kept_share(retention, 0)
        if kept:
            _falls(layout, line, effect, actor, kept, slot)
        if kept != share:
            _falls(layout, line, effect, retention.rest_to, share - kept, slot)


def lay_kept(layout: Layout) -> None:
    """What actors keep of each effect from which somebody leaves, as lines after all others."""
    for name, effect in layout.case.effects.items():
        of, path = layout.lines[name], f"effects.{name}"
        if layout.columns["line_role"][of] != BENEFIT:
            continue
        for actor, share in layout.resolved.effects[name].falls_to.items():
            retention = layout.case.actors[actor].retention
            if retention is None or not retention.yearly_leaving:
                continue
            kept = kept_share(retention, effect.lag)
            if not share * kept:
                continue
            line = layout.kept_line(of, actor)
            lay_effect(layout, path, line, effect, kept, retention.yearly_leaving)
            slot = _cash_slot(layout, path, effect, actor)
            _falls(layout, line, effect, actor, share, slot)
            _falls(layout, line, effect, retention.rest_to, -share, slot)


def _cash_slot(layout: Layout, path: str, effect: Effect, actor: str) -> int:
    """The share of what falls to an actor that is money; none if a mapping does not name it."""
    cash, place = effect.cashable, f"{path}.cashable"
    if isinstance(cash, dict):
        cash, place = cash.get(actor, 0.0), f"{place}.{actor}"
    return layout.register.slot(place, cash, ranges(Effect)["cashable"])


def _falls(
    layout: Layout, line: int, effect: Effect, actor: str, share: float, cash_slot: int
) -> None:
    layout.add(
        benefit_line=line,
        benefit_actor=layout.actors[actor],
        benefit_share=share,
        benefit_cash=cash_slot,
        benefit_is_confirmed=float(effect.confirmation.get(actor) == "confirmed"),
    )
