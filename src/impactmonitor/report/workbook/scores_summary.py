"""What each group and all of a framework come to, on the sheet on scores."""

from __future__ import annotations

from impactmonitor.report.workbook.scores_asked import Asked
from impactmonitor.report.workbook.scores_block import (
    ANSWER,
    HAS_DATA,
    IN_FRAMEWORK,
    MASS,
    NOT_IN_EUROS,
    VALUE,
    WEIGHT,
    ScoresBlock,
)
from impactmonitor.report.workbook.scores_pictures import draw_scores, pictures_height

RESULTS = (
    "score", "score_unweighted", "coverage", "low", "high", "score_without_monetised",
)  # fmt: skip
FIRST = 3
"""Column of the score."""


class ScoresSummary:
    """Writes the table below the multipliers of a framework.

    Parameters
    ----------
    block : ScoresBlock
        The questions.
    top : int
        Row of the heads.
    """

    def __init__(self, block: ScoresBlock, top: int) -> None:
        self.block, self.rows, self.asked = block, block.rows, block.asked
        self.rows.heads(top, ("group", "about", *RESULTS))
        for row, theme in enumerate(self.asked.themes, start=top + 1):
            self.rows.put(row, 1, theme.title, "name")
            self.rows.put(row, 2, theme.description, "paragraph")
            self._results(row, f".groups.{theme.id}", theme.id)
        row = top + 1 + len(self.asked.themes)
        self.rows.put(row, 1, self.rows.text("together"), "strong")
        self._results(row, "")
        if self.asked.has_readiness:
            self._readiness(row + 1)
        draw_scores(block, top + 1, top + _table_height(self.asked))

    def _results(self, row: int, path: str, theme: str | None = None) -> None:
        styles = {"coverage": "percent"}
        for column, (name, formula) in enumerate(self._formulas(theme).items(), start=FIRST):
            at = self.rows.work_out(row, column, formula, styles.get(name, "ratio"))
            self.rows.keep(f"{self.asked.framework.id}{path}.{name}", at)

    def _formulas(self, theme: str | None) -> dict[str, str]:
        """Over what has data; the bounds are over all that applies, at nothing and in full."""
        of = self.block.of
        data, applies, mass, value, weight, rest = (
            of(column, theme)
            for column in (HAS_DATA, IN_FRAMEWORK, MASS, VALUE, WEIGHT, NOT_IN_EUROS)
        )
        covered, whole = f"SUMPRODUCT({data},{mass})", f"SUMPRODUCT({applies},{mass})"
        gained, highest = f"SUMPRODUCT({data},{mass},{value})", self.rows.fixed("highest")

        def score(*factors: str) -> str:
            below = f"SUMPRODUCT({','.join(factors)})"
            above = f"SUMPRODUCT({','.join((*factors, value))})"
            return f'IF({below}=0,"",{highest}*{above}/{below})'

        return {
            "score": score(data, mass),
            "score_unweighted": score(data, weight),
            "coverage": f'IF({whole}=0,"",{covered}/{whole})',
            "low": f'IF({whole}=0,"",{highest}*{gained}/{whole})',
            "high": f'IF({whole}=0,"",{highest}*({gained}+{whole}-{covered})/{whole})',
            "score_without_monetised": score(data, mass, rest),
        }

    def _readiness(self, row: int) -> None:
        """The lowest level, and how far the highest is ahead; nothing while one is not known."""
        of, rows = self.block.of, self.rows
        answers, applies = of(ANSWER), f"SUM({of(IN_FRAMEWORK)})"
        known = f"SUM({of(HAS_DATA)})-COUNTIF({answers},{rows.fixed('none')})"
        is_whole = f"AND({applies}>1,{known}={applies})"
        formulas = {"overall": f"MIN({answers})", "gap": f"MAX({answers})-MIN({answers})"}
        for i, (name, formula) in enumerate(formulas.items(), start=row):
            rows.put(i, 1, rows.text(f"readiness.{name}"), "label")
            rows.put(i, 2, rows.text(f"readiness.{name}_about"), "paragraph")
            at = rows.work_out(i, FIRST, f'IF({is_whole},{formula},"")', "whole")
            rows.keep(f"{self.asked.framework.id}.readiness.{name}", at)


def summary_height(asked: Asked) -> int:
    """Rows of the table with its heads, and of the pictures below it."""
    return _table_height(asked) + pictures_height(asked)


def _table_height(asked: Asked) -> int:
    return 2 + len(asked.themes) + (2 if asked.has_readiness else 0)
