"""The order of the steps: check, look up, compile, run, measure, check again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.checks import CheckFailed, run_checks
from impactmonitor.appraisal.compiling import Compiled, compile_case
from impactmonitor.appraisal.doubts import doubts
from impactmonitor.appraisal.incidence import Split
from impactmonitor.appraisal.inputs import correlation_problems
from impactmonitor.appraisal.ledger import run
from impactmonitor.appraisal.metrics import METRICS, Value, party_ratio
from impactmonitor.appraisal.returns import InternalRate
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.catalogue.overriding import with_values
from impactmonitor.catalogue.resolve import resolve
from impactmonitor.catalogue.resolved import Resolved
from impactmonitor.evaluation.result import Evaluation, Party
from impactmonitor.model.case import Case, Variant
from impactmonitor.model.changes import apply_changes
from impactmonitor.model.rules import broken_rules
from impactmonitor.problems import InvalidInput, NotFound, Problem, errors, nearest, warnings


def find_problems(case: Case, catalogue: Catalogue) -> list[Problem]:
    """Every error and warning that a case gives before anything is computed.

    Parameters
    ----------
    case : Case
        As it was written; of a broken document, what could be read.
    catalogue : Catalogue
        In which the case's references are looked up.
    """
    return [*broken_rules(case), *resolve(case, catalogue)[1]]


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
    if scenario is not None:
        if scenario not in case.scenarios:
            params = {"id": scenario, "nearest": nearest(scenario, case.scenarios)}
            raise NotFound(Problem("unknown-scenario", f"scenarios.{scenario}", params))
        return _in_scenario(case, catalogue, values, scenario)
    problems: list[Problem] = []
    base = _attempt(problems, "", lambda: _appraise(case, catalogue, values))
    if base is not None:
        found = correlation_problems(base.appraised.resolved, base.appraised.compiled.inputs)
        problems += errors(found)
        base = replace(base, warnings=(*base.warnings, *warnings(found)))
    if base is None and broken_rules(case):
        raise InvalidInput(problems)
    scenarios = _variants(case.scenarios, "scenarios", case, catalogue, values, problems)
    alternatives = _variants(case.alternatives, "alternatives", case, catalogue, values, problems)
    if base is None or problems:
        raise InvalidInput(problems)
    named = {f"scenarios.{name}": found for name, found in scenarios.items()}
    named |= {f"alternatives.{name}": found for name, found in alternatives.items()}
    return Evaluation(
        base.appraised,
        base.totals,
        base.by_actor,
        base.by_perspective,
        base.checks,
        (*catalogue.overrides, *base.warnings, *_news(base, named)),
        scenarios,
        alternatives,
    )


def _in_scenario(
    case: Case, catalogue: Catalogue, values: Mapping[str, float] | None, scenario: str
) -> Evaluation:
    """The case under a scenario, with its alternatives under that scenario too."""
    path = f"scenarios.{scenario}"
    problems: list[Problem] = []
    variant = case.scenarios[scenario]
    base = _attempt(problems, path, lambda: _variant(case, variant, catalogue, values))
    combined = {
        name: Variant(title=other.title, changes={**variant.changes, **other.changes})
        for name, other in case.alternatives.items()
    }
    alternatives = _variants(combined, "alternatives", case, catalogue, values, problems)
    if base is None or problems:
        raise InvalidInput(problems)
    named = {f"alternatives.{name}": found for name, found in alternatives.items()}
    return Evaluation(
        base.appraised,
        base.totals,
        base.by_actor,
        base.by_perspective,
        base.checks,
        (*catalogue.overrides, *base.warnings, *_news(base, named)),
        alternatives=alternatives,
        scenario=scenario,
    )


def _variants(
    variants: Mapping[str, Variant],
    kind: str,
    case: Case,
    catalogue: Catalogue,
    values: Mapping[str, float] | None,
    problems: list[Problem],
) -> dict[str, Evaluation]:
    """The case under each variant; what is wrong with one goes to the problems."""
    found = {}
    for name, variant in variants.items():
        result = _attempt(
            problems,
            f"{kind}.{name}.changes",
            lambda variant=variant: _variant(case, variant, catalogue, values),  # type: ignore[misc]
        )
        if result is not None:
            found[name] = result
    return found


def _variant(
    case: Case, variant: Variant, catalogue: Catalogue, values: Mapping[str, float] | None
) -> Evaluation:
    changed = apply_changes(case, variant)
    return _appraise(changed.case, with_values(catalogue, changed.values), values)


def _attempt(
    problems: list[Problem], prefix: str, step: Callable[[], Evaluation]
) -> Evaluation | None:
    """The result of a step, or None with its errors added to the problems under a prefix."""
    try:
        return step()
    except CheckFailed:
        raise
    except InvalidInput as invalid:
        found = errors(invalid.problems)
        problems += [p.moved_to(prefix) if prefix else p for p in found]
        return None


def _appraise(case: Case, catalogue: Catalogue, values: Mapping[str, float] | None) -> Evaluation:
    """One case without its variants."""
    broken = broken_rules(case)
    resolved, looked_up = resolve(case, catalogue)
    if broken or resolved is None:
        raise InvalidInput([*broken, *looked_up])
    compiled = compile_case(resolved)
    appraised = _run(resolved, compiled, values)
    checks = run_checks(appraised)
    totals = {name: metric.compute(appraised) for name, metric in METRICS.items()}
    split = appraised.ledger.parties
    parties = [(name, _party(split, i)) for i, name in enumerate(compiled.parties)]
    by_actor = dict(parties[: len(compiled.actors)])
    by_perspective = dict(parties[len(compiled.actors) :])
    raised = (
        *looked_up,
        *compiled.warnings,
        *doubts(appraised),
        *_missing(totals, {"actors": by_actor, "perspectives": by_perspective}),
    )
    return Evaluation(appraised, totals, by_actor, by_perspective, checks, raised)


def _run(resolved: Resolved, compiled: Compiled, values: Mapping[str, float] | None) -> Appraised:
    expected = compiled.expected()
    for i, entry in enumerate(compiled.inputs):
        if values is not None and entry.path in values:
            expected[i, 0] = values[entry.path]
    with np.errstate(all="ignore"):  # what overflows is found by the checks, with its name
        ledger = run(compiled.program, expected)
        most_likely = run(compiled.program, compiled.most_likely()) if compiled.inputs else ledger
    return Appraised(resolved, compiled, ledger, most_likely)


def _party(split: Split, index: int) -> Party:
    return Party(
        costs=float(split.costs[index, 0]),
        benefits=float(split.benefits[index, 0]),
        transfers=float(split.transfers[index, 0]),
        transfers_received=float(split.received[index, 0]),
        transfers_paid=float(split.paid[index, 0]),
        benefits_confirmed=float(split.confirmed[index, 0]),
        net=float(split.net[index, 0]),
        cash_net=float(split.cash[index, 0]),
        benefit_cost_ratio=party_ratio(split, index),
    )


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


def _news(base: Evaluation, variants: Mapping[str, Evaluation]) -> list[Problem]:
    """Warnings of variants that the case itself does not give."""
    known = {(p.code, p.path) for p in base.warnings}
    return [
        problem.moved_to(prefix)
        for prefix, found in variants.items()
        for problem in found.warnings
        if (problem.code, problem.path) not in known
    ]
