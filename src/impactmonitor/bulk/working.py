"""What a worker does: one part of a source into the bytes of its results, and nothing besides.

A part is a pure function of what it is given. Every case is worked out by itself, with the same
steps as ``impactmonitor evaluate`` and ``simulate``: laid end to end, numbers would depend on the
neighbours of a case in their last digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from impactmonitor.bulk.answers import Answer
from impactmonitor.bulk.columns import ACTORS, CASES, encoded
from impactmonitor.bulk.parts import Item, Part
from impactmonitor.bulk.rows import Rows, result, without_case
from impactmonitor.bulk.sources import items
from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.evaluation import Evaluation
from impactmonitor.evaluation.of_reading import evaluate_reading
from impactmonitor.intake.reading import Reading
from impactmonitor.model.record import ID_PATTERN
from impactmonitor.problems import InvalidInput, NotFound, Problem
from impactmonitor.uncertainty.models import model_of, places_of
from impactmonitor.uncertainty.results import Spread, by_party
from impactmonitor.uncertainty.running import Sampling, Work, run_model
from impactmonitor.version import __version__

_ENDINGS = (".yaml", ".yml")
_LONGEST_ID = 60
_DEBUG = "IMPACTMONITOR_DEBUG"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of every case.

    Attributes
    ----------
    sampling : Sampling or None
        Which draws; None for point results only.
    catalogues : tuple of str
        Folders that add to the catalogue.
    catalogue : str
        Edition and fingerprint of it all.
    engine : str
        Version of this package.
    """

    sampling: Sampling | None = None
    catalogues: tuple[str, ...] = ()
    catalogue: str = ""
    engine: str = __version__


@dataclass(frozen=True, slots=True)
class Task:
    """A part, and what is asked of it."""

    source: str
    part: Part
    asked: Asked


def work_out(task: Task) -> Answer:
    """The results of a part.

    Raises
    ------
    InvalidInput
        ``bulk-worker-differs`` if engine or catalogue are not those that were asked for here;
        ``bulk-source-changed``.
    """
    asked = task.asked
    catalogue = _catalogue(asked)
    found = [rows_of(one, catalogue, asked.sampling) for one in items(Path(task.source), task.part)]
    is_simulated = asked.sampling is not None
    actors = [actor for one in found for actor in one.actors]
    return Answer(
        tuple(one.case["case"] for one in found),
        tuple(len(one.actors) for one in found),
        encoded([one.case for one in found], CASES, is_simulated),
        encoded(actors, ACTORS, is_simulated),
    )


def rows_of(item: Item, catalogue: Catalogue, sampling: Sampling | None) -> Rows:
    """The rows of one case, whatever is wrong with it.

    Parameters
    ----------
    item : Item
        Of a source.
    catalogue : Catalogue
        In which its references are looked up.
    sampling : Sampling or None
        Which draws; None for point results only.
    """
    name = None
    try:
        reading = item.read()
        name = _id_of(reading)
        evaluation = evaluate_reading(reading, catalogue)
        if sampling is None:
            return result(item, evaluation)
        return _simulated(item, evaluation, sampling)
    except InvalidInput as invalid:
        return without_case(item, name, invalid.problems)
    except NotFound as missing:
        return without_case(item, name, [missing.problem])
    except Exception as error:  # noqa: BLE001  one case of many does not stop the others
        params = {"kind": type(error).__name__, "variable": _DEBUG}
        return without_case(item, name, [Problem("unexpected", params=params)])


def _simulated(item: Item, evaluation: Evaluation, sampling: Sampling) -> Rows:
    try:
        return result(item, evaluation, spreads_of(evaluation, sampling))
    except InvalidInput as invalid:
        return result(item, evaluation, None, invalid.problems)


def spreads_of(evaluation: Evaluation, sampling: Sampling) -> dict[str, Spread]:
    """Distributions of net and cash of every party, with the numbers of ``simulate``.

    Parameters
    ----------
    evaluation : Evaluation
        Of the case.
    sampling : Sampling
        Which draws.

    Raises
    ------
    InvalidInput
        ``impossible-correlation``, ``draws-not-finite``.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case, simulate
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "warm-homes" / "case.yaml")
    >>> found = spreads_of(evaluate(case), Sampling(64, 1, "sobol"))
    >>> found["society"] == simulate(case, draws=64).society
    True
    """
    appraised = evaluation.appraised
    compiled = appraised.compiled
    model = model_of(appraised.case, compiled, places_of([compiled]))
    with np.errstate(all="ignore"):  # what overflows is found below
        tally = run_model(model, sampling, Work()).tally
        if not tally.is_finite:
            raise InvalidInput([Problem("draws-not-finite", "uncertainty")])
        return by_party(compiled.parties, tally.summaries())


def _id_of(reading: Reading) -> str | None:
    """The id of a case, also of one that cannot be evaluated."""
    tree = reading.document.tree
    name = tree.get("id") if isinstance(tree, dict) else None
    is_id = isinstance(name, str) and len(name) <= _LONGEST_ID and re.fullmatch(ID_PATTERN, name)
    return name if is_id else None


# --- The same catalogue everywhere ----------------------------------------------------------------


def catalogue_asked(folders: tuple[str, ...]) -> str:
    """Edition and fingerprint of a catalogue, as this process has it.

    Parameters
    ----------
    folders : tuple of str
        That add to the shipped one.

    Raises
    ------
    NotFound, InvalidInput
        As ``load_catalogue``.
    """
    edition = load_catalogue(*folders).edition
    if not folders:
        return edition
    contents = sha256()
    for folder in map(Path, folders):
        for file in sorted(f for f in folder.rglob("*") if f.suffix.lower() in _ENDINGS):
            contents.update(f"{file.relative_to(folder).as_posix()}\0".encode())
            contents.update(sha256(file.read_bytes()).digest())
    return f"{edition} {contents.hexdigest()}"


@cache
def _catalogue(asked: Asked) -> Catalogue:
    try:
        here = catalogue_asked(asked.catalogues)
    except NotFound as missing:
        raise InvalidInput([missing.problem]) from None
    if (asked.engine, asked.catalogue) != (__version__, here):
        params = {"engine": __version__, "catalogue": here, "asked_engine": asked.engine,
                  "asked_catalogue": asked.catalogue}  # fmt: skip
        raise InvalidInput([Problem("bulk-worker-differs", params=params)])
    return load_catalogue(*asked.catalogues)
