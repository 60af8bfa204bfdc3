"""Makes the cases of the example fund from the other examples, always the same.

``python -m tests.examples.making_fund`` writes them; a test finds the files equal to what this
makes.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.examples.fund_cases import CANDIDATES, EARLIER, HELD
from tests.examples.varying import Variation, varied

from impactmonitor.intake.writing import to_yaml
from impactmonitor.model.case import Case
from impactmonitor.resources import folder

FUND = folder("examples") / "example-fund"
CASES, REPORTED = "cases", "reported-2025"
_HEAD = (
    "# Invented: a variation of the example {base}, made from it by a program.\n"
    "# See the README of this folder. Change the program, not this file.\n"
)


def variations() -> dict[str, Variation]:
    """Every case of the fund, by the name of its file."""
    earlier = {name: replace(HELD[of], **other) for name, (of, other) in EARLIER.items()}
    return {**HELD, **earlier, **CANDIDATES}


def fund_files() -> dict[str, str]:
    """Path below the folder of the fund, and text, of every case."""
    found = {}
    for name, how in variations().items():
        case_id = EARLIER[name][0] if name in EARLIER else name
        case = Case.model_validate(varied(case_id, how))
        found[_place(name)] = _HEAD.format(base=how.base) + to_yaml(case)
    return found


def _place(name: str) -> str:
    """The file of a case; what was reported before stands apart from it."""
    return f"{REPORTED}/{EARLIER[name][0]}.yaml" if name in EARLIER else f"{CASES}/{name}.yaml"


def write(to: Path = FUND) -> None:
    """Write the cases."""
    for path, text in fund_files().items():
        (to / path).parent.mkdir(parents=True, exist_ok=True)
        (to / path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
