"""The results of a part, as a worker gives them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from impactmonitor.bulk.columns import ACTORS, CASES, Row, decoded, encoded
from impactmonitor.bulk.rows import without_result
from impactmonitor.problems import Problem


class Answer(NamedTuple):
    """The results of a part.

    Attributes
    ----------
    ids : tuple of (str or None)
        The id of every case, in order, as far as it can be read.
    actor_counts : tuple of int
        How many rows of actors each of them has.
    cases, actors : bytes
        Parquet.
    """

    ids: tuple[str | None, ...]
    actor_counts: tuple[int, ...]
    cases: bytes
    actors: bytes


def without_taken(answer: Answer, taken: Sequence[bool], is_simulated: bool) -> Answer:
    """The results of a part without those of cases whose id was taken before.

    Parameters
    ----------
    answer : Answer
        As a worker gave it.
    taken : sequence of bool
        Of every case whether it is refused.
    is_simulated : bool
        Whether the results have the columns of distributions.
    """
    rows, actors = decoded(answer.cases), iter(decoded(answer.actors))
    kept_rows, kept_actors = list[Row](), list[Row]()
    for row, count, is_taken in zip(rows, answer.actor_counts, taken, strict=True):
        own = list(islice(actors, count))
        problem = Problem("bulk-id-taken", "id", {"id": row["case"]})
        kept_rows.append(without_result(row, problem) if is_taken else row)
        kept_actors += [] if is_taken else own
    return answer._replace(
        cases=encoded(kept_rows, CASES, is_simulated),
        actors=encoded(kept_actors, ACTORS, is_simulated),
    )
