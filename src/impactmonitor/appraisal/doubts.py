"""Doubts: what an appraiser would raise about a calculation that is formally right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.coverage import beyond_the_horizon, shortfalls
from impactmonitor.appraisal.theory_doubts import theory_doubts
from impactmonitor.catalogue.resolved import ResolvedEffect
from impactmonitor.model.legs import Leg
from impactmonitor.model.lines import Effect
from impactmonitor.model.rules import lines_by_path
from impactmonitor.problems import Problem

Findings = Iterator[Problem]


def doubts(a: Appraised) -> list[Problem]:
    """Every doubt about a case, as warnings."""
    return [problem for doubt in DOUBTS for problem in doubt(a)]


def _warning(code: str, path: str, **params: object) -> Problem:
    return Problem(code, path, params, severity="warning")


def _effects(a: Appraised) -> Iterator[tuple[str, Effect, ResolvedEffect]]:
    for name, effect in a.resolved.case.effects.items():
        yield name, effect, a.resolved.effects[name]


def possible_double_counts(a: Appraised) -> Findings:
    """Two effects that may count the same value, in no overlap group together."""
    group = {
        line: name for name, overlap in a.resolved.case.overlaps.items() for line in overlap.lines
    }
    counted = [
        (name, found)
        for name, effect, found in _effects(a)
        if effect.monetised and not found.taken_from and (found.indicator or found.value)
    ]
    for (one, first), (other, second) in combinations(counted, 2):
        is_grouped = one in group and group.get(one) == group.get(other)
        if not is_grouped and may_overlap(first, second):
            both = [actor for actor in bearers_of(first) if actor in bearers_of(second)]
            named = ", ".join(both or dict.fromkeys([*bearers_of(first), *bearers_of(second)]))
            yield _warning("possible-double-count", f"effects.{other}", other=one, actors=named)


def bearers_of(effect: ResolvedEffect) -> list[str]:
    """The actors to whom a part of an effect really falls."""
    return [actor for actor, share in effect.falls_to.items() if share > 0]


def receivers_of_rest(a: Appraised, effect: ResolvedEffect) -> list[str]:
    """The actors to whom falls what bearers of an effect do not keep."""
    retentions = (a.case.actors[actor].retention for actor in effect.falls_to)
    return [retention.rest_to for retention in retentions if retention is not None]


def may_overlap(first: ResolvedEffect, second: ResolvedEffect) -> bool:
    """Whether the values of two effects may hold the same thing.

    They do when both name the same indicator, whoever it falls to; and for the same actor when
    both use the same catalogue value, or when one of them is a bundle (an average per event or
    condition) that includes what the other one includes. Two single items of the same kind, such
    as a consultation and a hospital day, do not.
    """
    if first.indicator is not None and first.indicator == second.indicator:
        return True
    is_shared = bool(set(bearers_of(first)) & set(bearers_of(second)))
    if not is_shared or first.value is None or second.value is None:
        return False
    if first.value.id == second.value.id:
        return True
    is_bundle = "bundle" in (first.value.composition, second.value.composition)
    return is_bundle and bool(set(first.value.includes or ()) & set(second.value.includes or ()))


def doubtful_values(a: Appraised) -> Findings:
    """Catalogue values that are old, second-hand, or no market or welfare value."""
    for name, _, found in _effects(a):
        if found.value is None or found.edition is None:
            continue
        path = f"effects.{name}.unit_value"
        params = {"id": found.value_id, "edition": found.edition.edition}
        if found.edition.status == "superseded":
            yield _warning("superseded-value", path, **params)
        if found.edition.verification == "secondary-source":
            yield _warning("secondary-source", path, **params)
        if found.value.class_ == "policy-reference":
            yield _warning("policy-reference", path, **params)


def lasting_stocks(a: Appraised) -> Findings:
    """A stock is already there in every year: letting it last counts it again."""
    for name, effect, found in _effects(a):
        if found.indicator is not None and found.indicator.measure == "stock" and effect.lasts > 1:
            yield _warning("lasting-stock", f"effects.{name}.lasts", lasts=effect.lasts)


def shared_credit(a: Appraised) -> Findings:
    """A part of the effect goes to others while others' costs are in the case."""
    payers = {actor for cost in a.resolved.case.costs.values() for actor in _payers(cost.paid_by)}
    if len(payers) < 2:
        return
    for name, effect, _ in _effects(a):
        if effect.monetised and effect.attribution_to_others != 0:
            path = f"effects.{name}.attribution_to_others"
            yield _warning("attribution-of-payers", path, actors=", ".join(sorted(payers)))


