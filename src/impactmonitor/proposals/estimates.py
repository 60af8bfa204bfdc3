"""Point estimates of the figures of a case, and shares raised to a floor."""

from __future__ import annotations

from collections.abc import Mapping

from impactmonitor.model.case import Case
from impactmonitor.model.figures import Figure
from impactmonitor.model.numbers import ANY, SHARE, Distribution, ParameterReference, Range
from impactmonitor.proposals.levelled import Note
from impactmonitor.proposals.scaling import with_expected
from impactmonitor.sampling.moments import moments


def own_figure(figure: Figure, case: Case) -> float | Distribution:
    """A figure, or that of the parameter that it names."""
    if isinstance(figure, ParameterReference):
        return case.parameters[figure.parameter].value
    return figure


def expected_of(figure: Figure, case: Case, allowed: Range = ANY) -> float:
    """The point estimate of a figure of a case.

    Parameters
    ----------
    figure : float, Distribution or ParameterReference
        As it was written.
    case : Case
        In which it stands.
    allowed : Range
        What its place takes.
    """
    own = own_figure(figure, case)
    return moments(own, allowed).expected if isinstance(own, Distribution) else own


def price_of(figure: Figure | Mapping[int, Figure] | None, case: Case) -> tuple[float, bool, bool]:
    """A unit value at the point estimate.

    Parameters
    ----------
    figure : float, Distribution, ParameterReference or year map
        Of an effect in euros, which has one.
    case : Case
        In which it stands.

    Returns
    -------
    expected : float
        Of a year map that of its first year.
    is_uncertain, is_by_year : bool
    """
    assert figure is not None
    one = figure[min(figure)] if isinstance(figure, Mapping) else figure
    is_uncertain = isinstance(own_figure(one, case), Distribution)
    return expected_of(one, case), is_uncertain, isinstance(figure, Mapping)


def raised(figure: Figure, floor: float, case: Case) -> tuple[float | Distribution, Note | None]:
    """A share raised to a floor; its relative spread stays where that can be.

    Parameters
    ----------
    figure : float, Distribution or ParameterReference
        A share whose point estimate is below the floor.
    floor : float
        Above 0, at most 1.
    case : Case
        In which it stands.

    Returns
    -------
    figure : float or Distribution
        With the floor as its point estimate.
    note : {"spread-scaled", "spread-dropped"} or None
        What became of its spread; None where it had none.

    Examples
    --------
    >>> from impactmonitor.model.numbers import Pert
    >>> raised(0.1, 0.2, Case.model_construct())
    (0.2, None)
    >>> raised(Pert(pert=(0, 0.5, 1)), 0.9, Case.model_construct())
    (0.9, 'spread-dropped')
    """
    own = own_figure(figure, case)
    if not isinstance(own, Distribution):
        return floor, None
    try:
        return with_expected(own, floor, SHARE), "spread-scaled"
    except ValueError:
        return floor, "spread-dropped"
