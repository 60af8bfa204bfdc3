"""The inputs of a line, each with its value and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from impactmonitor.appraisal.prices import rebasing_factor
from impactmonitor.catalogue.resolved import ResolvedEffect
from impactmonitor.evaluation import Evaluation
from impactmonitor.model.case import EXCESS_BURDEN
from impactmonitor.model.changes import plain
from impactmonitor.model.figures import Place, figures
from impactmonitor.model.lines import Cost, Effect, Line, shares_of
from impactmonitor.model.numbers import ANY, ParameterReference
from impactmonitor.report.origin import Origins, source_of
from impactmonitor.report.words import Words


def inputs_of(evaluation: Evaluation, words: Words, name: str) -> Iterator[dict[str, Any]]:
    """Everything that a line is computed from.

    Parameters
    ----------
    evaluation : Evaluation
        The result.
    words : Words
        Texts in the reader's language.
    name : str
        Id of the line, or ``excess-burden``.

    Yields
    ------
    dict
        path, value, origin.
    """
    origins = Origins(evaluation, words)
    case = evaluation.case
    if name == EXCESS_BURDEN:
        for place in figures(case):
            if place.path.startswith("excess_burden."):
                yield _row(origins, place, None)
        for cost, line in case.costs.items():
            if not line.in_kind:
                yield from _of_line(evaluation, origins, f"costs.{cost}", line)
        return
    kind = next(k for k in ("costs", "effects", "transfers") if name in getattr(case, k))
    yield from _of_line(evaluation, origins, f"{kind}.{name}", case.lines()[name])


def _row(origins: Origins, place: Place, evidence: str | None) -> dict[str, Any]:
    source = source_of(origins.evaluation.case, place)
    return {
        "path": place.path,
        "value": origins.value_of(place.path, place.figure),
        "origin": origins.of_figure(place.path, place.figure, source, evidence if source else None),
    }


def _of_line(
    evaluation: Evaluation, origins: Origins, path: str, line: Line
) -> Iterator[dict[str, Any]]:
    for place in figures(evaluation.case):
        field = place.path.removeprefix(f"{path}.").partition(".")[0]
        if place.path.startswith(f"{path}.") and field in line.model_fields_set:
            yield _row(origins, place, line.evidence)
    for field in ("first_year", "years", "lasts", "lag", "timing", "in_kind", "basis"):
        if field in line.model_fields_set:
            yield _choice(origins, f"{path}.{field}", getattr(line, field))
    if isinstance(line, Effect):
        yield from _of_effect(evaluation, origins, path, line)
    elif isinstance(line, Cost):
        yield from _shares(origins, f"{path}.paid_by", shares_of(line.paid_by), line)
    yield from _of_price(evaluation, origins, path)
    yield from _of_discount(evaluation, origins, path)
    if getattr(line, "prices", "real") == "nominal":
        for place in figures(evaluation.case):
            if place.path == "inflation":
                yield _row(origins, place, None)


def _choice(origins: Origins, path: str, value: Any) -> dict[str, Any]:
    return {"path": path, "value": value, "origin": origins.words.text("explain.choice")}


def _shares(origins: Origins, path: str, shares: Any, line: Line) -> Iterator[dict[str, Any]]:
    """Who bears how much: as the line's source splits it, else as the case assumes."""
    is_split = len(shares) > 1 and line.source is not None
    origin = origins.source(line.source) if is_split and line.source else origins.assumption()
    for actor, share in shares.items():
        yield {"path": f"{path}.{actor}", "value": share, "origin": origin}


def _of_effect(
    evaluation: Evaluation, origins: Origins, path: str, effect: Effect
) -> Iterator[dict[str, Any]]:
    name = path.partition(".")[2]
    found: ResolvedEffect = evaluation.appraised.resolved.effects[name]
    if found.value is not None and found.edition is not None:
        yield {
            "path": found.unit_value_path,
            "value": origins.value_of(found.unit_value_path, found.edition.value),
            "origin": origins.of_value(found.value, found.edition),
        }
    if effect.quantity == "unknown":
        yield {"path": f"{path}.quantity", "value": None, "origin": origins.assumption()}
    yield from _shares(origins, f"{path}.falls_to", found.falls_to, effect)
    yield from _shares(origins, f"{path}.taken_from", found.taken_from, effect)
    for group, overlap in evaluation.case.overlaps.items():
        if name in overlap.lines:
            for place in figures(evaluation.case):
                if place.path == f"overlaps.{group}.alpha":
                    yield _row(origins, place, None)


def _of_price(evaluation: Evaluation, origins: Origins, path: str) -> Iterator[dict[str, Any]]:
    price = evaluation.appraised.resolved.line(path.partition(".")[2]).price
    factor = rebasing_factor(price.index_from, price.index_to, price.exchange_rate)
    if price.index or price.exchange_rate != 1.0:
        origin = origins.of_price(price)
        yield {"path": f"{path}.price_factor", "value": factor, "origin": origin}


def _of_discount(evaluation: Evaluation, origins: Origins, path: str) -> Iterator[dict[str, Any]]:
    resolved = evaluation.appraised.resolved
    for step in resolved.schedules[resolved.line(path.partition(".")[2]).discount_class]:
        is_own = not step.path.startswith("schemes.")
        value = origins.value_of(step.path, step.rate)
        origin = (
            origins.of_figure(step.path, step.rate, None, None)
            if is_own
            else origins.of_rate(step.path)
        )
        yield {"path": step.path, "value": value, "origin": origin}


def case_input(evaluation: Evaluation, words: Words, path: str) -> dict[str, Any]:
    """A number of the case itself, of a parameter or of a catalogue value.

    Raises
    ------
    KeyError
        If the case has no such place.
    """
    origins = Origins(evaluation, words)
    case = evaluation.case
    keys = path.split(".")
    for place in figures(case):
        if place.path == path:
            line = case.lines().get(keys[1]) if len(keys) > 1 else None
            return {"title": path, **_row(origins, place, line.evidence if line else None)}
    if keys[0] == "parameters" and len(keys) in (2, 3):
        place = Place(f"parameters.{keys[1]}", ParameterReference(parameter=keys[1]), ANY)
        if keys[1] in case.parameters and keys[2:] in ([], ["value"]):
            return {"title": path, **_row(origins, place, None)}
    if keys[0] == "values":
        return _value_input(evaluation, origins, path, keys[1])
    node: Any = plain(case)
    for key in keys:
        node = node[key]
    if isinstance(node, dict | list):
        raise KeyError(path)
    return {"title": path, "path": path, "value": node, "origin": words.text("explain.choice")}


def _value_input(evaluation: Evaluation, origins: Origins, path: str, name: str) -> dict[str, Any]:
    for found in evaluation.appraised.resolved.effects.values():
        if found.value_id == name and found.value is not None and found.edition is not None:
            return {
                "title": path,
                "path": path,
                "value": origins.value_of(path, found.edition.value),
                "origin": origins.of_value(found.value, found.edition),
            }
    raise KeyError(path)
