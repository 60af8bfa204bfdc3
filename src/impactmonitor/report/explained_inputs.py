"""The inputs of a line, each with its value and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from impactmonitor.appraisal.prices import rebasing_factor
from impactmonitor.catalogue.resolved import ResolvedEffect
from impactmonitor.model.case import EXCESS_BURDEN
from impactmonitor.model.legs import Leg, plain_fields
from impactmonitor.model.lines import Cost, Effect, Line, Transfer, shares_of
from impactmonitor.report.explained_cards import card_rows
from impactmonitor.report.origin import Origins

Measure = Literal["present", "beyond", "undiscounted", "year", "quantity", "discounted_quantity"]
"""What of a line is asked: a sum of money, an amount of money by year, or a quantity."""

Row = dict[str, Any]

_OF_QUANTITY = frozenset({"quantity", "factors", "drop_off", "growth"})
_NOT_OF_TRANSFER_EFFECT = frozenset({"cashable"})
_TIMES = ("first_year", "years", "lasts", "lag")
_OF_MONEY = ("basis", "prices", "price_year", "currency", "in_kind", "real_price_from")


def inputs_of(origins: Origins, name: str, measure: Measure) -> list[Row]:
    """Everything that a number of a line is computed from.

    Parameters
    ----------
    origins : Origins
        Of the result in which the line stands.
    name : str
        Id of the line, or ``excess-burden``.
    measure : Measure
        What is asked of the line.

    Returns
    -------
    list of dict
        path, value, origin; every input once.
    """
    case = origins.evaluation.case
    if name == EXCESS_BURDEN:
        rows = list(_of_burden(origins, measure))
    else:
        kind = next(k for k in ("costs", "effects", "transfers") if name in getattr(case, k))
        line = case.lines()[name]
        rows = list(_LineInputs(origins, f"{kind}.{name}", name, line, measure).rows())
    return [row for i, row in enumerate(rows) if row not in rows[:i]]


def figure_row(origins: Origins, path: str) -> Row:
    """A figure of the case."""
    return origins.row(path)


def choice_row(origins: Origins, path: str, value: Any) -> Row:
    """A field of the case that is no figure."""
    return {"path": path, "value": value, "origin": origins.of_choice(path)}


def value_row(origins: Origins, found: ResolvedEffect, path: str) -> Row:
    """A value of the catalogue that an effect uses."""
    assert found.edition is not None
    value = origins.value_of(found.unit_value_path, found.edition.value)
    return {"path": path, "value": value, "origin": origins.of_value(found)}


def rate_rows(origins: Origins, discount_class: str) -> Iterator[Row]:
    """The steps of a discount schedule in which anything of the case flows, with their periods."""
    appraised = origins.evaluation.appraised
    text = origins.words.text
    # the last moment at which anything flows, within the horizon or after it
    last = appraised.compiled.program.years - 1 + appraised.compiled.program.schedule_timing.max()
    steps = appraised.resolved.schedules[discount_class]
    since = 0.0
    for step in steps:
        if since > 0 and since >= last:
            break
        if len(steps) == 1:
            period = ""
        elif since == 0:
            period = text("explain.period_to", until=f"{step.until:g}")
        elif step.until == float("inf"):
            period = text("explain.period_after", since=f"{since:g}")
        else:
            until = f"{step.until:g}"
            period = text("explain.period_between", since=f"{since:g}", until=until)
        origin = "; ".join(part for part in (period, origins.of_rate(step)) if part)
        value = origins.value_of(step.path, step.rate)
        yield {"path": step.path, "value": value, "origin": origin}
        since = step.until


def _of_burden(origins: Origins, measure: Measure) -> Iterator[Row]:
    """The rate, who raises and who bears the burden, and the cash costs that raise it."""
    case = origins.evaluation.case
    burden = case.excess_burden
    assert burden is not None
    yield figure_row(origins, "excess_burden.rate")
    yield choice_row(origins, "excess_burden.actors", ", ".join(burden.actors))
    yield from _shares(origins, "excess_burden.borne_by", shares_of(burden.borne_by))
    for name, cost in case.costs.items():
        shares = shares_of(cost.paid_by)
        if not cost.in_kind and any(shares.get(actor, 0.0) > 0 for actor in burden.actors):
            yield from _LineInputs(origins, f"costs.{name}", name, cost, measure).rows()


def _shares(
    origins: Origins, path: str, shares: Mapping[str, float], source: str | None = None
) -> Iterator[Row]:
    """Who bears how much: as the line's source splits it, else as the case assumes."""
    origin = origins.of_shares(path, source if len(shares) > 1 else None)
    for actor, share in shares.items():
        yield {"path": f"{path}.{actor}", "value": share, "origin": origin}


