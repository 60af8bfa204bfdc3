"""What in a case is for others than its writer to say: approvals, and agreement of bearers."""

from __future__ import annotations

from collections.abc import Iterator

from impactmonitor.model.case import Case
from impactmonitor.problems import Problem


def newly_assessed(case: Case, before: Case | None) -> list[Problem]:
    """What a case says on behalf of assessors and bearers that it did not say before.

    Parameters
    ----------
    case : Case
        As somebody wrote it.
    before : Case or None
        As it was kept until now; None for a new one.

    Returns
    -------
    list of Problem
        ``not-for-writers`` for each approved measurement and each agreement that is new, with
        its place.

    Examples
    --------
    >>> from impactmonitor import load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "exercise-classes-measured" / "case.yaml")
    >>> newly_assessed(case, case), newly_assessed(case, None)[0].path
    ([], 'measurements.4')
    """
    known = set() if before is None else {said for _, said in _assessed(before)}
    return [Problem("not-for-writers", path) for path, said in _assessed(case) if said not in known]


def _assessed(case: Case) -> Iterator[tuple[str, object]]:
    """Each place where somebody else than the writer speaks, and what is said there."""
    for index, record in enumerate(case.measurements):
        if record.status == "approved":
            yield f"measurements.{index}", record.model_dump_json()
    for name, effect in case.effects.items():
        for actor, agreed in effect.confirmation.items():
            if agreed != "open":
                yield f"effects.{name}.confirmation.{actor}", (name, actor, agreed)
