"""Discount schedules: the rates by class that a case takes from a scheme or gives itself."""

from __future__ import annotations

import math

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.resolved import Step
from impactmonitor.model.case import Case, Discount
from impactmonitor.model.entries import Scheme
from impactmonitor.problems import Problem, nearest

STANDARD = "standard"


class Schedules:
    """The schedules of a case, looked up as its lines ask for them.

    Parameters
    ----------
    case : Case
        Names a scheme, gives rates, or neither.
    catalogue : Catalogue
        Has the schemes and the classes.

    Attributes
    ----------
    scheme_id, scheme : str, Scheme or None
        The scheme; None where the case gives its own rates.
    steps : dict of str to tuple of Step
        By class: ``standard``, and what was asked for.
    problems : list of Problem
        What was found on the way.
    """

    def __init__(self, case: Case, catalogue: Catalogue) -> None:
        self.discount = case.discount or Discount()
        self.catalogue = catalogue
        self.problems: list[Problem] = []
        self._warned = {STANDARD}
        for name in self.discount.classes:
            self._is_class(f"discount.classes.{name}", name)
        self.scheme_id: str | None = None
        if self.discount.rate is None:
            self.scheme_id = self.discount.scheme or catalogue.default_scheme(case.currency)
        self.scheme = self._scheme()
        self.steps = {STANDARD: self._steps(STANDARD)}

    def use(self, name: str, path: str, is_valued: bool = True) -> None:
        """Look up the schedule of a class for a line.

        Parameters
        ----------
        name : str
            The class; one that the scheme lacks takes its standard rates, with a warning.
        path : str
            Where the line names it.
        is_valued : bool
            Whether there is money to discount: without, a missing class is no matter.
        """
        if name != STANDARD and not self._is_class(path, name):
            self.steps.setdefault(name, self.steps[STANDARD])
            return
        if name not in self.steps:
            self.steps[name] = self._steps(name)
        if is_valued and name not in self._warned:
            self._warned.add(name)
            self._warn_of_standard_rate(name, path)

    def _scheme(self) -> Scheme | None:
        name = self.scheme_id
        if name is None:
            return None
        scheme = self.catalogue.schemes.get(name)
        if scheme is None:
            params = {"id": name, "nearest": nearest(name, self.catalogue.schemes)}
            self.problems.append(Problem("unknown-scheme", "discount.scheme", params))
            return None
        if self.discount.scheme is None:
            self._warning("default-scheme", "discount", scheme=name)
        if scheme.verification == "secondary-source":
            self._warning("scheme-verification", "discount", scheme=name)
        if scheme.status == "superseded":
            self._warning("scheme-superseded", "discount.scheme", scheme=name)
        return scheme

    def _warning(self, code: str, path: str, **params: object) -> None:
        self.problems.append(Problem(code, path, params, severity="warning"))

    def _is_class(self, path: str, name: str) -> bool:
        known = self.catalogue.discount_classes
        if name not in known:
            params = {"id": name, "nearest": nearest(name, known)}
            self.problems.append(Problem("unknown-discount-class", path, params))
        return name in known

    def _warn_of_standard_rate(self, name: str, path: str) -> None:
        if self.scheme is not None and name not in self.scheme.rates:
            self._warning("class-not-in-scheme", path, id=name, scheme=self.scheme_id)
        elif self.scheme is None and name not in self.discount.classes:
            self._warning("class-not-in-case", path, id=name)

    def _steps(self, name: str) -> tuple[Step, ...]:
        """The rates of a class; those of the standard class where it has none of its own."""
        if self.scheme is not None:
            name = name if name in self.scheme.rates else STANDARD
            path = f"schemes.{self.scheme_id}.{name}"
            return tuple(
                Step(float(s.until) if s.until is not None else math.inf, s.rate, path)
                for s in self.scheme.rates[name]
            )
        own = self.discount.classes.get(name)
        if own is not None:
            return (Step(math.inf, own, f"discount.classes.{name}"),)
        rate = self.discount.rate
        return (Step(math.inf, rate if rate is not None else 0.0, "discount.rate"),)
