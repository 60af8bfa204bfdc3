"""Questions about what is taken off an effect, how long it lasts and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from impactmonitor.model.lines import shares_of
from impactmonitor.proposals.checked import Amount, Flag
from impactmonitor.proposals.judged import Judged
from impactmonitor.proposals.reached import is_physical, unit_of

WORK_UNITS = frozenset({"working year", "benefit year"})
"""Units of which what one person gains another may lose."""

WITH_CAPACITY = frozenset(
    {"health-insurer", "long-term-care", "care-provider", "justice", "school"}
)
"""Kinds of actors whose rooms and staff stay when there is less to do."""


def no_deadweight(judged: Judged) -> Iterator[Flag]:
    """A gross effect from which nothing is taken off, and nothing said of what happens otherwise.

    Where the case has a null alternative, only for a large effect, and for one beside effects that
    do have a deadweight.
    """
    case, limits = judged.evaluation.case, judged.thresholds
    has_null = case.about is not None and case.about.null_alternative is not None
    others = [judged.deadweight(name) for name, effect, _ in judged.gains()
              if effect.basis == "gross"]  # fmt: skip
    is_usual = max(others, default=0.0) >= limits.other_deadweight
    for name, effect, _ in judged.gains():
        given = judged.deadweight(name)
        is_open = effect.basis == "gross" and given <= limits.least_deadweight
        if not is_open or effect.counterfactual is not None:
            continue
        if not has_null or is_usual or judged.share(name) >= limits.large_effect:
            compared = (Amount(max(others), "share"),) if is_usual else ()
            yield Flag("no-deadweight", f"effects.{name}.deadweight", Amount(given, "share"),
                       compared, name)  # fmt: skip


def net_with_deadweight(judged: Judged) -> Iterator[Flag]:
    """An effect that is net already and has a deadweight all the same."""
    for name, given in judged.twice:
        yield Flag("net-with-deadweight", f"effects.{name}.deadweight", Amount(given, "share"),
                   (Amount(0.0, "share"),), name)  # fmt: skip


def no_drop_off(judged: Judged) -> Iterator[Flag]:
    """An effect among people that lasts long and never wears off."""
    most = judged.thresholds.longest_without_drop_off
    for name, effect, found in judged.gains():
        drop_off = judged.points.of(f"effects.{name}.drop_off", effect.drop_off)
        if effect.lasts > most and drop_off <= 0 and not is_physical(judged.catalogue, found.unit):
            yield Flag("no-drop-off", f"effects.{name}.lasts", Amount(effect.lasts, "years"),
                       (Amount(most, "years"),), name)  # fmt: skip


def no_displacement(judged: Judged) -> Iterator[Flag]:
    """Work for one person from which no work of another is taken off."""
    for name, effect, found in judged.gains():
        given = judged.points.of(f"effects.{name}.displacement", effect.displacement)
        if given <= 0 and unit_of(judged.catalogue, found.unit) in WORK_UNITS:
            yield Flag("no-displacement", f"effects.{name}.displacement", Amount(given, "share"),
                       (), name)  # fmt: skip


def no_attribution(judged: Judged) -> Iterator[Flag]:
    """Others put money in, and no part of any effect is left to them."""
    evaluation = judged.evaluation
    case, effects = evaluation.case, [name for name, _, _ in judged.gains()]
    payers = {actor for cost in case.costs.values() for actor in shares_of(cost.paid_by)}
    others = dict.fromkeys(
        one.from_ for one in case.instruments.values() if one.from_ not in payers
    )
    given = [
        judged.points.of(f"effects.{name}.attribution_to_others",
                         case.effects[name].attribution_to_others)
        for name in effects
    ]  # fmt: skip
    if others and effects and max(given) <= 0 and judged.largest is not None:
        path = f"effects.{judged.largest}.attribution_to_others"
        names = {"actors": ",".join(others)}
        yield Flag("no-attribution", path, Amount(0.0, "share"), (), judged.largest, names=names)


def mostly_cash(judged: Judged) -> Iterator[Flag]:
    """A saving in care, school or justice that is said to be almost wholly cash."""
    case, most = judged.evaluation.case, judged.thresholds.most_cashable
    for name, effect, found in judged.gains():
        for actor in found.falls_to:
            figure, path = effect.cashable, f"effects.{name}.cashable"
            if isinstance(figure, dict):
                figure, path = figure.get(actor, 0.0), f"{path}.{actor}"
            given = judged.points.of(path, figure)
            if given >= most and case.actors[actor].kind in WITH_CAPACITY:
                names = {"actors": actor}
                yield Flag("mostly-cash", path, Amount(given, "share"), (Amount(most, "share"),),
                           name, names=names)  # fmt: skip


def large_unsupported(judged: Judged) -> Iterator[Flag]:
    """The largest effect, or another large one, names no source and at most an assumption."""
    most = judged.thresholds.large_effect
    for gap in judged.gaps.effects:
        share = judged.share(gap.id)
        is_large = gap.id == judged.largest or share >= most
        is_bare = "source" in gap.missing and {"evidence", "assumed"} & set(gap.missing)
        if is_large and is_bare:
            compared = (Amount(most, "share"),)
            yield Flag("large-effect-unsupported", f"effects.{gap.id}", Amount(share, "share"),
                       compared, gap.id)  # fmt: skip
