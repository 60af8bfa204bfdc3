"""The sheet of financed emissions and adverse impacts; it is left empty without any investee."""

from __future__ import annotations

from impactmonitor.intake.workbook.layout import At
from impactmonitor.portfolio.template_results import TemplateResult
from impactmonitor.report.portfolio_book import PortfolioBook
from impactmonitor.report.portfolio_emissions import known_figures, template_title
from impactmonitor.report.report_book import TABLE_ROW

HEADS = ("figure", "value", "unit", "coverage", "quality")


def emissions_page(made: PortfolioBook) -> None:
    """A table for each template, with how much of the money it rests on."""
    told = made.told
    made.start("emissions", told.text("emissions.title"), told.text("emissions.caption"),
               (52, 14, 34, 12, 12))  # fmt: skip
    made.page("emissions").frozen = (TABLE_ROW - 1, 1)
    row = TABLE_ROW
    for result in told.report.templates:
        row = _template(made, row, result) + 2
    if not told.report.templates:
        made.say(At("emissions", row, 1), told.text("emissions.none"), "wide")


def _template(made: PortfolioBook, top: int, result: TemplateResult) -> int:
    """A table from a row on; returns its last row."""
    told = made.told
    made.say(At("emissions", top, 1), template_title(told, result), "section")
    edition = told.text("emissions.edition", edition=result.template.edition)
    made.say(At("emissions", top + 1, 1), edition, "note")
    made.heads("emissions", top + 2, [told.text(f"emissions.{name}") for name in HEADS])
    made.say(At("emissions", top + 2, 3), told.text("emissions.unit"), "head")
    row = top + 2
    figures = known_figures(told, result)
    for row, one in enumerate(figures, top + 3):
        made.say(At("emissions", row, 1), one.title)
        made.put(At("emissions", row, 2), one.value, "percent" if one.is_share else "amount")
        made.say(At("emissions", row, 3), one.unit, "origin")
        made.put(At("emissions", row, 4), one.coverage, "percent")
        made.put(At("emissions", row, 5), one.quality, "ratio")
    if len(figures) < len(result.indicators):
        row += 1
        count = len(result.indicators)
        said = told.text("emissions.others", known=len(figures), count=count)
        made.say(At("emissions", row, 1), said, "wide")
    return row
