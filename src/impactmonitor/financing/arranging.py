"""Arrange a financing and say how sure it is: what the command and the service both ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from impactmonitor.evaluation import Evaluation
from impactmonitor.financing.arrangement import arrange
from impactmonitor.financing.chances import chances_of, drawn
from impactmonitor.financing.result import DRAWS, SEED, Financing, financing_of
from impactmonitor.model.financing import Wholeness
from impactmonitor.uncertainty.running import Progress


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants arranged.

    Attributes
    ----------
    whole : {"value", "cash", "both"} or None
        In what nobody may lose; None for what the case says.
    is_by_year : bool or None
        Whether nobody advances money in any year, or pays the same every year; None for what
        the case says.
    draws, seed : int
        For how sure it is; 0 draws for not looking.
    """

    whole: Wholeness | None = None
    is_by_year: bool | None = None
    draws: int = DRAWS
    seed: int = SEED


def arranged_financing(
    evaluation: Evaluation, asked: Asked, progress: Progress | None = None
) -> Financing:
    """What follows from a result, with the payments after which nobody loses.

    Parameters
    ----------
    evaluation : Evaluation
        The result of a case.
    asked : Asked
        What is wanted.
    progress : callable, optional
        Told how many draws are done, and of how many.

    Returns
    -------
    Financing
        With ``arranged``; ``chances`` and ``drawn`` only where draws were asked for.

    Raises
    ------
    InvalidInput
        As ``arrange`` raises it.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> found = arranged_financing(evaluate(case), Asked(draws=0))
    >>> found.arranged.is_feasible, found.drawn
    (False, None)
    """
    arranged = arrange(evaluation, asked.whole, asked.is_by_year)
    found = replace(financing_of(evaluation), arranged=arranged)
    if not asked.draws:
        return found
    taken = drawn(evaluation, asked.draws, asked.seed, progress=progress)
    return replace(found, chances=chances_of(arranged, taken), drawn=taken)
