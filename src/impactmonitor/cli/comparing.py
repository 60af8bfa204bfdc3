"""Two results for ``impactmonitor diff``."""

from __future__ import annotations

from pathlib import Path

from impactmonitor.appraisal.bridge import Bridge, bridge
from impactmonitor.catalogue import load_catalogue
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.evaluation.under_scheme import under_scheme
from impactmonitor.intake import load_case
from impactmonitor.problems import InvalidInput

Side = tuple[Path, list[Path] | None, str | None]


def difference(old: Side, new: Side) -> Bridge:
    """The bridge between two files, each with its catalogue folders and discount scheme.

    Raises
    ------
    InvalidInput, NotFound
        With the problems of either side.
    """
    return bridge(_evaluated(*old).appraised, _evaluated(*new).appraised)


def _evaluated(path: Path, catalogues: list[Path] | None, scheme: str | None) -> Evaluation:
    try:
        case = under_scheme(load_case(path), scheme)
        return evaluate(case, load_catalogue(*(catalogues or ())))
    except InvalidInput as invalid:
        raise type(invalid)(p.moved_to(path.name) for p in invalid.problems) from None
