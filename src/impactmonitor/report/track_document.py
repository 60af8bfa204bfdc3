"""Plan against result as one JSON object, without small numbers of people and what tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.measuring.selecting import View
from impactmonitor.messages import Language
from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.model.record import in_language
from impactmonitor.report.document import problem_list
from impactmonitor.report.followed import Followed, Shown
from impactmonitor.report.track_shown import ACCOUNT, PARTS, ShownTrack, shown_track
from impactmonitor.tracking.parts import TOTALS
from impactmonitor.tracking.tracked import Tracked


def track_document(
    tracked: Tracked, catalogue: Catalogue, view: View = "restated", language: Language = "en"
) -> dict[str, Any]:
    """Plan against result as one object of plain values.

    Parameters
    ----------
    tracked : Tracked
        As ``track`` gives it.
    catalogue : Catalogue
        With which it was made.
    view : {"restated", "first_reported"}
        With which it was made.
    language : {"nl", "en"}
        Of titles and messages; numbers and names are the same in both.

    Returns
    -------
    dict
        As ``impactmonitor track CASE --json`` prints it; numbers are not rounded. What is hidden
        is None, with ``"suppressed": True`` beside it.

    Examples
    --------
    >>> from impactmonitor import load_catalogue, track
    >>> from impactmonitor.model.case import Case
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 1, "discount": {"rate": 0},
    ...     "actors": {"people": {"kind": "citizen"}},
    ...     "effects": {"visits": {"quantity": 100, "unit_value": 10, "falls_to": "people",
    ...                            "domain": "social"}},
    ...     "measurements": [
    ...         {"line": "effects.visits", "period": 2025, "value": 80, "status": "approved"}],
    ... })
    >>> found = track_document(track(case), load_catalogue())
    >>> found["realised"]["totals"]["benefits"], found["bridge"][1]["total"]
    (800.0, -200.0)
    """
    return document_of(shown_track(tracked, catalogue, view), language)


def document_of(shown: ShownTrack, language: Language = "en") -> dict[str, Any]:
    """The same, of what was already made ready to be shown.

    Parameters
    ----------
    shown : ShownTrack
    language : {"nl", "en"}
    """
    tracked = shown.tracked
    case = tracked.plan.case
    return {
        "case": case.id,
        "title": in_language(case.title, language),
        "currency": case.currency,
        "price_year": case.price_year,
        "base_year": case.base_year,
        "horizon": case.horizon,
        "discount_scheme": tracked.plan.appraised.resolved.scheme_id,
        "engine": tracked.plan.engine,
        "catalogue": tracked.plan.catalogue_edition,
        "as_of": tracked.as_of,
        "last_year": tracked.last_year,
        "is_reforecast": tracked.is_reforecast,
        "view": shown.view,
        **{part: _part(shown, (part,)) for part in PARTS},
        "plan": {part: _part(shown, ("plan", part)) for part in PARTS},
        "bridge": [_step(shown, step.step) for step in tracked.bridge],
        "lines": _lines(shown),
        "learned": _learned(shown),
        "indicators": {name: _indicator(one, language) for name, one in shown.indicators.items()},
        "lessons": {
            period: {
                "went_wrong": in_language(lesson.went_wrong, language),
                "learned": in_language(lesson.learned, language),
            }
            for period, lesson in shown.lessons.items()
        },
        "lessons_missing": list(shown.unanswered),
        "incomplete": [
            {"line": one.path, "field": one.field, "year": one.year, "missing": list(one.missing)}
            for one in tracked.incomplete
        ],
        "suppress_under": monitoring_of(case).suppress_under,
        "suppressed": shown.is_suppressed,
        "checks": [
            {"id": check.id, "passed": check.passed}
            for check in (*tracked.plan.checks, *tracked.parts.checks)
        ],
        "warnings": problem_list(tracked.warnings, language),
    }


def _marked(values: dict[str, Any], numbers: Iterable[Any]) -> dict[str, Any]:
    """With a mark where one of the numbers is hidden."""
    return {**values, "suppressed": True} if any(x is None for x in numbers) else values


def _part(shown: ShownTrack, at: tuple[str, ...]) -> dict[str, Any]:
    """Totals, actors and lines of a part, or of what a step moved in it."""
    amounts = shown.amounts
    totals = {name: amounts[*at, "totals", name] for name in TOTALS}
    actors = {
        actor: {name: amounts[*at, "actors", actor, name] for name in ACCOUNT}
        for actor in shown.tracked.plan.case.actors
    }
    size = len(at) + 1
    lines = {p[size]: x for p, x in amounts.items() if p[:size] == (*at, "lines")}
    numbers = [*totals.values(), *(x for each in actors.values() for x in each.values())]
    found = {"totals": totals, "actors": actors, **({"lines": lines} if lines else {})}
    return _marked(found, [*numbers, *lines.values()])


def _step(shown: ShownTrack, step: str) -> dict[str, Any]:
    """What a step moved: the net result of society and of each actor, and what that is made of."""
    found = _part(shown, ("bridge", step))
    return _marked(
        {
            "step": step,
            "total": found["totals"]["net_present_value"],
            "actors": {actor: each["net"] for actor, each in found["actors"].items()},
            "totals": found["totals"],
            "accounts": found["actors"],
        },
        [None] if "suppressed" in found else [],
    )


def _lines(shown: ShownTrack) -> dict[str, Any]:
    """What was planned and measured of each line, by field and year."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for one in shown.figures:
        is_hidden = (one.line, one.field, one.year) in shown.hidden_figures
        row = {"year": one.year, "planned": one.planned, "measured": one.measured}
        years = found.setdefault(one.line, {}).setdefault(one.field, [])
        years.append(_marked(row, [None] if is_hidden else []))
    return found


