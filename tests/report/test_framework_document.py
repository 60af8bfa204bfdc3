"""A framework for programs: the same as on screen, with levels in place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.catalogue.framework_files import FRAMEWORK, own_folder

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.frameworks import load_frameworks
from impactmonitor.messages import LANGUAGES, Language
from impactmonitor.report.framework_document import framework_document, framework_summary


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shipped_framework_in_one_language(language: Language) -> None:
    frameworks, catalogue = load_frameworks(), load_catalogue()
    for framework in frameworks.frameworks.values():
        found = framework_document(frameworks, catalogue, framework, language)
        text = json.dumps(found)
        assert '"nl"' not in text.replace('"language": "nl"', "")
        assert found["title"] == framework.title.in_language(language)  # type: ignore[union-attr]
        assert list(found["indicators"]) == list(framework.indicators)
        assert framework_summary(framework, language).items() <= found.items()
        assert found["source"]["title"]
        for name, indicator in framework.indicators.items():
            levels = found["indicators"][name]["levels"]
            assert [level["level"] for level in levels] == list(range(1, len(levels) + 1))
            assert (levels == []) == (indicator.kind == "quantitative")


def test_units_domains_horizons_and_multipliers_are_filled_in(tmp_path: Path) -> None:
    same = FRAMEWORK.replace("unit: hour", "indicator: hospital-days-avoided")
    own = own_folder(tmp_path, ours=same)
    frameworks, catalogue = load_frameworks(own), load_catalogue(own)
    found = framework_document(frameworks, catalogue, frameworks.frameworks["ours"], "en")
    presence, hours = found["indicators"].values()
    assert (found["indicator_count"], found["tag_count"]) == (2, 0)
    assert (hours["unit"], hours["domain"], hours["unit_value"]) == ("day", "societal", None)
    assert (hours["horizon"], hours["horizon_years"], hours["multiplier"]) == ("short", 2, 1)
    assert (presence["horizon"], presence["horizon_years"], presence["multiplier"]) == (
        "long", None, 3
    )  # fmt: skip
    assert presence["levels"][1] == {
        "level": 2, "title": "Some", "text": "One person is there.", "score": 0.5
    }  # fmt: skip
    assert found["groups"] == {
        "people": {"title": "People", "description": None, "end_state": None}
    }
