"""The one maker of the JSON object about a checked batch."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.proposals.checked import Amount, CheckedBatch, Flag, Intake, Spread, Unjudged
from impactmonitor.proposals.plausibility import CHECKS
from impactmonitor.report.checking_words import CheckingWords
from impactmonitor.report.document import problem_list
from impactmonitor.version import __version__


def checking_document(batch: CheckedBatch, language: Language = "en") -> dict[str, Any]:
    """A checked batch as one object of plain values.

    Parameters
    ----------
    batch : CheckedBatch
        All proposals.
    language : {"nl", "en"}
        Of titles, findings and questions; numbers and names are the same in both.

    Returns
    -------
    dict
        As ``impactmonitor check FOLDER --json`` prints it; numbers are not rounded. The intakes
        are in the order of their file names.

    Examples
    --------
    >>> from impactmonitor.proposals.checking import check_batch
    >>> from impactmonitor.resources import folder
    >>> found = checking_document(check_batch(folder("examples") / "warm-homes"))
    >>> found["counts"]
    {'files': 1, 'readable': 1, 'flags': 1, 'asked': 1}
    """
    words = CheckingWords(language)
    return {
        "folder": batch.folder,
        "engine": __version__,
        "catalogue": batch.catalogue_edition,
        "counts": {
            "files": len(batch.intakes),
            "readable": sum(one.is_readable for one in batch.intakes),
            "flags": sum(len(one.flags) for one in batch.intakes),
            "asked": sum(bool(one.flags) for one in batch.intakes),
        },
        "intakes": [_intake(one, words) for one in batch.intakes],
        "skipped": [{"file": one.file, "reason": one.reason} for one in batch.skipped],
        "alike": [{"kind": one.kind, "files": list(one.files)} for one in batch.alike],
        "usual": [_spread(one) for one in batch.spreads],
        "thresholds": asdict(batch.thresholds),
        "checks": [
            {
                "id": check.id,
                "title": words.check_title(check.id),
                "definition": words.text(f"checks.{check.id}.definition"),
                "thresholds": list(check.thresholds),
            }
            for check in CHECKS
        ],
    }


def _intake(intake: Intake, words: CheckingWords) -> dict[str, Any]:
    language, about = words.language, intake.about
    others = [problem for problem in intake.problems if problem.severity == "warning"]
    return {
        "file": intake.file,
        "id": intake.id,
        "title": None if intake.title is None else in_language(intake.title, language),
        "author": about.author,
        "organisation": about.organisation,
        "date": None if about.date is None else str(about.date),
        "version": about.version,
        "status": about.status,
        "is_readable": intake.is_readable,
        "totals": _totals(intake),
        "flags": [_flag(flag, intake, words) for flag in intake.flags],
        "unjudged": [_unjudged(one, words) for one in intake.unjudged],
        "missing": _missing(intake),
        "figures": {"given": intake.numbers[0], "assumed": intake.numbers[1]},
        "errors": problem_list(intake.mistakes, language),
        "warnings": problem_list(others, language),
    }


def _totals(intake: Intake) -> dict[str, Any] | None:
    """What the applicant claims; None without a result."""
    if intake.evaluation is None:
        return None
    names = ("costs", "benefits", "net_present_value", "benefit_cost_ratio")
    totals = {name: intake.evaluation.totals[name] for name in names}
    return {"currency": intake.evaluation.case.currency, **totals}


def _flag(flag: Flag, intake: Intake, words: CheckingWords) -> dict[str, Any]:
    return {
        "check": flag.check,
        "path": flag.path,
        "sheet": flag.sheet,
        "cell": flag.cell,
        "line": flag.line,
        "given": None if flag.given is None else _amount(flag.given),
        "compared": [_amount(one) for one in flag.compared],
        "title": words.check_title(flag.check),
        "finding": words.finding(intake, flag),
        "question": words.question(flag),
    }


def _amount(amount: Amount) -> dict[str, Any]:
    return {"value": amount.value, "kind": amount.kind, "unit": amount.unit}


def _unjudged(one: Unjudged, words: CheckingWords) -> dict[str, Any]:
    message = words.unjudged(one)
    return {"check": one.check or None, "reason": one.reason, "message": message}


def _missing(intake: Intake) -> dict[str, Any] | None:
    """What is not known of effects and answers; None without a result."""
    if intake.gaps is None:
        return None
    return {
        "effects": [{"id": gap.id, "missing": list(gap.missing)} for gap in intake.gaps.effects],
        "answers": [
            {"framework": gap.framework, "indicator": gap.indicator, "missing": list(gap.missing)}
            for gap in intake.gaps.answers
        ],
    }


def _spread(one: Spread) -> dict[str, Any]:
    return {
        "check": one.check,
        "unit": one.unit or None,
        "counts": one.counts or None,
        "currency": one.currency or None,
        "indicator": one.indicator or None,
        "count": one.count,
        "median": one.median,
        "low": one.low,
        "high": one.high,
    }
