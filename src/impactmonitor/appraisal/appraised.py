"""A compiled case with its ledger: what every metric, check and bridge looks at."""

from __future__ import annotations

from dataclasses import dataclass

from impactmonitor.appraisal.compiling import Compiled
from impactmonitor.appraisal.ledger import Ledger
from impactmonitor.catalogue.resolved import Resolved
from impactmonitor.model.case import Case


@dataclass(frozen=True, slots=True)
class Appraised:
    """One case at its point estimate.

    Attributes
    ----------
    resolved : Resolved
        The case and what it takes from the catalogue.
    compiled : Compiled
        Its program and the names of its rows.
    ledger : Ledger
        At the expected values of the inputs.
    most_likely : Ledger
        At the modes of the inputs; the same object when nothing is uncertain.
    """

    resolved: Resolved
    compiled: Compiled
    ledger: Ledger
    most_likely: Ledger

    @property
    def case(self) -> Case:
        """The case that was appraised."""
        return self.resolved.case

    @property
    def years(self) -> range:
        """The years of the horizon."""
        return range(self.case.base_year, self.case.base_year + self.case.horizon)
