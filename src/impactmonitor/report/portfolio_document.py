"""The one maker of the JSON object about a portfolio in a period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from impactmonitor.portfolio.changes import Changes
from impactmonitor.portfolio.indicator_totals import IndicatorTotal
from impactmonitor.portfolio.results import HoldingResult, Restatement
from impactmonitor.portfolio.rollup import RollUp
from impactmonitor.portfolio.rows import BASES, Totals
from impactmonitor.portfolio.template_results import TemplateResult
from impactmonitor.report.calibration_shown import calibration_document
from impactmonitor.report.document import problem_list
from impactmonitor.report.portfolio_emissions import template_title
from impactmonitor.report.portfolio_reported import HEAT_BASIS
from impactmonitor.report.portfolio_sentences import (
    method_sentences,
    own_choices,
    portfolio_headline,
    portfolio_sentences,
)
from impactmonitor.report.portfolio_words import PortfolioWords
from impactmonitor.version import __version__


def portfolio_document(told: PortfolioWords) -> dict[str, Any]:
    """A report on a portfolio as one object of plain values.

    Parameters
    ----------
    told : PortfolioWords
        The report, and the language of titles and messages; numbers and names are the same in
        both.

    Returns
    -------
    dict
        As ``impactmonitor portfolio report FILE --period YEAR --json`` prints it. Amounts are in
        the currency and the price level of the fund and are not rounded; shares are from 0 to 1.
        What is not known is null, with its reason beside it.

    Examples
    --------
    >>> from pathlib import Path
    >>> from impactmonitor import load_catalogue
    >>> from impactmonitor.intake.portfolio_reading import read_portfolio
    >>> from impactmonitor.intake.portfolio_reading import PortfolioReading
    >>> from impactmonitor.report.portfolio_reported import portfolio_report
    >>> read = read_portfolio(b'''{
    ...     "impactmonitor_portfolio": 1, "id": "fund", "title": "Fund", "currency": "EUR",
    ...     "price_year": 2025, "base_year": 2025,
    ...     "investees": {"mill": {"asset_class": "business-loans"}},
    ...     "holdings": {"loan": {"investee": "mill", "instrument": "loan",
    ...         "positions": {"2025": {"outstanding": 30, "equity": 50, "debt": 50}}}}}''', ".json")
    >>> reading = PortfolioReading(read[0], Path(), read[1])
    >>> report = portfolio_report(reading, load_catalogue(), 2025)
    >>> portfolio_document(PortfolioWords(report, "en"))["holdings"]["loan"]["share"]["period"]
    0.3
    """
    report, result = told.report, told.report.result
    portfolio = result.portfolio
    return {
        "portfolio": portfolio.id,
        "title": told.read(portfolio.title),
        "period": result.period,
        "view": result.view,
        "engine": __version__,
        "catalogue": report.catalogue.edition,
        "currency": portfolio.currency,
        "price_year": portfolio.price_year,
        "base_year": portfolio.base_year,
        "scheme": portfolio.scheme,
        "headline": portfolio_headline(told),
        "sentences": list(portfolio_sentences(told)),
        "about": _about(told),
        "method": {
            "definitions": dict(method_sentences(told)),
            "own_choices": dict(own_choices(told)),
        },
        "totals": {
            basis: {
                **one.total.as_figures(),
                "counted": list(one.counted),
                "left_out": dict(one.left_out),
            }
            for basis, one in result.totals.items()
        },
        "outstanding": result.outstanding,
        "roll_ups": {
            basis: {name: _roll_up(told, name, of) for name, of in result.roll_ups[basis].items()}
            for basis in BASES
        },
        "heat_map": _heat_map(told),
        "indicators": {name: _indicator(told, x) for name, x in result.indicators.items()},
        "indicators_by_theme": {
            theme: {name: _indicator(told, x) for name, x in found.items()}
            for theme, found in result.indicators_by_theme.items()
        },
        **_setbacks(told),
        "quality": asdict(report.quality) | {"evidence": dict(report.quality.evidence)},
        "calibration": calibration_document(report.calibration, told.language),
        "templates": [_template(told, one) for one in report.templates],
        "previous": _restatement(result.previous),
        "restated": _restatement(result.own),
        "changes": {name: _changes(one) for name, one in result.changes.items()},
        "double_claims": [
            {"case": one.case, "basis": one.basis, "holdings": dict(one.holdings),
             "others": dict(one.others), "total": one.total}
            for one in result.claims
        ],
        "overlaps": [asdict(one) for one in result.overlaps],
        "holdings": {name: _holding(told, one) for name, one in result.holdings.items()},
        "warnings": problem_list(result.warnings, told.language),
        "problems": problem_list(result.problems, told.language),
    }  # fmt: skip


def _about(told: PortfolioWords) -> dict[str, Any]:
    about, period = told.report.result.portfolio.about, told.report.result.period
    return {
        "manager": about.manager,
        "contact": about.contact,
        "date": about.date.isoformat() if about.date else None,
        "version": about.version,
        "status": about.status,
        "reviewer": about.reviewer,
        "entity": told.read(about.entity) or None,
        "thesis": told.read(about.thesis) or None,
        "method": told.read(about.method) or None,
        "went_wrong": told.read(about.went_wrong.get(period)) or None,
        "risks": told.read(about.risks.get(period)) or None,
    }


def _roll_up(told: PortfolioWords, dimension: Any, found: RollUp) -> dict[str, Any]:
    return {
        label: {"title": told.label(dimension, label), **totals.as_figures()}
        for label, totals in found.items()
    }


def _heat_map(told: PortfolioWords) -> dict[str, Any]:
    cells: dict[str, dict[str, Any]] = {}
    for (label, holding), totals in told.report.heat.items():
        cells.setdefault(holding, {})[label] = totals.as_figures()
    return {"dimension": "transition", "basis": HEAT_BASIS, "cells": cells}


def _indicator(told: PortfolioWords, one: IndicatorTotal) -> dict[str, Any]:
    plain = asdict(one) | {"title": told.read(one.title) or one.id}
    return {name: list(x) if isinstance(x, tuple) else x for name, x in plain.items()}


def _setbacks(told: PortfolioWords) -> dict[str, Any]:
    report = told.report
    return {
        "harms": [
            asdict(one) | {"title": told.line(one.holding, one.line)} for one in report.harms
        ],
        "shortfalls": [
            asdict(one) | {"difference": one.difference} for one in report.shortfalls
        ],
        "exits": [
            asdict(one) | {"date": one.date.isoformat(), "difference": one.difference}
            for one in report.exits
        ],
        "lessons": [
            {"holding": one.holding, "went_wrong": told.read(one.went_wrong) or None,
             "learned": told.read(one.learned) or None}
            for one in report.lessons
        ],
    }  # fmt: skip


def _template(told: PortfolioWords, one: TemplateResult) -> dict[str, Any]:
    return {
        "template": one.template.id,
        "title": template_title(told, one),
        "edition": one.template.edition,
        "figures": {
            name: {"value": found.value, "reason": found.reason, **asdict(found.sureness)}
            for name, found in one.indicators.items()
        },
    }


def _restatement(one: Restatement | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "period": one.period,
        "first_reported": {basis: x.as_figures() for basis, x in one.first_reported.items()},
        "restated": {basis: x.as_figures() for basis, x in one.restated.items()},
    }


def _changes(one: Changes) -> dict[str, Any]:
    return {
        "earlier": one.earlier,
        "later": one.later,
        "start": dict(one.start),
        "restated": dict(one.restated),
        "end": dict(one.end),
        "steps": {step: dict(amounts) for step, amounts in one.by_step.items()},
        "by_holding": [
            {"step": x.step, "holding": x.holding, "amounts": dict(x.amounts)} for x in one.steps
        ],
        "check": asdict(one.check),
    }


def _holding(told: PortfolioWords, one: HoldingResult) -> dict[str, Any]:
    share, case = one.share, one.case
    return {
        "title": told.read(one.title) or one.id,
        "instrument": share.kind,
        "is_held": share.is_held,
        "exit": one.holding.exit.isoformat() if one.holding.exit else None,
        "note": told.read(one.holding.note) or None,
        "share": {
            "period": share.period_share,
            "period_reason": share.period_reason,
            "commitment": share.commitment_share,
            "commitment_reason": share.commitment_reason,
        },
        "money": asdict(one.money),
        "labels": {name: dict(labels) for name, labels in one.labels.items()},
        "case": None if case is None else {
            "id": case.id,
            "version": case.version,
            "fingerprint": case.fingerprint,
            "is_measured": case.is_measured,
            "measured_share": case.data.measured_share,
            "confirmed_share": case.data.confirmed_share,
            "evidence": dict(case.data.evidence),
            "gaps": list(case.data.gaps),
        },
        **{basis: _totals(one.totals(basis)) for basis in BASES},
        "reasons": {basis: one.reason(basis) for basis in BASES},
        "warnings": problem_list(one.warnings, told.language),
        "problems": problem_list(one.problems, told.language),
    }  # fmt: skip


def _totals(totals: Totals | None) -> Mapping[str, float] | None:
    return None if totals is None else totals.as_figures()
