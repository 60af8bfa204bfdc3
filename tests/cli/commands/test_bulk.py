"""The options of the command for many cases are those that the library has without being told."""

from __future__ import annotations

import inspect
from dataclasses import fields

from tests.cli.test_commands import call, flat

from impactmonitor.bulk.options import BulkOptions
from impactmonitor.cli.commands.bulk import bulk


def test_what_is_not_asked_is_what_the_library_takes():
    given = inspect.signature(bulk).parameters
    library = {field.name: field.default for field in fields(BulkOptions)}
    for name in ("draws", "seed", "part"):
        assert given[name].default == library[name]


def test_a_folder_for_the_results_is_always_asked():
    assert "--out" in flat(call("bulk", "cases.jsonl", code=2).output)
