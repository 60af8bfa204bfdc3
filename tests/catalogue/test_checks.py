"""Every mistake in a catalogue file: one problem, in its place, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.catalogue.provoking import SOURCES, problems_with

from impactmonitor import messages

EDITION = (
    "edition: 1, value: 5, currency: EUR, price_year: 2025, source: us, "
    "verification: primary-table, last_checked: 2026-01-31"
)
FIXED = (
    "status: recommended, holds_from: 2026, verification: primary-table, last_checked: 2026-01-31"
)


def value(fields: str = "", editions: str | None = None, unit: str = "hour") -> str:
    """A file with one value."""
    listed = f"[{{{EDITION}}}]" if editions is None else editions
    domain = "" if "sector" in fields or "domain" in fields else ", domain: social"
    extra = f", {fields}" if fields else ""
    return (
        f"kind: values\nvalues:\n  x: {{title: X, unit: {unit}{domain}{extra}, editions: {listed}}}"
    )


def scheme(rates: str, source: str = "us") -> str:
    """A file with one rate scheme."""
    entry = f"{{title: X, edition: a, source: {source}, {FIXED}, rates: {rates}}}"
    return f"kind: rates\nschemes:\n  x: {entry}"


def index(fields: str = "", name: str = "x", source: str = "us") -> str:
    """A price index."""
    fixed = "verification: primary-table, last_checked: 2026-01-31"
    return (
        f"  {name}: {{title: X, currency: NOK, base: a, source: {source}, {fixed}, "
        f"years: {{2025: 100}}{fields}}}\n"
    )


def indicator(fields: str) -> str:
    """A file with one indicator."""
    given = {
        "title": "X", "measurement": "quantitative", "unit": "hour", "direction": "increase",
        "domain": "social", "horizon": "short", "measure": "flow", "counts_people": "false",
        "origin": "us",
    }  # fmt: skip
    given |= dict(field.split(": ") for field in fields.split(", "))
    listed = ", ".join(f"{key}: {node}" for key, node in given.items())
    return f"kind: indicators\nindicators:\n  x: {{{listed}}}"


def edition(**changes: str) -> str:
    """An edition with some fields changed."""
    given = dict(field.split(": ") for field in EDITION.split(", ")) | changes
    return ", ".join(f"{key}: {node}" for key, node in given.items())


# What is written, the code of its problem, and the path in the file x.yaml.
CASES: list[tuple[str, str, str]] = [
    ("title: x", "catalogue-kind-missing", ""),
    ("kind: valeus", "catalogue-kind-unknown", "kind"),
    ("kind: [values]", "catalogue-kind-unknown", "kind"),
    ("kind: frameworks\nframeworks: {}", "catalogue-kind-elsewhere", "kind"),
    ("kind: effect-cards\ncards: {}", "catalogue-kind-elsewhere", "kind"),
    ("[1, 2]", "not-a-mapping", ""),
    ("kind: values", "missing-field", "values"),
    ("kind: values\nvalues: 3", "not-a-mapping", "values"),
    ("kind: values\nvalues: {x: 3}", "not-a-mapping", "values.x"),
    ("kind: sources\nsources: {}\nsauces: {}", "unknown-key", "sauces"),
    ("kind: edition", "missing-field", "edition"),
    ("kind: edition\nedition: a\nname: b", "unknown-key", "name"),
    ("kind: sources\nsources: {Us: {title: X}}", "catalogue-invalid-id", "sources.Us"),
    (
        f"kind: units\nunits: {{{'x' * 61}: {{title: X}}}}",
        "catalogue-invalid-id",
        f"units.{'x' * 61}",
    ),
    (
        "kind: discount-classes\ndiscount_classes: {a-b: {title: X}}",
        "catalogue-invalid-id",
        "discount_classes.a-b",
    ),
    ("kind: sources\nsources: {x: {title: X, id: x}}", "unknown-key", "sources.x.id"),
    ("kind: sources\nsources: {x: {titel: X}}", "unknown-key", "sources.x.titel"),
    ("kind: sources\nsources: {x: {year: 2020}}", "missing-field", "sources.x.title"),
    ("kind: domains\ndomains: {moral: {title: X}}", "catalogue-closed-list", "domains.moral"),
    ("kind: evidence\nevidence: {dream: {title: X}}", "catalogue-closed-list", "evidence.dream"),
    ("kind: domains\nsectors: {x: {title: X, domain: moral}}", "not-one-of", "sectors.x.domain"),
    ("kind: units\nunits: {x: {title: X, factor: 0}}", "too-low", "units.x.factor"),
    (
        "kind: units\nunits: {x: {title: X, aliases: [uren]}}",
        "catalogue-unit-name-taken",
        "units.x.aliases.0",
    ),
    (value("falls_to: king"), "catalogue-unknown-actor-kind", "values.x.falls_to"),
    (value("sector: sport"), "catalogue-unknown-sector", "values.x.sector"),
    (value("discount_class: fast"), "catalogue-unknown-discount-class", "values.x.discount_class"),
    (value(unit="parsec"), "catalogue-unknown-unit", "values.x.unit"),
    (value().replace(", domain: social", ""), "catalogue-domain-missing", "values.x"),
    (value("includes: [luck]"), "not-one-of", "values.x.includes.0"),
    (
        value(editions=f"[{{{edition(source='them')}}}]"),
        "catalogue-unknown-source",
        "values.x.editions.0.source",
    ),
    (
        value(editions=f"[{{{edition(price_year='null')}}}]"),
        "catalogue-price-year-missing",
        "values.x.editions.0.price_year",
    ),
    (
        value("class: policy-reference"),
        "catalogue-price-year-not-used",
        "values.x.editions.0.price_year",
    ),
    (
        value(editions=f"[{{{EDITION}, low: 6}}]"),
        "catalogue-range-order",
        "values.x.editions.0.value",
    ),
    (
        value(editions=f"[{{{EDITION}}}, {{{edition(edition='2')}}}]"),
        "catalogue-several-current",
        "values.x.editions",
    ),
    (
        value(editions=f"[{{{EDITION}, status: superseded}}]"),
        "catalogue-no-current",
        "values.x.editions",
    ),
    (
        value(editions=f"[{{{EDITION}}}, {{{EDITION}, status: superseded}}]"),
        "catalogue-edition-twice",
        "values.x.editions.1.edition",
    ),
    (
        f"{value()}\n  x-1: {{title: Y, unit: hour, domain: social, editions: [{{{EDITION}}}]}}",
        "catalogue-value-ambiguous",
        "values.x.editions.0.edition",
    ),
    (value(editions="[]"), "too-few", "values.x.editions"),
    (value(editions=f"[{{{edition(value='.nan')}}}]"), "not-finite", "values.x.editions.0.value"),
    (value(editions=f"[{{{edition(value='[]')}}}]"), "not-a-number", "values.x.editions.0.value"),
    (
        value(editions=f"[{{{edition(last_checked='soon')}}}]"),
        "not-a-date",
        "values.x.editions.0.last_checked",
    ),
    (scheme("{fast: [{rate: 0}]}"), "catalogue-standard-rate-missing", "schemes.x.rates"),
    (
        scheme("{standard: [{rate: 0}], fast: [{rate: 0}]}"),
        "catalogue-unknown-discount-class",
        "schemes.x.rates.fast",
    ),
    (
        scheme("{standard: [{until: 3, rate: 0}]}"),
        "catalogue-last-step",
        "schemes.x.rates.standard",
    ),
    (
        scheme("{standard: [{rate: 0}, {rate: 0.1}]}"),
        "catalogue-last-step",
        "schemes.x.rates.standard",
    ),
    (
        scheme("{standard: [{until: 9, rate: 0}, {until: 9, rate: 0.1}, {rate: 0}]}"),
        "catalogue-steps-not-ascending",
        "schemes.x.rates.standard",
    ),
    (scheme("{standard: [{rate: -1}]}"), "too-low", "schemes.x.rates.standard.0.rate"),
    (scheme("{standard: [{rate: 0}]}", "them"), "catalogue-unknown-source", "schemes.x.source"),
    (
        scheme("{standard: [{rate: 0}]}").replace("holds_from: 2026", "holds_from: soon"),
        "not-a-date",
        "schemes.x.holds_from",
    ),
    (
        f"kind: price-index\nindices:\n{index(source='them')}",
        "catalogue-unknown-source",
        "indices.x.source",
    ),
    (
        f"kind: price-index\nindices:\n{index(', provisional: [2024]')}",
        "catalogue-provisional-year",
        "indices.x.provisional.0",
    ),
    (
        f"kind: price-index\nindices:\n{index()}{index(name='y')}",
        "catalogue-two-indices",
        "indices.y.currency",
    ),
    (indicator("unit: parsec"), "catalogue-unknown-unit", "indicators.x.unit"),
    (indicator("unit_value: luck"), "catalogue-unknown-value", "indicators.x.unit_value"),
    (indicator("unit_value: hospital-day"), "catalogue-unit-mismatch", "indicators.x.unit"),
    (indicator("unit_value: road-death-2018"), "catalogue-unit-mismatch", "indicators.x.unit"),
    (indicator("falls_to: king"), "catalogue-unknown-actor-kind", "indicators.x.falls_to"),
    (
        indicator("discount_class: a"),
        "catalogue-unknown-discount-class",
        "indicators.x.discount_class",
    ),
    (indicator("horizon: eternal"), "not-one-of", "indicators.x.horizon"),
]


@pytest.mark.parametrize(("text", "code", "path"), CASES)
def test_one_mistake_is_one_problem_in_its_place(
    tmp_path: Path, text: str, code: str, path: str
) -> None:
    found = [p for p in problems_with(tmp_path, x=text, sources=SOURCES) if p.code == code]
    assert [p.path for p in found] == [f"x.yaml.{path}" if path else "x.yaml"]
    assert found[0].severity == "error"
    assert "." not in path or found[0].line is not None


@pytest.mark.parametrize(("text", "code", "path"), CASES)
def test_nothing_else_is_reported(tmp_path: Path, text: str, code: str, path: str) -> None:
    allowed = {code} | ({"catalogue-unknown-discount-class"} if "{fast: [" in text else set())
    assert {p.code for p in problems_with(tmp_path, x=text, sources=SOURCES)} <= allowed


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    problems = problems_with(
        tmp_path,
        a=value("falls_to: king, sector: sport"),
        b=scheme("{standard: [{until: 2, rate: x}]}"),
        c="kind: units\nunits: {x: {}}",
        sources=SOURCES,
    )
    assert [(p.path, p.code) for p in problems] == [
        ("b.yaml.schemes.x.rates.standard.0.rate", "not-a-number"),
        ("c.yaml.units.x.title", "missing-field"),
        ("a.yaml.values.x.falls_to", "catalogue-unknown-actor-kind"),
        ("a.yaml.values.x.sector", "catalogue-unknown-sector"),
    ]


def test_a_reference_to_a_broken_entry_is_no_second_mistake(tmp_path: Path) -> None:
    sources = "kind: sources\nsources: {us: {title: 3}}"
    (problem,) = problems_with(tmp_path, a=value(), b=sources)
    assert problem.path == "b.yaml.sources.us.title"


def test_a_broken_default_is_reported_once(tmp_path: Path) -> None:
    text = (
        "kind: values\n"
        "defaults: {edition: 1, currency: euro, price_year: 2025, source: us, colour: red,"
        " verification: primary-table, last_checked: 2026-01-31}\n"
        "values:\n"
    )
    for name in "abc":
        text += f"  {name}: {{title: X, unit: hour, domain: social, editions: [{{value: 1}}]}}\n"
    problems = problems_with(tmp_path, x=text, sources=SOURCES)
    assert sorted(p.path for p in problems) == [
        "x.yaml.defaults.colour",
        "x.yaml.defaults.currency",
    ]


def test_an_unknown_source_among_the_defaults_is_reported_once(tmp_path: Path) -> None:
    defaults = edition(source="them").replace("value: 5, ", "")
    text = f"kind: values\ndefaults: {{{defaults}}}\nvalues:\n"
    for name in "abc":
        text += f"  {name}: {{title: X, unit: hour, domain: social, editions: [{{value: 1}}]}}\n"
    (problem,) = problems_with(tmp_path, x=text)
    assert (problem.path, problem.code) == ("x.yaml.defaults.source", "catalogue-unknown-source")


def test_defaults_that_are_no_mapping(tmp_path: Path) -> None:
    text = value(editions="[{value: 1}]") + "\ndefaults: 3"
    (problem,) = problems_with(tmp_path, x=text, sources=SOURCES)
    assert (problem.path, problem.code) == ("x.yaml.defaults", "not-a-mapping")


def test_replacing_a_value_may_not_break_an_indicator(tmp_path: Path) -> None:
    text = value(unit="visit").replace("  x:", "  gp-consult:")
    (problem,) = problems_with(tmp_path, x=text, sources=SOURCES)
    assert problem.code == "catalogue-unit-mismatch"
    assert problem.path.endswith("indicators.gp-consults-avoided.unit")


def test_every_code_of_the_catalogue_is_provoked_here() -> None:
    """A code without a test here, or a test without its sentences, is a mistake of ours."""
    warnings = {"catalogue-override", "catalogue-index-replaced"}  # in test_loading
    elsewhere = {
        "catalogue-folder-missing",
        "catalogue-folder-empty",
        "catalogue-folder-too-large",
        "catalogue-file-unreadable",
        "catalogue-two-editions",
        "catalogue-duplicate-id",
        "catalogue-unknown-indicator",  # in test_framework_checks
    }
    here = {code for _, code, _ in CASES if code.startswith("catalogue-")}
    written = {code for code in messages.section("problems") if code.startswith("catalogue-")}
    assert here | elsewhere | warnings == written
