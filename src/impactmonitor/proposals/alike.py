"""Files of a batch that are the same, or go by the same name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from impactmonitor.model.case import Case
from impactmonitor.proposals.checked import Alike, AlikeKind
from impactmonitor.proposals.intake_reading import ReadIntake

OWN = frozenset({"id", "title", "summary", "about"})
"""What may differ in the same case that is sent in twice."""


def alike_files(read: Sequence[ReadIntake], names: Sequence[str]) -> tuple[Alike, ...]:
    """Files with the same bytes, the same id, or the same figures.

    Parameters
    ----------
    read : sequence of ReadIntake
        All files.
    names : sequence of str
        Of the files, in the same order.

    Returns
    -------
    tuple of Alike
        Files with the same bytes are named once, and not for what follows from it.
    """
    by_content = [one.digest or None for one in read]
    same = list(_groups("same-content", by_content, names))
    firsts = _first_of_each(by_content)
    by_id = [_id(one) if i in firsts else None for i, one in enumerate(read)]
    same += _groups("same-id", by_id, names)
    by_figures = [_figures(one) if i in firsts else None for i, one in enumerate(read)]
    same += _groups("same-figures", by_figures, names)
    return tuple(same)


def repeated(read: Sequence[ReadIntake]) -> set[int]:
    """Places of files with the figures of an earlier one: they do not count twice in a median."""
    figures = [_figures(one) for one in read]
    return set(range(len(read))) - _first_of_each(figures)


def _id(one: ReadIntake) -> str | None:
    return one.case.id if one.case is not None and one.is_read("id") else None


def _figures(one: ReadIntake) -> Case | None:
    """The case without what is its own; it is the same case in whatever form it was written."""
    if one.case is None or (one.reading is not None and one.reading.broken):
        return None
    blank = {"id": "case", "title": "", "summary": None, "about": None}
    return one.case.model_copy(update={name: blank[name] for name in OWN})


def _first_of_each(keys: Sequence[object | None]) -> set[int]:
    """Places of what is different from everything before; what has no key is always different."""
    firsts: list[int] = []
    for place, key in enumerate(keys):
        if key is None or all(keys[first] != key for first in firsts):
            firsts.append(place)
    return set(firsts)


def _groups(
    kind: AlikeKind, keys: Sequence[object | None], names: Sequence[str]
) -> Iterator[Alike]:
    groups: list[tuple[object, list[str]]] = []
    for key, name in zip(keys, names, strict=True):
        if key is None:
            continue
        found = next((files for other, files in groups if other == key), None)
        if found is None:
            groups.append((key, [name]))
        else:
            found.append(name)
    yield from (Alike(kind, tuple(files)) for _, files in groups if len(files) > 1)
