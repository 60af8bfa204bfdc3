"""What became of many cases as one JSON object."""

from __future__ import annotations

from typing import Any

from impactmonitor.bulk.columns import ACTORS, CASES
from impactmonitor.bulk.folder import MANIFEST
from impactmonitor.bulk.running import BulkResult


def bulk_document(found: BulkResult) -> dict[str, Any]:
    """A run as plain values; the results themselves stand in its files.

    Parameters
    ----------
    found : BulkResult
        From ``run_bulk``.

    Returns
    -------
    dict
        ``problems`` says how many cases have each, and where the first one stands;
        ``cases_before`` were done by an earlier run.
    """
    return {
        **found.asked,
        "cases": found.cases,
        "done": found.cases - found.refused - found.not_simulated,
        "refused": found.refused,
        "not_simulated": found.not_simulated,
        "problems": {
            name: {"cases": count, "first": found.first[name]}
            for name, count in found.problems.most_common()
        },
        "files_left_aside": found.left_aside,
        "cases_before": found.cases_before,
        "seconds": found.seconds,
        "cases_per_second": rate(found),
        "files": {
            "cases": (found.folder / CASES).as_posix(),
            "actors": (found.folder / ACTORS).as_posix(),
            "manifest": (found.folder / MANIFEST).as_posix(),
        },
    }


def rate(found: BulkResult) -> float | None:
    """Cases per second of this run; None where nothing was left to do.

    Parameters
    ----------
    found : BulkResult
        From ``run_bulk``.
    """
    worked_out = found.cases - found.cases_before
    return worked_out / found.seconds if worked_out and found.seconds > 0 else None
