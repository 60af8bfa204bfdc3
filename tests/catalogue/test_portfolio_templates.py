"""Templates of figures over a portfolio: what is shipped, and what a user adds."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.catalogue.framework_files import refused, texts, written
from tests.catalogue.provoking import SOURCES

from impactmonitor.catalogue import load_catalogue
from impactmonitor.catalogue.kinds import APART
from impactmonitor.catalogue.portfolio_templates import (
    FOLDER,
    Templates,
    check_templates,
    load_templates,
    shipped_contents,
)
from impactmonitor.messages import LANGUAGES
from impactmonitor.model.portfolio_templates import PortfolioTemplate
from impactmonitor.model.record import Translated
from impactmonitor.problems import NotFound

OWN = """kind: portfolio-templates
templates:
  ours:
    title: Ours
    edition: "1"
    source: us
    status: In use.
    moments: period-end
    facts:
      jobs: {title: Jobs, unit: job}
      is-cooperative: {title: A cooperative, kind: flag}
      total-debt: {title: Debt, is_money: true}
    attribution:
      business-loans: {denominators: [{sum: [total-debt]}]}
    indicators:
      jobs:
        title: Jobs
        operator: attributed-sum
        numerator: [jobs]
        asset_classes: [business-loans]
        unit: job
        place: our handbook
      cooperatives:
        title: Cooperatives
        operator: share
        numerator: [is-cooperative]
        asset_classes: [business-loans]
        unit: part
        place: our handbook
