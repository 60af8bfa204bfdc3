"""The words of a workbook: what people read in place of codes, and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from impactmonitor import messages
from impactmonitor.intake.workbook.filled import DISTRIBUTIONS
from impactmonitor.intake.workbook.layout import EVERYBODY
from impactmonitor.messages import LANGUAGES, Language

WORDS: Mapping[str, Sequence[str]] = {
    "evidence": (
        "measured-controlled", "literature-synthesis", "literature-single",
        "measured-before-after", "expert", "assumption",
    ),
    "domains": ("economic", "ecological", "societal", "social"),
    "timings": ("start_of_year", "mid_year", "end_of_year"),
    "prices": ("real", "nominal"),
    "bases": ("gross", "net"),
    "roles": ("falls_to", "taken_from", "paid_by", EVERYBODY, "only"),
    "confirmations": ("confirmed", "contested", "open"),
    "distributions": tuple(DISTRIBUTIONS),
    "year_fields": ("amount", "quantity", "unit_value"),
    "group_kinds": ("perspective", "burden_payer", "burden_bearer"),
    "variant_kinds": ("alternative", "scenario"),
    "statuses": ("draft", "reviewed", "final"),
    "flag": ("yes", "no"),
    "unknown": ("unknown",),
    "wholeness": ("default", "value", "cash", "both"),
    "repayments": ("annuity", "linear", "bullet"),
    "terms": ("changed", "changed_note"),
    "measured_statuses": ("draft", "submitted", "approved"),
    "report_statuses": ("draft", "submitted"),
    "measured_fields": (
        "quantity", "unit_value", "deadweight", "displacement", "attribution_to_others", "amount",
    ),
}  # fmt: skip
"""Closed lists: what a workbook shows in words, and a case in codes."""

NUMBERS: Mapping[str, Sequence[str]] = {
    "effects": ("quantity", "per_person", "unit_value", "deadweight"),
    "costs": ("amount",),
    "parameters": ("value",),
}
"""Which numbers are offered for a range; others can be named by their path."""

SEPARATOR = " · "
LABELLED = frozenset({"values", "indicators", "kinds"})
"""Lists of the catalogue that are shown with the titles of their entries."""


def labels_of(titles: Sequence[str], names: Sequence[str]) -> list[str]:
    """How entries of the catalogue are shown in a list: by title, with the name where need be.

    Examples
    --------
    >>> labels_of(["GP", "Fall", "Fall"], ["gp", "fall", "fall-2020"])
    ['GP', 'Fall · fall', 'Fall · fall-2020']
    """
    count = Counter(title.lower() for title in titles)
    return [
        title if count[title.lower()] == 1 else f"{title}{SEPARATOR}{name}"
        for title, name in zip(titles, names, strict=True)
    ]


def word(of: str, name: str, language: Language) -> str:
    """The word for a code (``name``) of a closed list."""
    return messages.text(f"workbook.words.{of}.{name}", language)


def codes_by_word(of: str, language: Language) -> dict[str, str]:
    """The codes of a closed list by their words, and by themselves, in small letters."""
    codes = WORDS[of]
    return {c.lower(): c for c in codes} | {word(of, c, language).lower(): c for c in codes}


@cache
def unknown_words() -> frozenset[str]:
    """The answer that nobody knows, in small letters, in every language."""
    return frozenset(word("unknown", "unknown", language).lower() for language in LANGUAGES)


def word_of_number(key: str, language: Language) -> str:
    """What people call a number that can have a range."""
    return messages.text(f"workbook.words.numbers.{key}", language)


def keys_of_numbers() -> list[str]:
    """The fields that are offered for a range."""
    return list(dict.fromkeys(key for keys in NUMBERS.values() for key in keys))
