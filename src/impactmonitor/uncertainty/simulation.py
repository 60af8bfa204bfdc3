"""Simulate a case: the order of the steps from a case to distributions of all its results."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.layout import DOMAINS
from impactmonitor.appraisal.program import BENEFIT, COST, NO_DOMAIN, UNMONETISED
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.model.case import SOCIETY, THE_CASE, Case, Decision
from impactmonitor.problems import InvalidInput, Problem
from impactmonitor.sampling.points import METHODS
from impactmonitor.uncertainty.blocks import RANDOMISATIONS
from impactmonitor.uncertainty.deciding import Drawn, decided, decisions_of, measurements
from impactmonitor.uncertainty.exact import exact_of
from impactmonitor.uncertainty.inputs import inputs_of, turning_of, two_way_of
from impactmonitor.uncertainty.models import Model, model_of, places_of
from impactmonitor.uncertainty.results import Exact, Simulation, Spread, Variation, by_party
from impactmonitor.uncertainty.running import Run, Sampling, Work, run_models
from impactmonitor.uncertainty.summary import Summary, summarised
from impactmonitor.uncertainty.years import fan_of, ratio_of, yearly

DRAWS, SEED, METHOD = 4096, 1, "sobol"
MOST_DRAWS = 1 << 30
FAR_OFF, ROUNDING = 20.0, 1e-6
"""A mean so many standard errors from the exact one is no chance: with eight randomisations that
happens less than once in a million runs."""


def simulate(
    case: Case,
    catalogue: Catalogue | None = None,
    draws: int = DRAWS,
    seed: int = SEED,
    method: str = METHOD,
    scenario: str | None = None,
    work: Work | None = None,
) -> Simulation:
    """Distributions of the results of a case, what drives them, and what is worth knowing.

    Parameters
    ----------
    case : Case
        From ``load_case``, or made in code.
    catalogue : Catalogue, optional
        By default the one that comes with the package; from ``with_value_ranges`` if the
        published low and high of its values are to be used.
    draws : int
        How many; rounded up to a multiple of 8. A power of two is spread best.
    seed : int
        The same seed gives the same numbers.
    method : {"sobol", "mc"}
        Randomised quasi-random points, or plain Monte Carlo.
    scenario : str, optional
        Simulate the case under the changes of this scenario.
    work : Work, optional
        In which processes, in which portions, and whom to tell how far it is; no number depends
        on it.

    Returns
    -------
    Simulation

    Raises
    ------
    InvalidInput
        As for ``evaluate``; if no numbers can be correlated as the case says; and if amounts
        become too large in some of the draws.
    ValueError
        If there is no such method, or the number of draws is not between 1 and 2**30.

    Examples
    --------
    >>> from impactmonitor import load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "fall-prevention-65plus" / "case.yaml")
    >>> found = simulate(case, draws=1024)
    >>> found.draws, found.seed, 0 < found.net_present_value.probability_positive < 1
    (1024, 1, True)
    """
    if method not in METHODS:
        raise ValueError(f"the method is one of {', '.join(METHODS)}, not {method!r}")
    if not 1 <= draws <= MOST_DRAWS:
        raise ValueError(f"the number of draws lies between 1 and {MOST_DRAWS}, not {draws}")
    catalogue = catalogue if catalogue is not None else load_catalogue()
    evaluation = evaluate(case, catalogue, scenario=scenario)
    rounded = -(-draws // RANDOMISATIONS) * RANDOMISATIONS
    sampling = Sampling(rounded, seed, method)
    worlds = _worlds(evaluation)
    places = places_of([a.compiled for a in worlds.values()])
    models = {name: model_of(a.case, a.compiled, places) for name, a in worlds.items()}
    with np.errstate(all="ignore"):  # what overflows is found below
        runs = run_models(models, sampling, work or Work())
        if not all(run.tally.is_finite for run in runs.values()):
            raise InvalidInput([Problem("draws-not-finite", "uncertainty")])
        return _simulation(evaluation, case.decisions, sampling, models, runs)


def _worlds(evaluation: Evaluation) -> dict[str, Appraised]:
    """The case, its alternatives and its scenarios, by a name of its own."""
    found = {THE_CASE: evaluation.appraised}
    found |= {f"alternatives.{n}": e.appraised for n, e in evaluation.alternatives.items()}
    return found | {f"scenarios.{n}": e.appraised for n, e in evaluation.scenarios.items()}


def _simulation(
    evaluation: Evaluation,
    own: Mapping[str, Decision],
    sampling: Sampling,
    models: Mapping[str, Model],
    runs: Mapping[str, Run],
) -> Simulation:
    model, run = models[THE_CASE], runs[THE_CASE]
    compiled, case = model.compiled, evaluation.case
    spreads = _spreads(model, run)
    actors = compiled.actors
    with np.errstate(all="ignore"):
        years = yearly(model, run.inputs, case.horizon)
        roles = compiled.program.line_role
        costs, benefits = (run.present[roles == role].sum(axis=0) for role in (COST, BENEFIT))
        ratio = np.where(costs > 0, benefits / np.where(costs > 0, costs, 1.0), np.nan)
    exact = exact_of(model, model.net[-1])
    nets = {name: each.net @ runs[name].present for name, each in models.items()}
    asked = decisions_of(evaluation, own)
    decisions = decided(asked, _drawn(evaluation, models, runs, nets), case)
    inputs = inputs_of(evaluation, model, sampling, exact, decisions)
    return Simulation(
        evaluation,
        sampling.draws,
        sampling.seed,
        sampling.method,
        run.inputs.shape[1],
        society=spreads[SOCIETY],
        actors={name: spreads[name] for name in actors},
        perspectives={name: spreads[name] for name in case.perspectives},
        domains=_domains(model, run),
        lines=_lines(model, run),
        benefit_cost_ratio=ratio_of(ratio),
        internal_rate_of_return=ratio_of(years.rates),
        years=fan_of(years, evaluation.appraised.years, actors),
        scenarios=_variations("scenarios", models, runs, nets),
        alternatives=_variations("alternatives", models, runs, nets),
        exact=exact,
        inputs=inputs,
        two_way=two_way_of(model, inputs),
        turning=turning_of(evaluation),
        decisions=decisions,
        measure_next=measurements(case, decisions, own, _paths(models)),
        warnings=(*evaluation.warnings, *_doubts(evaluation, spreads[SOCIETY].net, exact)),
    )


def _spreads(model: Model, run: Run) -> dict[str, Spread]:
    return by_party(model.compiled.parties, run.tally.summaries())


def _lines(model: Model, run: Run) -> dict[str, Summary]:
    """Every line that is in money."""
    program, names = model.compiled.program, model.compiled.lines
    return {
        names[line]: summarised(run.present[line])
        for line in program.own_lines.tolist()
        if program.line_role[line] != UNMONETISED
    }


def _domains(model: Model, run: Run) -> dict[str, Summary]:
    """Benefits minus costs by domain, of every domain that a line names."""
    p = model.compiled.program
    signs = np.where(p.line_role == BENEFIT, 1.0, 0.0) - np.where(p.line_role == COST, 1.0, 0.0)
    found = {}
    for domain in sorted(set(p.line_domain.tolist()) - {NO_DOMAIN}):
        weights = np.where(p.line_domain == domain, signs, 0.0)
        found[DOMAINS[domain]] = summarised(weights @ run.present)
    return found


def _variations(
    kind: str, models: Mapping[str, Model], runs: Mapping[str, Run], nets: Mapping[str, Array]
) -> dict[str, Variation]:
    found = {}
    for key, model in models.items():
        section, _, name = key.partition(".")
        if section == kind:
            spreads = _spreads(model, runs[key])
            actors = {actor: spreads[actor] for actor in model.compiled.actors}
            difference = nets[key][-1] - nets[THE_CASE][-1]
            found[name] = Variation(spreads[SOCIETY], actors, summarised(difference))
    return found


def _paths(models: Mapping[str, Model]) -> tuple[str, ...]:
    """Uncertain numbers of the case and its alternatives, each once."""
    options = [model for name, model in models.items() if not name.startswith("scenarios.")]
    return tuple(dict.fromkeys(one.path for m in options for one in m.compiled.inputs))


def _drawn(
    evaluation: Evaluation,
    models: Mapping[str, Model],
    runs: Mapping[str, Run],
    nets: Mapping[str, Array],
) -> Drawn:
    """Net by party of every option, and the numbers that they follow from."""
    parties = models[THE_CASE].compiled.parties
    options = {THE_CASE: THE_CASE}
    options |= {name: f"alternatives.{name}" for name in evaluation.alternatives}
    net, rows = {}, dict[str, Array]()
    for option, key in options.items():
        model, run = models[key], runs[key]
        place = {name: i for i, name in enumerate(model.compiled.parties)}
        own = np.vstack([nets[key], np.zeros(run.present.shape[1])])
        net[option] = own[[place.get(name, -1) for name in parties]]
        for one, row in zip(model.compiled.inputs, run.inputs, strict=True):
            rows.setdefault(one.path, row)
    paths = _paths(models)
    inputs = np.empty((len(paths), runs[THE_CASE].present.shape[1]))
    for place_of_path, path in enumerate(paths):
        inputs[place_of_path] = rows[path]
    return Drawn(parties, net, paths, inputs)


def _doubts(evaluation: Evaluation, net: Summary, exact: Exact | None) -> list[Problem]:
    """Where a single number, or the exact mean, says something else than the draws."""
    point = evaluation.amount("net_present_value")
    path = "uncertainty.net_present_value"
    found = []
    if exact is not None and net.standard_error is not None:
        allowed = FAR_OFF * net.standard_error + ROUNDING * (abs(exact.mean) + exact.sd)
        if abs(net.mean - exact.mean) > allowed:
            off: dict[str, object] = {"mean": _plain(net.mean), "exact": _plain(exact.mean)}
            found.append(Problem("simulation-off", path, off, severity="warning"))
    if point * net.mean < 0:
        params: dict[str, object] = {"point": _plain(point), "mean": _plain(net.mean)}
        found.append(Problem("point-estimate-of-other-sign", path, params, severity="warning"))
    room = ROUNDING * abs(point)
    if not net.p25 - room <= point <= net.p75 + room:
        params = {"point": _plain(point)}
        found.append(Problem("point-estimate-in-the-tail", path, params, severity="warning"))
    return found


def _plain(amount: float) -> str:
    """An amount as it is written in a message."""
    return f"{amount:.0f}" if abs(amount) >= 100 else f"{amount:.3g}"
