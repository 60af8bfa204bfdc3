"""Point estimates of many loaded cases: our ways beside plain loops and beside pandas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks import naive, with_pandas
from benchmarks.cases import cases
from benchmarks.measuring import interleaved, table
from impactmonitor.appraisal.compiling import Compiled, compile_case
from impactmonitor.appraisal.ledger import run
from impactmonitor.appraisal.program import lay_end_to_end
from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.resolve import resolve
from impactmonitor.evaluation import evaluate
from impactmonitor.model.case import SOCIETY, Case

AT_ONCE = 200
"""Cases that are laid end to end: enough to make numpy's calls cheap, few enough for a cache."""
TOLERANCE = 1e-9


def compiled(batch: Sequence[Case]) -> list[Compiled]:
    """The cases as programs."""
    catalogue = load_catalogue()
    return [compile_case(resolved) for case in batch if (resolved := resolve(case, catalogue)[0])]


def net_values(programs: Sequence[Compiled]) -> list[np.ndarray]:
    """Net present value of the parties of each case; the last of them is society."""
    found = []
    for start in range(0, len(programs), AT_ONCE):
        part = programs[start : start + AT_ONCE]
        joined = lay_end_to_end([one.program for one in part])
        inputs = np.concatenate([one.expected() for one in part])
        ledger = run(joined, inputs)
        found += np.split(ledger.parties.net[:, 0], joined.case_party[1:])
    return found


def in_batches(batch: Sequence[Case]) -> list[np.ndarray]:
    """From loaded cases to net values, without keeping more programs than needed."""
    parts = (batch[start : start + AT_ONCE] for start in range(0, len(batch), AT_ONCE))
    return [values for part in parts for values in net_values(compiled(part))]


def check_agreement(batch: Sequence[Case]) -> None:
    """All ways give the same numbers, to 1e-9 of the largest of the case."""
    catalogue = load_catalogue()
    tabled = with_pandas.net_values(batch).to_dict()  # an actor without any line is not in it
    for i, (case, ours) in enumerate(zip(batch, in_batches(batch), strict=True)):
        plain = naive.net_values(case)
        whole = evaluate(case, catalogue)
        parties = whole.by_actor | whole.by_perspective
        ours_by_name = dict(zip(whole.appraised.compiled.parties, ours, strict=True))
        size = max(abs(value) for value in plain.values())
        for name in (*case.actors, SOCIETY):
            others = (ours_by_name[name], parties[name].net, tabled.get((i, name), 0.0))
            assert all(abs(other - plain[name]) <= TOLERANCE * size for other in others), name


def figures(count: int, repeats: int, is_uncertain: bool = True) -> Iterator[str]:
    """Whole evaluations, and the batch taken apart."""
    batch = cases(count, is_uncertain)
    check_agreement(batch[: 2 * AT_ONCE])
    catalogue = load_catalogue()
    programs = compiled(batch)
    looked_up = [resolve(case, catalogue)[0] for case in batch]
    plain = "plain loops"
    measured = interleaved(
        {
            plain: lambda: [naive.net_values(case) for case in batch],
            "in batches": lambda: in_batches(batch),
            "of which: look up": lambda: [resolve(case, catalogue) for case in batch],
            "of which: compile": lambda: [compile_case(one) for one in looked_up if one],
            "of which: lay end to end, run": lambda: net_values(programs),
            "evaluate(), one by one": lambda: [evaluate(case, catalogue) for case in batch],
            "pandas, one case at a time": lambda: [with_pandas.net_values([c]) for c in batch],
            "pandas, all cases in one table": lambda: with_pandas.net_values(batch),
        },
        repeats,
    )
    kind = "" if is_uncertain else ", certain numbers only"
    title = f"{count:,} point estimates, per case{kind}"
    yield table(title, measured, beside=plain, per=count)
