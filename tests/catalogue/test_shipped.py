"""Laws that every edition of the shipped catalogue keeps, and figures typed a second time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, get_args

import pytest
import yaml

from impactmonitor.catalogue import Catalogue, load_catalogue
from impactmonitor.catalogue.checks import check
from impactmonitor.catalogue.folders import read_folder
from impactmonitor.catalogue.kinds import CLOSED, SECTIONS
from impactmonitor.catalogue.units import names_of
from impactmonitor.model.entries import Entry, Value
from impactmonitor.model.lines import Domain
from impactmonitor.model.numbers import Distribution
from impactmonitor.model.record import ID_PATTERN, Translated
from impactmonitor.plain import read_yaml
from impactmonitor.resources import folder

FILES = sorted(folder("indicators").rglob("*.yaml"))
ACTOR_KINDS = [
    "citizen", "society", "future-generations", "municipality", "province", "central-government",
    "health-insurer", "long-term-care", "care-provider", "employer", "company",
    "housing-association", "building-owner", "water-board", "benefits-agency", "justice", "school",
    "foundation", "investor", "initiator",
]  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def entries(catalogue: Catalogue) -> Iterator[tuple[str, Entry]]:
    for section in SECTIONS:
        for key, entry in getattr(catalogue, section).items():
            yield f"{section}.{key}", entry


def kostenhandleiding(catalogue: Catalogue) -> list[Value]:
    return [v for v in catalogue.values.values() if (v.code or "").startswith("KH24-")]


def test_every_file_reads_and_every_reference_leads_somewhere() -> None:
    contents = read_folder(folder("indicators"))
    assert contents.problems == []
    assert check(contents, [contents]) == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_file_starts_with_its_kind(path: Any) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next(line for line in lines if line and not line.startswith("#"))
    assert re.fullmatch(r"kind: [a-z-]+", first)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_file_means_the_same_to_any_yaml_reader(path: Any) -> None:
    """Dates, years and yes-like words are quoted where YAML 1.1 and 1.2 differ."""

    def with_text_keys(node: Any) -> Any:
        if isinstance(node, dict):
            return {str(key): with_text_keys(value) for key, value in node.items()}
        return [with_text_keys(n) for n in node] if isinstance(node, list) else node

    data = path.read_bytes()
    assert with_text_keys(yaml.safe_load(data)) == read_yaml(data).tree


def test_edition_has_a_name(catalogue: Catalogue) -> None:
    assert catalogue.edition == "2026.11"
    assert catalogue.overrides == ()


def test_actor_kinds_are_those_of_the_case_format_in_its_order(catalogue: Catalogue) -> None:
    assert list(catalogue.actors) == ACTOR_KINDS
    cannot_pay = {name for name, kind in catalogue.actors.items() if not kind.may_pay}
    assert cannot_pay == {"citizen", "society", "future-generations"}


def test_closed_lists_are_complete(catalogue: Catalogue) -> None:
    for section, names in CLOSED.items():
        assert tuple(getattr(catalogue, section)) == names
    assert set(catalogue.domains) == set(get_args(Domain))


def test_every_text_is_there_in_both_languages(catalogue: Catalogue) -> None:
    for path, entry in entries(catalogue):
        texts = {name: getattr(entry, name, None) for name in ("title", "description", "note")}
        texts |= {
            f"editions.{edition.edition}": edition.note
            for edition in getattr(entry, "editions", ())
        }
        for name, text in texts.items():
            if path.startswith("sources.") and name == "title":
                assert isinstance(text, str), path  # a publication has the title that it has
            elif text is not None:
                assert isinstance(text, Translated), (path, name)
                assert text.nl, (path, name)
                assert text.en, (path, name)


def test_ids_and_codes_are_unique_and_well_formed(catalogue: Catalogue) -> None:
    codes = Counter(v.code for v in catalogue.values.values())
    assert None not in codes
    assert max(codes.values()) == 1
    for value in catalogue.values.values():
        for edition in value.editions:
            name = f"{value.id}-{edition.edition}"
            assert re.fullmatch(ID_PATTERN, name)
            assert len(name) <= 60
            assert catalogue.value(name) == (value, edition)


def test_every_value_says_what_it_is_and_where_it_comes_from(catalogue: Catalogue) -> None:
    for value in catalogue.values.values():
        assert catalogue.domain_of(value) is not None
        assert value.class_ == "policy-reference" or value.current.price_year is not None
        assert value.sector in catalogue.sectors
        for edition in value.editions:
            assert edition.source in catalogue.sources
            assert edition.actor_mapping is not None
            assert edition.place or edition.note, value.id
            assert not isinstance(edition.value, Distribution)


def test_every_source_says_whose_it_is_and_where_it_was_read(catalogue: Catalogue) -> None:
    assert [name for name, s in catalogue.sources.items() if not (s.publisher or s.authors)] == []
    without_address = [name for name, source in catalogue.sources.items() if not source.url]
    assert [name for name in without_address if catalogue.sources[name].note is None] == []
    of_figures = {e.source for value in catalogue.values.values() for e in value.editions}
    of_figures |= {scheme.source for scheme in catalogue.schemes.values()}
    of_figures |= {parameter.source for parameter in catalogue.parameters.values()}
    assert of_figures & set(without_address) == set()


def test_transfers_are_marked(catalogue: Catalogue) -> None:
    transfers = {v.id for v in catalogue.values.values() if v.is_transfer}
    assert transfers == {
        "social-assistance-single-year",
        "social-assistance-couple-year",
        "disability-benefit-year",
    }


def test_second_hand_figures_are_marked_as_such(catalogue: Catalogue) -> None:
    for value in catalogue.values.values():
        expected = "primary-table" if value in kostenhandleiding(catalogue) else None
        if value.id.startswith("road-"):
            expected = "publisher-page"
        assert value.current.verification == (expected or "secondary-source"), value.id
    assert catalogue.schemes["nl-2026"].verification == "secondary-source"


def test_the_kostenhandleiding_has_94_prices_of_2022(catalogue: Catalogue) -> None:
    values = kostenhandleiding(catalogue)
    assert len(values) == 94
    numbers = {int((v.code or "")[5:]) for v in values}
    assert numbers == set(range(1, 97)) - {59, 92}
    for value in values:
        (edition,) = value.editions
        assert (edition.edition, edition.currency, edition.price_year) == ("2024", "EUR", 2022)
        assert edition.source == "zin-kostenhandleiding-2024"
        assert edition.actor_mapping == "ours"
        assert re.fullmatch(r"par\. [4-6](\.[0-9]+)+", edition.place or "")


@pytest.mark.parametrize(
    ("name", "figure", "unit", "bearer"),
    [
        ("gp-consult", 30.87, "consult", "health-insurer"),
        ("hospital-day", 644, "day", "health-insurer"),
        ("hospital-day-excl-staff", 537, "day", "health-insurer"),
        ("emergency-visit", 258, "visit", "health-insurer"),
        ("productivity-hour", 39.88, "hour", "employer"),
        ("informal-care-hour", 18.80, "hour", "citizen"),
        ("social-work-consult", 127, "consult", "municipality"),
        ("household-help-hour", 32.76, "hour", "municipality"),
        ("nursing-home-day", 290, "day", "long-term-care"),
        ("special-education-year", 15855, "school year", "central-government"),
        ("crime-robbery", 13855, "offence", "society"),
        ("road-death", 7_200_000, "road death", "citizen"),
        ("road-death-2018", 2_800_000, "road death", "citizen"),
        ("road-serious-injury", 1_200_000, "serious injury", "citizen"),
        ("road-serious-injury-2018", 300_000, "serious injury", "citizen"),
        ("qaly-low", 20_000, "QALY", "citizen"),
        ("qaly-mid", 50_000, "QALY", "citizen"),
        ("qaly-high", 80_000, "QALY", "citizen"),
        ("greenhouse-gas", 0.13, "kg-CO2e", "future-generations"),
    ],
)
def test_figures_as_published(
    catalogue: Catalogue, name: str, figure: float, unit: str, bearer: str
) -> None:
    found = catalogue.value(name)
    assert found is not None
    value, edition = found
    assert (edition.value, value.unit, value.falls_to) == (figure, unit, bearer)


def test_policy_references_have_no_price_year(catalogue: Catalogue) -> None:
    references = [v for v in catalogue.values.values() if v.class_ == "policy-reference"]
    assert [v.id for v in references] == ["qaly-low", "qaly-mid", "qaly-high"]
    assert all(v.current.price_year is None for v in references)
    assert all(v.discount_class == "health_effect" for v in references)


def test_the_friction_period_is_a_parameter(catalogue: Catalogue) -> None:
    parameter = catalogue.parameters["friction-period"]
    assert (parameter.value, parameter.unit, parameter.code) == (16.4, "week", "KH24-059")


def test_units_have_one_name_each_and_a_base_per_dimension(catalogue: Catalogue) -> None:
    names = Counter(name for unit in catalogue.units.values() for name in names_of(unit))
    assert max(names.values()) == 1
    with_factor = [u for u in catalogue.units.values() if u.factor is not None]
    dimensions = {u.dimension for u in with_factor}
    assert None not in dimensions
    for dimension in dimensions:
        assert 1 in {u.factor for u in with_factor if u.dimension == dimension}


def test_indicators_are_worded_for_their_direction(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators.values():
        assert indicator.description is not None
        assert indicator.origin == "impactmonitor"
        is_avoided = indicator.id.endswith(("-avoided", "-saved"))
        assert (indicator.direction == "decrease") == is_avoided, indicator.id


def test_falls_and_treated_falls_never_mix(catalogue: Catalogue) -> None:
    assert catalogue.convert("fall", "treated fall") is None
    assert catalogue.indicators["treated-falls-avoided"].unit_value is None
    assert catalogue.indicators["falls-avoided"].unit_value is None


def test_no_file_names_this_machine_or_a_registry() -> None:
    forbidden = re.compile(r"/work/|/home/|/tmp/|\.\./|pypi|pythonhosted", re.IGNORECASE)
    for path in FILES:
        assert not forbidden.search(path.read_text(encoding="utf-8")), path.name
