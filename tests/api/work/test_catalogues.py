"""Catalogues with an organisation's own files: whole, and with all mistakes at once."""

from __future__ import annotations

import pytest

from impactmonitor import load_catalogue
from impactmonitor.catalogue.ranging import with_value_ranges
from impactmonitor.problems import InvalidInput
from impactmonitor_api.work.catalogues import catalogue_with

SOURCE = {"s.yaml": "kind: sources\nsources:\n  own: {title: Own, publisher: Own, year: 2026}\n"}
BROKEN = {
    "v.yaml": "kind: values\nvalues: {odd: {title: x}}\n",
    "frameworks/f.yaml": "kind: frameworks\nframeworks: {odd: {title: x}}\n",
    "effects/e.yaml": "kind: effect-cards\ncards: {ODD: {title: x}}\n",
}


def test_what_is_read_later_does_not_need_the_files_any_more():
    found = catalogue_with(SOURCE)
    assert not any(folder.exists() for folder in found.folders)
    for known in (found, with_value_ranges(found)):
        assert len(known.frameworks.frameworks) == len(load_catalogue().frameworks.frameworks)
        assert len(known.effect_cards.cards) == len(load_catalogue().effect_cards.cards)
        assert len(known.suggestions.topics) == len(load_catalogue().suggestions.topics)


def test_mistakes_of_every_kind_of_file_are_said_at_once_and_once():
    with pytest.raises(InvalidInput) as invalid:
        catalogue_with({**SOURCE, **BROKEN})
    problems = invalid.value.problems
    files = {problem.path.partition(":")[0] for problem in problems}
    assert {name for name in BROKEN if any(name in file for file in files)} == set(BROKEN)
    assert all(problem not in problems[:place] for place, problem in enumerate(problems))


@pytest.mark.parametrize(
    "name", ["../up.yaml", "a/b.yaml", "A.yaml", "a.txt", "a.yaml\n", "/a.yaml"]
)
def test_odd_names_are_refused(name):
    with pytest.raises(InvalidInput) as invalid:
        catalogue_with({name: ""})
    assert [problem.code for problem in invalid.value.problems] == ["addition-name"]
