"""Batches for the tests of what is shown of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests import small
from tests.proposals.judging import catalogue

from impactmonitor.proposals.checked import CheckedBatch
from impactmonitor.proposals.checking import check_batch

ASKING = {"walks": small.gain({"parameter": "met"}, title="Walking", lasts=9)}
PARAMETERS = {"met": {"value": 2000, "unit": "person"}}
ABOUT = {"author": "A. Lovelace", "organisation": "Walk On", "population": 900,
         "date": "2026-10-01", "version": "2", "status": "draft"}  # fmt: skip


def put(into: Path, name: str, **fields: Any) -> None:
    """One intake: by default one that asks for questions."""
    given = {"effects": ASKING, "parameters": PARAMETERS, "about": ABOUT,
             "costs": {"work": small.cost()}, **fields}  # fmt: skip
    (into / name).write_text(json.dumps({**small.tree(**given), **_named(fields)}))


def _named(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: fields[key] for key in ("id", "title") if key in fields}


def batch(into: Path) -> CheckedBatch:
    """Three files: with questions, with mistakes, and one that is no case at all."""
    into.mkdir(exist_ok=True)
    put(into, "a.json", id="walk-on", title="Walk on")
    put(into, "b.json", id="broken", title="Broken", horizon=-1)
    (into / "c.yaml").write_text("[")
    (into / "~$a.xlsx").write_text("")
    return check_batch(into, catalogue())
