"""The steps of one holding from one report to the next, on either basis."""

from __future__ import annotations

from collections.abc import Iterator

from impactmonitor.appraisal.bridge import bridge
from impactmonitor.appraisal.steps import COLUMNS
from impactmonitor.appraisal.steps import STEPS as CASE_STEPS
from impactmonitor.portfolio.cases import Appraisal
from impactmonitor.portfolio.rows import Totals
from impactmonitor.portfolio.stands import Figures, Stand, minus, summed, times


def _comings_and_goings(known: Stand, now: Stand) -> tuple[str, Figures] | None:
    """The one step of a holding that is in only one of the two totals."""
    if now.is_counted and not known.is_counted:
        return ("became-known" if known.is_held else "new-holdings"), now.part
    if known.is_counted and not now.is_counted:
        gone = "no-longer-known" if now.is_held else "exits"
        return gone, times(known.part, -1.0)
    return None


def period_steps(first: Stand, restated: Stand, now: Stand) -> Iterator[tuple[str, Figures]]:
    """Results of a year: what was corrected, then time, then the share."""
    yield from _restated(first, restated)
    one_sided = _comings_and_goings(restated, now)
    if one_sided is not None:
        yield one_sided
    elif now.is_counted:
        assert restated.share is not None
        assert now.share is not None
        yield "time", times(minus(now.figures, restated.figures), restated.share)
        yield "share", times(now.figures, now.share - restated.share)


def _restated(first: Stand, restated: Stand) -> Iterator[tuple[str, Figures]]:
    old, new = first.share or 0.0, restated.share or 0.0
    yield "positions-restated", times(first.figures, new - old)
    yield "cases-restated", times(minus(restated.figures, first.figures), new)


def lifetime_steps(first: Stand, restated: Stand, now: Stand) -> Iterator[tuple[str, Figures]]:
    """Lifetime value: what changed in the case by the steps of its bridge, then the share."""
    del restated  # a share at commitment is never restated, and the case is taken apart here
    one_sided = _comings_and_goings(first, now)
    if one_sided is not None:
        yield one_sided
        return
    if not now.is_counted:
        return
    assert first.share is not None
    assert now.share is not None
    for step, amounts in _of_case(first, now):
        yield step, times(amounts, first.share)
    yield "share", times(now.figures, now.share - first.share)


def _of_case(first: Stand, now: Stand) -> Iterator[tuple[str, Figures]]:
    """What moved in the whole case, in the money of the fund.

    The steps of the bridge of the case are brought to the money of the fund as it was; what the
    conversion itself does comes after them. A case in another currency has no such bridge.
    """
    old, new = first.appraisal, now.appraisal
    assert old is not None
    assert new is not None
    whole = minus(now.figures, first.figures)
    if old.fingerprint == new.fingerprint:
        yield "conversion", whole
        return
    if old.case.currency != new.case.currency:
        yield "conversion", whole
        return
    factor = old.conversion.present_values
    moved = [times(amounts, factor) for amounts in _of_steps(old, new)]
    for step, amounts in zip(CASE_STEPS, moved, strict=True):
        yield f"case-{step}", amounts
    yield "conversion", minus(whole, summed(moved, whole))


def _of_steps(old: Appraisal, new: Appraisal) -> Iterator[Figures]:
    """What each step of the bridge of a case moved, in the money of the case."""
    shared = bridge(old.evaluation, new.evaluation).shared.sum(axis=(0, 1))
    for row in shared:
        named = dict(zip(COLUMNS, row.tolist(), strict=True))
        yield {name: named[name] for name in Totals().as_figures()}
