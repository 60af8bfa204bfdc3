"""What a client would like: the form of an answer, and whether to wait for it."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import Request

from impactmonitor_api.http.refusals import refused

LATER = "respond-async"
_ANY = "*/*"


def prefers_later(request: Request) -> bool:
    """Whether a client would rather fetch the answer later (RFC 7240, section 4.1)."""
    given = ",".join(request.headers.getlist("prefer"))
    return LATER in (part.partition(";")[0].strip().lower() for part in given.split(","))


def kind_for(request: Request, known: Sequence[str]) -> str:
    """The form in which a client likes an answer best.

    Parameters
    ----------
    request : Request
        With or without ``Accept``; without it the first form will do.
    known : sequence of str
        Media types in which there is an answer.

    Raises
    ------
    Refused
        406 if none of them will do.
    """
    asked = ",".join(request.headers.getlist("accept"))
    found = best_kind(asked or _ANY, known)
    if found is None:
        raise refused(406, "answer-kind", "Accept", {"asked": asked, "known": ", ".join(known)})
    return found


def best_kind(accepted: str, known: Sequence[str]) -> str | None:
    """The media type that a client likes best; None if it likes none of them.

    Parameters
    ----------
    accepted : str
        The header ``Accept`` (RFC 9110, section 12.5.1): the most precise range counts for a
        type, and of types that are liked as much the first of ours is taken.
    known : sequence of str
        Media types in which there is an answer.

    Examples
    --------
    >>> best_kind("application/yaml, */*;q=0.5", ["application/json", "application/yaml"])
    'application/yaml'
    >>> best_kind("text/html", ["application/json"]) is None
    True
    """
    ranges = [_range(part) for part in accepted.split(",") if part.strip()]
    weights = {kind: _weight(kind, ranges) for kind in known}
    best = max(known, key=lambda kind: weights[kind])
    return best if weights[best] > 0 else None


_Range = tuple[str, float]


def _weight(kind: str, ranges: Sequence[_Range]) -> float:
    for name in (kind, f"{kind.partition('/')[0]}/*", _ANY):
        found = [weight for range_, weight in ranges if range_ == name]
        if found:
            return max(found)
    return 0.0


def _range(part: str) -> _Range:
    """A range and how much it is liked; what cannot be read counts as not at all."""
    name, *parameters = (word.strip().lower() for word in part.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            return name, _quality(value.strip())
    return name, 1.0


def _quality(value: str) -> float:
    try:
        found = float(value)
    except ValueError:
        return 0.0
    return found if 0 <= found <= 1 else 0.0
