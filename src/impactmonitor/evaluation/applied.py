"""Which variant's changes are in a result, so that its figures can say who set them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from impactmonitor.model.record import Text

VariantKind = Literal["scenarios", "alternatives"]
SINGULAR: dict[VariantKind, Literal["scenario", "alternative"]] = {
    "scenarios": "scenario",
    "alternatives": "alternative",
}


@dataclass(frozen=True, slots=True)
class AppliedVariant:
    """A scenario or an alternative whose changes are in a result.

    Attributes
    ----------
    kind : {"scenario", "alternative"}
        What it is.
    id : str
        Its name in the case.
    changes : Mapping[str, object]
        The new nodes by path, as they were written.
    title : str, Translated or None
        What people call it; None: the id.
    """

    kind: Literal["scenario", "alternative"]
    id: str
    changes: Mapping[str, object]
    title: Text | None = field(default=None, compare=False)
