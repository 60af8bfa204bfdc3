"""A user's own folders: adding, replacing, and being told about it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from impactmonitor.catalogue import load_catalogue, shipped_edition
from impactmonitor.problems import NotFound

GP = """
kind: values
values:
  gp-consult:
    title: Our own GP price
    unit: consult
    falls_to: municipality
    sector: care
    editions:
      - {edition: 2025, value: 33.5, currency: EUR, price_year: 2025, source: us,
         verification: primary-table, last_checked: 2026-01-31}
"""
SOURCES = "kind: sources\nsources: {us: {title: Our own books, publisher: Us}}"


def written(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_shipped_catalogue_is_read_once() -> None:
    assert load_catalogue() is load_catalogue()


def test_the_edition_can_be_asked_without_the_rest() -> None:
    assert shipped_edition() == load_catalogue().edition


def test_an_entry_of_ones_own_replaces_the_shipped_one(tmp_path: Path) -> None:
    catalogue = load_catalogue(written(tmp_path / "ours", prices=GP, books=SOURCES))
    found = catalogue.value("gp-consult")
    assert found is not None
    value, edition = found
    assert (edition.value, edition.edition, value.falls_to) == (33.5, "2025", "municipality")
    assert catalogue.value("gp-consult-2024") is None
    assert catalogue.sources["us"].title == "Our own books"
    (override,) = catalogue.overrides
    assert (override.code, override.path) == ("catalogue-override", "values.gp-consult")
    assert override.severity == "warning"
    assert override.params == {
        "id": "gp-consult",
        "file": "prices.yaml",
        "replaced": "values/kostenhandleiding-2024.yaml",
    }
    assert "prices.yaml" in override.message("nl")
    assert "kostenhandleiding-2024.yaml" in override.message("en")


def test_the_shipped_catalogue_stays_as_it_is(tmp_path: Path) -> None:
    load_catalogue(written(tmp_path, prices=GP, books=SOURCES))
    assert load_catalogue().values["gp-consult"].falls_to == "health-insurer"


def test_everything_else_stays(tmp_path: Path) -> None:
    own = load_catalogue(written(tmp_path, prices=GP, books=SOURCES))
    shipped = load_catalogue()
    assert set(own.values) == set(shipped.values)
    assert own.schemes == shipped.schemes


def test_the_edition_names_every_folder(tmp_path: Path) -> None:
    first = written(tmp_path / "ours", books=SOURCES)
    second = written(tmp_path / "city", name="kind: edition\nedition: city-7")
    assert load_catalogue(first).edition == "2026.11+ours"
    assert load_catalogue(first, str(second)).edition == "2026.11+ours+city-7"


def test_later_folders_go_before_earlier_ones(tmp_path: Path) -> None:
    first = written(tmp_path / "first", prices=GP, books=SOURCES)
    second = written(tmp_path / "second", prices=GP.replace("33.5", "44"))
    catalogue = load_catalogue(first, second)
    assert catalogue.values["gp-consult"].current.value == 44
    files = [(w.params["file"], w.params["replaced"]) for w in catalogue.overrides]
    assert files == [
        ("first/prices.yaml", "values/kostenhandleiding-2024.yaml"),
        ("second/prices.yaml", "first/prices.yaml"),
    ]


def test_files_of_any_kind_and_name_in_folders_below(tmp_path: Path) -> None:
    folder = written(tmp_path / "ours", **{"x y": SOURCES})
    (folder / "deep").mkdir()
    (folder / "deep" / "Prices.YML").write_text(GP, encoding="utf-8")
    (folder / "notes.txt").write_text("no part of it", encoding="utf-8")
    (folder / ".hidden.yaml").write_text("][", encoding="utf-8")
    catalogue = load_catalogue(folder)
    assert catalogue.overrides[0].params["file"] == "deep/Prices.YML"


def test_every_section_can_be_added_to(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        books=SOURCES,
        actors="kind: actors\nactors: {club: {title: {nl: Vereniging, en: Club}}}",
        domains="kind: domains\nsectors: {sport: {title: Sport, domain: social}}",
        units="kind: units\nunits: {lap: {title: lap, dimension: length, factor: 400}}",
        classes="kind: discount-classes\ndiscount_classes: {heritage: {title: Heritage}}",
        rates="""
kind: rates
schemes:
  ours:
    {title: Ours, edition: a, status: recommended, holds_from: 2026, source: us,
     verification: primary-table, last_checked: 2026-01-31,
     rates: {standard: [{rate: 0.02}], heritage: [{until: 9, rate: 0.01}, {rate: 0}]}}
""",
        values="""
kind: values
defaults: {edition: 2025, currency: EUR, price_year: 2025, source: us,
           verification: primary-table, last_checked: 2026-01-31}
values:
  lap-run:
    title: A lap
    unit: lap
    falls_to: club
    sector: sport
    discount_class: heritage
    editions: [{value: {pert: [1, 2, 4]}}]
""",
        indicators="""
kind: indicators
indicators:
  kilometres-run:
    {title: Kilometres run, measurement: quantitative, unit: km, direction: increase,
     domain: social, horizon: short, measure: flow, counts_people: false,
     unit_value: lap-run, origin: us}
""",
        parameters="""
kind: parameters
parameters:
  laps-a-day: {title: Laps, value: 3, unit: lap, edition: 1, source: us,
               verification: primary-table, last_checked: 2026-01-31}
""",
    )
    catalogue = load_catalogue(folder)
    assert catalogue.overrides == ()
    assert catalogue.convert("km", "lap") == 2.5
    assert catalogue.domain_of(catalogue.values["lap-run"]) == "social"
    assert catalogue.schemes["ours"].holds_from == "2026"
    assert catalogue.actors["club"].may_pay
    assert catalogue.parameters["laps-a-day"].value == 3


def test_an_index_of_ones_own_holds_for_its_currency(tmp_path: Path) -> None:
    index = """
kind: price-index
indices:
  ours: {title: Ours, currency: EUR, base: 2026 = 100, source: us, verification: primary-table,
         last_checked: 2026-01-31, years: {2022: 90, 2026: 100}}
  pounds: {title: Pounds, currency: GBP, base: 2026 = 100, source: us, verification: primary-table,
           last_checked: 2026-01-31, years: {2026: 100}}
"""
    catalogue = load_catalogue(written(tmp_path, books=SOURCES, index=index))
    found = catalogue.index_for("EUR")
    assert found is not None
    assert found[0] == "ours"
    assert found[1].years[2026] == 100
    (warning,) = catalogue.overrides
    assert (warning.code, warning.path) == ("catalogue-index-replaced", "indices.ours")
    assert "cpi-nl" in warning.message("nl")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as caught:
        load_catalogue(tmp_path / "nowhere")
    assert caught.value.problem.code == "catalogue-folder-missing"
    for language in ("nl", "en"):
        assert "nowhere" in caught.value.problem.message(language)


def test_loading_brings_in_no_heavy_library() -> None:
    program = (
        "import sys; from impactmonitor.catalogue import load_catalogue; load_catalogue();"
        "print([m for m in ('numpy', 'pandas', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
