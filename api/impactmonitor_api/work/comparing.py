"""What moved between two cases, as ``impactmonitor diff`` tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from impactmonitor.appraisal.bridge import bridge
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.evaluation.under_scheme import under_scheme
from impactmonitor.messages import Language
from impactmonitor.model.case import Case
from impactmonitor.problems import InvalidInput
from impactmonitor.report.difference import difference_document


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two results.

    Attributes
    ----------
    name : str
        Under which its problems stand.
    case : Case
        What is evaluated.
    catalogue : Catalogue
        In which its references are looked up.
    scheme, scenario : str or None
        A discount scheme instead of the case's own, and a scenario of the case.
    """

    name: str
    case: Case
    catalogue: Catalogue
    scheme: str | None = None
    scenario: str | None = None

    @property
    def result(self) -> Evaluation:
        """The result of this side.

        Raises
        ------
        InvalidInput, NotFound
            As ``evaluate`` raises them, the problems under the name of the side.
        """
        try:
            case = under_scheme(self.case, self.scheme)
            return evaluate(case, self.catalogue, scenario=self.scenario)
        except InvalidInput as invalid:
            raise type(invalid)(p.moved_to(self.name) for p in invalid.problems) from None


def difference_of(old: Side, new: Side, language: Language, every_line: bool) -> dict[str, Any]:
    """The bridge between two sides as one object of plain values.

    Raises
    ------
    InvalidInput, NotFound
        With the problems of either side, or if the two cannot be compared.
    """
    found = bridge(old.result.appraised, new.result.appraised)
    return difference_document(found, language, every_line)
