"""Small frameworks on the sheet on scores, and other answers and multipliers in its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import cache
from typing import Any

from tests.report.workbook.comparing import years_of
from tests.small import case, cost, gain

from impactmonitor import evaluate, load_catalogue
from impactmonitor.catalogue.frameworks import Frameworks
from impactmonitor.evaluation.scores import FrameworkScore, scores_of
from impactmonitor.intake.workbook.calculate import Calculator
from impactmonitor.intake.workbook.layout import SHEETS, At
from impactmonitor.intake.workbook.words import word
from impactmonitor.messages import Language, text
from impactmonitor.model.case import Case
from impactmonitor.model.frameworks import Framework, Multipliers, Scale
from impactmonitor.report.workbook.assessment_form import AssessmentForm
from impactmonitor.report.workbook.computed import computed_of
from impactmonitor.report.workbook.writing import Written, workbook

Answers = Mapping[str, Any]
AWAY = {"status": "not-applicable", "reason": "There are none"}
IN_EUROS = "qalys-gained"


def named(name: str) -> dict[str, str]:
    return {"nl": f"{name} (nl)", "en": name}


def levels(*scores: float | None) -> list[dict[str, Any]]:
    return [
        {"title": named(f"Level {i}"), "text": named(f"It is like {i}")}
        | ({} if score is None else {"score": score})
        for i, score in enumerate(scores, start=1)
    ]


def asked(group: str, horizon: Any, **more: Any) -> dict[str, Any]:
    kind = "qualitative" if {"scale", "levels"} & set(more) else "quantitative"
    return {"title": named("Asked"), "group": group, "horizon": horizon, "kind": kind, **more}


SCALE = Scale.model_validate(
    {"id": "four", "title": named("Four levels"), "levels": levels(None, None, None, None)}
)
OWN = levels(0.1, 0.7, 0.75)
INDICATORS = {
    "say": asked("now", "short", scale="four", weight=1.5, question=named("How much say?")),
    "trees": asked("later", "long", zero=0, full=30, weight=2, unit="tree"),
    "waiting": asked("now", 5, zero=40, full=5, unit="day"),
    "curve": asked("later", 20, points=[[-10, 0.2], [0, 1], [4, 0.9], [100, 0.3]]),
    "own": asked("now", "medium", levels=OWN, weight=0.3),
    "again": asked("later", "medium", scale="four"),
    "nothing": asked("now", "long", zero=0, full=1, weight=0),
    "healthy": asked("later", "medium", zero=0, full=0.1, indicator=IN_EUROS, weight=0.7),
}
GROUPS = {"now": {"title": named("Now")}, "none": {"title": named("None")},
          "later": {"title": named("Later"), "description": named("What comes later")}}  # fmt: skip
FILLED: Answers = {
    "say": 3, "trees": 12.5, "waiting": 19, "curve": 2.7, "own": 2, "again": "none",
    "nothing": 0.4, "healthy": 0.034,
}  # fmt: skip
READY = {"id": "ready", "purpose": "readiness", "indicators": {
    name: asked("now", "short", scale="four") for name in ("first", "second", "third")
}}  # fmt: skip


def frameworks(multipliers: Mapping[str, float] | None = None) -> Frameworks:
    """A framework for a score, and one for readiness."""
    usual = {
        "title": named("Test"), "source": "us", "origin": "impactmonitor", "note": named("Ours."),
        "groups": GROUPS,
    }  # fmt: skip
    found = [
        Framework.model_validate({**usual, **own})
        for own in ({"id": "test", "indicators": INDICATORS}, READY)
    ]
    if multipliers is not None:
        given = Multipliers(**multipliers)
        found = [one.model_copy(update={"multipliers": given}) for one in found]
    return Frameworks({one.id: one for one in found}, {"four": SCALE})


def answering(answers: Answers, ready: Answers | None = None) -> Case:
    """A case with an effect in euros on one of the indicators."""
    healthy = gain(indicator=IN_EUROS, unit="qaly")
    scores = {"test": answers} | ({} if ready is None else {"ready": ready})
    return case(costs={"work": cost()}, effects={"healthy": healthy}, scores=scores)


def scores(
    answers: Answers,
    ready: Answers | None = None,
    multipliers: Mapping[str, float] | None = None,
) -> dict[str, FrameworkScore]:
    """What the engine finds."""
    return scores_of(answering(answers, ready), frameworks(multipliers))


@cache
def _evaluated() -> Any:
    return evaluate(answering({}).model_copy(update={"scores": {}}), load_catalogue())


def written(answers: Answers, ready: Answers | None = None, language: Language = "en") -> Written:
    """The workbook of a case with these answers."""
    evaluation = _evaluated()
    computed = replace(
        computed_of(evaluation), scores=scores(answers, ready), frameworks=frameworks()
    )
    years = years_of(evaluation)
    return workbook(answering(answers, ready), load_catalogue(), language, years, computed)


def expected(found: Mapping[str, FrameworkScore]) -> dict[str, Any]:
    """The results of the engine by their path, an empty text where there is no number."""
    results: dict[str, Any] = {}
    for name, one in found.items():
        results |= {f"{name}.{key}": value for key, value in asdict(one.total).items()}
        asked_of = frameworks().frameworks.get(name)
        groups = {i.group for i in asked_of.indicators.values()} if asked_of else set(one.groups)
        for group in groups & set(one.groups):
            of_group = asdict(one.groups[group])
            results |= {f"{name}.groups.{group}.{key}": v for key, v in of_group.items()}
        for key, indicator in one.indicators.items():
            for part in ("score", "contribution", "multiplier"):
                results[f"{name}.indicators.{key}.{part}"] = getattr(indicator, part)
        if one.readiness is not None:
            results |= {f"{name}.readiness.overall": one.readiness.overall,
                        f"{name}.readiness.gap": one.readiness.gap}  # fmt: skip
    return {f"scores.{path}": "" if value is None else value for path, value in results.items()}


def places(one: Written) -> dict[str, At]:
    """The cells with results."""
    cells = one.outcome.places.cells
    return {path: at for path, at in cells.items() if path.startswith("scores.")}


def shown(one: Written, values: Mapping[tuple[str, int, int], Any] | None = None) -> dict[str, Any]:
    """What those cells hold."""
    title = one.book.layout.sheet_name("scores")
    known = one.values if values is None else values
    return {path: known.get((title, at.row, at.column)) for path, at in places(one).items()}


def typed(
    one: Written,
    answers: Answers,
    multipliers: Mapping[str, float] | None = None,
    framework: str = "test",
) -> dict[At, Any]:
    """Single answers and multipliers as a reader of the workbook fills them in."""
    block, language = one.outcome.scores.blocks[framework], one.book.layout.language
    words = {key: text(f"workbook.scores.answers.{key}", language)
             for key in ("none", "not_applicable")}  # fmt: skip
    known = {"none": words["none"], "unknown": word("unknown", "unknown", language), None: None}
    found: dict[At, Any] = {}
    for name, at in first_form(one, framework).answers.items():
        answer = answers.get(name)
        is_away = isinstance(answer, dict)
        found[at] = words["not_applicable"] if is_away else known.get(answer, answer)
    given = {} if multipliers is None else multipliers
    return found | {block.multipliers[name]: value for name, value in given.items()}


def first_form(one: Written, framework: str) -> AssessmentForm:
    """Where the first assessor of a framework answers."""
    return next(f for f in one.forms.values() if f.rows.asked.framework.id == framework)


def after(one: Written, cells: Mapping[At, Any]) -> dict[tuple[str, int, int], Any]:
    """The values of the sheets on scores, worked out again; no other one follows from them."""
    layout = one.book.layout
    sheets = [s for s in layout.sheets if s == "scores" or s not in SHEETS]
    cells_of = {
        (layout.sheet_name(sheet), *place): cell
        for sheet in sheets
        for place, cell in one.book.pages[sheet].cells.items()
    }
    formulas = {at: cell.formula for at, cell in cells_of.items() if cell.formula is not None}
    constants: dict[tuple[str, int, int], Any] = {
        at: cell.value for at, cell in cells_of.items() if cell.formula is None
    }
    constants |= {
        (layout.sheet_name(at.sheet), at.row, at.column): value for at, value in cells.items()
    }
    kept = {at: value for at, value in constants.items() if value is not None}
    return Calculator(kept, formulas, {}).all_values()
