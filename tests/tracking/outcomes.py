"""What might have come of a plan: random yearly figures, in the units of its lines."""

from __future__ import annotations

from typing import Any

from hypothesis import assume
from hypothesis import strategies as st
from tests.strategies import cases

from impactmonitor import evaluate, load_catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.case import Case
from impactmonitor.tracking.expecting import expected_figures

CATALOGUE = load_catalogue()
VARIANTS = ("scenarios", "alternatives", "decisions")

Figures = dict[tuple[str, str], dict[int, float]]


def planned(tree: dict[str, Any]) -> Evaluation:
    """A random case without its variants, evaluated."""
    bare = {key: value for key, value in tree.items() if key not in VARIANTS}
    return evaluate(Case.model_validate(bare), CATALOGUE)


def as_planned(plan: Evaluation, last_year: int) -> Figures:
    """Everything came out exactly as the plan expects."""
    found = expected_figures(plan.appraised)
    return {
        key: {year: x for year, x in yearly.items() if year <= last_year}
        for key, yearly in found.items()
    }


@st.composite
def outcomes(draw: Any, only_quantities: bool = False) -> tuple[Evaluation, Figures, int]:
    """A plan, what was measured of it, and the last year that has passed."""
    plan = planned(draw(cases()))
    base, size = plan.case.base_year, min(plan.case.horizon, 6)
    last_year = base + draw(st.integers(-1, size))
    factor = st.sampled_from([0.0, 0.4, 0.9, 1.0, 1.7])
    figures: Figures = {}
    for (path, name), yearly in expected_figures(plan.appraised).items():
        typical = sum(abs(x) for x in yearly.values()) / len(yearly)
        years = draw(st.sets(st.integers(base, base + size), max_size=3))
        if path.startswith("effects.") or not only_quantities:
            figures[path, name] = {
                y: draw(factor) * (yearly.get(y) or typical) for y in sorted(years)
            }
        if path.startswith("effects.") and not only_quantities:
            figures |= draw(rates(path, base, size))
    assume(all(abs(x) < 1e9 for yearly in figures.values() for x in yearly.values()))
    return plan, figures, last_year


@st.composite
def rates(draw: Any, path: str, base: int, size: int) -> Figures:
    """Shares and unit values that were measured of an effect."""
    years = st.sets(st.integers(base, base + size), max_size=2)
    found: Figures = {}
    for name in ("deadweight", "displacement", "attribution_to_others"):
        if draw(st.booleans()):
            found[path, name] = {y: draw(st.sampled_from([0.0, 0.2, 1.0])) for y in draw(years)}
    if draw(st.booleans()):
        found[path, "unit_value"] = {
            y: draw(st.sampled_from([-5.0, 0.0, 40.0])) for y in draw(years)
        }
    return found
