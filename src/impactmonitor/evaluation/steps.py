"""The order of the steps: check, look up, compile, run, measure, check again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.checks import CheckFailed, run_checks
from impactmonitor.appraisal.compiling import Compiled, compile_case
from impactmonitor.appraisal.doubts import doubts
from impactmonitor.appraisal.incidence import Split
from impactmonitor.appraisal.inputs import correlation_problems
from impactmonitor.appraisal.ledger import run
from impactmonitor.appraisal.legs import with_legs
from impactmonitor.appraisal.metrics import METRICS, Value, party_ratio
from impactmonitor.appraisal.returns import InternalRate
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.catalogue.overriding import with_values
from impactmonitor.catalogue.resolve import resolve
from impactmonitor.catalogue.resolved import Resolved
from impactmonitor.evaluation.applied import SINGULAR, AppliedVariant, VariantKind
from impactmonitor.evaluation.result import Evaluation, Party
from impactmonitor.model.case import Case, Variant
from impactmonitor.model.changes import apply_changes
from impactmonitor.model.record import FrozenDict
from impactmonitor.model.rules import broken_rules
from impactmonitor.problems import InvalidInput, NotFound, Problem, errors, nearest, warnings

if TYPE_CHECKING:
    from impactmonitor.evaluation.scores import FrameworkScore

BASE_ONLY = frozenset({"scheme-superseded", "default-scheme"})
"""Warnings that say nothing in a variant: another scheme is why one makes it."""


def find_problems(case: Case, catalogue: Catalogue) -> list[Problem]:
    """Every error and warning that a case gives before anything is computed.

    Parameters
    ----------
    case : Case
        As it was written; of a broken document, what could be read.
    catalogue : Catalogue
        In which the case's references are looked up.
    """
    problems = [*_found(case, catalogue), *_measured(case, catalogue)]
    known = {(p.code, p.path) for p in problems}
    for kind, variants in (("scenarios", case.scenarios), ("alternatives", case.alternatives)):
        for name, variant in variants.items():
            found = problems_of_variant(case, catalogue, variant)
            own = [p for p in found if (p.code, p.path) not in known]
            problems += [p.moved_to(f"{kind}.{name}.changes") for p in own]
    return problems


def problems_of_variant(case: Case, catalogue: Catalogue, variant: Variant) -> list[Problem]:
    """Every error of a case under a variant, with paths as in the changed case."""
    changed = apply_changes(case, variant)
    problems = list(changed.problems)
    try:
        catalogue = with_values(catalogue, changed.values)
    except InvalidInput as invalid:
        problems += invalid.problems
    if changed.case is not None:
        problems += errors(_found(changed.case, catalogue))
    return problems


def _found(case: Case, catalogue: Catalogue) -> list[Problem]:
    """What a case without its variants gives before anything is computed."""
    filled, said = _filled(case, catalogue)
    found = [*said, *broken_rules(filled), *resolve(filled, catalogue)[1]]
    return _at_the_card(found, filled)


def _measured(case: Case, catalogue: Catalogue) -> list[Problem]:
    """What is wrong with what was measured; nothing is loaded for a case that measures nothing."""
    is_measured = any(effect.measured_by is not None for effect in case.effects.values())
    if not (case.measurements or case.monitoring or is_measured):
        return []
    from impactmonitor.catalogue.monitored import monitored
    from impactmonitor.measuring.checks import measurement_problems

    indicators, problems = monitored(case, catalogue)
    return problems or measurement_problems(case, indicators)


def _filled(case: Case, catalogue: Catalogue) -> tuple[Case, list[Problem]]:
    """The case with its effect cards filled in; nothing is loaded for a case without any."""
    if all(effect.card is None for effect in case.effects.values()):
        return case, []
    from impactmonitor.appraisal.prefilling import with_cards

    return with_cards(case, catalogue)


def _at_the_card(problems: list[Problem], case: Case) -> list[Problem]:
    """Problems of what a card filled in, where the card was written."""
    if all(effect.card is None for effect in case.effects.values()):
        return problems
    from impactmonitor.appraisal.prefilling import at_the_card

    return list(at_the_card(problems, case))


def evaluate(
    case: Case,
    catalogue: Catalogue | None = None,
    values: Mapping[str, float] | None = None,
    scenario: str | None = None,
) -> Evaluation:
    """Multi-value returns of a case and their split over the actors.

    Parameters
    ----------
    case : Case
        From ``load_case``, or made in code.
    catalogue : Catalogue, optional
        By default the one that comes with the package.
    values : Mapping[str, float], optional
        Values for uncertain inputs instead of their expected ones, by path.
    scenario : str, optional
        Evaluate the case under the changes of this scenario.

    Returns
    -------
    Evaluation

    Raises
    ------
    InvalidInput
        With every error found in the case, its variants and what it takes from the catalogue.
    CheckFailed
        If the results do not add up.
    NotFound
        If there is no such scenario.

    Examples
    --------
    >>> from impactmonitor import load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> round(evaluate(case).totals["net_present_value"])
    95646
    """
    catalogue = catalogue if catalogue is not None else load_catalogue()
    if scenario is not None and scenario not in case.scenarios:
        params = {"id": scenario, "nearest": nearest(scenario, case.scenarios)}
        raise NotFound(Problem("unknown-scenario", f"scenarios.{scenario}", params))
    attempts = _Attempts(catalogue, values)
    base = attempts.of_case(case)
    scenarios = attempts.of_variants(case, "scenarios", case.scenarios)
    alternatives = attempts.of_variants(case, "alternatives", case.alternatives)
    if base is None or attempts.problems:
        raise InvalidInput(attempts.problems)
    if scenario is not None:
        return _in_scenario(case, scenarios[scenario], scenario, attempts)
    raised = (
        *catalogue.overrides,
        *base.warnings,
        *_news(base, {"scenarios": scenarios, "alternatives": alternatives}),
    )
    return replace(base, warnings=raised, scenarios=scenarios, alternatives=alternatives)


def _in_scenario(case: Case, base: Evaluation, scenario: str, attempts: _Attempts) -> Evaluation:
    """The case under a scenario, and each alternative under that scenario too.

    An alternative is applied after the scenario: where both change the same place, the decider's
    choice stands.
    """
    state = case.scenarios[scenario]
    changed = apply_changes(case, state)
    attempts = _Attempts(with_values(attempts.catalogue, changed.values), attempts.values)
    attempts.applied, attempts.base = base.applied, base
    alternatives = attempts.of_variants(changed.sound(), "alternatives", case.alternatives)
    if attempts.problems:
        raise InvalidInput(attempts.problems)
    raised = (
        *attempts.catalogue.overrides,
        *base.warnings,
        *_news(base, {"alternatives": alternatives}),
    )
    return replace(base, warnings=raised, alternatives=alternatives, scenario=scenario)


class _Attempts:
    """Evaluates a case and its variants, and collects what is wrong with each.

    A mistake of the case itself would be found again in each of its variants; it is reported
    once, for the case.
    """

    def __init__(self, catalogue: Catalogue, values: Mapping[str, float] | None) -> None:
        self.catalogue = catalogue
        self.values = values
        self.problems: list[Problem] = []
        self.applied: tuple[AppliedVariant, ...] = ()
        self.base: Evaluation | None = None

    def of_case(self, case: Case) -> Evaluation | None:
        """The case itself, or None with its errors among the problems."""
        self.problems += errors(_measured(case, self.catalogue))
        try:
            found = _appraise(case, self.catalogue, self.values)
        except CheckFailed:
            raise
        except InvalidInput as invalid:
            self.problems += errors(invalid.problems)
            return None
        self.base = found
        compiled = found.appraised.compiled
        doubtful = correlation_problems(found.appraised.resolved, compiled.inputs)
        self.problems += [*errors(doubtful), *_unknown_inputs(compiled, self.values or {})]
        return replace(found, warnings=(*found.warnings, *warnings(doubtful)))

    def of_variants(
        self, case: Case, kind: VariantKind, variants: Mapping[str, Variant]
    ) -> dict[str, Evaluation]:
        """The case under each variant that works; the errors of the others, if they are new."""
        known = {(p.code, p.path) for p in self.problems}
        found = {}
        for name, variant in variants.items():
            try:
                made = self._of_variant(case, variant)
                changes = AppliedVariant(SINGULAR[kind], name, variant.changes, variant.title)
                found[name] = replace(made, applied=(*self.applied, changes))
            except CheckFailed:
                raise
            except InvalidInput as invalid:
                new = [p for p in errors(invalid.problems) if (p.code, p.path) not in known]
                self.problems += [p.moved_to(f"{kind}.{name}.changes") for p in new]
        return found

    def _of_variant(self, case: Case, variant: Variant) -> Evaluation:
        changed = apply_changes(case, variant)
        try:
            catalogue = with_values(self.catalogue, changed.values)
            return _appraise(changed.sound(), catalogue, self.values, self.base)
        except CheckFailed:
            raise
        except InvalidInput as invalid:
            found = problems_of_variant(case, self.catalogue, variant)
            raise InvalidInput(found or invalid.problems) from None


def _appraise(
    case: Case,
    catalogue: Catalogue,
    values: Mapping[str, float] | None,
    base: Evaluation | None = None,
) -> Evaluation:
    """One case without its variants; what it shares with the case it is a variant of is reused."""
    case, said = _filled(case, catalogue)
    broken = [*errors(said), *_at_the_card(broken_rules(case), case)]
    resolved, looked_up = resolve(case if broken else with_legs(case), catalogue)
    if broken or resolved is None:
        raise InvalidInput([*broken, *looked_up])
    compiled = compile_case(resolved)
    appraised = _run(resolved, compiled, values)
    checks = run_checks(appraised)
    totals = FrozenDict({name: metric.compute(appraised) for name, metric in METRICS.items()})
    parties = list(zip(compiled.parties, _parties(appraised.ledger.parties), strict=True))
    by_actor = FrozenDict(parties[: len(compiled.actors)])
    by_perspective = FrozenDict(parties[len(compiled.actors) :])
    raised = (
        *said,
        *looked_up,
        *compiled.warnings,
        *doubts(appraised),
        *_missing(totals, {"actors": by_actor, "perspectives": by_perspective}),
    )
    scores = _scores(resolved, base)
    return Evaluation(appraised, totals, by_actor, by_perspective, checks, raised, scores=scores)


def _scores(resolved: Resolved, base: Evaluation | None = None) -> Mapping[str, FrameworkScore]:
    """What the answers of a case come to; nothing is loaded for a case without any."""
    if resolved.frameworks is None:
        return {}
    from impactmonitor.evaluation.scores import scores_of, shared_scores

    known = {} if base is None else shared_scores(resolved, base.appraised.resolved, base.scores)
    return FrozenDict(scores_of(resolved.case, resolved.frameworks, known))


def _run(resolved: Resolved, compiled: Compiled, values: Mapping[str, float] | None) -> Appraised:
    expected = compiled.expected()
    _take_over(expected, compiled, values or {})
    with np.errstate(all="ignore"):  # what overflows is found by the checks, with its name
        ledger = run(compiled.program, expected)
        most_likely = run(compiled.program, compiled.most_likely()) if compiled.inputs else ledger
    return Appraised(resolved, compiled, ledger, most_likely)


def _take_over(expected: Array, compiled: Compiled, values: Mapping[str, float]) -> None:
    """Put given values in the place of the expected ones.

    Raises
    ------
    InvalidInput
        If a value is outside the range of its input.
    """
    outside = []
    for row, entry in enumerate(compiled.inputs):
        value = values.get(entry.path, expected[row, 0])
        expected[row, 0] = value
        if entry.path in values and not entry.allowed.contains(value):
            params = {"value": f"{value:g}", "range": str(entry.allowed)}
            outside.append(Problem("out-of-range", entry.path, params))
    if outside:
        raise InvalidInput(outside)


def _unknown_inputs(compiled: Compiled, values: Mapping[str, float]) -> list[Problem]:
    """Values given for what is no uncertain number of the case itself."""
    known = [entry.path for entry in compiled.inputs]
    return [
        Problem("unknown-input", path, {"path": path, "nearest": nearest(path, known)})
        for path in values
        if path not in known
    ]


def _parties(split: Split) -> list[Party]:
    """The parties of a split at the point estimate."""
    transfers, net = split.transfers, split.net
    return [
        Party(
            costs=float(split.costs[i, 0]),
            benefits=float(split.benefits[i, 0]),
            transfers=float(transfers[i, 0]),
            transfers_received=float(split.received[i, 0]),
            transfers_paid=float(split.paid[i, 0]),
            benefits_confirmed=float(split.confirmed[i, 0]),
            net=float(net[i, 0]),
            cash_net=float(split.cash[i, 0]),
            benefit_cost_ratio=party_ratio(split, i),
        )
        for i in range(len(net))
    ]


def _missing(
    totals: Mapping[str, Value], parties: Mapping[str, Mapping[str, Party]]
) -> list[Problem]:
    """Why each metric without a value has none."""
    found = []
    for name, value in totals.items():
        if isinstance(value, InternalRate) and value.reason is not None:
            code = value.reason.replace("_", "-")
            roots = ", ".join(f"{100 * root:.4g} %" for root in value.roots)
            path = f"totals.{name}"
            found.append(Problem(code, path, {"roots": roots}, severity="warning"))
        elif value is None:
            found.append(Problem(METRICS[name].reason, f"totals.{name}", severity="warning"))
    return found + [
        Problem("no-costs", f"{kind}.{name}.benefit_cost_ratio", severity="warning")
        for kind, of_kind in parties.items()
        for name, party in of_kind.items()
        if party.benefit_cost_ratio is None
    ]


def _news(base: Evaluation, variants: Mapping[str, Mapping[str, Evaluation]]) -> list[Problem]:
    """Warnings of variants that the case itself does not give."""
    known = {(p.code, p.path) for p in base.warnings}
    return [
        problem.moved_to(f"{kind}.{name}")
        for kind, of_kind in variants.items()
        for name, found in of_kind.items()
        for problem in found.warnings
        if (problem.code, problem.path) not in known and problem.code not in BASE_ONLY
    ]
