"""What it is worth to measure each effect first: the value of information, laid at its effects."""

from __future__ import annotations

from impactmonitor.evaluation import Evaluation
from impactmonitor.model.figures import figures
from impactmonitor.model.numbers import ParameterReference
from impactmonitor.uncertainty.deciding import groups_of
from impactmonitor.uncertainty.results import Simulation


def worth_of_effects(simulation: Simulation) -> dict[str, float]:
    """By effect, what the most valuable measurement of something behind it is worth.

    Parameters
    ----------
    simulation : Simulation
        Of the case; its ``measure_next`` says what each measurement is worth, in the case's money
        and after what measuring costs.

    Returns
    -------
    dict of str to float
        Above 0, only for effects on which a worthwhile measurement bears. Effects that share a
        number share its worth: these worths do not add up.

    Examples
    --------
    >>> from impactmonitor import load_case, simulate
    >>> from impactmonitor.resources import folder
    >>> case = folder("examples") / "fall-prevention-65plus" / "case.yaml"
    >>> list(worth_of_effects(simulate(load_case(case), draws=256)))
    ['treated-falls']
    """
    case, paths = simulation.evaluation.case, list(simulation.inputs)
    groups = {name: {paths[row] for row in rows} for name, rows in groups_of(case, paths).items()}
    found: dict[str, float] = {}
    behind = _numbers_behind(simulation.evaluation)
    for one in simulation.measure_next:
        measured = {one.path} if one.path is not None else groups.get(one.indicator or "", set())
        for name, own in behind.items():
            if measured & own:
                found[name] = max(found.get(name, 0.0), one.value)
    return found


def _numbers_behind(evaluation: Evaluation) -> dict[str, set[str]]:
    """By effect, the paths of its own numbers, of its parameters and of its catalogue value."""
    looked_up = evaluation.appraised.resolved.effects
    behind = {name: {found.unit_value_path} for name, found in looked_up.items()}
    for place in figures(evaluation.case):
        section, _, rest = place.path.partition(".")
        name = rest.partition(".")[0]
        if section != "effects":
            continue
        if isinstance(place.figure, ParameterReference):
            behind[name].add(f"parameters.{place.figure.parameter}")
        else:
            behind[name].add(place.path)
    return behind