def _payers(paid_by: str | dict[str, float]) -> tuple[str, ...]:
    return (paid_by,) if isinstance(paid_by, str) else tuple(a for a, s in paid_by.items() if s > 0)


def harms_in_ratio(a: Appraised) -> Findings:
    """Harms lower the benefits of a ratio, while an appraiser may want them among the costs."""
    harms = [
        name
        for name, effect, found in _effects(a)
        if effect.monetised
        and not found.taken_from
        and a.ledger.present[a.compiled.lines.index(name), 0] < 0
    ]
    if harms and a.ledger.costs[0] > 0:
        yield _warning("harms-in-ratio", "totals.benefit_cost_ratio", lines=", ".join(harms))


def ineffective_fields(a: Appraised) -> Findings:
    """Fields that say something which this kind of line does not use."""
    for name, effect, found in _effects(a):
        path = f"effects.{name}"
        if found.taken_from:
            for field in ("cashable", "confirmation"):
                if field in effect.model_fields_set:
                    yield _warning("without-effect-on-transfer", f"{path}.{field}", field=field)
        elif found.falls_to:
            known = {*found.falls_to, *receivers_of_rest(a, found)}
            strangers = [actor for actor in effect.confirmation if actor not in known]
            for actor in strangers:
                yield _warning("confirmed-by-no-bearer", f"{path}.confirmation.{actor}", id=actor)


def idle_retentions(a: Appraised) -> Findings:
    """Actors that keep a part of nothing: no effect with benefits falls to them."""
    bearers = {
        actor
        for _, effect, found in _effects(a)
        if effect.monetised and not found.taken_from
        for actor in bearers_of(found)
    }
    for name, actor in a.case.actors.items():
        if actor.retention is not None and name not in bearers:
            yield _warning("retention-without-effect", f"actors.{name}.retention", id=name)


def idle_transfers(a: Appraised) -> Findings:
    """Transfers from an actor to itself: no money flows."""
    for name, _, found in _effects(a):
        if found.taken_from and not any(g != r for g in found.taken_from for r in found.falls_to):
            yield _warning("transfer-without-flow", f"effects.{name}")
    for name, transfer in a.resolved.case.transfers.items():
        if transfer.from_ == transfer.to:
            yield _warning("transfer-without-flow", f"transfers.{name}")


def all_beyond_the_horizon(a: Appraised) -> Findings:
    """Lines of which nothing falls within the years that count."""
    given = lines_by_path(a.resolved.case)
    places = {path.partition(".")[2]: path for path, line in given if not isinstance(line, Leg)}
    for index in a.compiled.program.own_lines.tolist():
        name = a.compiled.lines[index]
        if not a.ledger.within[index].any() and a.ledger.beyond[index].any() and name in places:
            yield _warning("all-beyond-horizon", places[name])


def weights_without_incomes(a: Appraised) -> Findings:
    """Weights by income where nobody has an income: they are all the same."""
    case = a.resolved.case
    if case.distribution is not None and all(x.income is None for x in case.actors.values()):
        yield _warning("no-incomes", "distribution")


def incomes_of_organisations(a: Appraised) -> Findings:
    """Incomes that are not used, because only those of people are."""
    if a.resolved.case.distribution is None:
        return
    for name, actor in a.resolved.case.actors.items():
        if actor.income is not None and not a.resolved.has_income[name]:
            yield _warning("income-not-used", f"actors.{name}.income", id=name)


DOUBTS: tuple[Callable[[Appraised], Findings], ...] = (
    possible_double_counts,
    doubtful_values,
    lasting_stocks,
    shared_credit,
    harms_in_ratio,
    ineffective_fields,
    idle_retentions,
    idle_transfers,
    all_beyond_the_horizon,
    shortfalls,
    beyond_the_horizon,
    weights_without_incomes,
    incomes_of_organisations,
    theory_doubts,
)
