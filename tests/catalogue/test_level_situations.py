"""The trial of the level texts: its figures are those of its own data."""

from __future__ import annotations

from collections import Counter
from typing import Any

from impactmonitor.catalogue.frameworks import load_frameworks
from impactmonitor.plain import read_yaml
from impactmonitor.resources import folder

TRIALS = folder("indicators").parent / "docs" / "trials"


def trial() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = read_yaml(
        (TRIALS / "level-situations.yaml").read_bytes()
    ).tree
    return found


def test_every_shared_scale_was_tried_with_ten_situations() -> None:
    scales = load_frameworks().scales
    assert set(trial()) == set(scales)
    for name, situations in trial().items():
        assert len(situations) == 10
        levels = range(1, len(scales[name].levels) + 1)
        assert all(one["meant"] in levels and len(one["chosen"]) == 3 for one in situations)
        # every level comes up, as far as there are situations for it
        assert len({one["meant"] for one in situations}) >= min(len(levels), 5)


def test_in_eight_of_ten_situations_three_readers_chose_the_same_level() -> None:
    for name, situations in trial().items():
        same = sum(len(set(one["chosen"])) == 1 for one in situations)
        assert same >= 8, name


def test_the_page_says_what_the_data_say() -> None:
    text = (TRIALS / "level-texts.md").read_text(encoding="utf-8")
    counted = Counter[str]()
    for situations in trial().values():
        counted["scales"] += 1
        for one in situations:
            counted["situations"] += 1
            counted["same"] += len(set(one["chosen"])) == 1
            counted["meant"] += set(one["chosen"]) == {one["meant"]}
    assert f"| scales | {counted['scales']} |" in text
    assert f"| situations | {counted['situations']} |" in text
    assert f"| all three readers chose the same level | {counted['same']} |" in text
    assert f"| all three chose the level that was meant | {counted['meant']} |" in text
