"""The cases of a portfolio: read once, evaluated once, however many holdings and periods ask."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.evaluation.under_scheme import under_scheme
from impactmonitor.intake.files import is_file
from impactmonitor.intake.portfolio_reading import PortfolioReading
from impactmonitor.intake.reading import load_case
from impactmonitor.measuring.selecting import View
from impactmonitor.measuring.yearly import IncompleteYear
from impactmonitor.model.case import Case
from impactmonitor.model.record import FrozenDict
from impactmonitor.portfolio.conversion import Conversion, conversion_of
from impactmonitor.problems import InvalidInput, NotFound, Problem, nearest
from impactmonitor.tracking.expecting import expected_figures
from impactmonitor.tracking.gathering import Gathered, gathered
from impactmonitor.tracking.measured_case import AMOUNT, QUANTITY, as_measured

ENDINGS = (".yaml", ".yml", ".json", ".xlsx")


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A case of a portfolio, evaluated as the fund does.

    Attributes
    ----------
    path : str
        Of its file, below the folder of the portfolio.
    fingerprint : str
        SHA-256 of the file.
    evaluation : Evaluation
        As it was planned, without its alternatives and scenarios, under the scheme of the fund.
    conversion : Conversion
        From the money of the case to that of the fund.
    """

    path: str
    fingerprint: str
    evaluation: Evaluation
    conversion: Conversion

    @property
    def case(self) -> Case:
        """The case that was evaluated."""
        return self.evaluation.case


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case by the end of a period.

    Attributes
    ----------
    realised : Evaluation or None
        The case with what was measured in the place of what was expected; None where nothing was
        measured in a complete year.
    measured : frozenset of str
        Lines of which everything that was to start by then was measured.
    incomplete : tuple of IncompleteYear
        Years of which a part was not reported; they do not count.
    """

    realised: Evaluation | None
    measured: frozenset[str] = frozenset()
    incomplete: tuple[IncompleteYear, ...] = ()


@dataclass
class CaseBook:
    """Reads and evaluates the cases of a portfolio, each file once.

    Attributes
    ----------
    reading : PortfolioReading
        Whose cases they are.
    catalogue : Catalogue
        In which they are evaluated.
    """

    reading: PortfolioReading
    catalogue: Catalogue
    _found: dict[str, Appraisal | tuple[Problem, ...]] = field(default_factory=dict)
    _outcomes: dict[tuple[str, int, View], Outcome | tuple[Problem, ...]] = field(
        default_factory=dict
    )

    def appraisal(self, path: str) -> Appraisal | tuple[Problem, ...]:
        """A case of the portfolio, or everything that is wrong with it.

        Parameters
        ----------
        path : str
            As the holding names it.
        """
        if path not in self._found:
            self._found[path] = self._appraised(path)
        return self._found[path]

    def outcome(self, one: Appraisal, period: int, view: View) -> Outcome | tuple[Problem, ...]:
        """What came of a case by the end of a year, or everything that is wrong with it.

        Parameters
        ----------
        one : Appraisal
            From ``appraisal``.
        period : int
            Calendar year.
        view : {"restated", "first_reported"}
            Of restated measurements within the file.
        """
        key = (one.fingerprint, period, view)
        if key not in self._outcomes:
            try:
                self._outcomes[key] = outcome_of(one.evaluation, self.catalogue, period, view)
            except InvalidInput as invalid:
                self._outcomes[key] = invalid.problems
        return self._outcomes[key]

    def _appraised(self, path: str) -> Appraisal | tuple[Problem, ...]:
        try:
            file = case_file(self.reading.folder, path)
            fingerprint = hashlib.sha256(file.read_bytes()).hexdigest()
            twin = self._twin(fingerprint)
            if twin is not None:
                return Appraisal(path, fingerprint, twin.evaluation, twin.conversion)
            found = evaluated(load_case(file), self.reading.portfolio.scheme, self.catalogue)
            conversion = conversion_of(self.reading.portfolio, found, self.catalogue)
        except InvalidInput as invalid:
            return invalid.problems
        except NotFound as missing:
            return (missing.problem,)
        return Appraisal(path, fingerprint, found, conversion)

    def _twin(self, fingerprint: str) -> Appraisal | None:
        """The same file under another name."""
        for one in self._found.values():
            if isinstance(one, Appraisal) and one.fingerprint == fingerprint:
                return one
        return None


def case_file(folder: Path, path: str) -> Path:
    """The file of a case, which stands in the folder of the portfolio or below it.

    Parameters
    ----------
    folder : Path
        Of the portfolio.
    path : str
        With ``/`` between folders.

    Raises
    ------
    InvalidInput
        ``case-outside-folder`` for a path that is absolute or leaves the folder, also through a
        link; ``case-file-kind``.
    NotFound
        ``case-file-not-found``, with the nearest name.
    """
    written = PurePosixPath(path)
    params: dict[str, object] = {"file": path}
    is_odd = "\\" in path or "\0" in path or ":" in path
    if is_odd or written.is_absolute() or ".." in written.parts or not written.parts:
        raise InvalidInput([Problem("case-outside-folder", params=params)])
    if written.suffix.lower() not in ENDINGS:
        kinds: dict[str, object] = {"file": path, "known": ", ".join(ENDINGS)}
        raise InvalidInput([Problem("case-file-kind", params=kinds)])
    file = folder / written
    if not is_file(file):
        near: dict[str, object] = {"file": path, "nearest": nearest(path, _files(folder))}
        raise NotFound(Problem("case-file-not-found", params=near))
    if not file.resolve().is_relative_to(folder.resolve()):
        raise InvalidInput([Problem("case-outside-folder", params=params)])
    return file


def file_problems(reading: PortfolioReading) -> Iterator[Problem]:
    """Every case file that a portfolio names and that is not there, of any period or candidate.

    Parameters
    ----------
    reading : PortfolioReading
        Whose files are looked for; they are not opened.
    """
    portfolio = reading.portfolio
    named = {f"candidates.{name}.case": one.case for name, one in portfolio.candidates.items()}
    for name, holding in portfolio.holdings.items():
        if holding.case is not None:
            named[f"holdings.{name}.case"] = holding.case
        named |= {f"holdings.{name}.versions.{y}": p for y, p in holding.versions.items()}
    for place, path in named.items():
        try:
            case_file(reading.folder, path)
        except InvalidInput as invalid:
            yield from (problem.moved_to(place) for problem in invalid.problems)
        except NotFound as missing:
            yield missing.problem.moved_to(place)


def _files(folder: Path) -> list[str]:
    found = (file for file in folder.glob("*/*") if file.suffix.lower() in ENDINGS)
    near = (file for file in folder.glob("*") if file.suffix.lower() in ENDINGS)
    return sorted(file.relative_to(folder).as_posix() for file in (*near, *found))


def evaluated(case: Case, scheme: str | None, catalogue: Catalogue) -> Evaluation:
    """A case as the fund evaluates it: without its variants, and under the fund's scheme.

    Parameters
    ----------
    case : Case
        From its file.
    scheme : str or None
        Of the fund; None leaves every case its own.
    catalogue : Catalogue

    Raises
    ------
    InvalidInput
        As ``evaluate`` does.
    """
    bare = case.model_copy(update={name: FrozenDict() for name in _VARIANTS})
    return evaluate(under_scheme(bare, scheme), catalogue)


_VARIANTS = ("alternatives", "scenarios", "decisions")


def outcome_of(plan: Evaluation, catalogue: Catalogue, period: int, view: View) -> Outcome:
    """What was measured of a case up to and with a year, in the place of what was planned.

    Parameters
    ----------
    plan : Evaluation
        The case as it was planned.
    catalogue : Catalogue
        In which it was evaluated.
    period : int
        Calendar year.
    view : {"restated", "first_reported"}
        Of restated measurements.

    Returns
    -------
    Outcome
        Only complete years replace the plan.

    Raises
    ------
    InvalidInput
        If the case as measured cannot be evaluated.
    """
    case = plan.case
    if not case.measurements:
        return Outcome(None)
    found = gathered(case, catalogue, str(period), view)
    figures = {
        key: inside
        for key, yearly in found.figures.items()
        if (inside := {y: x for y, x in yearly.items() if case.base_year <= y <= period})
    }
    incomplete = tuple(one for one in found.incomplete if one.year <= period)
    if not figures:
        return Outcome(None, incomplete=incomplete)
    realised = evaluate(as_measured(case, figures), catalogue)
    return Outcome(realised, _measured_lines(plan, found, period), incomplete)


def _measured_lines(plan: Evaluation, found: Gathered, period: int) -> frozenset[str]:
    planned: Mapping[tuple[str, str], Mapping[int, float]] = expected_figures(plan.appraised)
    lines = set()
    for (path, name), yearly in found.figures.items():
        due = {y for y, x in planned.get((path, name), {}).items() if y <= period and x != 0}
        if name in (QUANTITY, AMOUNT) and due <= set(yearly) and min(yearly) <= period:
            lines.add(path.partition(".")[2])
    costs = set(plan.case.costs)
    if costs and costs <= lines:
        lines.add("excess-burden")
    return frozenset(lines)
