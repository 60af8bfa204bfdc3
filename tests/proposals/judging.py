"""Small cases as the checks of plausibility see them."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests import small

from impactmonitor import load_catalogue
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.evaluation.gaps import gaps_of
from impactmonitor.proposals.checked import Flag
from impactmonitor.proposals.judged import Judged
from impactmonitor.proposals.plausibility import CHECKS
from impactmonitor.proposals.thresholds import Thresholds

FIND = {check.id: check.find for check in CHECKS}


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


def judged(limits: Thresholds | None = None, **fields: Any) -> Judged:
    result = small.result(catalogue(), **fields)
    return Judged(result, catalogue(), gaps_of(result), limits or Thresholds())


def asked(check: str, limits: Thresholds | None = None, **fields: Any) -> list[Flag]:
    """What one check asks about a small case."""
    find = FIND[check]
    assert find is not None
    return list(find(judged(limits, **fields)))
