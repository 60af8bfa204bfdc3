"""Looking things up in the catalogue by words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, TypeVar, overload

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.kinds import Section
from impactmonitor.model.entries import Entry, Indicator, Value
from impactmonitor.model.record import Text, Translated

E = TypeVar("E", bound=Entry)


@overload
def find(catalogue: Catalogue, text: str, kind: Literal["values"]) -> list[Value]: ...
@overload
def find(catalogue: Catalogue, text: str, kind: Literal["indicators"]) -> list[Indicator]: ...
@overload
def find(catalogue: Catalogue, text: str, kind: Section) -> list[Entry]: ...
def find(
    catalogue: Catalogue, text: str, kind: Section
) -> list[Entry] | list[Value] | list[Indicator]:
    """Entries in which all the words of a text occur.

    Searched are id, code, title and description, in Dutch and in English, without regard to
    capitals and accents. A word may be a part of a longer one.

    Parameters
    ----------
    catalogue : Catalogue
        Where to look.
    text : str
        Words; without any, everything is found.
    kind : str
        Section of the catalogue, for example ``values`` or ``indicators``.

    Returns
    -------
    list of Entry
        An entry with exactly this id or code first, then the rest in the catalogue's order.

    Examples
    --------
    >>> from impactmonitor.catalogue import load_catalogue
    >>> [v.id for v in find(load_catalogue(), "mantelzorg uur", "values")]
    ['informal-care-hour']
    >>> [v.id for v in find(load_catalogue(), "KH24-010", "values")]
    ['gp-consult']
    """
    return matching(getattr(catalogue, kind).values(), text)


def _no_more(_: Entry) -> Iterable[Text]:
    return ()


def matching(
    entries: Iterable[E], text: str, more: Callable[[E], Iterable[Text]] = _no_more
) -> list[E]:
    """Those of some entries in which all the words of a text occur.

    Parameters
    ----------
    entries : iterable of Entry
        In any order.
    text : str
        Words; without any, everything is found.
    more : callable
        Further texts of an entry to look in.

    Returns
    -------
    list of Entry
        An entry with exactly this id or code first, then the rest in their order.

    Examples
    --------
    >>> from impactmonitor.model.entries import ActorKind
    >>> club = ActorKind(id="club", title="Café club")
    >>> matching([club], "cafe") == [club], matching([club], "cafe bar")
    (True, [])
    """
    wanted = _plain(text)
    words = wanted.split()
    found = [entry for entry in entries if _has(words, entry, more(entry))]
    return sorted(found, key=lambda e: wanted not in (_plain(e.id), _plain(_code(e))))


def _has(words: Sequence[str], entry: Entry, more: Iterable[Text]) -> bool:
    searched = _searched(entry, more)
    return all(word in searched for word in words)


def _searched(entry: Entry, more: Iterable[Text]) -> str:
    """Everything in which an entry's words are looked for, one line per text."""
    parts = [entry.id, entry.id.replace("-", " "), _code(entry)]
    for text in (entry.title, entry.description, *more):
        if isinstance(text, Translated):
            parts += [text.nl or "", text.en or ""]
        elif text is not None:
            parts.append(text)
    return _plain("\n".join(parts))


def _code(entry: Entry) -> str:
    return getattr(entry, "code", None) or ""


def _plain(text: str) -> str:
    """A text without capitals and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()
