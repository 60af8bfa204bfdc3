"""The rules for instruments: what each kind needs, and what its parts have to be for each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from impactmonitor.model.case import Case
from impactmonitor.model.financing import Instrument
from impactmonitor.model.legs import (
    exit_year_of,
    first_year_of,
    last_year_of,
    leg_ids,
    own_transfers,
)
from impactmonitor.model.lines import Cost, Transfer
from impactmonitor.model.record import MAX_YEARS
from impactmonitor.problems import Problem, nearest

Findings = Iterator[Problem]

NEEDED: Mapping[str, tuple[str, ...]] = {
    "grant": ("to", "amount"),
    "loan": ("to", "amount", "rate", "years"),
    "equity": ("to", "amount"),
    "guarantee": ("of", "cover"),
    "revolving-fund": ("to", "amount", "years"),
}
"""Fields that every instrument of a kind has."""

OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "grant": ("first_year", "years"),
    "loan": ("first_year", "repayment", "grace", "loss_year", "loss_share"),
    "equity": ("first_year", "dividend", "exit_year", "exit_multiple"),
    "guarantee": ("share", "limit", "fee"),
    "revolving-fund": ("first_year", "rate", "repayment", "grace", "loss_share", "rounds"),
}
"""Fields that an instrument of a kind may have besides."""

MAX_ID = 60
_OF_EVERY_KIND = frozenset({"kind", "title", "note", "source", "from_"})


def _instruments(case: Case, *kinds: str) -> Iterator[tuple[str, Instrument]]:
    """The instruments with their paths, of some kinds or of all."""
    for name, instrument in case.instruments.items():
        if not kinds or instrument.kind in kinds:
            yield f"instruments.{name}", instrument


def _has_what_its_kind_needs(case: Case) -> Findings:
    for path, instrument in _instruments(case):
        needed = NEEDED[instrument.kind]
        if instrument.cover == "pari-passu":
            needed = (*needed, "share")
        for field in needed:
            if getattr(instrument, field) is None:
                params = {"kind": instrument.kind, "field": field}
                yield Problem("instrument-needs", f"{path}.{field}", params)


def _has_nothing_of_other_kinds(case: Case) -> Findings:
    for path, instrument in _instruments(case):
        kind = instrument.kind
        known = _OF_EVERY_KIND.union(NEEDED[kind], OPTIONAL[kind])
        for field in Instrument.model_fields:
            if field not in known and getattr(instrument, field) is not None:
                params = {"kind": kind, "field": field}
                premises = (f"{path}.kind",)
                yield Problem("instrument-has-no", f"{path}.{field}", params, premises=premises)


def _actors_exist(case: Case) -> Findings:
    for path, instrument in _instruments(case):
        for field, name in (("from", instrument.from_), ("to", instrument.to)):
            if name is not None and name not in case.actors:
                params = {"id": name, "nearest": nearest(name, case.actors)}
                premises = (f"actors.{name}",)
                yield Problem("unknown-actor", f"{path}.{field}", params, premises=premises)


def _between_two(case: Case) -> Findings:
    """Nobody lends to itself, or guarantees a loan that it gives or takes."""
    for path, instrument in _instruments(case):
        loan = _covered(case, instrument)
        if instrument.from_ == instrument.to:
            yield Problem("pays-itself", f"{path}.to", {"id": instrument.from_})
        elif loan is not None and instrument.from_ in (loan.from_, loan.to):
            premises = (f"instruments.{instrument.of}", f"{path}.of")
            params = {"id": instrument.from_, "loan": instrument.of}
            yield Problem("guarantor-in-loan", f"{path}.from", params, premises=premises)


def _covered(case: Case, instrument: Instrument) -> Instrument | None:
    """The loan that a guarantee covers, if there is one."""
    found = case.instruments.get(instrument.of or "")
    is_loan = instrument.kind == "guarantee" and found is not None and found.kind == "loan"
    return found if is_loan else None


def _guarantees_cover_loans(case: Case) -> Findings:
    for path, guarantee in _instruments(case, "guarantee"):
        if guarantee.of is not None and _covered(case, guarantee) is None:
            loans = [name for name, one in case.instruments.items() if one.kind == "loan"]
            params = {"id": guarantee.of, "nearest": nearest(guarantee.of, loans)}
            premises = (f"instruments.{guarantee.of}",)
            yield Problem("guarantee-of-no-loan", f"{path}.of", params, premises=premises)


def _grace_within_the_years(case: Case) -> Findings:
    for path, one in _instruments(case, "loan", "revolving-fund"):
        if one.grace is not None and one.years is not None and one.grace >= one.years:
            params = {"grace": one.grace, "years": one.years}
            yield Problem("grace-too-long", f"{path}.grace", params, premises=(f"{path}.years",))


def _losses(case: Case) -> Findings:
    """A loss has a year and a size, and something is still outstanding after that year."""
    for path, loan in _instruments(case, "loan"):
        given, missing = ("loss_year", "loss_share")
        if loan.loss_year is None:
            given, missing = missing, given
        if (loan.loss_year is None) != (loan.loss_share is None):
            params: dict[str, object] = {"field": given, "missing": missing}
            yield Problem("loss-incomplete", f"{path}.{missing}", params)
        elif loan.loss_year is not None and loan.years is not None:
            first, last = first_year_of(case, loan), last_year_of(case, loan)
            if not first <= loan.loss_year < last:
                params = {"year": loan.loss_year, "first": first, "last": last}
                premises = (f"{path}.first_year", f"{path}.years", "base_year")
                code = "loss-in-one-year" if first == last else "loss-outside-loan"
                yield Problem(code, f"{path}.loss_year", params, premises=premises)


def _sold_after_it_is_bought(case: Case) -> Findings:
    for path, stake in _instruments(case, "equity"):
        first, sold = first_year_of(case, stake), exit_year_of(case, stake)
        if sold < first:
            premises = (f"{path}.first_year", "base_year", "horizon")
            params = {"exit": sold, "first": first}
            yield Problem("exit-before-start", f"{path}.exit_year", params, premises=premises)


def _in_reach(case: Case) -> Findings:
    """Nothing starts before the base year, or ends so late that nobody could mean it."""
    for path, one in _instruments(case):
        first, last = first_year_of(case, one), last_year_of(case, one)
        end = case.base_year + MAX_YEARS - 1
        if one.first_year is not None and first < case.base_year:
            params = {"first": first, "base_year": case.base_year}
            place = f"{path}.first_year"
            yield Problem("instrument-too-early", place, params, premises=("base_year",))
        elif one.kind != "guarantee" and last > end:
            params = {"year": last, "last": end, "most": MAX_YEARS}
            premises = ("base_year", f"{path}.years", f"{path}.rounds", f"{path}.first_year")
            yield Problem("instrument-too-long", path, params, premises=premises)


def _inflation(case: Case) -> Findings:
    """Said once, and not again where nominal lines lack it too."""
    lines = [*case.costs.values(), *case.transfers.values()]
    is_said = any(isinstance(x, Cost | Transfer) and x.prices == "nominal" for x in lines)
    if case.instruments and case.inflation is None and not is_said:
        first = next(iter(case.instruments))
        premises = ("inflation",)
        yield Problem("inflation-missing", f"instruments.{first}", premises=premises)


def _ids_are_free(case: Case) -> Findings:
    """The lines that instruments become have ids of their own, not longer than ids may be."""
    places = {name: f"costs.{name}" for name in case.costs}
    places |= {name: f"effects.{name}" for name in case.effects}
    places |= {name: f"transfers.{name}" for name in own_transfers(case)}
    for name, instrument in case.instruments.items():
        legs = leg_ids(name, instrument.kind)
        most = MAX_ID - max(len(leg) - len(name) for leg in legs)
        if len(name) > most:
            yield Problem("instrument-id-too-long", f"instruments.{name}", {"most": most})
        for leg in legs:
            if leg in places:
                params = {"id": leg, "other": places[leg]}
                premises = (places[leg],)
                yield Problem("duplicate-leg", f"instruments.{name}", params, premises=premises)


def _one_guarantee_on_a_loan(case: Case) -> Findings:
    """Two guarantees could together pay more than was lost."""
    seen: dict[str, str] = {}
    for path, instrument in _instruments(case, "guarantee"):
        if instrument.of is None:
            continue
        if instrument.of in seen:
            params = {"loan": instrument.of, "other": seen[instrument.of]}
            yield Problem("loan-guaranteed-twice", f"{path}.of", params)
        seen.setdefault(instrument.of, path)


INSTRUMENT_RULES: tuple[Callable[[Case], Findings], ...] = (
    _has_what_its_kind_needs,
    _has_nothing_of_other_kinds,
    _actors_exist,
    _between_two,
    _guarantees_cover_loans,
    _one_guarantee_on_a_loan,
    _grace_within_the_years,
    _losses,
    _sold_after_it_is_bought,
    _in_reach,
    _inflation,
    _ids_are_free,
)
