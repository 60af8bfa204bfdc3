"""A case as another discount scheme would have it."""

from __future__ import annotations

from pydantic import ValidationError

from impactmonitor.model.case import Case, Discount
from impactmonitor.model.validation import problems_of
from impactmonitor.problems import InvalidInput


def under_scheme(case: Case, scheme: str | None) -> Case:
    """The case with a scheme of the catalogue instead of its own discounting.

    Parameters
    ----------
    case : Case
        That says something about discounting, or nothing.
    scheme : str or None
        Id of the scheme; None leaves the case as it is. Whether there is such a scheme is found
        when the case is evaluated.

    Raises
    ------
    InvalidInput
        If nothing can have such an id.

    Examples
    --------
    >>> from impactmonitor import load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "exercise-classes-measured" / "case.yaml")
    >>> under_scheme(case, "nl-2026").discount.scheme, under_scheme(case, None).discount.scheme
    ('nl-2026', 'nl-2021')
    """
    if scheme is None:
        return case
    timing = case.discount.timing if case.discount else Discount().timing
    try:
        discount = Discount(scheme=scheme, timing=timing)
    except ValidationError as error:
        found = problems_of(error, Discount)
        raise InvalidInput(problem.moved_to("discount") for problem in found) from None
    return case.model_copy(update={"discount": discount})
