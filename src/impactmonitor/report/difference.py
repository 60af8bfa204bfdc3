"""The difference between two results as one JSON object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from impactmonitor.appraisal.appraised import Appraised
from impactmonitor.appraisal.arrays import Array
from impactmonitor.appraisal.bridge import Bridge, BridgedLine, Change
from impactmonitor.appraisal.metrics import Value
from impactmonitor.appraisal.steps import COLUMNS, STEPS, TOTALS
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.report.document import plain_value
from impactmonitor.report.words import Words


def difference_document(
    bridge: Bridge, language: Language = "en", every_line: bool = False
) -> dict[str, Any]:
    """A bridge as one object of plain values.

    Parameters
    ----------
    bridge : Bridge
        Between two results.
    language : {"nl", "en"}
        Of the titles; numbers and names are the same in both.
    every_line : bool
        Also the lines in which nothing moved.

    Returns
    -------
    dict
        As ``impactmonitor diff OLD NEW --json`` prints it; numbers are not rounded. Of a line
        only the steps and the actors are named for which something moved.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.appraisal.bridge import bridge
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> fewer = case.model_copy(update={"effects": dict(list(case.effects.items())[:-1])})
    >>> found = difference_document(bridge(evaluate(fewer), evaluate(case)))
    >>> found["totals"]["benefits"]
    {'old': 105084.0, 'new': 108002.0, 'change': 2918.0}
    >>> found["lines"][0]["id"], found["lines"][0]["steps"]["added"]["benefits"]
    ('welfare-public', 2918.0)
    """
    return {
        "old": _side(bridge.old, language),
        "new": _side(bridge.new, language),
        "totals": {name: _change(change) for name, change in bridge.totals.items()},
        "actors": {
            actor: {column: _change(change) for column, change in columns.items()}
            for actor, columns in bridge.by_actor.items()
        },
        "steps": bridge.by_step,
        "lines": [
            _line_document(bridge, i, language)
            for i, line in enumerate(bridge.lines)
            if line.is_changed or every_line
        ],
        "checks": [{"id": check.id, "passed": check.passed} for check in bridge.checks],
    }


def _side(a: Appraised, language: Language) -> dict[str, Any]:
    return {
        "case": a.case.id,
        "title": in_language(a.case.title, language),
        "currency": a.case.currency,
        "price_year": a.case.price_year,
        "base_year": a.case.base_year,
        "horizon": a.case.horizon,
        "scheme": a.resolved.scheme_id,
        "catalogue": a.resolved.catalogue_edition,
    }


def _change(change: Change[Value] | Change[float] | Change[float | None]) -> dict[str, Any]:
    return {
        "old": plain_value(change.old),
        "new": plain_value(change.new),
        "change": change.change,
    }


def _line_document(bridge: Bridge, index: int, language: Language) -> dict[str, Any]:
    line = bridge.lines[index]
    present = bridge.present[index][:, None]
    moved = np.concatenate([present, bridge.moved[index]], axis=1)
    by_actor = zip(bridge.actors, bridge.shared[index], strict=True)
    actors = {actor: _steps(shared, COLUMNS) for actor, shared in by_actor}
    return {
        "id": line.id,
        "title": words_of(bridge, line, language).line(line.id),
        "kind": line.kind,
        "status": line.status,
        "present_value": _change(line.present_value),
        "steps": _steps(moved, ("present_value", *TOTALS)),
        "actors": {actor: steps for actor, steps in actors.items() if steps},
    }


def _steps(moved: Array, names: Sequence[str]) -> dict[str, dict[str, float]]:
    """The steps in which anything moved; rows are steps."""
    return {
        step: dict(zip(names, row.tolist(), strict=True))
        for step, row in zip(STEPS, moved, strict=True)
        if row.any()
    }


def words_of(bridge: Bridge, line: BridgedLine, language: Language) -> Words:
    """The words of the result that has the line."""
    return Words(bridge.old if line.status == "dropped" else bridge.new, language)