def _learned(shown: ShownTrack) -> dict[str, Any]:
    """How the rest was forecast again; empty where that was not asked for."""
    learned, found = shown.tracked.learned, dict[str, Any]()
    for effect in learned.rebased:
        scale, spread = shown.amounts["scale", effect], shown.amounts["spread", effect]
        found[effect] = _marked({"scale": scale, "kept_spread": spread}, [scale, spread])
    shares = {
        f"effects.{effect}.{name}": {"events": share.counts.events, "n": share.counts.n}
        for (effect, name), share in learned.shares.items()
    }
    return {"quantities": found, "shares": shares}


def _indicator(one: Followed, language: Language) -> dict[str, Any]:
    """An indicator with its periods, its end target and its categories."""
    indicator = one.indicator
    return {
        "title": in_language(indicator.title, language, indicator.id),
        "unit": indicator.unit,
        "measure": indicator.measure,
        "direction": indicator.direction,
        "counts_people": indicator.counts_people,
        "periods": [_period(shown) for shown in one.periods],
        "end": {**_period(one.end), "is_due": one.is_due},
        "categories": {
            name: [_figure(shown) for shown in few] for name, few in one.categories.items()
        },
        "differs_because": [
            {"period": period, "text": in_language(text, language)} for period, text in one.reasons
        ],
    }


def _figure(shown: Shown) -> dict[str, Any]:
    figure = shown.figure
    row: Mapping[str, Any] = {
        "period": shown.period,
        "value": None if figure is None else figure.value,
        "numerator": None if figure is None else figure.numerator,
        "denominator": None if figure is None else figure.denominator,
    }
    return _marked(dict(row), [None] if shown.is_suppressed else [])


def _period(shown: Shown) -> dict[str, Any]:
    """Where progress is not known, ``lack`` says why."""
    made = shown.progress
    return {
        "target": shown.target,
        "baseline": shown.baseline,
        **_figure(shown),
        "progress": None if shown.is_suppressed else made.share,
        "light": None if shown.is_suppressed else made.light,
        "lack": None if shown.is_suppressed else made.lack,
        "is_complete": shown.is_complete,
    }
