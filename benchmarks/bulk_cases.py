"""Many cases to measure with: the examples of the project, each time with other amounts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from impactmonitor.plain import read_yaml
from impactmonitor.resources import folder

SCALED = (("costs", "amount"), ("effects", "quantity"))
LOWEST, HIGHEST = 0.5, 2.0
FORMS = {"pert", "triangular", "uniform", "lognormal"}


def varied(count: int) -> Iterator[dict[str, Any]]:
    """Cases in turn of every example: the same for the same number, and no two alike."""
    examples = [read_yaml(path.read_bytes()).tree
                for path in sorted(folder("examples").glob("*/case.yaml"))]  # fmt: skip
    for number in range(count):
        yield _varied(examples[number % len(examples)], number)


def write_lines(file: Path, count: int) -> Path:
    """The cases as lines of a file."""
    with file.open("w", encoding="utf-8") as stream:
        for tree in varied(count):
            stream.write(json.dumps(tree, ensure_ascii=False) + "\n")
    return file


def _varied(tree: dict[str, Any], number: int) -> dict[str, Any]:
    random = Random(number)  # noqa: S311  no secret
    made = {**tree, "id": f"varied-{number}"}
    for section, field in SCALED:
        made[section] = {
            name: {**line, field: _scaled(line[field], random.uniform(LOWEST, HIGHEST))}
            if field in line
            else line
            for name, line in tree.get(section, {}).items()
        }
    return made


def _scaled(value: Any, factor: float) -> Any:
    """A figure or a distribution of a well-known form times a factor; others as they are."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value * factor
    if isinstance(value, dict) and set(value) <= FORMS:
        return {form: _all_scaled(numbers, factor) for form, numbers in value.items()}
    return value


def _all_scaled(numbers: Any, factor: float) -> Any:
    if isinstance(numbers, dict):
        return {name: factor * number for name, number in numbers.items()}
    return [factor * number for number in numbers]