def _retentions(origins: Origins, bearers: Iterable[str]) -> Iterator[Row]:
    """What those to whom an effect falls really keep of it."""
    for name in bearers:
        retention = origins.evaluation.case.actors[name].retention
        if retention is None:
            continue
        for field, value in retention:
            if field in retention.model_fields_set:
                yield choice_row(origins, f"actors.{name}.retention.{field}", value)


@dataclass(frozen=True, slots=True)
class _LineInputs:
    """The inputs of one line of the case."""

    origins: Origins
    path: str
    name: str
    line: Line
    measure: Measure

    @property
    def is_of_money(self) -> bool:
        """Whether prices count, or only how much there is."""
        return self.measure not in ("quantity", "discounted_quantity")

    def rows(self) -> Iterator[Row]:
        """All of them, in the order of the formula."""
        line = self.line
        if isinstance(line, Leg):
            yield from self._of_leg(line)
            return
        yield from card_rows(self.origins, self.name)
        yield from self._figures()
        yield from self._choices(_TIMES)
        yield from self._defaults()
        if isinstance(line, Effect) and line.quantity == "unknown":
            path = f"{self.path}.quantity"
            origin = self.origins.beside_card(path, self.origins.assumption())
            yield {"path": path, "value": None, "origin": origin}
        if self.is_of_money:
            yield from self._of_money()
        if self.measure in ("present", "beyond", "discounted_quantity"):
            yield from self._of_discount()

    def _of_leg(self, leg: Leg) -> Iterator[Row]:
        """What was agreed about the instrument, and about the loan that a guarantee covers."""
        instruments = self.origins.evaluation.case.instruments
        names = (leg.instrument, instruments[leg.instrument].of)
        for name in names:
            given = {} if name is None else plain_fields(instruments[name])
            for field, value in given.items():
                yield choice_row(self.origins, f"instruments.{name}.{field}", value)
        yield from self._deflation()
        if self.measure in ("present", "beyond"):
            yield from self._of_discount()

    def _of_money(self) -> Iterator[Row]:
        line, origins = self.line, self.origins
        yield from self._choices(_OF_MONEY)
        if isinstance(line, Effect):
            yield from self._of_effect(line)
        elif isinstance(line, Cost):
            yield from _shares(
                origins, f"{self.path}.paid_by", shares_of(line.paid_by), line.source
            )
        elif isinstance(line, Transfer):
            yield choice_row(origins, f"{self.path}.from", line.from_)
            yield choice_row(origins, f"{self.path}.to", line.to)
        if isinstance(line, Cost | Transfer) and line.prices == "nominal":
            yield from self._deflation()
        price = origins.evaluation.appraised.resolved.line(self.name).price
        if price.index or price.exchange_rate != 1.0:
            factor = rebasing_factor(price.index_from, price.index_to, price.exchange_rate)
            origin = origins.of_price(price)
            yield {"path": f"{self.path}.price_factor", "value": factor, "origin": origin}

    def _figures(self) -> Iterator[Row]:
        line = self.line
        for place in self.origins.places_of(self.path):
            field = place.path.split(".")[2]
            is_used = self.is_of_money or field in _OF_QUANTITY
            if isinstance(line, Effect) and line.taken_from is not None:
                is_used = is_used and field not in _NOT_OF_TRANSFER_EFFECT
            if is_used and field in line.model_fields_set:
                yield figure_row(self.origins, place.path)

    def _choices(self, fields: Iterable[str]) -> Iterator[Row]:
        for field in fields:
            if field in self.line.model_fields_set:
                value = getattr(self.line, field)
                yield choice_row(self.origins, f"{self.path}.{field}", value)

    def _defaults(self) -> Iterator[Row]:
        """The year from which something grows, where the line leaves it to the case."""
        given, case = self.line.model_fields_set, self.origins.evaluation.case
        if "growth" in given and "first_year" not in given:
            yield self._usual("first_year", case.base_year)
        if self.is_of_money and "real_price_change" in given and "real_price_from" not in given:
            yield self._usual("real_price_from", case.base_year)

    def _usual(self, field: str, value: Any) -> Row:
        origin = self.origins.words.text("explain.usual")
        return {"path": f"{self.path}.{field}", "value": value, "origin": origin}

    def _deflation(self) -> Iterator[Row]:
        if "inflation" in self.origins.places:
            yield figure_row(self.origins, "inflation")
        if "price_year" not in self.line.model_fields_set:
            yield self._usual("price_year", self.origins.evaluation.case.price_year)

    def _of_effect(self, effect: Effect) -> Iterator[Row]:
        origins, path = self.origins, self.path
        found = origins.evaluation.appraised.resolved.effects[self.name]
        if found.value is not None:
            yield value_row(origins, found, found.unit_value_path)
        if found.value is not None and found.unit_factor != 1.0:
            other = found.value.unit
            factor = origins.words.number(found.unit_factor)
            origin = origins.words.text(
                "explain.conversion", unit=found.unit, factor=factor, other=other
            )
            yield {"path": f"{path}.unit", "value": found.unit_factor, "origin": origin}
        yield from _shares(origins, f"{path}.falls_to", found.falls_to, effect.source)
        if not found.taken_from:
            yield from _retentions(origins, found.falls_to)
        yield from _shares(origins, f"{path}.taken_from", found.taken_from, effect.source)
        for actor, answer in effect.confirmation.items():
            yield choice_row(origins, f"{path}.confirmation.{actor}", answer)
        yield from self._of_overlap()

    def _of_overlap(self) -> Iterator[Row]:
        evaluation = self.origins.evaluation
        a = evaluation.appraised
        ledger = a.most_likely if self.origins.is_most_likely else a.ledger
        for group, overlap in evaluation.case.overlaps.items():
            if self.name in overlap.lines:
                yield figure_row(self.origins, f"overlaps.{group}.alpha")
                others = ", ".join(overlap.lines)
                yield choice_row(self.origins, f"overlaps.{group}.lines", others)
                scale = float(ledger.scale[a.compiled.lines.index(self.name), 0])
                origin = self.origins.words.text("explain.overlap")
                yield {"path": f"overlaps.{group}.scale", "value": scale, "origin": origin}

    def _of_discount(self) -> Iterator[Row]:
        evaluation = self.origins.evaluation
        chosen = evaluation.appraised.resolved.line(self.name).discount_class
        yield from self._choices(("discount_class", "timing"))
        if "discount_class" not in self.line.model_fields_set and chosen != "standard":
            indicator = evaluation.appraised.resolved.effects[self.name].indicator
            origin = (
                f"{self.path}.indicator" if indicator else self.origins.words.text("explain.usual")
            )
            yield {"path": f"{self.path}.discount_class", "value": chosen, "origin": origin}
        discount = evaluation.case.discount
        is_general = discount is not None and "timing" in discount.model_fields_set
        if discount is not None and is_general and self.line.timing is None:
            yield choice_row(self.origins, "discount.timing", discount.timing)
        yield from rate_rows(self.origins, chosen)
