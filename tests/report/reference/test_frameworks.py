"""The page with every framework, in both languages."""

from __future__ import annotations

import pytest

from impactmonitor.catalogue.frameworks import load_frameworks
from impactmonitor.catalogue.suggestions import load_suggestions
from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.report.reference.frameworks import frameworks_page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_every_framework_indicator_and_label(language: Language) -> None:
    page = frameworks_page(language)
    for framework in load_frameworks().frameworks.values():
        start = page.index(f"\n`{framework.id}`\n")
        section = page[start : page.find("\n## ", start)]
        assert f"`{framework.source}`" in section
        assert framework.note.in_language(language) in section  # type: ignore[union-attr]
        listed = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
        assert listed == [*framework.indicators, *framework.tags]
        used = {part.group for part in (*framework.indicators.values(), *framework.tags.values())}
        groups = [framework.groups[name].title for name in used if name is not None]
        assert all(title.in_language(language) in section for title in groups)  # type: ignore[union-attr]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_every_topic_and_what_is_suggested(language: Language) -> None:
    page, found = frameworks_page(language), load_suggestions()
    for topic in found.topics.values():
        rows = [line for line in page.splitlines() if f"(`{topic.id}`)" in line]
        assert len(rows) == len(topic.groups)
        for row, group in zip(rows, topic.groups, strict=True):
            assert f"(`{group}`)" in row
            for each in found.suggested(topic.id, group).values():
                named = each.indicator or each.framework_indicator
                assert named is None or f"`{named}`" in row
    assert "{" not in page


def test_weights_and_levels_are_those_of_the_framework() -> None:
    page = frameworks_page("en")
    (row,) = [line for line in page.splitlines() if line.startswith("| `behaviour-kept` |")][:1]
    assert row.endswith("| after more than 10 years | 1 × 3 |")
    (trl,) = [line for line in page.splitlines() if line.startswith("| `trl` |")]
    assert "| 9 levels |" in trl
