"""What changed between two results."""

from __future__ import annotations

from impactmonitor_api.contract.fields import told
from impactmonitor_api.contract.results import CheckOut, InternalRateOut
from impactmonitor_api.contract.shared import Answer

_STEP = {"costs": 0.0, "benefits": 2918.0, "net_present_value": 2918.0, "beyond_horizon": 0.0}
_CHANGE = {"old": 105084.0, "new": 108002.0, "change": 2918.0}


class SideOut(Answer):
    """One of the two results."""

    case: str = told("Id of the case.", "fall-prevention-65plus")
    title: str = told("Title of the case.", "Fall prevention for people over 65")
    currency: str = told("Of all amounts.", "EUR")
    price_year: int = told("Price level of all amounts.", 2026)
    base_year: int = told("Present values are values at its start.", 2026)
    horizon: int = told("How many years count.", 10)
    scheme: str | None = told("Scheme of the rates; null for rates of its own.", "nl-2026")
    catalogue: str = told("Edition of the catalogue.", "2026.11")


class ChangeOut(Answer):
    """A number before and after."""

    old: float | InternalRateOut | None = told("In the old result.", 105084.0)
    new: float | InternalRateOut | None = told("In the new result.", 108002.0)
    change: float | None = told("New minus old; null where one does not exist.", 2918.0)


class ChangedLine(Answer):
    """A line of the cases, and what moved it."""

    id: str = told("Id of the line.", "welfare-public")
    title: str = told("What people call it.", "Less welfare to pay")
    kind: str = told("cost, effect, transfer, …", "effect")
    status: str = told("added, dropped or in both.", "added")
    present_value: ChangeOut = told("Its present value.")
    steps: dict[str, dict[str, float]] = told("By step, for what moved.", {"added": _STEP})
    actors: dict[str, dict[str, dict[str, float]]] = told(
        "By actor and step, for what moved.", {"public": {"added": {"net": 2918.0}}}
    )


class Difference(Answer):
    """The difference between two results, as `impactmonitor diff --json` prints it."""

    old: SideOut = told("The old result.")
    new: SideOut = told("The new result.")
    totals: dict[str, ChangeOut] = told("Society as a whole.", {"benefits": _CHANGE})
    actors: dict[str, dict[str, ChangeOut]] = told("By actor.", {"public": {"net": _CHANGE}})
    steps: dict[str, dict[str, float]] = told(
        "What each step moves: added, dropped, quantity, price, rate, method.", {"added": _STEP}
    )
    lines: list[ChangedLine] = told("Lines in which something moved.")
    checks: list[CheckOut] = told("Whether everything adds up.")
