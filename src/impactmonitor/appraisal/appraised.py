"""A compiled case with its ledger: what every metric, check and bridge looks at."""

from __future__ import annotations

from dataclasses import dataclass

from impactmonitor.appraisal.compiling import Compiled
from impactmonitor.appraisal.ledger import Ledger
from impactmonitor.catalogue.resolved import Resolved


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
    def years(self) -> range:
        """The years of the horizon."""
        case = self.resolved.case
        return range(case.base_year, case.base_year + case.horizon)
