"""What can be asked of many cases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from impactmonitor.uncertainty.blocks import RANDOMISATIONS
from impactmonitor.uncertainty.running import Sampling
from impactmonitor.uncertainty.simulation import METHOD, MOST_DRAWS, SEED

PART, LARGEST_PART = 200, 10_000
"""Cases in each part: some seconds of work, so that little is lost by a stop."""


@dataclass(frozen=True, slots=True)
class BulkOptions:
    """What is asked of many cases.

    Attributes
    ----------
    draws : int or None
        How many, rounded up to a multiple of 8; None for point results only.
    seed : int
        The same seed gives the same numbers.
    part : int
        Cases in each part, 1 to 10,000; no number depends on it.
    catalogues : tuple of Path
        Folders that add to the catalogue.
    """

    draws: int | None = None
    seed: int = SEED
    part: int = PART
    catalogues: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        if self.draws is not None and not 1 <= self.draws <= MOST_DRAWS:
            raise ValueError(f"draws lie between 1 and {MOST_DRAWS}, not {self.draws}")
        if not 1 <= self.part <= LARGEST_PART:
            raise ValueError(f"a part has 1 to {LARGEST_PART} cases, not {self.part}")

    @property
    def sampling(self) -> Sampling | None:
        """Which draws."""
        if self.draws is None:
            return None
        return Sampling(-(-self.draws // RANDOMISATIONS) * RANDOMISATIONS, self.seed, METHOD)
