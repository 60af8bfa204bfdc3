"""Numbers as people in the Netherlands and elsewhere write them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import localcontext

from babel.numbers import format_currency, format_decimal, format_percent

from impactmonitor.messages import Language
from impactmonitor.model.numbers import Distribution

LOCALES = {"nl": "nl_NL", "en": "en_GB"}
MANY = 100
MOST_LISTED = 12
_DIGITS = 400
"""As many as the largest number has, and its decimals; 28 is the limit otherwise."""


def money(value: float | None, currency: str, language: Language) -> str:
    """An amount of money: whole from 100 on, with cents below; a dash where there is none.

    Parameters
    ----------
    value : float or None
        The amount.
    currency : str
        ISO 4217 code.
    language : {"nl", "en"}
        The reader's language.

    Examples
    --------
    >>> money(-1234567.5, "EUR", "en")
    '-€1,234,568'
    >>> money(None, "EUR", "nl")
    '–'
    """
    if value is None:
        return "–"
    value = value + 0.0 if round(value, 2) else 0.0
    pattern = "¤#,##0;-¤#,##0" if language == "en" else "¤ #,##0;¤ -#,##0"
    if 0 < abs(value) < MANY:
        pattern = pattern.replace("#,##0", "#,##0.00")
    with localcontext(prec=_DIGITS):
        return format_currency(
            value, currency, pattern, locale=LOCALES[language], currency_digits=False
        )


def number(value: float | None, language: Language, digits: int | None = None) -> str:
    """A plain number; without a number of digits, as many as tell it apart at a glance.

    Examples
    --------
    >>> number(1234.5, "nl", 1)
    '1.234,5'
    >>> number(0.01234, "en")
    '0.0123'
    """
    if value is None:
        return "–"
    if digits is None:
        magnitude = math.floor(math.log10(abs(value))) if value else 0
        digits = max(0, min(8, 2 - magnitude))
        pattern = "#,##0." + "#" * digits if digits else "#,##0"
    else:
        pattern = "#,##0." + "0" * digits if digits else "#,##0"
    with localcontext(prec=_DIGITS):
        return format_decimal(value, pattern, locale=LOCALES[language])


def percent(value: float | None, language: Language) -> str:
    """A share or a rate, with up to two decimals.

    Examples
    --------
    >>> percent(0.0225, "nl"), percent(0.5, "en")
    ('2,25%', '50%')
    """
    if value is None:
        return "–"
    return format_percent(value, "#,##0.##%", locale=LOCALES[language])


def written(distribution: Distribution) -> str:
    """A distribution as it is written in a case, in one line.

    Examples
    --------
    >>> from impactmonitor.model.numbers import Pert
    >>> written(Pert(pert=(1, 2, 4)))
    'pert [1, 2, 4]'
    """
    content = distribution.model_dump(exclude_none=True)[distribution.kind]
    if isinstance(content, dict):
        given = {name: part for name, part in content.items() if part is not None}
        inside = ", ".join(f"{name} {_written_part(part)}" for name, part in given.items())
        return f"{distribution.kind} {{{inside}}}"
    return f"{distribution.kind} [{', '.join(f'{v:g}' for v in content)}]"


def _written_part(part: float | Sequence[float]) -> str:
    """A parameter of a distribution: a number, or a list of them."""
    if isinstance(part, Sequence) and len(part) > MOST_LISTED:
        return f"[{part[0]:g}, …, {part[-1]:g}]"
    if isinstance(part, Sequence):
        return f"[{', '.join(f'{value:g}' for value in part)}]"
    return f"{part:g}"
