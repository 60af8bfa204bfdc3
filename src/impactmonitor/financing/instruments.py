"""The instruments of a result: their schedules, what financiers earn, whether the need is met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.coverage import Coverage, coverage, coverage_by_receiver
from impactmonitor.appraisal.legs import amounts_of, legs_of, schedule_of
from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.financier_returns import InvestorReturns, investor_returns
from impactmonitor.financing.instrument_results import (
    COLUMNS,
    Amounts,
    FinancierResult,
    InstrumentResult,
    InstrumentsResult,
    LegResult,
)
from impactmonitor.model.case import Case
from impactmonitor.model.legs import Leg, first_year_of
from impactmonitor.model.numbers import ParameterReference

__all__ = ["Coverage", "InstrumentsResult", "InvestorReturns", "coverage", "instruments_of"]

Array = NDArray[np.float64]

_AT_START = frozenset({"opening", "drawdown", "covered"})


def instruments_of(
    evaluation: Evaluation,
    finance_rate: float | None = None,
    reinvestment_rate: float | None = None,
) -> InstrumentsResult:
    """Schedules, returns and coverage of the instruments of a case.

    Parameters
    ----------
    evaluation : Evaluation
        The result of the case.
    finance_rate, reinvestment_rate : float, optional
        Real rates per year for the modified rates of return; by default the first standard
        discount rate of the case.

    Returns
    -------
    InstrumentsResult
        Empty where the case has no instruments.

    Examples
    --------
    >>> from impactmonitor import evaluate
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 2, "inflation": 0.02,
    ...     "actors": {"city": {"kind": "municipality"}, "fund": {"kind": "investor"}},
    ...     "costs": {"work": {"amount": 100, "paid_by": "city"}},
    ...     "instruments": {"plan": {"kind": "loan", "from": "fund", "to": "city",
    ...                              "amount": 100, "rate": 0.05, "years": 2}},
    ... })
    >>> found = instruments_of(evaluate(case)).instruments["plan"]
    >>> round(found.nominal.internal_rate.value, 9), round(found.real.internal_rate.value, 9)
    (0.05, 0.029411765)
    """
    a = evaluation.appraised
    money = _Money(a.case, _inflation(a), *_rates(a, finance_rate, reinvestment_rate))
    legs = legs_of(a.case)
    return InstrumentsResult(
        money.inflation,
        money.finance_rate,
        money.reinvestment_rate,
        {name: money.instrument(name, legs) for name in a.case.instruments},
        {actor: money.financier(actor, legs) for actor in _financiers(a.case)},
        coverage_by_receiver(a),
    )


def _rates(a: Appraised, finance: float | None, reinvestment: float | None) -> tuple[float, float]:
    usual = float(a.ledger.slots[a.compiled.program.step_slot[0], 0])
    return (
        usual if finance is None else finance,
        usual if reinvestment is None else reinvestment,
    )


def _inflation(a: Appraised) -> float:
    """The inflation that this result was worked out with; 0 where the case has none."""
    figure, path = a.case.inflation, "inflation"
    if isinstance(figure, ParameterReference):
        path = f"parameters.{figure.parameter}"
        figure = a.case.parameters[figure.parameter].value
    if figure is None or isinstance(figure, float):
        return figure or 0.0
    row = [entry.path for entry in a.compiled.inputs].index(path)
    return float(a.ledger.inputs[row, 0])


def _financiers(case: Case) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.from_ for one in case.instruments.values()))


@dataclass(frozen=True, slots=True)
class _Money:
    """A case with what its money is worth."""

    case: Case
    inflation: float
    finance_rate: float
    reinvestment_rate: float

    def real(self, amount: float, moment: float) -> float:
        """A nominal amount at a moment, in years of the calendar, in the money of the case."""
        worth: float = (1.0 + self.inflation) ** (moment - self.case.price_year)
        return amount / worth

    def instrument(self, name: str, legs: Mapping[str, Leg]) -> InstrumentResult:
        """One instrument."""
        one = self.case.instruments[name]
        found = schedule_of(self.case, one)
        columns = {key: getattr(found, key) for key in COLUMNS[one.kind]}
        first = first_year_of(self.case, one)
        years = tuple(range(first, first + len(next(iter(columns.values())))))
        own = {leg: legs[leg] for leg in legs if legs[leg].instrument == name}
        nominal, real = self._returns(one.from_, own.values(), years)
        loan = self.case.instruments[one.of] if one.of is not None else one
        assert loan.to is not None
        return InstrumentResult(
            one.title,
            one.kind,
            one.from_,
            loan.to,
            years,
            {key: tuple(amounts.tolist()) for key, amounts in columns.items()},
            {key: self._deflated(key, amounts, years) for key, amounts in columns.items()},
            {leg: self._leg(record) for leg, record in own.items()},
            nominal,
            real,
        )

    def _deflated(self, key: str, amounts: Array, years: tuple[int, ...]) -> Amounts:
        later = 0 if key in _AT_START else 1
        pairs = zip(amounts.tolist(), years, strict=True)
        return tuple(self.real(amount, year + later) for amount, year in pairs)

    def _leg(self, leg: Leg) -> LegResult:
        nominal = amounts_of(leg)
        real = {year: self.real(x, year + leg.years_later) for year, x in nominal.items()}
        moment: Literal["start_of_year", "end_of_year"] = (
            "end_of_year" if leg.years_later else "start_of_year"
        )
        return LegResult(leg.from_, leg.to, moment, nominal, real)

    def financier(self, actor: str, legs: Mapping[str, Leg]) -> FinancierResult:
        """Everything that one actor puts in, and all that comes back to it."""
        case = self.case
        given = [name for name, one in case.instruments.items() if one.from_ == actor]
        covering = [name for name, one in case.instruments.items() if one.of in given]
        names = tuple(dict.fromkeys([*given, *covering]))
        own = [leg for leg in legs.values() if leg.instrument in names]
        moved = [year for leg in own for year in amounts_of(leg)] or [case.base_year]
        years = tuple(range(min(moved), max(moved) + 1))
        nominal, real = self._returns(actor, own, years)
        net = _flows(actor, own, years)
        net_real = _flows(actor, own, years, self)
        return FinancierResult(
            names,
            years,
            tuple(net.sum(axis=0).tolist()),
            tuple(net_real.sum(axis=0).tolist()),
            nominal,
            real,
        )

    def _returns(
        self, actor: str, legs: Iterable[Leg], years: tuple[int, ...]
    ) -> tuple[InvestorReturns, InvestorReturns]:
        """Nominal and real returns of an actor on legs."""
        found = list(legs)
        rates = (self.finance_rate, self.reinvestment_rate)
        finance, reinvestment = ((1.0 + rate) * (1.0 + self.inflation) - 1.0 for rate in rates)
        nominal_rates = (finance, reinvestment)
        nominal = _on(_flows(actor, found, years), years[0], nominal_rates)
        return nominal, _on(_flows(actor, found, years, self), years[0], rates)


def _on(flows: Array, first_year: int, rates: tuple[float, float]) -> InvestorReturns:
    """Returns on flows at the start and at the end of years."""
    return investor_returns(flows[0], flows[1], first_year, *rates)


def _flows(
    actor: str, legs: Iterable[Leg], years: tuple[int, ...], money: _Money | None = None
) -> Array:
    """What an actor receives at the start and at the end of each year; nominal without money."""
    flows = np.zeros((2, len(years)))
    for leg in legs:
        sign = (leg.to == actor) * 1.0 - (leg.from_ == actor) * 1.0
        for year, amount in amounts_of(leg).items():
            worth = amount if money is None else money.real(amount, year + leg.years_later)
            flows[leg.years_later, year - years[0]] += sign * worth
    return flows
