"""The kinds of work that a worker can do."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.uncertainty.running import Progress
from impactmonitor_api.work.conversions import converted
from impactmonitor_api.work.simulations import Drawing, simulated

Kind = Callable[[bytes, Mapping[str, Any], Catalogue, Progress], bytes]
"""Given the input, how it is done, the catalogue as it was when it was asked, and whom to tell how
far it is; gives the result."""


def _simulation(
    body: bytes, options: Mapping[str, Any], catalogue: Catalogue, progress: Progress
) -> bytes:
    drawing = Drawing(**options["drawing"])
    language = options["language"]
    found = simulated(body, options["ending"], catalogue, drawing, language, progress)
    return json.dumps(found, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _conversion(
    body: bytes, options: Mapping[str, Any], catalogue: Catalogue, progress: Progress
) -> bytes:
    progress(0, 1)
    language = options["language"]
    return converted(body, options["ending"], options["target"], catalogue, language)


KINDS: Mapping[str, Kind] = {"simulation": _simulation, "conversion": _conversion}
