"""In which language somebody is answered."""

from __future__ import annotations

from impactmonitor.messages import LANGUAGES, Language


def language_of(accepted: str) -> Language:
    """The language that a client likes best of those that there are; English if none.

    Parameters
    ----------
    accepted : str
        The header ``Accept-Language`` (RFC 9110, section 12.5.4).

    Examples
    --------
    >>> language_of("nl-NL,nl;q=0.9,en;q=0.8"), language_of("fr, nl;q=0.2, en;q=0.4")
    ('nl', 'en')
    >>> language_of("")
    'en'
    """
    best: Language = "en"
    weight = 0.0
    for part in accepted.split(","):
        tag, _, parameters = part.partition(";")
        start = tag.strip().lower().partition("-")[0]
        for language in LANGUAGES:
            if start == language and _weight(parameters) > weight:
                best, weight = language, _weight(parameters)
    return best


def _weight(parameters: str) -> float:
    """How much a client likes it; what cannot be read counts as not at all."""
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip().lower() == "q" else 0.0
    except ValueError:
        return 0.0
