"""The sheets with the answer: results, years, checks, and what the numbers rest on."""

from __future__ import annotations

from impactmonitor.report.workbook.account import write_account
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.apart import write_apart
from impactmonitor.report.workbook.calculation import Sheet
from impactmonitor.report.workbook.charts import write_charts
from impactmonitor.report.workbook.checks import write_checks
from impactmonitor.report.workbook.computed import Computed, write_computed
from impactmonitor.report.workbook.financing import Financing
from impactmonitor.report.workbook.headline import write_headline
from impactmonitor.report.workbook.parties import write_domains, write_parties
from impactmonitor.report.workbook.returns import Returns
from impactmonitor.report.workbook.sharing import Sharing
from impactmonitor.report.workbook.start import write_start
from impactmonitor.report.workbook.totals import write_totals
from impactmonitor.report.workbook.yearly import Yearly


class Outcome:
    """Writes the answer.

    Attributes
    ----------
    places : Places
        Where each result stands.
    financing : Financing
        Where payments can be tried out.
    """

    def __init__(self, sheet: Sheet, sharing: Sharing, computed: Computed | None) -> None:
        answer = Answer(sheet, sharing)
        self.places = answer.places
        answer.heading("calculation")
        page = answer.book.pages["calculation"]
        page.widths |= {1: 40.0, 2: 20.0}
        page.frozen, page.smallest = (0, 2), 0.45
        yearly = Yearly(answer)
        returns = Returns(answer, yearly)
        write_totals(answer, returns)
        write_parties(answer)
        write_domains(answer)
        write_apart(answer)
        write_account(answer)
        write_checks(answer, yearly)
        write_headline(answer)
        write_charts(answer, yearly)
        self.financing = Financing(answer, yearly, computed)
        write_computed(answer, returns, computed)
        write_start(answer)
