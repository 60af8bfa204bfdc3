"""The order of the steps: check, look up, compile, run, measure, check again."""

from __future__ import annotations

from collections.abc import Mapping
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
    problems = [*broken_rules(case), *resolve(case, catalogue)[1]]
    known = {(p.code, p.path) for p in problems}
    for kind, variants in (("scenarios", case.scenarios), ("alternatives", case.alternatives)):
        for name, variant in variants.items():
            found = _problems_of_variant(case, catalogue, variant)
            own = [p for p in found if (p.code, p.path) not in known]
            problems += [p.moved_to(f"{kind}.{name}.changes") for p in own]
    return problems


def _problems_of_variant(case: Case, catalogue: Catalogue, variant: Variant) -> list[Problem]:
    try:
        changed = apply_changes(case, variant)
        return list(errors(resolve(changed.case, with_values(catalogue, changed.values))[1]))
    except InvalidInput as invalid:
        return list(invalid.problems)


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
    attempts = _Attempts(case, catalogue, values)
    variants = {"scenarios": case.scenarios, "alternatives": case.alternatives}
    if scenario is None:
        base = attempts.of_case()
    else:
        chosen = _chosen(case, scenario)
        base = attempts.of_variant(f"scenarios.{scenario}.changes", chosen)
        variants = {"scenarios": {}, "alternatives": _under(chosen, case.alternatives)}
    found = {
        kind: attempts.of_variants(kind, of_kind, has_base=base is not None)
        for kind, of_kind in variants.items()
    }
    if base is None or attempts.problems:
        raise InvalidInput(attempts.problems)
    raised = (*catalogue.overrides, *base.warnings, *_news(base, found))
    return replace(base, warnings=raised, scenario=scenario, **found)


def _chosen(case: Case, scenario: str) -> Variant:
    """A scenario of the case by its id."""
    if scenario not in case.scenarios:
        params = {"id": scenario, "nearest": nearest(scenario, case.scenarios)}
        raise NotFound(Problem("unknown-scenario", f"scenarios.{scenario}", params))
    return case.scenarios[scenario]


def _under(scenario: Variant, alternatives: Mapping[str, Variant]) -> dict[str, Variant]:
    """The alternatives under a scenario: its changes, and theirs on top."""
    return {
        name: Variant(title=other.title, changes={**scenario.changes, **other.changes})
        for name, other in alternatives.items()
    }


class _Attempts:
    """Evaluates the case and its variants, and collects what is wrong with each.

    A mistake of the case itself would be found again in each of its variants; it is reported
    once, for the case.
    """

    def __init__(
        self, case: Case, catalogue: Catalogue, values: Mapping[str, float] | None
    ) -> None:
        self.case = case
        self.catalogue = catalogue
        self.values = values
        self.problems: list[Problem] = []
        self._known: set[tuple[str, str]] = set()

    def of_case(self) -> Evaluation | None:
        """The case itself, or None with its errors among the problems."""
        try:
            found = _appraise(self.case, self.catalogue, self.values)
        except CheckFailed:
            raise
        except InvalidInput as invalid:
            self._add("", invalid)
            return None
        compiled = found.appraised.compiled
        doubtful = correlation_problems(found.appraised.resolved, compiled.inputs)
        self.problems += errors(doubtful)
        return replace(found, warnings=(*found.warnings, *warnings(doubtful)))

    def of_variant(self, path: str, variant: Variant) -> Evaluation | None:
        """The case under a variant, or None with its errors among the problems."""
        try:
            changed = apply_changes(self.case, variant)
            catalogue = with_values(self.catalogue, changed.values)
            return _appraise(changed.case, catalogue, self.values)
        except CheckFailed:
            raise
        except InvalidInput as invalid:
            self._add(path, invalid)
            return None

    def of_variants(
        self, kind: str, variants: Mapping[str, Variant], has_base: bool
    ) -> dict[str, Evaluation]:
        """The case under each variant that works; of a broken case only their own errors."""
        if not has_base:
            self._known = {(p.code, p.path) for p in self.problems}
        named = {
            name: self.of_variant(f"{kind}.{name}.changes", variant)
            for name, variant in variants.items()
        }
        return {name: found for name, found in named.items() if found is not None}

    def _add(self, prefix: str, invalid: InvalidInput) -> None:
        new = [p for p in errors(invalid.problems) if (p.code, p.path) not in self._known]
        self.problems += [p.moved_to(prefix) if prefix else p for p in new]


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


def _news(base: Evaluation, variants: Mapping[str, Mapping[str, Evaluation]]) -> list[Problem]:
    """Warnings of variants that the case itself does not give."""
    known = {(p.code, p.path) for p in base.warnings}
    return [
        problem.moved_to(f"{kind}.{name}")
        for kind, of_kind in variants.items()
        for name, found in of_kind.items()
        for problem in found.warnings
        if (problem.code, problem.path) not in known
    ]
