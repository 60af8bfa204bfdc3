"""The sentences of plan against result: the honest answer, and what a reader has to know."""

from __future__ import annotations

from impactmonitor.model.measurement_rules import monitoring_of
from impactmonitor.report.track_words import TrackWords
from impactmonitor.tracking.bridging import STEPS
from impactmonitor.tracking.parts import Part

EVEN = 0.005
"""A difference within this share of planned costs or benefits is called about as planned: ours."""


def track_headline(told: TrackWords) -> str:
    """The honest answer in one sentence: how much was realised, against plan.

    Parameters
    ----------
    told : TrackWords
        Of plan against result.

    Examples
    --------
    >>> from impactmonitor import load_catalogue, track
    >>> from impactmonitor.model.case import Case
    >>> from impactmonitor.report.track_shown import shown_track
    >>> case = Case.model_validate({
    ...     "impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025, "horizon": 1, "discount": {"rate": 0},
    ...     "actors": {"people": {"kind": "citizen"}},
    ...     "effects": {"visits": {"quantity": 100, "unit_value": 10, "falls_to": "people",
    ...                            "domain": "social"}},
    ...     "measurements": [
    ...         {"line": "effects.visits", "period": 2025, "value": 60, "status": "approved"}],
    ... })
    >>> print(track_headline(TrackWords(shown_track(track(case), load_catalogue()), "en")))
    Far below plan: up to and with 2025 the net value for society is €600, where €1,000 was \
planned. That is 60% of the plan, €400 less.
    """
    shown = told.shown
    tracked = shown.tracked
    case = tracked.plan.case
    if tracked.last_year < case.base_year:
        return told.text("headline.no_year", as_of=tracked.as_of)
    realised, planned = shown.total("realised"), shown.planned_total("realised")
    monitoring = monitoring_of(case)
    if realised is None or planned is None:
        under = monitoring.suppress_under
        return told.text("headline.hidden", year=tracked.last_year, under=under)
    given = {
        "year": tracked.last_year,
        "realised": told.money(realised),
        "planned": told.money(planned),
    }
    difference = realised - planned
    if abs(difference) <= EVEN * _size(tracked.plan_parts.realised):
        return told.text("headline.even", **given)
    is_share = planned > 0 and realised >= 0
    is_far = planned > 0 and realised < monitoring.thresholds.near * planned
    verdict = "above" if difference > 0 else "far_below" if is_far else "below"
    way = "more" if difference > 0 else "less"
    return told.text(
        f"headline.share_{way}" if is_share else f"headline.{way}",
        verdict=told.text(f"headline.{verdict}"),
        share=told.share(realised, planned),
        difference=told.money(abs(difference)),
        **given,
    )


def _size(part: Part) -> float:
    return max(abs(part.totals["costs"]), abs(part.totals["benefits"]))


def track_sentences(told: TrackWords) -> list[str]:
    """What a reader has to know beside the headline, in sentences.

    Parameters
    ----------
    told : TrackWords
        Of plan against result.
    """
    shown, tracked = told.shown, told.shown.tracked
    found = [*_amounts(told), *_cause(told), *_ahead(told)]
    count = sum(one.measured is None for one in tracked.figures)
    if count:
        key = "sentences.unmeasured_one" if count == 1 else "sentences.unmeasured"
        found.append(told.text(key, count=count))
    if shown.view == "first_reported":
        found.append(told.text("sentences.first_reported"))
    if shown.is_suppressed:
        under = monitoring_of(tracked.plan.case).suppress_under
        found.append(told.text("sentences.suppressed", under=under))
    return found


def _amounts(told: TrackWords) -> list[str]:
    """Benefits and costs, each against plan."""
    shown = told.shown
    if shown.tracked.last_year < shown.tracked.plan.case.base_year:
        return []
    params: dict[str, str] = {}
    for name, key in (("benefits", "benefit_share"), ("costs", "cost_share")):
        amount, planned = shown.total("realised", name), shown.planned_total("realised", name)
        share = told.share(amount, planned)
        params |= {
            name: told.money(amount),
            f"planned_{name}": told.money(planned),
            key: "" if share == "–" or (planned or 0) <= 0 else f" ({share})",
        }
    return [told.text("sentences.amounts", **params)]


def _cause(told: TrackWords) -> list[str]:
    """The step that moved the result most the way it went."""
    amounts = told.shown.amounts
    moved = {step: amounts["bridge", step, "totals", "net_present_value"] for step in STEPS}
    known = {step: x for step, x in moved.items() if x is not None}
    total = sum(known.values())
    if len(known) < len(moved) or told.words.money(total) == told.words.money(0.0):
        return []
    step = max(known, key=lambda name: known[name] * (1 if total > 0 else -1))
    by = told.text(f"steps.{step}.by")
    return [told.text("sentences.cause", step=by, amount=told.signed(known[step]))]


def _ahead(told: TrackWords) -> list[str]:
    """What is to be expected over the whole horizon."""
    shown = told.shown
    whole, planned = shown.whole(), shown.whole(of_plan=True)
    if whole is None or planned is None:
        return []
    key = "reforecast" if shown.tracked.is_reforecast else "not_reforecast"
    said = told.text("sentences.ahead", whole=told.money(whole), planned=told.money(planned))
    return [f"{said} {told.text(f'sentences.{key}')}"]
