"""Case and catalogue together: everything looked up, and all that is missing said at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.pricing import price_basis
from impactmonitor.catalogue.resolved import PriceBasis, Resolved, ResolvedEffect, ResolvedLine
from impactmonitor.catalogue.schedules import STANDARD, Schedules
from impactmonitor.catalogue.theory import TheoryGraph, names_frameworks, theory_graph
from impactmonitor.model.case import Case
from impactmonitor.model.entries import Edition, Indicator, Value
from impactmonitor.model.lines import Cost, Domain, Effect, Line, shares_of
from impactmonitor.model.rules import lines_by_path
from impactmonitor.problems import Problem, errors, nearest

if TYPE_CHECKING:
    from impactmonitor.catalogue.frameworks import Frameworks

NO_UNIT = "unit"


def resolve(case: Case, catalogue: Catalogue) -> tuple[Resolved | None, list[Problem]]:
    """Look up everything that a case takes from the catalogue.

    Parameters
    ----------
    case : Case
        Its own rules are not checked here.
    catalogue : Catalogue
        With the user's own folders in it.

    Returns
    -------
    resolved : Resolved or None
        None when something is missing.
    problems : list of Problem
        All errors, and the warnings that come from looking up.
    """
    resolver = _Resolver(case, catalogue)
    resolved = resolver.resolve()
    return (None if any(errors(resolver.problems)) else resolved), resolver.problems


class _Resolver:
    """Collects what it finds and what it misses."""

    def __init__(self, case: Case, catalogue: Catalogue) -> None:
        self.case = case
        self.catalogue = catalogue
        self.problems: list[Problem] = []
        self.prices: dict[tuple[str, int | None], PriceBasis] = {}

    def resolve(self) -> Resolved:
        self._check_names()
        schedules = Schedules(self.case, self.catalogue)
        found: dict[str, dict[str, Any]] = {"costs": {}, "effects": {}, "transfers": {}}
        for path, line in lines_by_path(self.case):
            kind, _, name = path.partition(".")
            looked_up = (
                self._effect(path, line) if isinstance(line, Effect) else self._line(path, line)
            )
            found[kind][name] = looked_up
            is_valued = not isinstance(line, Effect) or line.monetised
            schedules.use(looked_up.discount_class, f"{path}.discount_class", is_valued)
        self.problems = [*schedules.problems, *self.problems]
        frameworks = self._frameworks()
        return Resolved(
            self.case,
            self.catalogue.edition,
            schedules.scheme_id,
            schedules.scheme,
            schedules.steps,
            self.catalogue.sources,
            self.catalogue.units,
            **found,
            may_pay=self._may_pay(),
            has_income=self._has_income(),
            frameworks=frameworks,
            theory=self._theory(frameworks),
        )

    def _has_income(self) -> dict[str, bool]:
        kinds = self.catalogue.actors
        return {
            name: actor.kind in kinds and kinds[actor.kind].has_income
            for name, actor in self.case.actors.items()
        }

    def _frameworks(self) -> Frameworks | None:
        """The frameworks that the case answers or names; what does not fit is a problem."""
        if not self.case.scores and not names_frameworks(self.case):
            return None
        from impactmonitor.catalogue.answers import answer_problems

        found = self.catalogue.frameworks
        self.problems += [*found.overrides, *answer_problems(self.case, found)]
        return found

    def _theory(self, frameworks: Frameworks | None) -> TheoryGraph | None:
        graph, problems = theory_graph(self.case, self.catalogue, frameworks)
        self.problems += problems
        return graph

    def _may_pay(self) -> dict[str, bool]:
        """By actor, what it says itself or else what holds for its kind."""
        kinds = self.catalogue.actors
        return {
            name: actor.kind not in kinds or kinds[actor.kind].may_pay
            if actor.may_pay is None
            else actor.may_pay
            for name, actor in self.case.actors.items()
        }

    def _problem(
        self, code: str, path: str, premises: Iterable[str] = (), **params: object
    ) -> None:
        self.problems.append(Problem(code, path, params, premises=tuple(premises)))

    def _unknown(self, code: str, path: str, name: str, known: Iterable[str]) -> None:
        self._problem(code, path, id=name, nearest=nearest(name, known))

    # names ------------------------------------------------------------------------------------

    def _check_names(self) -> None:
        for name, actor in self.case.actors.items():
            if actor.kind not in self.catalogue.actors:
                path = f"actors.{name}.kind"
                self._unknown("unknown-actor-kind", path, actor.kind, self.catalogue.actors)
        for name, parameter in self.case.parameters.items():
            if parameter.indicator is not None:
                self._indicator(f"parameters.{name}.indicator", parameter.indicator)
        for path, source in self._sources():
            if source not in self.case.sources and source not in self.catalogue.sources:
                known = [*self.case.sources, *self.catalogue.sources]
                params = {"id": source, "nearest": nearest(source, known)}
                premises = (f"sources.{source}",)
                self.problems.append(Problem("unknown-source", path, params, premises=premises))

    def _sources(self) -> Iterator[tuple[str, str]]:
        holders: dict[str, Any] = dict(lines_by_path(self.case))
        holders |= {f"parameters.{name}": p for name, p in self.case.parameters.items()}
        holders |= {f"instruments.{name}": i for name, i in self.case.instruments.items()}
        for path, holder in holders.items():
            if holder.source is not None:
                yield f"{path}.source", holder.source

    def _indicator(self, path: str, name: str) -> Indicator | None:
        found = self.catalogue.indicators.get(name)
        if found is None:
            self._unknown("unknown-indicator", path, name, self.catalogue.indicators)
        return found

    # lines ------------------------------------------------------------------------------------

    def _line(self, path: str, line: Line) -> ResolvedLine:
        currency = line.currency or self.case.currency
        price = self._basis(path, currency, line.price_year or self.case.price_year)
        chosen = line.discount_class if isinstance(line, Cost | Effect) else None
        return ResolvedLine(chosen or STANDARD, price)

    def _effect(self, path: str, effect: Effect) -> ResolvedEffect:
        indicator = None
        if effect.indicator is not None:
            indicator = self._indicator(f"{path}.indicator", effect.indicator)
        figure, value_id, value, edition = self._unit_value(path, effect, indicator)
        background = value or self._value_of(indicator)
        price = self._price(path, effect, edition)
        falls_to = self._bearers(path, effect, indicator, background)
        self._check_cashable(path, effect, falls_to)
        if value is not None and value.is_transfer and effect.taken_from is None:
            self._problem("value-is-transfer", path, (f"{path}.taken_from",), id=value_id)
        unit, factor = self._unit(path, effect, indicator, value)
        givers = (g.discount_class for g in (indicator, background) if g is not None)
        inherited = next((c for c in givers if c is not None), STANDARD)
        return ResolvedEffect(
            discount_class=effect.discount_class or inherited,
            price=price,
            domain=self._domain(path, effect, indicator),
            unit=unit,
            unit_value=figure,
            unit_value_path=f"values.{value_id}" if value else f"{path}.unit_value",
            unit_factor=factor,
            falls_to=falls_to,
            taken_from=shares_of(effect.taken_from),
            value_id=value_id,
            value=value,
            edition=edition,
            indicator=indicator,
        )

    def _value_of(self, indicator: Indicator | None) -> Value | None:
        """The unit value behind an indicator, also for an effect that is not in euros."""
        if indicator is None or indicator.unit_value is None:
            return None
        found = self.catalogue.value(indicator.unit_value)
        return None if found is None else found[0]

    def _unit_value(
        self, path: str, effect: Effect, indicator: Indicator | None
    ) -> tuple[Any, str | None, Value | None, Edition | None]:
        """The money per unit, and the catalogue value that it comes from, if any."""
        if not effect.monetised:
            if effect.unit_value is not None:
                here = f"{path}.unit_value"
                self.problems.append(Problem("unit-value-not-used", here, severity="warning"))
            return None, None, None, None
        given = effect.unit_value
        if given is None and indicator is not None:
            given = indicator.unit_value
        if given is None:
            premises = (f"{path}.unit_value", f"{path}.indicator", f"{path}.monetised")
            if not (effect.indicator is not None and indicator is None):
                self._problem("unit-value-missing", path, premises)
            return None, None, None, None
        if not isinstance(given, str):
            return given, None, None, None
        found = self.catalogue.value(given)
        if found is None:
            self._unknown("unknown-value", f"{path}.unit_value", given, self.catalogue.values)
            return None, None, None, None
        for field in ("price_year", "currency"):
            if getattr(effect, field) is not None:
                self._problem("value-has-own-price", f"{path}.{field}", id=given, field=field)
        value, edition = found
        # a value has one name, however it is addressed: one value is one input
        name = value.id if edition is value.current else f"{value.id}-{edition.edition}"
        return edition.value, name, value, edition

    def _price(self, path: str, effect: Effect, edition: Edition | None) -> PriceBasis:
        """The price level of an effect's unit value; none is needed where there is no value."""
        if not effect.monetised:
            return PriceBasis(self.case.currency, self.case.price_year)
        if edition is None:
            return self._line(path, effect).price
        return self._basis(f"{path}.unit_value", edition.currency, edition.price_year)

    def _basis(self, path: str, currency: str, price_year: int | None) -> PriceBasis:
        """Index figures and exchange rate; what is missing for several lines is said once."""
        key = (currency, price_year)
        if key not in self.prices:
            found, problems = price_basis(self.case, self.catalogue, path, currency, price_year)
            known = {(p.code, *p.params.values()) for p in self.problems}
            self.problems += [p for p in problems if (p.code, *p.params.values()) not in known]
            self.prices[key] = found
        return self.prices[key]

    def _domain(self, path: str, effect: Effect, indicator: Indicator | None) -> Domain | None:
        if effect.domain is not None or indicator is not None:
            return effect.domain or (indicator.domain if indicator else None)
        if effect.taken_from is None and effect.indicator is None:
            premises = (f"{path}.domain", f"{path}.indicator", f"{path}.taken_from")
            self._problem("domain-missing", path, premises)
        return None

    def _bearers(
        self, path: str, effect: Effect, indicator: Indicator | None, value: Value | None
    ) -> Mapping[str, float]:
        """Who the effect falls to: as written, or the one actor of the kind that the value has."""
        if effect.falls_to is not None:
            return shares_of(effect.falls_to)
        kinds = (g.falls_to for g in (indicator, value) if g is not None)
        kind = next((k for k in kinds if k is not None), None)
        if kind is None:
            is_looked_up = any(
                p.is_inside_any((f"{path}.indicator", f"{path}.unit_value")) for p in self.problems
            )
            if effect.monetised and not is_looked_up:
                premises = (f"{path}.falls_to", f"{path}.indicator", f"{path}.unit_value")
                self._problem("bearer-missing", path, premises)
            return {}
        candidates = [name for name, a in self.case.actors.items() if a.kind == kind]
        if len(candidates) == 1:
            return {candidates[0]: 1.0}
        if effect.monetised:
            code = "bearer-ambiguous" if candidates else "bearer-absent"
            rests_on = (f"{path}.falls_to", "actors")
            self._problem(code, path, rests_on, kind=kind, candidates=", ".join(candidates))
        return {}

    def _check_cashable(self, path: str, effect: Effect, falls_to: Mapping[str, float]) -> None:
        if not isinstance(effect.cashable, dict) or not falls_to:
            return
        for actor in effect.cashable:
            if actor not in falls_to and actor in self.case.actors:
                premises = (f"{path}.falls_to",)
                self._problem("cashable-not-a-bearer", f"{path}.cashable.{actor}", premises,
                              id=actor)  # fmt: skip

    def _unit(
        self, path: str, effect: Effect, indicator: Indicator | None, value: Value | None
    ) -> tuple[str, float]:
        """The unit of the quantity, and how many units of the value it is."""
        own = effect.unit or (indicator.unit if indicator else None)
        if effect.unit is not None and indicator is not None:
            self._convert(path, effect.unit, indicator.unit)
        if value is None:
            return own or NO_UNIT, 1.0
        if own is None:
            return value.unit, 1.0
        return own, self._convert(path, own, value.unit)

    def _convert(self, path: str, unit: str, other: str) -> float:
        factor = self.catalogue.convert(unit, other)
        if factor is None:
            field = f"{path}.unit"
            if not any(p.code == "unit-mismatch" and p.path == field for p in self.problems):
                self._problem("unit-mismatch", field, (f"{path}.unit_value", f"{path}.indicator"),
                              unit=unit, other=other)  # fmt: skip
            return 1.0
        return factor
