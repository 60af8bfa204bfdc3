"""The point estimate of any figure of a case: of a number, a distribution or a parameter."""

from __future__ import annotations

from collections.abc import Mapping

from impactmonitor.evaluation import Evaluation
from impactmonitor.model.figures import Figure
from impactmonitor.model.numbers import ANY, Distribution, ParameterReference, Range
from impactmonitor.sampling.moments import moments


class PointValues:
    """Point estimates of the figures of one result.

    Parameters
    ----------
    evaluation : Evaluation
        Of which the uncertain inputs are known by their path.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "fall-prevention-65plus" / "case.yaml")
    >>> points = PointValues(evaluate(case))
    >>> points.of("effects.treated-falls.quantity", case.effects["treated-falls"].quantity)
    400.0
    """

    def __init__(self, evaluation: Evaluation) -> None:
        self._case = evaluation.case
        inputs = evaluation.appraised.compiled.inputs
        self._expected = {entry.path: entry.expected for entry in inputs}

    def of(self, path: str, figure: Figure, allowed: Range = ANY) -> float:
        """The expected value of a figure.

        Parameters
        ----------
        path : str
            Where it stands.
        figure : float, Distribution or ParameterReference
            As it was written.
        allowed : Range
            What its place takes; only for a figure that the calculation does not use.
        """
        if isinstance(figure, ParameterReference):
            name = figure.parameter
            return self.of(f"parameters.{name}", self._case.parameters[name].value, allowed)
        if isinstance(figure, Distribution):
            known = self._expected.get(path)
            return moments(figure, allowed).expected if known is None else known
        return float(figure)

    def product(self, path: str, factors: Mapping[str, Figure]) -> float:
        """The product of factors, 1 where there are none."""
        result = 1.0
        for name, figure in factors.items():
            result *= self.of(f"{path}.{name}", figure)
        return result
