"""Two results for ``impactmonitor diff``."""

from __future__ import annotations

from pathlib import Path

from impactmonitor.appraisal.bridge import Bridge, bridge
from impactmonitor.catalogue import load_catalogue
from impactmonitor.evaluation import Evaluation, evaluate
from impactmonitor.intake import load_case
from impactmonitor.model.case import Discount
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
        case = load_case(path)
        if scheme is not None:
            timing = case.discount.timing if case.discount else Discount().timing
            case = case.model_copy(update={"discount": Discount(scheme=scheme, timing=timing)})
        return evaluate(case, load_catalogue(*(catalogues or ())))
    except InvalidInput as invalid:
        raise type(invalid)(p.moved_to(path.name) for p in invalid.problems) from None
