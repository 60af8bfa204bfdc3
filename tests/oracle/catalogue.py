"""The catalogue as a plain dict, read from the project's YAML files with plain PyYAML."""

from pathlib import Path
from typing import Any

import yaml

NOT_REBASED = "policy-reference"
SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, written in C and ten times as fast


def plain_catalogue(folder: Any) -> dict:
    """Schemes, classes, indices, values, indicators and units of all YAML files in the folder."""
    catalogue: dict[str, Any] = {
        "schemes": {},
        "classes": [],
        "indices": {},
        "values": {},
        "indicators": {},
        "units": {},
    }
    files = [*Path(folder).rglob("*.yaml"), *Path(folder).rglob("*.yml")]
    pages = [yaml.load(path.read_bytes(), Loader=SAFE) for path in sorted(files)]  # noqa: S506
    pages = [page for page in pages if isinstance(page, dict)]
    domains: dict[str, str] = {}
    for page in pages:
        if page.get("kind") == "domains":
            domains.update({name: sector["domain"] for name, sector in page["sectors"].items()})
    for page in pages:
        read = READERS.get(page.get("kind"))
        if read:
            read(page, catalogue, domains)
    return catalogue


def read_rates(page: dict, catalogue: dict, domains: dict) -> None:
    for name, scheme in page["schemes"].items():
        catalogue["schemes"][name] = {"rates": scheme["rates"]}


def read_index(page: dict, catalogue: dict, domains: dict) -> None:
    for index in page["indices"].values():
        years = {int(year): float(figure) for year, figure in index["years"].items()}
        catalogue["indices"].setdefault(index["currency"], {}).update(years)


def read_values(page: dict, catalogue: dict, domains: dict) -> None:
    """Every edition under ID-EDITION, the current one under ID as well."""
    defaults = page.get("defaults") or {}
    for name, value in page["values"].items():
        head = {**defaults, **value}
        sector = head.get("sector")
        for own in value["editions"]:
            edition = {**defaults, **own}
            figure = {
                "value": edition["value"],
                "currency": edition["currency"],
                "price_year": edition.get("price_year"),
                "unit": head.get("unit"),
                "falls_to": head.get("falls_to"),
                "is_transfer": bool(head.get("is_transfer", False)),
                "domain": head.get("domain") or domains.get(sector),
                "discount_class": head.get("discount_class"),
            }
            if head.get("class") == NOT_REBASED:
                figure["price_year"] = None
            catalogue["values"][f"{name}-{edition['edition']}"] = figure
            if edition.get("status", "current") == "current":
                catalogue["values"][name] = figure


def read_indicators(page: dict, catalogue: dict, domains: dict) -> None:
    for name, given in page["indicators"].items():
        catalogue["indicators"][name] = {
            "unit": given.get("unit"),
            "domain": given.get("domain") or domains.get(given.get("sector")),
            "unit_value": given.get("unit_value"),
            "falls_to": given.get("falls_to"),
            "discount_class": given.get("discount_class"),
            "measure": given.get("measure"),
        }


def read_units(page: dict, catalogue: dict, domains: dict) -> None:
    """Aliases stand beside the id they mean; without a dimension a unit stands on its own."""
    for name, unit in page["units"].items():
        entry = {"dimension": unit.get("dimension", name), "factor": float(unit.get("factor", 1))}
        for word in [name, *(unit.get("aliases") or [])]:
            catalogue["units"][word] = entry


def read_classes(page: dict, catalogue: dict, domains: dict) -> None:
    catalogue["classes"].extend(page["discount_classes"])


READERS = {
    "rates": read_rates,
    "price-index": read_index,
    "values": read_values,
    "indicators": read_indicators,
    "units": read_units,
    "discount-classes": read_classes,
}