"""
UNWANTED = r"\b(wrong|invalid|illegal|fout|fouten|ongeldig|je|jij|jouw|jullie)\b"
TITLES = {"title", "status", "unit"}


@pytest.fixture(scope="module")
def shipped() -> Templates:
    return load_templates()


def own(folder: Path, text: str = OWN) -> Path:
    return written(folder, {"sources": SOURCES, f"{FOLDER}/ours": text})


# --- What is shipped ----------------------------------------------------------------------------


def test_what_is_shipped_fits_together() -> None:
    assert check_templates(shipped_contents(), load_catalogue()) == []
    assert APART[FOLDER] == FOLDER


def test_all_mandatory_indicators_of_the_regulation_are_there(shipped: Templates) -> None:
    template = shipped.named("sfdr-2022")
    numbers = Counter(one.number for one in template.indicators.values())
    assert set(numbers) == {str(n) for n in range(1, 19)}
    several = {number: count for number, count in numbers.items() if count > 1}
    assert several == {"1": 4, "5": 2, "16": 2}
    tried = {one.number for one in template.indicators.values() if one.is_tried}
    assert tried == {"1", "2", "3", "13"}
    assert len(template.indicators["pai-6"].sectors) == 9


def test_every_asset_class_has_a_whole(shipped: Templates) -> None:
    template = shipped.named("pcaf-2022")
    assert set(template.attribution) == {
        name for one in template.indicators.values() for name in one.asset_classes
    }


def test_removals_and_credits_stand_apart(shipped: Templates) -> None:
    indicators = shipped.named("pcaf-2022").indicators
    apart = {name for name, one in indicators.items() if one.is_apart}
    assert {"removals", "avoided", "credits-retired", "credits-generated"} <= apart
    netted = {"removals", "emissions-avoided", "credits-retired", "credits-generated"}
    others = [one for name, one in indicators.items() if name not in apart]
    assert not any(netted & set(one.numerator) for one in others)


def test_a_fact_means_the_same_in_every_template(shipped: Templates) -> None:
    first, second = (template.facts for template in shipped.templates.values())
    for name in first.keys() & second.keys():
        same = ("title", "unit", "kind", "is_money", "currency", "is_written_once")
        for part in same:
            assert getattr(first[name], part) == getattr(second[name], part), (name, part)


def test_every_text_stands_there_in_both_languages(shipped: Templates) -> None:
    for template in shipped.templates.values():
        for path, text in texts(template.id, template):
            assert isinstance(text, Translated), path
            for language in LANGUAGES:
                words = getattr(text, language)
                assert words, path
                assert words == words.strip()
                assert not re.search(UNWANTED, words, re.IGNORECASE), (path, words)


def test_every_fact_of_a_template_is_asked_for(shipped: Templates) -> None:
    for template in shipped.templates.values():
        asked = {fact for name in template.indicators for fact in template.needed(name)}
        for rule in template.attribution.values():
            asked |= {fact for way in rule.denominators for fact in way.sum}
            asked |= set(rule.shares.model_dump().values()) if rule.shares else set()
        assert set(template.facts) == asked, template.id


# --- A user's own -------------------------------------------------------------------------------


def test_a_template_of_ones_own_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    found = load_templates(own(tmp_path))
    assert list(found.templates) == ["pcaf-2022", "sfdr-2022", "ours"]
    assert found.overrides == ()


def test_a_shipped_template_is_replaced_and_that_is_said(tmp_path: Path) -> None:
    found = load_templates(own(tmp_path, OWN.replace("  ours:", "  pcaf-2022:")))
    assert list(found.named("pcaf-2022").indicators) == ["jobs", "cooperatives"]
    (warning,) = found.overrides
    assert (warning.code, warning.path) == ("catalogue-override", "templates.pcaf-2022")


def test_the_catalogue_leaves_the_folder_alone(tmp_path: Path) -> None:
    assert "us" in load_catalogue(own(tmp_path)).sources
    misplaced = written(tmp_path / "other", {"ours": OWN, "sources": SOURCES})
    (problem,) = refused(load_catalogue, misplaced)
    assert problem.code == "catalogue-kind-elsewhere"


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("source: us", "source: usa", "catalogue-unknown-source", "source"),
        ("numerator: [jobs]", "numerator: [job]", "template-unknown-fact",
         "indicators.jobs.numerator"),
        ("unit: job\n", "unit: job\n        per: people\n", "template-unknown-fact",
         "indicators.jobs.per"),
        ("[is-cooperative]", "[jobs]", "template-share-without-flag",
         "indicators.cooperatives.numerator"),
        ("unit: part", "unit: part\n        eligible: jobs", "template-eligible-no-flag",
         "indicators.cooperatives.eligible"),
        ("unit: part", "unit: part\n        over_unit: 10", "template-over-without-sum",
         "indicators.cooperatives.over_unit"),
        ("[{sum: [total-debt]}]", "[{sum: [debt]}]", "template-unknown-fact",
         "attribution.business-loans.denominators.0.sum"),
        ("[{sum: [total-debt]}]", "[{sum: [total-debt], is_whole: true}]",
         "template-denominator-unclear", "attribution.business-loans.denominators.0"),
        ("asset_classes: [business-loans]\n        unit: job",
         "asset_classes: [mortgages]\n        unit: job",
         "template-class-without-attribution", "indicators.jobs.asset_classes.0"),
        ("operator: share", "operator: median", "not-one-of", "indicators.cooperatives.operator"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_with_its_place(
    tmp_path: Path, old: str, new: str, code: str, path: str
) -> None:
    text = OWN.replace(old, new)
    assert text != OWN
    (problem,) = refused(load_templates, own(tmp_path, text))
    assert problem.code == code
    assert problem.path == f"{FOLDER}/ours.yaml.templates.ours.{path}"
    assert problem.line is not None


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    text = OWN.replace("source: us", "source: usa").replace("[is-cooperative]", "[jobs]")
    codes = [problem.code for problem in refused(load_templates, own(tmp_path, text))]
    assert codes == ["catalogue-unknown-source", "template-share-without-flag"]


def test_a_template_that_is_not_there(shipped: Templates) -> None:
    with pytest.raises(NotFound) as caught:
        shipped.named("sfdr-2023")
    assert caught.value.problem.params["nearest"] == "sfdr-2022"


def test_what_an_indicator_needs() -> None:
    facts: Any = {name: {"title": name} for name in ("a", "b")}
    template = PortfolioTemplate.model_validate(
        {"id": "x", "title": "X", "edition": "1", "source": "us", "status": "s",
         "moments": "period-end", "facts": facts | {"c": {"title": "c", "kind": "flag"}},
         "indicators": {"i": {"title": "I", "operator": "weighted-mean", "numerator": ["a"],
                              "per": "b", "eligible": "c", "asset_classes": ["mortgages"],
                              "unit": "u", "place": "p"}}}
    )  # fmt: skip
    assert template.needed("i") == ("a", "b", "c")
