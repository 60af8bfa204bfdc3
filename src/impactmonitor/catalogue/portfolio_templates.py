"""Templates of figures over a portfolio: those that are shipped, and a user's own.

They are read when somebody asks for them, and not with the rest of the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.kinds import Layout
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.catalogue.reading import Contents, Found
from impactmonitor.catalogue.supplements import Supplement
from impactmonitor.model.portfolio_templates import (
    AttributionRule,
    PortfolioTemplate,
    TemplateIndicator,
)
from impactmonitor.problems import MAX_PROBLEMS, NotFound, Problem, nearest

FOLDER = "portfolio-templates"
LAYOUT = Layout(kinds={FOLDER: ("templates",)}, entries={"templates": PortfolioTemplate})
"""What a file of the kind ``portfolio-templates`` holds."""


@dataclass(frozen=True, eq=False)
class Templates:
    """Templates by id; read-only.

    Attributes
    ----------
    templates : Mapping[str, PortfolioTemplate]
        In the order of the files.
    overrides : tuple of Problem
        A warning for every template of a user's folder that replaces another one.
    """

    templates: Mapping[str, PortfolioTemplate]
    overrides: tuple[Problem, ...] = ()

    def named(self, name: str) -> PortfolioTemplate:
        """The template with an id.

        Raises
        ------
        NotFound
            ``unknown-template``.

        Examples
        --------
        >>> load_templates().named("sfdr-2022").moments
        'quarter-ends'
        """
        if name not in self.templates:
            known = ", ".join(self.templates)
            params = {"id": name, "nearest": nearest(name, self.templates), "known": known}
            raise NotFound(Problem("unknown-template", params=params))
        return self.templates[name]


_SUPPLEMENT = Supplement(
    FOLDER,
    LAYOUT,
    Templates,
    lambda merged, folders: check_templates(merged, load_catalogue(*folders)),
)


def load_templates(*folders: Path | str) -> Templates:
    """The shipped templates, with those of a user's own folders added to them.

    Parameters
    ----------
    *folders : Path or str
        Folders that add to the catalogue. Their templates stand in a folder
        ``portfolio-templates`` in it, in files of that kind. A template with the id of another one
        replaces it as a whole, which is reported in ``Templates.overrides``.

    Returns
    -------
    Templates
        Without folders always the same object.

    Raises
    ------
    NotFound
        If a folder does not exist.
    InvalidInput
        With everything that does not fit, each with file, path and line.

    Examples
    --------
    >>> list(load_templates().templates)
    ['pcaf-2022', 'sfdr-2022']
    """
    return _SUPPLEMENT.load(*folders)


def shipped_contents() -> Contents:
    """What is shipped; whether it fits together is tested, and not looked at on every start."""
    return _SUPPLEMENT.shipped_contents


def check_templates(contents: Contents, catalogue: Catalogue) -> list[Problem]:
    """Every reference of a template that leads nowhere, and every part that does not fit.

    Parameters
    ----------
    contents : Contents
        All templates.
    catalogue : Catalogue
        Sources that they may name.

    Returns
    -------
    list of Problem
        Errors with file, path and line; one per mistake.
    """
    problems: list[Problem] = []
    for found in contents.sections["templates"].values():
        if isinstance(found.entry, PortfolioTemplate):
            problems += _template(found, found.entry, catalogue)
    return problems[:MAX_PROBLEMS]


def _template(found: Found, template: PortfolioTemplate, catalogue: Catalogue) -> Iterator[Problem]:
    if template.source not in catalogue.sources:
        params = {"id": template.source, "nearest": nearest(template.source, catalogue.sources)}
        yield found.problem("catalogue-unknown-source", "source", **params)
    for asset_class, rule in template.attribution.items():
        yield from _rule(found, template, f"attribution.{asset_class}", rule)
    for name, indicator in template.indicators.items():
        field = f"indicators.{name}"
        yield from _operator(found, template, field, indicator)
        named = {"per": indicator.per, "eligible": indicator.eligible}
        yield from _facts(found, template, f"{field}.numerator", indicator.numerator)
        for part, fact in named.items():
            if fact is not None:
                yield from _facts(found, template, f"{field}.{part}", [fact])


def _rule(
    found: Found, template: PortfolioTemplate, field: str, rule: AttributionRule
) -> Iterator[Problem]:
    for place, way in enumerate(rule.denominators):
        at = f"{field}.denominators.{place}"
        if way.is_whole == bool(way.sum):
            yield found.problem("template-denominator-unclear", at)
        yield from _facts(found, template, f"{at}.sum", way.sum)
        yield from _facts(found, template, f"{at}.below_zero_as_zero", way.below_zero_as_zero)
    for part in ("held", "total", "worth") if rule.shares is not None else ():
        yield from _facts(found, template, f"{field}.shares.{part}", [getattr(rule.shares, part)])


def _facts(
    found: Found, template: PortfolioTemplate, field: str, names: Iterable[str]
) -> Iterator[Problem]:
    for name in names:
        if name not in template.facts:
            params = {"id": name, "nearest": nearest(name, template.facts)}
            yield found.problem("template-unknown-fact", field, **params)


def _operator(
    found: Found, template: PortfolioTemplate, field: str, indicator: TemplateIndicator
) -> Iterator[Problem]:
    """What an operator can do nothing with, or cannot do without."""
    flags = [name for name in indicator.numerator if _is_flag(template, name)]
    if indicator.operator == "share" and (len(indicator.numerator) != 1 or not flags):
        yield found.problem("template-share-without-flag", f"{field}.numerator")
    if indicator.eligible is not None and not _is_flag(template, indicator.eligible):
        yield found.problem("template-eligible-no-flag", f"{field}.eligible")
    if indicator.over_unit is not None and indicator.operator != "attributed-sum":
        yield found.problem("template-over-without-sum", f"{field}.over_unit")
    if indicator.operator == "attributed-sum" and indicator.weight == "amount":
        for place, name in enumerate(indicator.asset_classes):
            if name not in template.attribution:
                at = f"{field}.asset_classes.{place}"
                yield found.problem("template-class-without-attribution", at, name=name)


def _is_flag(template: PortfolioTemplate, name: str) -> bool:
    """Whether a fact is a flag; one that is not described is reported elsewhere."""
    return name not in template.facts or template.facts[name].kind == "flag"
