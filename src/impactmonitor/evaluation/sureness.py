"""What a result rests on: which figures of a case name a source, and which are assumed."""

from __future__ import annotations

from impactmonitor.evaluation.result import Evaluation
from impactmonitor.model.case import Case
from impactmonitor.model.figures import Place, figures
from impactmonitor.model.numbers import ParameterReference

JUDGEMENTS = frozenset({
    "deadweight", "displacement", "attribution_to_others", "optimism_bias", "cashable",
    "drop_off", "growth", "real_price_change",
})  # fmt: skip
"""Fields that a line's own source rarely speaks of: without a parameter they are assumptions."""


def source_of(case: Case, place: Place) -> str | None:
    """The source of a figure: of its parameter, or of its line where that speaks of it.

    Parameters
    ----------
    case : Case
        The case in which it stands.
    place : Place
        A figure of the case.
    """
    if isinstance(place.figure, ParameterReference):
        return case.parameters[place.figure.parameter].source
    kind, _, rest = place.path.partition(".")
    name, _, field = rest.partition(".")
    if kind == "overlaps" or not field or field.partition(".")[0] in JUDGEMENTS:
        return None
    line = getattr(case, kind).get(name) if kind in ("costs", "effects", "transfers") else None
    return None if line is None else line.source


def counted_numbers(evaluation: Evaluation) -> tuple[int, int]:
    """How many figures a case gives, and how many of them are assumed.

    Assumed is what names no source, and what stands in a line that calls its own evidence an
    assumption. A parameter counts once; a field left at its default does not count, and neither
    do the figures of the catalogue, which all have a source.
    """
    case = evaluation.case
    lines = case.lines()
    is_assumed: dict[str, bool] = {}
    for place in figures(case):
        keys = place.path.split(".")
        is_of_line = len(keys) > 2 and keys[0] in ("costs", "effects", "transfers")
        line = lines[keys[1]] if is_of_line else None
        if line is not None and keys[2] not in line.model_fields_set:
            continue
        if isinstance(place.figure, ParameterReference):
            name = place.figure.parameter
            is_assumed[f"parameters.{name}"] = case.parameters[name].source is None
        else:
            is_admitted = line is not None and line.evidence == "assumption"
            is_assumed[place.path] = is_admitted or source_of(case, place) is None
    return len(is_assumed), sum(is_assumed.values())
