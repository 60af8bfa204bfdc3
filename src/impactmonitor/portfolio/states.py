"""A portfolio at one moment, with what was known then: shares, cases and their amounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from impactmonitor.measuring.selecting import View
from impactmonitor.model.portfolio import Holding, Portfolio
from impactmonitor.portfolio.attribution import Attribution, attribution
from impactmonitor.portfolio.cases import Appraisal, CaseBook, Outcome
from impactmonitor.portfolio.few_people import tells_of_few
from impactmonitor.portfolio.ledger import case_rows, held_rows, of_basis
from impactmonitor.portfolio.measured import IndicatorResult, template_results
from impactmonitor.portfolio.rows import Basis, Row, Totals, total_of
from impactmonitor.portfolio.stands import Stand
from impactmonitor.problems import Problem, errors


@dataclass(frozen=True, slots=True)
class Moment:
    """Which period is looked at, and with what was known when.

    Attributes
    ----------
    period : int
        Calendar year, at the end of which is looked.
    known_in : int or None
        The report of this year: corrections that were made later do not count, and cases are as
        they stood then. None: everything that is known.
    """

    period: int
    known_in: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A holding at one moment.

    Attributes
    ----------
    name : str
        Of the holding.
    holding : Holding
    share : Attribution
    appraisal : Appraisal or None
        None without a case, where the case has problems, and where it is not held.
    outcome : Outcome or None
        What was measured of it.
    indicators : Mapping[str, IndicatorResult]
        With all figures, also those that may not be told.
    rows : tuple of Row
        Of the holding, with its shares.
    problems : tuple of Problem
        Why there is no result.
    is_hidden : bool
        So few people stand behind what was measured that the plan stands in its place.
    """

    name: str
    holding: Holding
    share: Attribution
    appraisal: Appraisal | None = None
    outcome: Outcome | None = None
    indicators: Mapping[str, IndicatorResult] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_hidden: bool = False

    def whole(self, basis: Basis) -> Totals | None:
        """The whole case on a basis; None where there is no result."""
        if self.appraisal is None:
            return None
        return total_of(of_basis(self.rows, basis), is_whole=True)

    def totals(self, basis: Basis) -> Totals | None:
        """The part of the fund on a basis; None where there is no result or no share."""
        if self.appraisal is None or self.share_of(basis) is None:
            return None
        return total_of(of_basis(self.rows, basis))

    def share_of(self, basis: Basis) -> float | None:
        """The share that goes with a basis."""
        return self.share.commitment_share if basis == "lifetime" else self.share.period_share

    def stand(self, basis: Basis) -> Stand:
        """What the holding is on a basis, to be compared with another moment."""
        return Stand(self.share.is_held, self.share_of(basis), self.whole(basis), self.appraisal)


@dataclass
class States:
    """Works out a portfolio at several moments, and every file once.

    Attributes
    ----------
    book : CaseBook
        Reads and evaluates the cases.
    """

    book: CaseBook
    _rows: dict[tuple[str, int, View], tuple[Row, ...]] = field(default_factory=dict)
    _indicators: dict[tuple[str, int, View], dict[str, IndicatorResult]] = field(
        default_factory=dict
    )
    _states: dict[Moment, dict[str, Held]] = field(default_factory=dict)

    @property
    def portfolio(self) -> Portfolio:
        """Whose holdings they are."""
        return self.book.reading.portfolio

    @cached_property
    def periods(self) -> tuple[int, ...]:
        """The periods of which there are positions."""
        return periods_of(self.portfolio)

    def at(self, moment: Moment) -> Mapping[str, Held]:
        """Every holding at one moment, in the order of the file."""
        if moment not in self._states:
            self._states[moment] = {
                name: self._held(name, holding, moment)
                for name, holding in self.portfolio.holdings.items()
            }
        return self._states[moment]

    def _held(self, name: str, holding: Holding, moment: Moment) -> Held:
        share = attribution(holding, moment.period, moment.known_in)
        bare = Held(name, holding, share)
        if not share.is_held or holding.case is None:
            return bare
        path, place = version_of(name, holding, moment.known_in)
        one = self.book.appraisal(path)
        if not isinstance(one, Appraisal):
            return replace(bare, problems=_placed(one, place))
        view = self._view(holding, moment)
        outcome = self.book.outcome(one, moment.period, view)
        if not isinstance(outcome, Outcome):
            return replace(bare, problems=_placed(outcome, place))
        key = (one.fingerprint, moment.period, view)
        is_hidden = tells_of_few(one.case, self.book.catalogue, moment.period, view)
        if is_hidden:
            outcome = Outcome(None)
        if key not in self._rows:
            self._rows[key] = case_rows(one, outcome, moment.period)
            self._indicators[key] = template_results(
                one, outcome, self.book.catalogue, moment.period, view
            )
        indicators = {
            each: replace(result, share=share.period_share)
            for each, result in self._indicators[key].items()
        }
        rows = held_rows(self._rows[key], name, share)
        return Held(name, holding, share, one, outcome, indicators, rows, is_hidden=is_hidden)

    def _view(self, holding: Holding, moment: Moment) -> View:
        """Which of restated measurements within one file count.

        A file that was kept of a report holds what was known then. Without one the first figures
        of each period are what was reported, unless it is the last period there is.
        """
        known = moment.known_in
        if known is None or known in holding.versions or known > moment.period:
            return "restated"
        is_last = not self.periods or known >= self.periods[-1]
        return "restated" if is_last else "first_reported"


def version_of(name: str, holding: Holding, known_in: int | None) -> tuple[str, str]:
    """The file of a case as it was known in a year, and where the portfolio names it.

    Examples
    --------
    >>> one = Holding.model_validate({"case": "homes/case.yaml", "instrument": "loan",
    ...     "versions": {2025: "homes/2025.yaml"}})
    >>> version_of("our-loan", one, 2025), version_of("our-loan", one, None)[0]
    (('homes/2025.yaml', 'holdings.our-loan.versions.2025'), 'homes/case.yaml')
    """
    if known_in is not None and known_in in holding.versions:
        return holding.versions[known_in], f"holdings.{name}.versions.{known_in}"
    return holding.case or "", f"holdings.{name}.case"


def _placed(problems: Iterable[Problem], place: str) -> tuple[Problem, ...]:
    """Problems of a case below the place where the portfolio names it."""
    return tuple(
        replace(one.moved_to(place), line=None, cell=None, sheet=None) for one in errors(problems)
    )


def periods_of(portfolio: Portfolio) -> tuple[int, ...]:
    """The periods of which there are positions, the earliest first."""
    years = {year for holding in portfolio.holdings.values() for year in holding.positions}
    return tuple(sorted(years))
