"""How long commands take from start to end, beside an interpreter that does nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from benchmarks.measuring import interleaved, process, table
from impactmonitor.catalogue import load_catalogue
from impactmonitor.evaluation import evaluate
from impactmonitor.intake import load_case
from impactmonitor.resources import folder

NOTHING = "python -c pass"
EXAMPLES = ("perry-age-27", "neighbourhood-prevention")


def figures(repeats: int) -> Iterator[str]:
    """Processes, and an evaluation inside one."""
    paths = {name: folder("examples") / name / "case.yaml" for name in EXAMPLES}
    commands = {
        "version": ["version"],
        "--help": ["--help"],
        "schema": ["schema"],
        "values gp-consult": ["values", "gp-consult"],
    } | {f"evaluate {name}": ["evaluate", str(path)] for name, path in paths.items()}
    candidates = {NOTHING: process(sys.executable, "-c", "pass")}
    for name, words in commands.items():
        candidates[name] = process(sys.executable, "-m", "impactmonitor", *words)
    catalogue = load_catalogue()
    for name, path in paths.items():
        case = load_case(path)
        candidates[f"evaluate() of {name}, loaded"] = lambda case=case: evaluate(case, catalogue)
    yield table("Start to end", interleaved(candidates, repeats), beside=NOTHING)
