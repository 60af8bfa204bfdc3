"""The workbook of plan against result: its sheets, and what stands where something is hidden."""

from __future__ import annotations

from dataclasses import dataclass

from impactmonitor.report.report_book import ReportBook
from impactmonitor.report.track_words import TrackWords


@dataclass
class TrackBook(ReportBook):
    """A workbook that is being made.

    Attributes
    ----------
    told : TrackWords
        What may be shown, and the words.
    """

    told: TrackWords

    @property
    def absent(self) -> str:
        """The word for what is hidden."""
        return self.told.text("hidden")

    def text(self, key: str, **params: object) -> str:
        """A text of the workbook."""
        return self.told.text(f"workbook.{key}", **params)
