"""The kinds of files that a catalogue is made of, and what each of them may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from impactmonitor.model.entries import (
    ActorKind,
    CatalogueSource,
    DiscountClass,
    Entry,
    EvidenceLevel,
    IndexSeries,
    Indicator,
    MethodParameter,
    Scheme,
    Sector,
    Unit,
    Value,
    ValueDomain,
    Verification,
    VerificationGrade,
)
from impactmonitor.model.lines import Domain, Evidence

Section = Literal[
    "actors", "domains", "sectors", "evidence", "verification", "units", "sources",
    "discount_classes", "schemes", "indices", "values", "parameters", "indicators",
]  # fmt: skip
SECTIONS: tuple[Section, ...] = get_args(Section)

ENTRIES: Mapping[str, type[Entry]] = {
    "actors": ActorKind,
    "domains": ValueDomain,
    "sectors": Sector,
    "evidence": EvidenceLevel,
    "verification": VerificationGrade,
    "units": Unit,
    "sources": CatalogueSource,
    "discount_classes": DiscountClass,
    "schemes": Scheme,
    "indices": IndexSeries,
    "values": Value,
    "parameters": MethodParameter,
    "indicators": Indicator,
}
"""The record of each section; a section is a mapping of ids to entries."""

EDITION = "edition"
KINDS: Mapping[str, tuple[Section, ...]] = {
    EDITION: (),
    "actors": ("actors",),
    "domains": ("domains", "sectors"),
    "evidence": ("evidence", "verification"),
    "units": ("units",),
    "sources": ("sources",),
    "discount-classes": ("discount_classes",),
    "rates": ("schemes",),
    "price-index": ("indices",),
    "values": ("values",),
    "parameters": ("parameters",),
    "indicators": ("indicators",),
}
"""What a file may hold, by the ``kind`` that it starts with."""

CLOSED: Mapping[str, tuple[str, ...]] = {
    "domains": get_args(Domain),
    "evidence": get_args(Evidence),
    "verification": get_args(Verification),
}
"""Sections whose ids are fixed by the case format: they may be described anew, not added to."""

APART: Mapping[str, str] = {
    "effects": "effect-cards",
    "frameworks": "frameworks",
    "portfolio-templates": "portfolio-templates",
    "suggestions": "suggestions",
}
"""Folders that are read only when somebody asks for them, and the kind of their files."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the files of a folder may hold.

    Attributes
    ----------
    kinds : Mapping[str, tuple of str]
        The sections of a file, by the ``kind`` that it starts with.
    entries : Mapping[str, type]
        The record of each section.
    closed : Mapping[str, tuple of str]
        Sections whose ids are fixed.
    elsewhere : Mapping[str, str]
        Folders that are read on their own, and the kind of their files.
    """

    kinds: Mapping[str, tuple[str, ...]]
    entries: Mapping[str, type[Entry]]
    closed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)


CATALOGUE = Layout(KINDS, ENTRIES, CLOSED, elsewhere=APART)
"""The layout of everything that a calculation may need."""
