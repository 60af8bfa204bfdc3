"""The sheets with the answer: results, years, checks, and what the numbers rest on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from impactmonitor.intake.workbook.filled import Filled
from impactmonitor.intake.workbook.layout import At
from impactmonitor.model.case import Case
from impactmonitor.report.workbook.account import name_cards, write_account
from impactmonitor.report.workbook.answer import Answer
from impactmonitor.report.workbook.apart import write_apart
from impactmonitor.report.workbook.assessment_beside import Beside
from impactmonitor.report.workbook.calculation import Sheet
from impactmonitor.report.workbook.charts import write_charts
from impactmonitor.report.workbook.checks import write_checks
from impactmonitor.report.workbook.computed import Computed, write_computed
from impactmonitor.report.workbook.financing import Financing
from impactmonitor.report.workbook.headline import WARNING, write_headline
from impactmonitor.report.workbook.instruments import Schedules
from impactmonitor.report.workbook.parties import write_domains, write_parties
from impactmonitor.report.workbook.returns import Returns
from impactmonitor.report.workbook.scores import Scores
from impactmonitor.report.workbook.scores_asked import Asked
from impactmonitor.report.workbook.sharing import Sharing
from impactmonitor.report.workbook.start import write_start
from impactmonitor.report.workbook.totals import write_totals
from impactmonitor.report.workbook.yearly import Yearly


class Outcome:
    """Writes the answer.

    Parameters
    ----------
    sheet, sharing : Sheet, Sharing
        The calculation, and what each party has of it.
    computed : Computed or None
        What the engine found.
    lent : collection of int
        Rows of transfers with money that is lent or invested, or comes back.
    asked : sequence of Asked
        The frameworks that are answered.
    beside : Mapping of str to Beside
        Where the answers of their assessors come together, by framework.

    Attributes
    ----------
    places : Places
        Where each result stands.
    financing : Financing
        Where payments can be tried out.
    scores : Scores
        Where other answers and multipliers can be tried out.
    schedules : Schedules or None
        Where other terms of instruments can be tried out, for a case that has them.
    """

    def __init__(
        self,
        sheet: Sheet,
        sharing: Sharing,
        computed: Computed | None,
        lent: Collection[int] = (),
        asked: Sequence[Asked] = (),
        beside: Mapping[str, Beside] = MappingProxyType({}),
    ) -> None:
        answer = self._answer = Answer(sheet, sharing)
        self.schedules: Schedules | None = None
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
        self.financing = Financing(answer, yearly, computed, lent)
        self.scores = Scores(answer, asked, beside)
        write_computed(answer, returns, computed)
        write_start(answer, asked)

    def show_instruments(self, case: Case, filled: Filled) -> None:
        """The instruments of a case with their schedules, which the rows of their legs follow."""
        self.schedules = Schedules(self._answer, case, self.financing.bottom)
        self.schedules.link(filled)
        self._warn_at_results(self.schedules.warning)

    def name_cards(self, case: Case) -> None:
        """The effect cards of a case, in the account."""
        name_cards(self._answer, case)

    def _warn_at_results(self, at: At) -> None:
        """Repeat a warning there, before any other."""
        book, warning = self._answer.book, self._answer.ref(at)
        other = book.pages["results"].cells[WARNING.row, WARNING.column].formula
        book.work_out(WARNING, f'IF({warning}="",{other},{warning})', "strong")
