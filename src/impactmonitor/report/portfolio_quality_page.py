"""The sheet of data quality: what was measured and confirmed, holding by holding; calibration."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At
from impactmonitor.portfolio.results import HoldingResult
from impactmonitor.report.calibration_screen import calibration_headline
from impactmonitor.report.portfolio_book import PortfolioBook
from impactmonitor.report.report_book import TABLE_ROW
from impactmonitor.tracking.calibrating import NOT_STATED, Score

HEADS = ("measured", "confirmed", "evidence", "gaps")


def quality_page(made: PortfolioBook) -> None:
    """Of the whole fund, of every holding, and how good forecasts were."""
    told = made.told
    made.start("quality", told.text("quality.title"), made.text("quality_about"),
               (40, 14, 14, 44, 44))  # fmt: skip
    heads = [told.text("holding"), *(made.text(f"quality.{name}") for name in HEADS)]
    made.heads("quality", TABLE_ROW, heads)
    for column in (4, 5):
        made.say(At("quality", TABLE_ROW, column), heads[column - 1], "head")
    made.keep("quality")
    _fund(made, TABLE_ROW + 1)
    row = TABLE_ROW + 2
    for one in made.holdings:
        if one.period is not None and one.case is not None:
            _holding(made, row, one)
            row += 1
    _calibration(made, row + 1)


def _grades(made: PortfolioBook, evidence: object) -> str:
    assert isinstance(evidence, dict)
    told = made.told
    shares = (f"{told.evidence(grade)} {told.percent(x)}" for grade, x in evidence.items())
    return ", ".join(shares)


def _fund(made: PortfolioBook, row: int) -> None:
    quality = made.told.report.quality
    made.say(At("quality", row, 1), made.text("whole_fund"), "strong")
    made.put(At("quality", row, 2), quality.measured_share, "percent")
    made.put(At("quality", row, 3), quality.confirmed_share, "percent")
    made.say(At("quality", row, 4), _grades(made, dict(quality.evidence)), "origin")
    count = len(quality.unmeasured)
    made.say(At("quality", row, 5), made.text("without_measurement", count=count), "origin")


def _holding(made: PortfolioBook, row: int, one: HoldingResult) -> None:
    assert one.case is not None
    data = one.case.data
    made.say(At("quality", row, 1), made.told.holding(one.id))
    made.put(At("quality", row, 2), data.measured_share, "percent")
    made.put(At("quality", row, 3), data.confirmed_share, "percent")
    made.say(At("quality", row, 4), _grades(made, dict(data.evidence)), "origin")
    lines = [made.told.line(one.id, line) for line in data.gaps]
    gaps = ", ".join(lines) if data.is_measured else made.text("nothing_measured")
    made.say(At("quality", row, 5), gaps, "origin")


def _calibration(made: PortfolioBook, top: int) -> None:
    """How often what was measured lay in the range that was given beforehand."""
    told, found = made.told, made.told.report.calibration
    made.say(At("quality", top, 1), told.text("calibration.title"), "section")
    made.say(At("quality", top + 1, 1), calibration_headline(found.overall, told.language), "wide")
    if not found.judged:
        return
    heads = [made.text(f"calibration.{name}") for name in ("evidence", "count", "inside", "share")]
    made.heads("quality", top + 2, heads)
    rows = {told.evidence(kind) if kind != NOT_STATED else made.text("calibration.not_stated"): one
            for kind, one in found.by_evidence.items()}  # fmt: skip
    for row, (name, score) in enumerate(rows.items(), top + 3):
        _score(made, row, name, score)
    last = top + 2 + len(rows)
    made.say(At("quality", last + 1, 1), told.text("total"), "strong")
    for column, value in ((2, found.overall.count), (3, found.overall.inside)):
        cells = made.column("quality", column, (top + 3, last), "quality")
        made.work_out(At("quality", last + 1, column), f"SUM({cells})", float(value), "whole")
    _share(made, last + 1, found.overall)


def _score(made: PortfolioBook, row: int, name: str, score: Score) -> None:
    made.say(At("quality", row, 1), name)
    made.put(At("quality", row, 2), score.count, "whole")
    made.put(At("quality", row, 3), score.inside, "whole")
    _share(made, row, score)


def _share(made: PortfolioBook, row: int, score: Score) -> None:
    if score.share is not None:
        count, inside = (made.here("quality", row, column) for column in (2, 3))
        made.work_out(At("quality", row, 4), f"{inside}/{count}", score.share, "percent")
